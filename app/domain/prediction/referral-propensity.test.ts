import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReferralFacts, referralPropensity } from './referral-propensity.ts';

const NOTHING: ReferralFacts = {
  npsPoints: null,
  invited: false,
  linkVisits: 0,
  pendingReferrals: 0,
  qualifiedReferrals: 0,
};

test.each<[string, Partial<ReferralFacts>, number | null, number]>([
  ['nothing known', {}, null, 0],
  ['NPS 10', { npsPoints: 100 }, 1, 0.5],
  ['NPS 9', { npsPoints: 90 }, 0.8, 0.5],
  ['NPS 7', { npsPoints: 70 }, 0.4, 0.5],
  ['NPS 5 and below', { npsPoints: 50 }, 0, 0.5],
  ['NPS 0', { npsPoints: 0 }, 0, 0.5],
  ['NPS unknown', { npsPoints: Number.NaN }, null, 0],
  ['invited, nothing done', { invited: true }, 0, 0.5],
  ['promoter, invited, nothing done', { npsPoints: 100, invited: true }, 0.5, 1],
  ['link opened', { linkVisits: 3, invited: true }, 0.3, 0.5],
  ['a friend ordered', { pendingReferrals: 1 }, 0.6, 0.5],
  ['one referral', { qualifiedReferrals: 1, npsPoints: 90 }, 0.8, 1],
  ['two referrals', { qualifiedReferrals: 2, npsPoints: 90, linkVisits: 9 }, 0.9, 1],
])('%s', (_, facts, score, coverage) => {
  const found = referralPropensity({ ...NOTHING, ...facts });
  expect(found).toMatchObject({ coverage, basis: 'rule' });
  if (score === null) expect(found.score).toBeNull();
  else expect(found.score).toBeCloseTo(score, 12);
});

test('within 0-1, and monotone in every fact', () => {
  const count = fc.nat({ max: 3 });
  const facts = fc.record({
    npsPoints: fc.option(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { nil: null }),
    invited: fc.boolean(),
    linkVisits: count,
    pendingReferrals: count,
    qualifiedReferrals: count,
  });
  const keys = ['npsPoints', 'linkVisits', 'pendingReferrals', 'qualifiedReferrals'] as const;
  fc.assert(
    fc.property(facts, fc.constantFrom(...keys), fc.nat({ max: 100 }), (any, key, more) => {
      const before = referralPropensity(any).score;
      if (before === null) return;
      expect(before >= 0 && before <= 1).toBe(true);
      // An unknown part that becomes known may move the score either way.
      const raised = { ...any, [key]: (any[key] ?? 0) + more, invited: true };
      const from = referralPropensity({ ...any, npsPoints: any.npsPoints ?? 0, invited: true }).score!;
      expect(
        referralPropensity({ ...raised, npsPoints: raised.npsPoints ?? 0 }).score,
      ).toBeGreaterThanOrEqual(from);
    }),
    { numRuns: 500 },
  );
});
