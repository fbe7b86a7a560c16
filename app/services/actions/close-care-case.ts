import { decideRatedCare } from '../../domain/cases/rated-care.ts';
import { ratingOf } from '../../domain/surveys/routing.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { wordsAbout } from './open-case.ts';

/**
 * Ends the case of an order that was likely to disappoint and did not, or tells who has taken it up. Decided under the lock
 * of the case, by what the answer says now: staff, or a change of the answer, may have been faster.
 */
export function closeCareCase(
  deps: Pick<Deps, 'cases' | 'transactions'>,
  action: ClaimedAction,
): Promise<Performed> {
  const { shop, now, customerId, id: actionId } = action;
  const responseId = action.payload['responseId'] ?? '';
  return deps.transactions.run(async (transaction) => {
    const about = { responseId, customerId, actionId };
    const context = await deps.cases.lockRatedCare(shop.id, transaction, about);
    if (!context)
      return { status: 'skipped', reason: 'The answer was erased, or is not of the customer of a case.' };
    const { response, caseId, orderName } = context;
    // Tried again after a crash: whatever staff did with the case meanwhile stands.
    if (context.acted) return { status: 'done', result: { caseId } };
    const { outcome, sentence } = decideRatedCare({
      rating: ratingOf(response),
      about: wordsAbout(response),
      orderName,
      case: context,
    });
    if (outcome === 'none') return { status: 'skipped', reason: sentence };
    const noted = { caseId, noteId: actionId, now, closes: outcome === 'close', sentence };
    await deps.cases.noteRatedCare(shop.id, transaction, noted);
    return { status: 'done', result: { caseId } };
  });
}
