/** Who is asked to bring friends, and the code they hand on (domain.md sections 5 and 7). */
import { readableCode } from '../core/readable-code.ts';

/** Health from which on a promoter is asked; unknown health doesn't stand in the way. */
export const PROMOTER_MIN_HEALTH = 60;

export interface PromoterInput {
  /** The newest NPS answer, 0-10; null if never asked. */
  nps: number | null;
  hasOpenCase: boolean;
  /** 0-100, null while there is not enough data. */
  health: number | null;
}

export type PromoterDecision =
  | { promoter: true }
  | { promoter: false; reason: 'no_nps' | 'nps_below_9' | 'open_case' | 'low_health'; sentence: string };

/** A promoter = NPS 9-10 and no open case and (health unknown or at least 60). */
export function decidePromoter({ nps, hasOpenCase, health }: PromoterInput): PromoterDecision {
  if (nps === null)
    return no('no_nps', 'The customer was never asked whether they would recommend the shop.');
  if (nps < 9) return no('nps_below_9', `The customer's NPS is ${nps}; promoters gave 9 or 10.`);
  if (hasOpenCase) return no('open_case', 'The customer has an open case; first that is solved.');
  if (health !== null && health < PROMOTER_MIN_HEALTH) {
    return no('low_health', `The customer's health score is below ${PROMOTER_MIN_HEALTH}.`);
  }
  return { promoter: true };
}

/** The referral code, always the same for the same customer: "already exists" then means done. */
export function referralCode(customerId: string, prefix = 'FRIEND'): string {
  return readableCode(customerId, prefix);
}

function no(
  reason: Extract<PromoterDecision, { promoter: false }>['reason'],
  sentence: string,
): PromoterDecision {
  return { promoter: false, reason, sentence };
}
