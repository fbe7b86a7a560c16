import { SCANNER_RULES } from '../domain/surveys/scanners.ts';
import { limitAnswers } from './limit-answers.ts';
import { isUuid } from './open-survey.ts';
import type { Deps } from './deps.ts';

export type NoteVisitOutcome =
  /** Whatever the link was: who guesses links learns nothing here. */
  { outcome: 'noted' } | { outcome: 'rate_limited'; retryAfterSeconds: number };

/**
 * The page of a mailed link says that a person is there. That is kept once per invitation, in business time. It counts as
 * a click in the score if answers to the survey have a name; whoever forges it with somebody's link changes that and a
 * figure of the funnel, and nothing else follows.
 * @param input.client address of the shopper, null where it can't be believed
 */
export async function noteVisit(
  deps: Pick<Deps, 'links' | 'tokens' | 'rateLimit'>,
  { shopId, token, client }: { shopId: string; token: string; client: string | null },
): Promise<NoteVisitOutcome> {
  const hash = isUuid(shopId) ? deps.tokens.hashLinkToken(token) : null;
  const limited = await limitAnswers(deps, hash && `link:${hash.toString('hex')}`, client, true);
  if (limited) return limited;
  if (hash) await deps.links.noteVisit(shopId, hash, SCANNER_RULES.scannedSeconds);
  return { outcome: 'noted' };
}
