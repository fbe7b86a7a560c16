import { definitionSchema } from '../domain/surveys/definition.ts';
import { readAnswers } from '../domain/surveys/read-answers/read-answers.ts';
import { sampleOrder } from '../domain/surveys/sample-orders.ts';
import { emptyAnswer } from './accept-answer.ts';
import type { SentAnswers, SubmitAnswerOutcome } from './accept-answer.ts';
import type { Deps } from './deps.ts';
import { isUuid, limitReads, type OpenLinkOutcome } from './open-survey.ts';
import { testedSurvey } from './tested-survey.ts';

type TestDeps = Pick<Deps, 'surveyDrafts' | 'tokens' | 'clock' | 'rateLimit'>;

/** What stands in a link of a test, and who opens it. */
export interface TestLink {
  shopId: string;
  token: string;
  /** Address of whoever opens it, null where it can't be believed. */
  client: string | null;
}

type OpenTest = Extract<OpenLinkOutcome, { outcome: 'open' }> &
  Pick<ReturnType<typeof testedSurvey>, 'resolved'>;

/** The draft behind a link of a test, as it is saved now. Reads only. */
export async function openTest(
  deps: TestDeps,
  { shopId, token, client }: TestLink,
): Promise<OpenTest | Exclude<OpenLinkOutcome, { outcome: 'open' }>> {
  const limited = await limitReads(deps, { pageByAddress: client });
  if (limited) return limited;
  const claims = isUuid(shopId)
    ? deps.tokens.readTestToken(shopId, token, await deps.clock.now())
    : 'invalid';
  if (claims === 'invalid') {
    const guesses = await deps.rateLimit.consume({ guessByAddress: client });
    if (guesses.outcome === 'limited') {
      return { outcome: 'rate_limited', retryAfterSeconds: guesses.retryAfterSeconds };
    }
    return { outcome: 'not_found', brand: null, locale: null };
  }
  const stored = claims === 'expired' ? null : await deps.surveyDrafts.loadForTest(shopId, claims.surveyId);
  if (!stored || claims === 'expired') return { outcome: 'expired', brand: null, locale: null };
  const { language } = claims;
  const sample = sampleOrder(claims.sample);
  const survey = testedSurvey(stored.shop, definitionSchema.parse(stored.draft), { sample, language });
  return { outcome: 'open', orderName: '', given: {}, ...survey };
}

/** Reads an answer, or a step of one, as it would be read, and says what a shopper would be told. Stores nothing. */
export async function answerTest(
  deps: TestDeps,
  input: TestLink & SentAnswers,
): Promise<SubmitAnswerOutcome> {
  const found = await openTest(deps, input);
  if (found.outcome !== 'open') return found;
  const { view, brand, resolved } = found;
  const partial = input.isStep ?? false;
  const read = readAnswers(resolved, input.submission, {
    locale: view.locale,
    partial,
    pageWithoutScript: !partial,
  });
  if (read.outcome === 'invalid') return { outcome: 'invalid', errors: read.errors, view, brand };
  if (read.answers.length === 0) return emptyAnswer({ view, brand }, partial);
  return { outcome: 'stored', route: read.route ?? 'middle', view, brand };
}
