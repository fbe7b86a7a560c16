import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveryRecord, onDay } from '#tests/factories/deliveries.ts';
import { logistic } from './logistic.ts';
import { deliveryHistory, RECENT_DAYS } from './satisfaction-history.ts';
import { answerKnownAt, lowKnownAt, type RatedDelivery } from './satisfaction-record.ts';
import { rulesLogOdds } from './satisfaction-rules.ts';

const LAG = 7;
const anyDelivery = fc
  .record({
    seller: fc.constantFrom('north', 'west', null),
    region: fc.constantFrom('BE', 'NW'),
    ordered: fc.integer({ min: 0, max: 60 }),
    promised: fc.option(fc.integer({ min: 3, max: 15 })),
    took: fc.option(fc.integer({ min: 1, max: 30 }), { freq: 8 }),
    low: fc.option(fc.boolean()),
    answeredAfter: fc.option(fc.integer({ min: 0, max: 25 })),
    lowAfter: fc.option(fc.integer({ min: 0, max: 40 })),
  })
  .map(({ ordered, promised, took, low, answeredAfter, lowAfter, ...rest }) => ({
    record: deliveryRecord({
      ...rest,
      orderedAt: onDay(ordered),
      promisedAt: promised === null ? null : onDay(ordered + promised),
      deliveredAt: took === null ? null : onDay(ordered + took),
    }),
    low,
    answeredAt: answeredAfter === null ? null : onDay(ordered + answeredAfter),
    lowAt: answeredAfter === null || lowAfter === null ? null : onDay(ordered + answeredAfter + lowAfter),
  }));
const anyShop = fc
  .array(anyDelivery, { minLength: 1, maxLength: 40 })
  .map((deliveries) =>
    deliveries.map((delivery, i) => ({ ...delivery, record: { ...delivery.record, id: `${i}` } })),
  );

/** The same counts, by going through all others. */
function counted(others: readonly RatedDelivery[], moment: Date) {
  const answers = others.filter((other) => answerKnownAt(other, LAG) <= moment.getTime());
  const arrived = others.filter(
    ({ record }) => record.promisedAt && record.deliveredAt && record.deliveredAt <= moment,
  );
  const expected = answers.map((answer) => {
    const { base, parts } = rulesLogOdds(answer.record, new Date(answerKnownAt(answer, LAG)));
    return logistic(parts.reduce((sum, [, part]) => sum + part, base));
  });
  return {
    rated: answers.length,
    low: others.filter((other) => lowKnownAt(other, LAG) <= moment.getTime()).length,
    expectedLow: expected.reduce((a, b) => a + b, 0),
    delivered: arrived.length,
    late: arrived.filter(({ record }) => record.deliveredAt! > record.promisedAt!).length,
  };
}

describe('the past of an order', () => {
  test('is what a count over all others gives', () => {
    fc.assert(
      fc.property(anyShop, fc.integer({ min: 0, max: 100 }), (shop, day) => {
        const moment = onDay(day);
        const history = deliveryHistory(shop, LAG);
        for (const { record } of shop.slice(0, 5)) {
          const others = shop.filter((other) => other.record.id !== record.id);
          const found = history.at(record, moment);
          const overall = counted(others, moment);
          const since = counted(others, onDay(day - RECENT_DAYS));
          expect(found.overall).toEqual({
            ...overall,
            expectedLow: expect.closeTo(overall.expectedLow, 9) as number,
          });
          expect(found.recent).toEqual({
            delivered: overall.delivered - since.delivered,
            late: overall.late - since.late,
          });
          const ofSeller = counted(
            others.filter((other) => other.record.seller === record.seller),
            moment,
          );
          if (record.seller === null) expect(found.seller).toBeNull();
          else
            expect(found.seller).toEqual({
              ...ofSeller,
              expectedLow: expect.closeTo(ofSeller.expectedLow, 9) as number,
            });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('an answer without a date is known a week after delivery, not before', () => {
    const rated = { record: deliveryRecord({ id: 'a' }), low: true };
    const history = deliveryHistory([rated], LAG);
    const next = deliveryRecord({ id: 'b' });
    expect(history.at(next, onDay(13.99)).overall).toMatchObject({ rated: 0, low: 0, delivered: 1 });
    expect(history.at(next, onDay(14)).seller).toMatchObject({ rated: 1, low: 1 });
    expect(history.at(next, onDay(14)).overall.expectedLow).toBeCloseTo(0.1, 12);
  });

  test('what is rated well first and low later is low from then on', () => {
    const rated = { record: deliveryRecord({ id: 'a' }), low: true, answeredAt: onDay(9), lowAt: onDay(40) };
    const history = deliveryHistory([rated], LAG);
    const low = (day: number) => history.at(deliveryRecord({ id: 'b' }), onDay(day)).seller;
    expect(low(9)).toMatchObject({ rated: 1, low: 0 });
    expect(low(39.9)).toMatchObject({ rated: 1, low: 0 });
    expect(low(40)).toMatchObject({ rated: 1, low: 1 });
  });

  test('a promise that was told after the delivery made no order late', () => {
    const told = { id: 'a', promisedAt: onDay(3), promiseToldAt: onDay(8) };
    const history = deliveryHistory([{ record: deliveryRecord(told), low: null }], LAG);
    expect(history.at(deliveryRecord({ id: 'b' }), onDay(30)).overall).toMatchObject({
      delivered: 0,
      late: 0,
    });
  });

  test('a seller never met has no past', () => {
    const history = deliveryHistory([{ record: deliveryRecord({ id: 'a' }), low: true }], LAG);
    expect(history.at(deliveryRecord({ id: 'b', seller: 'new' }), onDay(50)).seller).toEqual({
      rated: 0,
      low: 0,
      expectedLow: 0,
      delivered: 0,
      late: 0,
    });
  });
});
