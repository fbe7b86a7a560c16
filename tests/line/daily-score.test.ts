import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, nextLocalHour } from '#app/domain/core/calendar.ts';
import { DEFAULT_SETTINGS } from '#app/domain/shop-settings/settings.ts';
import type { ShopState } from '#app/domain/core/state.ts';
import type { ScoreSource } from '#app/infra/db/scores.repo.server.ts';
import { scoreRow } from '#app/services/score-customer.ts';
import { at } from '#tests/fakes/order-life.ts';

describe('the daily score', () => {
  const shop: ShopState = {
    id: '1',
    domain: 'line-test.myshopify.com',
    status: 'installed',
    name: 'Shop',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    settings: {},
    exchangedAt: null,
    medianTransitDays: null,
    typicalGapDays: 30,
    liveSurveys: [],
  };
  const START = at('2024-01-10T03:00:00').getTime();
  // Leap days, ends of months and changes of the clock are all in reach.
  const day = fc
    .integer({ min: -500, max: 300 })
    .map((days) => new Date(START + days * DAY_MS + 7 * 3_600_000));
  const anyOrder = fc.record({
    createdAt: fc.oneof(
      day,
      fc.constantFrom(at('2024-02-29T23:30:00'), at('2024-02-28T09:00:00'), at('2023-03-31T08:00:00')),
    ),
    paid: fc.boolean(),
    cancelled: fc.boolean(),
    netMinor: fc.integer({ min: 0, max: 50_000 }),
    discountMinor: fc.constantFrom(0, 500),
    refundedMinor: fc.constantFrom(0, 0, 700),
    totalMinor: fc.constant(5_000),
    refunded: fc.boolean(),
    approved: fc.boolean(),
  });
  const anyAnswer = fc.record({
    metric: fc.constantFrom('nps' as const, 'csat_delivery' as const, 'csat_product' as const),
    rating: fc.integer({ min: 1, max: 5 }),
    answeredAt: day,
  });

  it('is not needed on the days that nextScoreAt leaves out', () => {
    fc.assert(
      fc.property(
        fc.array(anyOrder, { minLength: 1, maxLength: 9 }),
        fc.array(anyAnswer, { maxLength: 5 }),
        fc.constantFrom(null, 12, 45),
        (orders, answers, typicalGapDays) => {
          const source: ScoreSource = {
            customerId: 'c',
            staleSeq: 1,
            tier: 'starter',
            lastHistory: null,
            answers: answers.map(({ metric, rating, answeredAt }, index) => ({
              id: `a${index}`,
              orderId: null,
              answeredAt,
              answers: { ratings: { rating }, metrics: { rating: metric } },
            })),
            orders: orders.map(({ approved, refunded, ...one }, index) => ({
              ...one,
              refunds: refunded ? [{ amountMinor: 700, lines: [] }] : null,
              orderId: `o${index}`,
              paidMinor: one.paid ? one.netMinor : 0,
              chargeback: false,
              approvedAt: approved ? one.createdAt : null,
            })),
          };
          const score = (now: Date) => scoreRow(source, { ...shop, typicalGapDays }, DEFAULT_SETTINGS, now);
          const shown = ({ nextScoreAt: _next, ...row }: ReturnType<typeof score>) => JSON.stringify(row);
          let now = new Date(START);
          let kept = score(now);
          for (let days = 0; days < 500; days += 1) {
            now = nextLocalHour(new Date(now.getTime() + 1), shop.timeZone, DEFAULT_SETTINGS.sendHour);
            const daily = score(now);
            if (kept.nextScoreAt && kept.nextScoreAt <= now) kept = daily;
            expect(shown(kept), now.toISOString()).toBe(shown(daily));
          }
        },
      ),
      { numRuns: 20 },
    );
  }, 120_000);
});
