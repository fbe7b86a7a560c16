import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  HIGH_VALUE_SIGNS,
  type HighValueFacts,
  type HighValueSignKey,
  highValueSigns,
} from './high-value-signs.ts';

const NOTHING: HighValueFacts = {
  firstCsat: null,
  adoptionTempoDays: null,
  daysSinceFirstDelivery: null,
  typicalGapDays: null,
  helpPagesRead: null,
  socialInteractions: null,
  referrals: null,
};

test.each<[HighValueSignKey, Partial<HighValueFacts>, boolean | null, number | null]>([
  ['first_csat', {}, null, null],
  ['first_csat', { firstCsat: 4.5 }, true, 4.5],
  ['first_csat', { firstCsat: 4.4 }, false, 4.4],
  ['first_csat', { firstCsat: Number.NaN }, null, null],
  ['fast_adoption', { adoptionTempoDays: 30 }, true, 30],
  ['fast_adoption', { adoptionTempoDays: 31 }, false, 31],
  ['fast_adoption', { adoptionTempoDays: 31, typicalGapDays: 45 }, true, 31],
  ['fast_adoption', { adoptionTempoDays: 31, typicalGapDays: 0 }, false, 31],
  ['fast_adoption', { daysSinceFirstDelivery: 30 }, null, null],
  ['fast_adoption', { daysSinceFirstDelivery: 31 }, false, null],
  ['fast_adoption', { daysSinceFirstDelivery: 31, typicalGapDays: 40 }, null, null],
  ['help_reading', { helpPagesRead: 1 }, false, 1],
  ['help_reading', { helpPagesRead: 2 }, true, 2],
  ['social_engagement', { socialInteractions: 0 }, false, 0],
  ['social_engagement', { socialInteractions: 1 }, true, 1],
  ['referrals', { referrals: 1 }, true, 1],
  ['referrals', { referrals: 0 }, false, 0],
])('%s of %o: %s', (key, facts, present, value) => {
  const report = highValueSigns({ ...NOTHING, ...facts });
  expect(report.signs.find((sign) => sign.key === key)).toEqual({ key, present, value });
  expect(report).toMatchObject({ present: present ? 1 : 0, known: present === null ? 0 : 1 });
});

test('for any facts five signs, present <= known <= 5, nothing is NaN', () => {
  const value = fc.oneof(fc.constant(null), fc.double());
  const facts = fc.record({
    firstCsat: value,
    adoptionTempoDays: value,
    daysSinceFirstDelivery: value,
    typicalGapDays: value,
    helpPagesRead: value,
    socialInteractions: value,
    referrals: value,
  });
  fc.assert(
    fc.property(facts, (any) => {
      const { signs, present, known } = highValueSigns(any);
      expect(signs.map(({ key }) => key)).toEqual(HIGH_VALUE_SIGNS);
      expect(present <= known && known <= 5).toBe(true);
      for (const sign of signs)
        expect(sign.value).toSatisfy((x: number | null) => x === null || Number.isFinite(x));
    }),
  );
});
