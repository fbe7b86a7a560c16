import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, nextLocalHour } from '#app/domain/core/calendar.ts';
import { SCORE_HOUR } from '#app/domain/scoring/score-hour.ts';
import { DEFAULT_SETTINGS } from '#app/domain/shop-settings/settings.ts';
import type { Metric, ShopState } from '#app/domain/core/state.ts';
import type { ScoreSource } from '#app/infra/db/score-sources.ts';
import { scoreRow } from '#app/services/score-row.ts';
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
    pixelOnSince: at('2023-11-01T00:00:00'),
    liveSurveys: [],
    liveExperiments: [],
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
    chargeback: fc.constantFrom(false, false, false, true),
    approved: fc.boolean(),
  });
  const anyAnswer = fc.record({
    metric: fc.constantFrom(
      ...(['nps', 'csat_delivery', 'csat_product', 'csat_support'] as const satisfies Metric[]),
    ),
    rating: fc.integer({ min: 1, max: 5 }),
    answeredAt: day,
  });

  const anyMail = fc
    .record({ sentAt: day, clickedAfterDays: fc.option(fc.nat({ max: 40 }), { nil: null }) })
    .map(({ sentAt, clickedAfterDays: days }) => ({
      sentAt,
      clickedAt: days === null ? null : new Date(sentAt.getTime() + days * DAY_MS),
    }));
  const anySignals = fc.record({
    emailEngagement: fc.record({
      sentTotal: fc.constantFrom(2, 4, 9),
      surveys: fc.array(anyMail, { maxLength: 6 }),
    }),
    lastSeenAt: fc.option(day, { nil: null }),
  });

  it('is not needed on the days that nextScoreAt leaves out', () => {
    fc.assert(
      fc.property(
        fc.array(anyOrder, { minLength: 1, maxLength: 9 }),
        fc.array(anyAnswer, { maxLength: 5 }),
        fc.constantFrom(null, 12, 45),
        anySignals,
        (orders, answers, typicalGapDays, signals) => {
          const source: ScoreSource = {
            ...signals,
            customerId: 'c',
            staleSeq: 1,
            scoredBefore: null,
            tier: 'starter',
            lastHistory: null,
            answers: answers.map(({ metric, rating, answeredAt }, index) => ({
              id: `a${index}`,
              kind: 'support',
              orderId: null,
              answeredAt,
              answers: { ratings: { rating }, metrics: { rating: metric } },
            })),
            orders: orders.map(({ approved, refunded, ...one }, index) => ({
              ...one,
              refunds: refunded
                ? [{ createdAt: one.createdAt.toISOString(), amountMinor: 700, lines: [] }]
                : null,
              orderId: `o${index}`,
              paidMinor: one.paid ? one.netMinor : 0,
              approvedAt: approved ? one.createdAt : null,
            })),
          };
          const score = (now: Date) =>
            scoreRow(source, {
              shop: { ...shop, typicalGapDays },
              settings: DEFAULT_SETTINGS,
              present: null,
              now,
            });
          const shown = ({ nextScoreAt: _next, ...row }: ReturnType<typeof score>) => JSON.stringify(row);
          let now = new Date(START);
          let kept = score(now);
          for (let days = 0; days < 500; days += 1) {
            now = nextLocalHour(new Date(now.getTime() + 1), shop.timeZone, SCORE_HOUR);
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
