import { describe, expect, it } from 'vitest';
import type { PromoterInput } from './promoter.ts';
import { decidePromoter, referralCode } from './promoter.ts';

describe('decidePromoter', () => {
  it.each<[PromoterInput, true | string]>([
    [{ nps: 9, hasOpenCase: false, health: null }, true],
    [{ nps: 10, hasOpenCase: false, health: 60 }, true],
    [{ nps: 9, hasOpenCase: false, health: 59.9 }, 'low_health'],
    [{ nps: 10, hasOpenCase: true, health: 90 }, 'open_case'],
    [{ nps: 8, hasOpenCase: false, health: 100 }, 'nps_below_9'],
    [{ nps: 0, hasOpenCase: true, health: 0 }, 'nps_below_9'],
    [{ nps: null, hasOpenCase: false, health: 100 }, 'no_nps'],
  ])('%j: %s', (input, expected) => {
    const result = decidePromoter(input);
    expect(result.promoter ? true : result.reason).toBe(expected);
    if (!result.promoter) expect(result.sentence).toMatch(/\.$/);
  });
});

it('makes one code per action, with a prefix of one’s own', () => {
  expect(referralCode('a')).toBe(referralCode('a'));
  expect(referralCode('a')).toMatch(/^FRIEND-[2-9A-Z]{5}-[2-9A-Z]{5}$/);
  expect(referralCode('a', 'Nord & Co')).toMatch(/^NORDCO-/);
});
