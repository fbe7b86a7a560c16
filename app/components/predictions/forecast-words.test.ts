import { describe, expect, it } from 'vitest';
import type { CustomerGroup } from '../../domain/prediction/groups.ts';
import { highValueSigns } from '../../domain/prediction/high-value-signs.ts';
import { type ReferralFacts, referralPropensity } from '../../domain/prediction/referral-propensity.ts';
import { trajectoryOf } from '../../domain/prediction/trajectory.ts';
import { type WarningFacts, warningIndicators } from '../../domain/prediction/warning-indicators.ts';
import {
  gradeText,
  groupsText,
  indicatorFacts,
  marginText,
  referralText,
  signsText,
  trajectoryText,
} from './forecast-words.ts';

const UNKNOWN: WarningFacts = {
  ...{ npsDropPoints: null, csatMean: null, clicksLast30Days: null, clicksPrevious30Days: null },
  ...{
    daysSinceVisit: null,
    contactsLast30Days: null,
    escalatedLast90Days: null,
    oldestUnresolvedHours: null,
  },
  ...{
    daysSinceOrder: null,
    typicalGapDays: null,
    recentOrderValueMinor: null,
    earlierOrderValueMinor: null,
  },
  ...{ worstReviewRating: null, publicComplaintsLast90Days: null },
};

it.each<[Partial<WarningFacts>, string]>([
  [{ npsDropPoints: 30, csatMean: 4 }, 'Newest NPS 3.0 below the ones before, CSAT 4.0 of 5 on average'],
  [{ npsDropPoints: -10 }, 'Newest NPS not below the ones before'],
  [{ clicksLast30Days: 1, clicksPrevious30Days: 4 }, '75% fewer clicks in mails than before'],
  [{ daysSinceVisit: 0.2 }, 'Last visit today'],
  [{ daysSinceVisit: 41.4 }, 'Last visit 41 days ago'],
  [{ contactsLast30Days: 1, oldestUnresolvedHours: 0 }, '1 problem in 30 days, no open complaint'],
  [{ escalatedLast90Days: 2 }, '2 problems in 90 days took more than one contact'],
  [{ escalatedLast90Days: 0 }, 'No problem in 90 days took more than one contact'],
  [{ oldestUnresolvedHours: 30 }, 'A complaint open for 30 hours'],
  [{ oldestUnresolvedHours: 100 }, 'A complaint open for 4 days'],
  [{ daysSinceOrder: 60, typicalGapDays: 30 }, 'Last order 2.0 times the usual gap ago'],
  [{ recentOrderValueMinor: 4_000, earlierOrderValueMinor: 5_000 }, 'Orders 20% smaller than before'],
])('%o is said as a fact', (facts, words) => {
  const known = warningIndicators({ ...UNKNOWN, ...facts }).indicators.filter(({ grade }) => grade !== null);
  expect(known.map(indicatorFacts)).toEqual([words]);
});

it.each<[number, number | null, number | null, string]>([
  [5_200, 1_000, 9_000, '€52.00 (80% interval €10.00 to €90.00)'],
  [5_200, 0, 5_200, '€52.00 (80% interval €0.00 to €52.00)'],
  [5_200, null, null, '€52.00'],
  [52, 0, 0, 'Most likely nothing; €0.52 on average'],
  [157, 0, 119, 'Most likely at most €1.19; €1.57 on average'],
  [957, 100, 819, 'Most likely €1.00 to €8.19; €9.57 on average'],
  [0, 0, 0, 'Most likely nothing'],
])('a margin of %d, %s to %s, is said so that its range holds its middle', (clvMinor, low, high, words) => {
  expect(marginText({ clvMinor, clvLowMinor: low, clvHighMinor: high }, 'EUR')).toBe(words);
});

it.each([
  [0, 'No sign'],
  [0.3, 'Slight'],
  [0.5, 'Clear'],
  [1, 'Strong'],
])('a grade of %d is "%s"', (grade, word) => {
  expect(gradeText(grade)).toBe(word);
});

describe('the direction', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const answers = (points: number[], everyDays = 20) =>
    points.map((value, index) => ({
      at: new Date(now.getTime() - (points.length - 1 - index) * everyDays * 86_400_000),
      points: value,
    }));

  it('is told with how sure it is', () => {
    expect(trajectoryText(trajectoryOf(answers([100, 90, 75, 60, 50]), now))).toMatch(
      /^Satisfaction is declining: −\d+\.\d points of 100 in 30 days, \d+% interval −\d+\.\d to −\d+\.\d\. This is \d+% sure, from answers on 5 days\.$/,
    );
  });

  it('is none where it is not sure', () => {
    expect(trajectoryText(trajectoryOf(answers([70, 55, 68, 52]), now))).toMatch(
      /^Satisfaction has no clear direction: −\d+\.\d points of 100 in 30 days.*\. That it is declining is [2-7]\d% sure, from answers on 4 days\.$/,
    );
  });

  it('names no interval that is wider than the scale', () => {
    const wide = { coverage: 0.92, low: -107.1, high: 375 };
    const known = trajectoryOf(answers([70, 55, 68, 52]), now);
    if (known.outcome === 'not_enough') throw new Error('There are enough answers.');
    expect(trajectoryText({ ...known, interval: wide })).not.toContain('interval');
    expect(trajectoryText({ ...known, interval: { ...wide, high: -8 } })).toContain(
      'interval −107.1 to −8.0',
    );
  });

  it('says what is missing', () => {
    expect(trajectoryText(trajectoryOf(answers([80]), now))).toContain('answers on 1 day, and it takes 3');
    expect(trajectoryText(trajectoryOf(answers([80, 70, 60], 2), now))).toContain('less than 14 days');
  });
});

it('names the early signs that are there, of those that are known', () => {
  const nothing = {
    ...{ firstCsat: null, adoptionTempoDays: null, daysSinceFirstDelivery: null, typicalGapDays: null },
    ...{ helpPagesRead: null, socialInteractions: null, referrals: null },
  };
  expect(signsText(highValueSigns(nothing))).toBe('Nothing is known about early signs of a high value yet.');
  expect(signsText(highValueSigns({ ...nothing, firstCsat: 3, helpPagesRead: 0 }))).toBe(
    'None so far; 2 of 5 are known.',
  );
  expect(
    signsText(highValueSigns({ ...nothing, firstCsat: 5, adoptionTempoDays: 12, helpPagesRead: 0 })),
  ).toBe('2 of 3 known signs: happy with the first order, a fast second order.');
});

it.each<[CustomerGroup[], string]>([
  [[], 'None: no order counts yet'],
  [['active', 'loyal'], 'Active (an order in 12 months), loyal (4 orders or more)'],
])('names the groups %o', (groups, words) => {
  expect(groupsText(groups)).toBe(words);
});

it.each<[Partial<ReferralFacts>, string]>([
  [{}, 'Not known: never answered how likely they are to recommend you'],
  [{ npsPoints: 90 }, '8.0 of 10 by a rule, from what they say; whom they brought is not known'],
  [{ npsPoints: 90, qualifiedReferrals: 2 }, '9.0 of 10 by a rule, from what they say and whom they brought'],
])('tells how likely a recommendation is: %o', (facts, words) => {
  const unknown = {
    npsPoints: null,
    invited: false,
    linkVisits: 0,
    pendingReferrals: 0,
    qualifiedReferrals: 0,
  };
  expect(referralText(referralPropensity({ ...unknown, ...facts }))).toBe(words);
});
