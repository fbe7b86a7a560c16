/** When an answer becomes a case, how severe it is and by when somebody must act (domain.md sections 6, 7 and 8). */
import { HOUR_MS } from '../core/calendar.ts';

export type Severity = 1 | 2 | 3;

export interface CaseRating {
  scale: 'nps' | 'csat' | 'ces';
  value: number;
}

export interface CaseRequest {
  /** The answer's first rating: the one that routes; null: it has none, and is no case. */
  rating: CaseRating | null;
  /** Where it came from, as words in the title: "delivery survey", "relationship survey", "unsolicited feedback". */
  about: string;
  /** e.g. "#1001"; null when not about an order. */
  orderName: string | null;
  /** The customer's NPS before this one (0-10), null if none. */
  previousNps: number | null;
  /** The customer's loyalty tier. */
  tier: 'starter' | 'regular' | 'vip';
  /** A case about the same order (or, without an order, the same customer) that isn't closed. */
  openCaseId: string | null;
  /** The case that an earlier version of this very answer opened, whatever became of it. */
  ownCaseId: string | null;
  /** Hours within which a detractor is answered (settings, 4). */
  targetHours: number;
  /** When the answer came in: wall time, business hours are applied by later stages. */
  answeredAt: Date;
}

type RatedRequest = CaseRequest & { rating: CaseRating };

export type CaseDecision =
  | { outcome: 'none'; reason: 'not_low' }
  /** The trouble is known already: the answer joins that case, which takes the higher severity. */
  | {
      outcome: 'append';
      caseId: string;
      severity: Severity;
      critical: boolean;
      title: string;
      /** Of a case that was opened before anybody complained; the clock of one that was complained about runs on. */
      dueAt: Date;
    }
  /** It was dealt with, and the customer says again that it is bad: the same case, with a new clock. */
  | {
      outcome: 'reopen';
      caseId: string;
      severity: Severity;
      critical: boolean;
      title: string;
      dueAt: Date;
    }
  | {
      outcome: 'open';
      severity: Severity;
      critical: boolean;
      criticalBecause: CriticalReason | null;
      title: string;
      dueAt: Date;
    };

export type CriticalReason = 'promoter_lost' | 'vip';

const SCALE_NAME = { nps: 'NPS', csat: 'CSAT', ces: 'CES' } as const;
const SCALE_TOP = { nps: 10, csat: 5, ces: 7 } as const;

/**
 * 1-3, null when the rating isn't low. 3 = NPS 0-2, CSAT 1, CES 7; 2 = NPS 3-4, CSAT 2, CES 6; 1 = NPS 5-6, CES 5.
 */
export function severityOf({ scale, value }: CaseRating): Severity | null {
  if (scale === 'nps') return value <= 2 ? 3 : value <= 4 ? 2 : value <= 6 ? 1 : null;
  if (scale === 'csat') return value <= 1 ? 3 : value <= 2 ? 2 : null;
  return value >= 7 ? 3 : value >= 6 ? 2 : value >= 5 ? 1 : null;
}

/** Why a low rating is critical: NPS 0-6 after 9-10 (domain.md section 6), or a VIP; null if it isn't. */
export function criticalReason(
  request: Pick<RatedRequest, 'rating' | 'previousNps' | 'tier'>,
): CriticalReason | null {
  const { rating, previousNps, tier } = request;
  if (rating.scale === 'nps' && rating.value <= 6 && previousNps !== null && previousNps >= 9)
    return 'promoter_lost';
  return tier === 'vip' ? 'vip' : null;
}

/** Whether the answer opens a case. Solicited or not makes no difference: who says it is bad gets a person. */
export function decideCase(request: CaseRequest): CaseDecision {
  const { rating } = request;
  const severity = rating && severityOf(rating);
  if (rating === null || severity === null) return { outcome: 'none', reason: 'not_low' };
  const rated = { ...request, rating };
  const because = criticalReason(rated);
  const title = caseTitle(rated);
  const critical = because !== null;
  const dueAt = new Date(request.answeredAt.getTime() + request.targetHours * HOUR_MS);
  if (request.openCaseId)
    return { outcome: 'append', caseId: request.openCaseId, severity, critical, title, dueAt };
  if (request.ownCaseId)
    return { outcome: 'reopen', caseId: request.ownCaseId, severity, critical, title, dueAt };
  return { outcome: 'open', severity, critical, criticalBecause: because, title, dueAt };
}

/** One line without personal data, e.g. "NPS 2 of 10 in the relationship survey, order #1001". */
export function caseTitle({
  rating,
  about,
  orderName,
}: Pick<RatedRequest, 'rating' | 'about' | 'orderName'>): string {
  const score = `${SCALE_NAME[rating.scale]} ${rating.value} of ${SCALE_TOP[rating.scale]}`;
  return `${score} in the ${about}${orderName ? `, order ${orderName}` : ''}`;
}
