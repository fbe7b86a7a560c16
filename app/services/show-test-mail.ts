import { parseDefinition } from '../domain/surveys/definition.ts';
import { sampleOrder } from '../domain/surveys/sample-orders.ts';
import type { ShopView } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';
import { testMail } from './test-mail.ts';

export type TestMailOutcome =
  { outcome: 'shown'; subject: string; html: string } | { outcome: 'refused'; sentence: string };

/** In a preview links lead nowhere. */
const NOWHERE = 'about:blank';

/** The mail that would ask the survey as it is being edited. Nothing is stored or sent. */
export function showTestMail(
  deps: Pick<Deps, 'renderMessage'>,
  input: { shop: Pick<ShopView, 'name' | 'settings'>; json: string; language: string; sample: string },
): TestMailOutcome {
  const parsed = parseDefinition(parseJson(input.json));
  if (parsed.outcome === 'invalid') {
    return {
      outcome: 'refused',
      sentence: 'Put right what the checks name first: the mail cannot be made yet.',
    };
  }
  const { subject, html } = testMail(deps, {
    shop: input.shop,
    definition: parsed.definition,
    language: input.language,
    sample: sampleOrder(input.sample),
    surveyUrl: NOWHERE,
  });
  return { outcome: 'shown', subject, html };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Only a broken or forged form gets here; the definition's schema says that it is none.
    return undefined;
  }
}
