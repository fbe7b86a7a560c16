import { addMonths, DAY_MS } from '../core/calendar.ts';
import { TIERS, type Tier } from './tier.ts';

/** So long after its day an anniversary is still noticed: nobody is greeted weeks late. */
const NOTICED_MS = 7 * DAY_MS;

export interface Standing {
  tierBefore: string;
  tier: Tier;
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
}

export interface MilestonePolicy {
  enabled: boolean;
  anniversaries: boolean;
}

/**
 * The milestones that a customer reaches now: 'tier:vip' with a higher tier, and 'year:2' two calendar years (UTC) after
 * the first order, for whoever ordered in the last twelve months. The same one may come up on several days: whoever
 * stores it stores it once.
 */
export function milestonesReached(standing: Standing, policy: MilestonePolicy, now: Date): string[] {
  if (!policy.enabled) return [];
  const { tier, tierBefore } = standing;
  const rose = TIERS.indexOf(tier) > TIERS.findIndex((known) => known === tierBefore);
  const year = policy.anniversaries ? yearReached(standing, now) : null;
  return [...(rose ? [`tier:${tier}`] : []), ...(year === null ? [] : [`year:${year}`])];
}

/** When the next anniversary has to be looked at; null: none is greeted, or there is no order. */
export function nextAnniversary(
  firstOrderAt: Date | null,
  { enabled, anniversaries }: MilestonePolicy,
  now: Date,
): Date | null {
  if (!enabled || !anniversaries || !firstOrderAt) return null;
  return anniversary(firstOrderAt, yearsSince(firstOrderAt, now) + 1);
}

function yearReached({ firstOrderAt, lastOrderAt }: Standing, now: Date): number | null {
  if (!firstOrderAt || !lastOrderAt || lastOrderAt <= addMonths(now, -12, 'UTC')) return null;
  const years = yearsSince(firstOrderAt, now);
  if (years === 0) return null;
  return now.getTime() - anniversary(firstOrderAt, years).getTime() <= NOTICED_MS ? years : null;
}

const anniversary = (first: Date, years: number): Date => addMonths(first, 12 * years, 'UTC');

function yearsSince(first: Date, now: Date): number {
  const years = Math.max(now.getUTCFullYear() - first.getUTCFullYear(), 0);
  return anniversary(first, years) <= now ? years : Math.max(years - 1, 0);
}
