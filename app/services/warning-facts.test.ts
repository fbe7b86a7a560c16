import { expect, it } from 'vitest';
import type { CaseCourse } from '../domain/cases/escalated.ts';
import { DAY_MS } from '../domain/core/calendar.ts';
import type { ScoreInputs } from '../domain/scoring/inputs.ts';
import { explainingFacts } from './warning-facts.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const NOTHING: ScoreInputs = {
  ...{ answers: [], orders: [], reviews: [], resolutions: [], emailEngagement: null, lastSeenAt: null },
  ...{ pixelOnSince: null, shopTypicalGapDays: null, predictedClv: null },
};
const BESIDE = {
  ...{ casesLast30Days: 0, coursesLast90Days: [], oldestOpenCaseAt: null },
  ...{ helpPagesRead: null, firstDeliveredAt: null },
  referral: { invited: false, qualifiedReferrals: 0, pendingReferrals: 0 },
};

it('counts the cases for which somebody had to come back', () => {
  const course: CaseCourse = {
    ...{ openedSeverity: 1, openedCritical: false, severity: 1, critical: false },
    ...{ reopened: false, joined: false, followed: false, chargedBack: false },
  };
  const escalated = (coursesLast90Days: CaseCourse[]) =>
    explainingFacts(NOTHING, { ...BESIDE, coursesLast90Days }, NOW).warning.escalatedLast90Days;
  expect(escalated([])).toBe(0);
  expect(escalated([course])).toBe(0);
  expect(escalated([course, { ...course, reopened: true }, { ...course, severity: 2 }])).toBe(2);
});

it.each<[string, seen: number | null, pixelOn: number | null, expected: number | null]>([
  ['while the pixel watched, a fact', 41, 200, 41],
  ['from the day the pixel was switched on, a fact', 41, 41, 41],
  ['of today, a fact', 0, 200, 0],
  ['just under 120 days, a fact', 119, 200, 119],
  ['120 days, when consent may be gone', 120, 200, null],
  ['while the pixel is off', 41, null, null],
  ['of which the pixel watched a part only', 41, 10, null],
  ['short, but not watched for all of it', 20, 10, null],
  ['of somebody who never came, or came unseen', null, 200, null],
])('the days since a visit: %s', (_name, seen, pixelOn, expected) => {
  const inputs = {
    ...NOTHING,
    lastSeenAt: seen === null ? null : daysAgo(seen),
    pixelOnSince: pixelOn === null ? null : daysAgo(pixelOn),
  };
  expect(explainingFacts(inputs, BESIDE, NOW).warning.daysSinceVisit).toBe(expected);
});
