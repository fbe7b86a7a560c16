import { z } from 'zod';
import { DAY_MS } from '../domain/core/calendar.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { definitionSchema } from '../domain/surveys/definition.ts';
import { sampleOrder } from '../domain/surveys/sample-orders.ts';
import type { Deps } from './deps.ts';
import { brandOf } from './survey-context.ts';
import { testMail } from './test-mail.ts';

/** Business days for which the links of a test work. */
const TEST_LINK_DAYS = 7;

const commandSchema = z.object({ to: z.email().max(254), language: z.string(), sample: z.string() });

export type SendTestOutcome =
  | { outcome: 'sent'; sentence: string }
  /** `field`: what has to be put right; null: it is not about what was entered. */
  | { outcome: 'refused'; field: 'to' | null; sentence: string };

/**
 * Mails a survey's saved draft, with a sample order, to an address that staff name. It is no contact: no ledger, cap or
 * figure knows of it, and what is answered on its page is stored nowhere. The address is not kept.
 */
export async function sendTest(
  deps: Pick<
    Deps,
    'surveyDrafts' | 'clock' | 'newId' | 'tokens' | 'config' | 'renderMessage' | 'mailer' | 'rateLimit'
  >,
  input: { shopId: string; surveyId: string; command: unknown },
): Promise<SendTestOutcome> {
  const { shopId, surveyId } = input;
  const command = commandSchema.safeParse(input.command);
  if (!command.success) return refuse('Enter an e-mail address such as ada@example.com.', 'to');
  const { to, language, sample } = command.data;
  const verdict = await deps.rateLimit.consume({ testMailByShop: shopId });
  if (verdict.outcome === 'limited') return refuse(tooMany(verdict.retryAfterSeconds));
  const stored = await deps.surveyDrafts.loadForTest(shopId, surveyId);
  if (!stored) return refuse('This survey is not there any more. Reload the page.');
  const { shop } = stored;
  const date = await deps.clock.now();
  const expiresAt = new Date(date.getTime() + TEST_LINK_DAYS * DAY_MS);
  const token = deps.tokens.issueTestToken(shopId, { surveyId, language, sample }, expiresAt);
  const mail = testMail(deps, {
    ...{ shop, language, sample: sampleOrder(sample) },
    definition: definitionSchema.parse(stored.draft),
    surveyUrl: `${deps.config.appUrl}/s/${shopId}/test/${token}`,
  });
  const sent = await deps.mailer.send({
    ...{ ...mail, to, date, subject: `[Test] ${mail.subject}` },
    fromName: brandOf(shop).name,
    replyTo: parseSettings(shop.settings).replyTo,
    actionId: `test-${deps.newId()}`,
  });
  switch (sent.kind) {
    case 'sent':
      return { outcome: 'sent', sentence: 'Test sent' };
    case 'rejected':
      return refuse('The mail server refused this address. Check it, or take another one.', 'to');
    case 'not_sent':
      return refuse('The mail server does not take mail right now, so nothing was sent. Try again later.');
    case 'unknown':
      return refuse(
        'The connection to the mail server broke. Look whether the test has arrived before you send it again.',
      );
  }
}

const refuse = (sentence: string, field: 'to' | null = null): SendTestOutcome => ({
  outcome: 'refused',
  field,
  sentence,
});

function tooMany(retryAfterSeconds: number): string {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return `This shop has sent many tests within an hour. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
}
