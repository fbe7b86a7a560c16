/** What a rating means for the case that was opened because its order was likely to disappoint (domain.md section 8). */
import { caseTitle, severityOf, type CaseRating } from './open-case.ts';
import type { CaseStatus } from './transitions.ts';

export interface RatedCareRequest {
  /** The answer's first rating as it is now; null: it has none. */
  rating: CaseRating | null;
  /** Where it came from, as in CaseRequest. */
  about: string;
  /** e.g. "#1001"; null: it has no name. */
  orderName: string | null;
  case: {
    status: CaseStatus;
    /** Whose of the staff it is. */
    ownerId: string | null;
    /** A low answer made the case its own. */
    spoken: boolean;
  };
}

/** `sentence` is for the trail of the case, or says why there is nothing to say. */
export type RatedCareDecision = { outcome: 'close' | 'keep' | 'none'; sentence: string };

/**
 * Whether the case ends by itself: nothing is left to look into where nobody has taken it up. What somebody has begun is
 * theirs to end, and they are told.
 */
export function decideRatedCare(request: RatedCareRequest): RatedCareDecision {
  const { rating, about, orderName } = request;
  const { status, ownerId, spoken } = request.case;
  const none = (sentence: string): RatedCareDecision => ({ outcome: 'none', sentence });
  if (rating === null || severityOf(rating) !== null)
    return none('The answer is low by now, or rates nothing.');
  if (spoken) return none('A low answer has become the reason of the case.');
  if (status === 'resolved' || status === 'closed') return none('The case had ended before.');
  const what = `The customer rated the order, and not low: ${caseTitle({ rating, about, orderName })}.`;
  if (status === 'open' && ownerId === null)
    return { outcome: 'close', sentence: `${what} Nobody had taken up the case, so it is closed.` };
  return { outcome: 'keep', sentence: `${what} The case stays with whoever took it up.` };
}
