import { expect, test } from 'vitest';
import { deliveryRecord, onDay } from '#tests/factories/deliveries.ts';
import { logistic } from './logistic.ts';
import type { DeliveryRecord } from './satisfaction-record.ts';
import { rulesLogOdds } from './satisfaction-rules.ts';

const odds = (changes: Partial<DeliveryRecord>, day = 7) => {
  const { base, parts } = rulesLogOdds(deliveryRecord(changes), onDay(day));
  return Math.exp(parts.reduce((sum, [, part]) => sum + part, base));
};

test('nothing went wrong: one in ten, and no reasons', () => {
  const { base, parts } = rulesLogOdds(deliveryRecord(), onDay(7));
  expect(logistic(base)).toBeCloseTo(0.1, 12);
  expect(parts).toEqual([]);
});

test.each<[string, Partial<DeliveryRecord>, number, number]>([
  ['on the promised day', { deliveredAt: onDay(10.9) }, 11, 1],
  ['a day late', { deliveredAt: onDay(11) }, 11, 2],
  ['three days late', { deliveredAt: onDay(13) }, 13, 4],
  ['a week late', { deliveredAt: onDay(17) }, 17, 8],
  ['a month late', { deliveredAt: onDay(40) }, 40, 8],
  ['three days behind its promise and not here', { deliveredAt: null }, 13, 4],
  ['delivered later than the moment', { deliveredAt: onDay(30) }, 11, 2],
  ['no promise, a week', { promisedAt: null }, 7, 1],
  ['no promise, three weeks', { promisedAt: null, deliveredAt: onDay(21) }, 21, 4],
  ['two parcels', { parcels: [onDay(0), onDay(0)] }, 7, 2],
  ['the second parcel not sent yet', { parcels: [onDay(2), onDay(8)] }, 7, 1],
  ['late by a promise not told yet', { promiseToldAt: onDay(20), deliveredAt: null }, 13, 2],
  ['paid back in part', { refundedShare: 0.2 }, 7, 2],
  ['a low last answer', { lastAnswer: 25 }, 7, 2],
  ['a good last answer', { lastAnswer: 90 }, 7, 1],
  ['contacts count twice at most', { contacts: 5 }, 7, 4],
  ['a product without answers', { productAnswers: { rated: 0, low: 0 } }, 7, 1],
  // (18 + 2) / (20 + 20) = 0.5: odds of 1, nine times the usual, held to four times.
  ['a product that disappoints', { productAnswers: { rated: 20, low: 18 } }, 7, 4],
  ['everything unknown', { promisedAt: null, shippedAt: null, seller: null, valueMinor: null }, 7, 1],
])('%s', (_, changes, day, times) => {
  expect(odds(changes, day) / odds({})).toBeCloseTo(times, 10);
});

test('the later, the worse', () => {
  const path = [8, 10, 11, 12, 13, 15, 17, 30].map((day) => odds({ deliveredAt: null }, day));
  expect(path).toEqual([...path].sort((a, b) => a - b));
});
