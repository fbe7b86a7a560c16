import { describe, expect, test } from 'vitest';
import { deliveryRecord, onDay } from '#tests/factories/deliveries.ts';
import {
  featureRow,
  SATISFACTION_FEATURES,
  satisfactionFeatures,
  typicalValueOf,
} from './satisfaction-features.ts';
import type { OrderHistory } from './satisfaction-history.ts';
import type { DeliveryRecord } from './satisfaction-record.ts';

const COUNTS = { rated: 100, low: 10, expectedLow: 10, delivered: 180, late: 18 };
const HISTORY: OrderHistory = {
  overall: COUNTS,
  recent: { delivered: 0, late: 0 },
  seller: null,
  category: null,
  region: null,
};
const facts = (changes: Partial<DeliveryRecord> = {}, day = 7, history: Partial<OrderHistory> = {}) =>
  satisfactionFeatures(deliveryRecord(changes), onDay(day), { ...HISTORY, ...history }, 5_000);

describe('the way of an order', () => {
  test('once delivered: the whole of it', () => {
    expect(facts()).toMatchObject({
      lateDays: -3,
      totalDays: 7,
      promisedDays: 10,
      promiseShare: 0.7,
      handlingDays: 2,
      transitDays: 5,
      items: 1,
      freightShare: 500 / 5_500,
    });
    expect(facts().value).toBeCloseTo(Math.log(1.01), 12);
  });

  test.each<[string, Partial<DeliveryRecord>, number, object]>([
    ['delivery lies ahead', {}, 5, { lateDays: -5, totalDays: 5, transitDays: 3 }],
    ['shipping lies ahead too', {}, 1, { handlingDays: 1, transitDays: NaN, totalDays: 1 }],
    ['the promise has passed', { deliveredAt: null }, 14, { lateDays: 4, totalDays: 14, promiseShare: 1.4 }],
    ['no promise', { promisedAt: null }, 7, { lateDays: NaN, promisedDays: NaN, promiseShare: NaN }],
    ['promised for before the order', { promisedAt: onDay(-1) }, 7, { promiseShare: NaN, lateDays: 8 }],
    ['delivered, shipping not recorded', { shippedAt: null }, 7, { handlingDays: NaN, transitDays: NaN }],
    [
      'no amounts',
      { valueMinor: null, freightMinor: null },
      7,
      { value: NaN, freight: NaN, freightShare: NaN },
    ],
    [
      'nothing of the app known',
      {},
      7,
      { parcels: NaN, refundedShare: NaN, productLow: NaN, lastAnswer: NaN },
    ],
    ['free of charge', { valueMinor: 0, freightMinor: 0 }, 7, { freightShare: 0, value: Math.log(0.01) }],
  ])('%s', (_, changes, day, expected) => {
    expect(facts(changes, day)).toMatchObject(expected);
  });

  test('what comes after the moment changes nothing', () => {
    const told = { promisedAt: onDay(12), promiseToldAt: onDay(4), parcels: [onDay(6), onDay(9)] };
    const later = { shippedAt: onDay(6), deliveredAt: onDay(20), ...told };
    const nothing = { shippedAt: null, deliveredAt: null, promisedAt: null, parcels: null };
    expect(facts(later, 3)).toEqual(facts(nothing, 3));
    expect(facts(later, 4)).toEqual(facts({ ...nothing, promisedAt: onDay(12) }, 4));
    expect(facts(later, 7)).toMatchObject({ parcels: 1, promisedDays: 12, lateDays: -5 });
    expect(facts(later, 20)).toMatchObject({ parcels: 2, lateDays: 8 });
  });

  test('currencies do not matter', () => {
    const yen = satisfactionFeatures(
      deliveryRecord({ valueMinor: 500_000, freightMinor: 50_000 }),
      onDay(7),
      HISTORY,
      500_000,
    );
    expect(yen.value).toBeCloseTo(facts().value, 12);
    expect(yen.unitValue).toBeCloseTo(facts().unitValue, 12);
    expect(yen.freight).toBeCloseTo(facts().freight, 12);
  });
});

describe('the past of a seller', () => {
  const seller = (counts: Partial<typeof COUNTS>) => facts({}, 7, { seller: { ...COUNTS, ...counts } });

  test('as many low answers as its deliveries explain: 0; none known: 0; no seller: unknown', () => {
    expect(seller({}).sellerLow).toBeCloseTo(0, 12);
    expect(seller({ rated: 0, low: 0, expectedLow: 0 }).sellerLow).toBe(0);
    expect(facts().sellerLow).toBeNaN();
  });

  test('four times as many, shrunk by 2 expected ones', () => {
    expect(seller({ rated: 20, low: 8, expectedLow: 2 }).sellerLow).toBeCloseTo(Math.log(10 / 4), 12);
  });

  test('lateness against the shop, shrunk by 20 deliveries', () => {
    // The shop: (18 + 2) / 200 = 0.1; the seller (8 + 2) / (20 + 20) = 0.25.
    const odds = (rate: number) => Math.log(rate / (1 - rate));
    expect(seller({ delivered: 20, late: 8 }).sellerLate).toBeCloseTo(odds(0.25) - odds(0.1), 12);
    expect(facts().recentLate).toBeCloseTo(0, 12);
  });
});

test('a product with no answers says what a product usually says', () => {
  const low = (rated: number, count: number) => facts({ productAnswers: { rated, low: count } }).productLow;
  expect(low(0, 0)).toBeCloseTo(Math.log(0.1 / 0.9), 12);
  expect(low(20, 10)).toBeCloseTo(Math.log(0.3 / 0.7), 12);
});

test('a row holds every fact in its place', () => {
  const row = featureRow(facts());
  expect(row).toHaveLength(SATISFACTION_FEATURES.length);
  expect(row[SATISFACTION_FEATURES.indexOf('totalDays')]).toBe(7);
});

test.each([
  [[], 1],
  [[null, null], 1],
  [[0], 1],
  [[900, null, 100, 500], 500],
])('the typical order of %j is %d', (values, typical) => {
  expect(typicalValueOf(values.map((valueMinor) => deliveryRecord({ valueMinor })))).toBe(typical);
});
