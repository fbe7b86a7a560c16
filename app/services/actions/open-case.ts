import { decideCase } from '../../domain/cases/open-case.ts';
import type { ResponseState } from '../../domain/core/state.ts';
import { ratingOf } from '../../domain/surveys/routing.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import { parseSettings } from '../../domain/shop-settings/settings.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';

const SURVEYS = {
  post_purchase: 'purchase survey',
  delivery: 'delivery survey',
  usage: 'product survey',
  relationship: 'relationship survey',
  support: 'support survey',
  return: 'return survey',
  milestone: 'milestone survey',
  website: 'website survey',
  storefront: 'store survey',
};

/** Where an answer came from, as words in a title. */
export const wordsAbout = ({ status, kind }: Pick<ResponseState, 'status' | 'kind'>): string =>
  status === 'unsolicited' ? 'unsolicited feedback' : SURVEYS[kind];

/**
 * Opens the case of a low answer, or adds the answer to the case that is open for the same
 * order. A low answer that replaces an earlier one raises that one's case, or opens it again.
 * Decided under the customer's lock, so that two low answers make one case.
 */
export function openCase(deps: Deps, action: ClaimedAction): Promise<Performed> {
  const { shop, now } = action;
  return deps.transactions.run(async (transaction) => {
    const context = await deps.cases.lockAndLoad(shop.id, transaction, {
      responseId: action.payload['responseId'] ?? '',
      customerId: action.customerId,
      actionId: action.id,
    });
    if (!context) return { status: 'skipped', reason: 'The answer was erased.' };
    const { response, openCaseId, ownCaseId, previousNps, tier, orderName, valueMinor } = context;
    // Tried again after a crash: whatever staff did with the case meanwhile stands.
    if (context.actedCaseId) return { status: 'done', result: { caseId: context.actedCaseId } };
    const decision = decideCase({
      rating: ratingOf(response),
      about: wordsAbout(response),
      orderName,
      previousNps,
      tier,
      openCaseId,
      ownCaseId,
      targetHours: parseSettings(shop.settings).cases.detractorTargetHours,
      answeredAt: response.answeredAt,
    });
    if (decision.outcome === 'none') return { status: 'skipped', reason: 'The answer is no longer low.' };
    if (decision.outcome !== 'open') {
      const more = { ...decision, responseId: response.id, noteId: action.id, now };
      if (decision.outcome === 'append')
        await deps.cases.append(shop.id, transaction, { ...more, issueType: response.kind });
      else await deps.cases.reopen(shop.id, transaction, more);
      return { status: 'done', result: { caseId: decision.caseId } };
    }
    const caseId = await deps.cases.open(shop.id, transaction, {
      ...decision,
      id: action.id,
      response,
      customerId: action.customerId,
      issueType: response.kind,
      valueMinor,
      openedAt: now,
    });
    return { status: 'done', result: { caseId } };
  });
}
