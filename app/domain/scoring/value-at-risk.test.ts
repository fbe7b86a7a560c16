import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderInput } from './inputs.ts';
import { DAY_MS } from './numbers.ts';
import { DEFAULT_MARGIN_SHARE, revenueLast12MonthsMinor, valueAtRiskByRule } from './value-at-risk.ts';

describe('valueAtRiskByRule', () => {
  test.each([
    [40, 100_000, 0.4, 24_000],
    [0, 100_000, 0.4, 40_000],
    [100, 100_000, 0.4, 0],
    [57.3, 12_345, 0.4, 2_109], // 2108.526
    [50, 5, 0.2, 1], // 0.5, half up
    [50, 4, 0.2, 0],
    [66.6, 1_000, 0.35, 117], // 116.9
    [99.9, 500, 1, 1], // 0.5, half up
    [40, -100, 0.4, 0],
  ])('health %d, revenue %d, margin %d: %d', (health, revenue, margin, amountMinor) => {
    expect(valueAtRiskByRule(health, revenue, margin)).toEqual({ amountMinor, basis: 'rule' });
  });

  test('no score, no value', () => {
    expect(valueAtRiskByRule(null, 100_000, DEFAULT_MARGIN_SHARE)).toBeNull();
  });

  test('is a whole amount between 0 and the margin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.integer({ min: 0, max: 100 }),
        (tenths, revenue, percent) => {
          const amount = valueAtRiskByRule(tenths / 10, revenue, percent / 100)?.amountMinor;
          expect(amount).toSatisfy(Number.isInteger);
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(amount).toBeLessThanOrEqual(Math.ceil((revenue * percent) / 100));
        },
      ),
    );
  });
});

test('revenue of 12 months: paid, not cancelled, net of discounts and refunds, no order below 0', () => {
  const now = new Date('2026-06-01T12:00:00Z');
  const order = (ageDays: number, of: Partial<OrderInput> = {}): OrderInput => ({
    orderId: String(ageDays),
    createdAt: new Date(now.getTime() - ageDays * DAY_MS),
    paid: true,
    cancelled: false,
    netMinor: 1_000,
    discountMinor: 200,
    paidMinor: 1_300,
    refundedMinor: 0,
    refundedNetMinor: 0,
    chargeback: false,
    ...of,
  });
  const orders = [
    order(0),
    order(364.9),
    order(365),
    order(-1),
    order(5, { paid: false }),
    order(6, { cancelled: true }),
    order(7, { refundedNetMinor: 400 }),
    order(8, { refundedNetMinor: 1_300 }),
  ];
  expect(revenueLast12MonthsMinor(orders, now)).toBe(2_600);
});
