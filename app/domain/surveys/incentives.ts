/**
 * What completing a survey is rewarded with: to whom it is promised, who has earned it, and its code (domain.md
 * section 2: an incentive for completing, never for the score).
 */
import { DAY_MS } from '../core/calendar.ts';
import { readableCode } from '../core/readable-code.ts';
import type { CustomerState, ResponseState } from '../core/state.ts';
import { isVisitKind } from './contract.ts';
import type { Definition, Reward } from './definition.ts';
import { factsMeet } from './order-facts.ts';
import type { OrderFacts } from './order-facts.ts';

/**
 * Whether the reward is promised before the first question: while there are any left, where the conditions on the
 * order are met, and only to somebody to whom it could be given.
 */
export function isPromised(
  { incentive, identity, kind }: Definition,
  about: {
    facts: OrderFacts;
    /** The budget is used up. */
    gone: boolean;
    /** Whoever answers can be found again: by their account, or by the mail that brought them. */
    reachable: boolean;
  },
): boolean {
  if (!incentive || identity !== 'identified' || isVisitKind(kind)) return false;
  if (about.gone || !about.reachable) return false;
  return incentive.when === undefined || factsMeet(incentive.when, about.facts);
}

/**
 * What a page says of the reward, and whether its edition names the promise. A page that was shown or mailed keeps what it
 * said; one that cannot be kept any more is told to be gone.
 */
export function promiseOf(
  definition: Definition,
  about: Parameters<typeof isPromised>[1] & {
    /** Of a page that was shown before: whether it promised. null: it is shown now. */
    promisedBefore: boolean | null;
    /** The answer has earned its reward already, at another door: changing it earns nothing more. */
    earned: boolean;
  },
): { promised: boolean; says: 'made' | 'gone' | 'none' } {
  const { promisedBefore, earned, gone } = about;
  const promised = promisedBefore ?? (!earned && isPromised(definition, about));
  return { promised, says: !promised || earned ? 'none' : gone ? 'gone' : 'made' };
}

/**
 * Whether an answer has earned what was promised with it: it was completed, it counts, and its giver is known. What
 * was answered does not matter.
 */
export function earnsReward(response: ResponseState): boolean {
  const { incentive, unfinished, awaitsSteps, customerId, edition, status } = response;
  if (!incentive || unfinished || awaitsSteps || !customerId || !edition) return false;
  return status === 'verified' || status === 'unsolicited';
}

/** The single-use code of a reward, always the same for the same action: "already exists" then means done. */
export function rewardCode(actionId: string): string {
  return readableCode(actionId, 'THANKS');
}

/** Until when a code works; points do not expire. */
export function rewardExpiresAt(reward: Reward, validDays: number, issuedAt: Date): Date | null {
  return reward.kind === 'points' ? null : new Date(issuedAt.getTime() + validDays * DAY_MS);
}

export type RewardMailObstacle = 'shop_uninstalled' | 'redacted' | 'no_email' | 'invalid_email';

/**
 * What keeps the mail with the reward back; null = it may go. It brings what was promised and earned: no caps, and
 * who unsubscribed from surveys and offers gets it all the same.
 */
export function rewardMailObstacle(about: {
  shopStatus: string;
  customer: Pick<CustomerState, 'email' | 'consent' | 'redactedAt'> | null;
}): RewardMailObstacle | null {
  const { shopStatus, customer } = about;
  if (shopStatus !== 'installed') return 'shop_uninstalled';
  if (!customer || customer.redactedAt || customer.consent?.state === 'redacted') return 'redacted';
  if (!customer.email) return 'no_email';
  return customer.consent?.state === 'invalid' ? 'invalid_email' : null;
}
