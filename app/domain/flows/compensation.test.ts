import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompensationRequest } from './compensation.ts';
import {
  budgetPeriod,
  decideCompensation,
  monthlyBudgetMinor,
  NO_OFFER_REASONS,
  recoveryCode,
  turnWaitMs,
} from './compensation.ts';

const policy = {
  enabled: true,
  percentBySeverity: [5, 10, 15] as [number, number, number],
  maxUnits: 25,
  cooldownDays: 90,
  budgetPercent: 1,
  codeValidDays: 60,
};
const now = new Date('2026-06-10T12:00:00Z');
const request = (over: Partial<CompensationRequest> = {}): CompensationRequest => ({
  severity: 2,
  orderTotalMinor: 8_999,
  orderRefundedMinor: 0,
  verified: true,
  unheard: null,
  lastOfferAt: null,
  committedMinor: 0,
  lastMonthRevenueMinor: 1_000_000,
  thisMonthRevenueMinor: 50_000,
  currencyExponent: 2,
  shopTimeZone: 'Europe/Berlin',
  policy,
  now,
  ...over,
});
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe('the amount', () => {
  it.each<[string, Partial<CompensationRequest>, number]>([
    ['severity 1: 5%, floored', { severity: 1 }, 449],
    ['severity 2: 10%', { severity: 2 }, 899],
    ['severity 3: 15%', { severity: 3 }, 1_349],
    ['at most 25 units', { severity: 3, orderTotalMinor: 90_000 }, 2_500],
    ['exactly 25 units', { severity: 2, orderTotalMinor: 25_000 }, 2_500],
    ['a currency without decimals', { orderTotalMinor: 8_999, currencyExponent: 0 }, 25],
    ['what is left after a partial refund', { orderRefundedMinor: 4_999 }, 400],
    ['own percentages', { policy: { ...policy, percentBySeverity: [5, 12.5, 15] } }, 1_124],
    ['up to the last cent of the budget', { committedMinor: 9_101 }, 899],
    ['90 days after the last offer', { lastOfferAt: daysAgo(90) }, 899],
  ])('%s', (_name, over, amountMinor) => {
    expect(decideCompensation(request(over))).toMatchObject({ outcome: 'offer', amountMinor });
  });

  it('says from which budget, and how long the code is valid', () => {
    expect(decideCompensation(request())).toEqual({
      outcome: 'offer',
      amountMinor: 899,
      percent: 10,
      budgetPeriod: '2026-06',
      budgetMinor: 10_000,
      expiresAt: new Date('2026-08-09T12:00:00Z'),
    });
  });
});

describe('no offer', () => {
  it.each<[keyof typeof NO_OFFER_REASONS, Partial<CompensationRequest>]>([
    ['disabled', { policy: { ...policy, enabled: false } }],
    ['unverified', { verified: false }],
    ['unsubscribed', { unheard: 'unsubscribed' }],
    ['unreachable', { unheard: 'unreachable' }],
    ['acknowledged', { unheard: 'acknowledged', orderTotalMinor: null }],
    ['no_order', { orderTotalMinor: null }],
    ['order_refunded', { orderRefundedMinor: 8_999 }],
    ['recent_offer', { lastOfferAt: daysAgo(89.99) }],
    ['amount_too_small', { orderTotalMinor: 9 }],
    ['amount_too_small', { policy: { ...policy, percentBySeverity: [0, 0, 0] } }],
    ['budget_exhausted', { committedMinor: 9_102 }],
    ['budget_exhausted', { lastMonthRevenueMinor: 0 }],
    ['budget_exhausted', { lastMonthRevenueMinor: null, thisMonthRevenueMinor: 89_800 }],
  ])('%s', (reason, over) => {
    expect(decideCompensation(request(over))).toEqual({
      outcome: 'none',
      reason,
      sentence: NO_OFFER_REASONS[reason],
    });
  });
});

describe('the budget', () => {
  it.each<[string, number | null, number, number]>([
    ['1% of last month', 1_234_567, 99_999_999, 12_345],
    ['first month: of the revenue so far', null, 50_000, 500],
    ['a month of refunds only', -500, 0, 0],
  ])('%s', (_name, lastMonthRevenueMinor, thisMonthRevenueMinor, expected) => {
    expect(monthlyBudgetMinor({ lastMonthRevenueMinor, thisMonthRevenueMinor, policy })).toBe(expected);
  });

  it("follows the shop's own calendar", () => {
    expect(budgetPeriod(new Date('2026-06-30T22:30:00Z'), 'Europe/Berlin')).toEqual({
      countedUntil: new Date('2026-06-29T22:30:00Z'),
      key: '2026-07',
      thisMonthStart: new Date('2026-06-30T22:00:00Z'),
      lastMonthStart: new Date('2026-05-31T22:00:00Z'),
    });
  });

  it('is never overspent and no offer is above its limits, whatever comes', () => {
    const asked = fc.record({
      severity: fc.constantFrom(1 as const, 2 as const, 3 as const),
      orderTotalMinor: fc.integer({ min: 0, max: 60_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(asked, { maxLength: 40 }),
        fc.integer({ min: 0, max: 800_000 }),
        (list, revenue) => {
          let committedMinor = 0;
          for (const over of list) {
            const result = decideCompensation(
              request({ ...over, committedMinor, lastMonthRevenueMinor: revenue }),
            );
            if (result.outcome === 'none') continue;
            expect(Number.isInteger(result.amountMinor)).toBe(true);
            expect(result.amountMinor).toBeGreaterThan(0);
            expect(result.amountMinor).toBeLessThanOrEqual(Math.min(2_500, over.orderTotalMinor * 0.15));
            committedMinor += result.amountMinor;
          }
          expect(committedMinor).toBeLessThanOrEqual(revenue / 100);
        },
      ),
    );
  });
});

it('makes the same code for the same action', () => {
  expect(recoveryCode('019a-1')).toBe(recoveryCode('019a-1'));
  expect(recoveryCode('019a-1')).not.toBe(recoveryCode('019a-2'));
  expect(recoveryCode('019a-1')).toMatch(/^SORRY-/);
});

describe('the turn of an offer', () => {
  it.each<[string, Parameters<typeof turnWaitMs>, number | null]>([
    ['nothing before it', [{ answers: false, offers: 0 }, 60_000], null],
    ['a simulation looks at once', [{ answers: true, offers: 50 }, null], 40],
    ['an answer that just came', [{ answers: true, offers: 0 }, 0], 40],
    ['an answer in its retries', [{ answers: true, offers: 3 }, 8_000], 1_000],
    ['for minutes', [{ answers: true, offers: 0 }, 600_000], 4_000],
    ['next in the line, however long it waited', [{ answers: false, offers: 1 }, 600_000], 40],
    ['tenth in the line', [{ answers: false, offers: 10 }, 0], 400],
    ['far back in the line', [{ answers: false, offers: 100 }, 0], 4_000],
  ])('%s', (_name, given, expected) => {
    expect(turnWaitMs(...given)).toBe(expected);
  });

  it('a hundred offers behind an answer that is stuck for a minute ask less than fifty times a second', () => {
    const looks = (waitedMs: number) => 1_000 / (turnWaitMs({ answers: true, offers: 99 }, waitedMs) ?? 0);
    expect(100 * looks(60_000)).toBeLessThan(50);
  });
});
