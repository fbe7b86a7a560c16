import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveryRecord, onDay, simulatedDeliveries } from '#tests/factories/deliveries.ts';
import { logistic } from './logistic.ts';
import { deliveryHistory } from './satisfaction-history.ts';
import {
  fitSatisfactionModel,
  predictSatisfaction,
  satisfactionModelSchema,
  type SatisfactionModel,
} from './satisfaction-model.ts';
import { poolStages } from './satisfaction-prior.ts';
import { ANSWER_LAG_DAYS, type DeliveryRecord, type RatedDelivery } from './satisfaction-record.ts';
import { rulesLogOdds } from './satisfaction-rules.ts';

const END = onDay(500);
const fit = (deliveries: readonly RatedDelivery[], prior: SatisfactionModel | null = null, asOf = END) =>
  fitSatisfactionModel(deliveries, { asOf, seed: 1, prior: prior && poolStages([prior]) });
const NOBODY = deliveryHistory([], ANSWER_LAG_DAYS);
/** P(low) of an order of a shop without a past. */
const predict = (model: SatisfactionModel, changes: Partial<DeliveryRecord> = {}, day = 30) => {
  const record = deliveryRecord({ id: 'asked', ...changes });
  return predictSatisfaction(model, record, onDay(day), NOBODY.at(record, onDay(day)));
};

const SHOP = simulatedDeliveries({ orders: 1_500, seed: 5, strength: 1 });
const OWN = fit(SHOP);

describe('the ladder', () => {
  const few = SHOP.slice(0, 60);
  const some = SHOP.slice(0, 400);

  test.each<[string, readonly RatedDelivery[], SatisfactionModel | null, SatisfactionModel['basis'], number]>(
    [
      ['no orders', [], null, 'rules', 0],
      ['no orders, but other shops', [], OWN, 'pooled', 0],
      ['few answers', few, null, 'rules', 0],
      ['few answers, and other shops', few, OWN, 'pooled', 0],
      ['some answers', some, null, 'blended', 400 / 900],
      ['some answers, and other shops', some, OWN, 'blended', 400 / 900],
      ['many answers', SHOP, OWN, 'own', 1],
      ['many answers, none of them low', SHOP.map((order) => ({ ...order, low: false })), null, 'rules', 0],
      ['many orders, nobody answered', SHOP.map((order) => ({ ...order, low: null })), null, 'rules', 0],
    ],
  )('%s', (_, deliveries, prior, basis, ownWeight) => {
    const model = fit(deliveries, prior);
    expect(model.basis).toBe(basis);
    expect(model.ownWeight).toBeCloseTo(ownWeight, 12);
    expect(satisfactionModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
    for (const day of [1, 7, 40]) {
      const { probability } = predict(model, {}, day);
      expect(probability > 0 && probability < 1).toBe(true);
    }
  });

  test('without anything known the rules speak as they are', () => {
    const { base, parts } = rulesLogOdds(deliveryRecord({ deliveredAt: onDay(14) }), onDay(30));
    const logOdds = parts.reduce((sum, [, part]) => sum + part, base);
    expect(predict(fit([]), { deliveredAt: onDay(14) }).probability).toBeCloseTo(logistic(logOdds), 12);
  });

  test('a shop with few low answers is taken to be better than the rules say, as far as its answers carry', () => {
    const happy = fit(SHOP.slice(0, 80).map((order) => ({ ...order, low: false })));
    expect(happy.basis).toBe('rules');
    // 80 answers of which the rules expect 10 or so to be low: 10 / 20 or so.
    expect(happy.priorShift).toBeLessThan(-0.5);
    expect(happy.priorShift).toBeGreaterThan(-1.2);
    expect(fit([]).priorShift).toBe(0);
  });

  test('an order that is rated low later is learned from as one that was rated well until then', () => {
    const [rated, low] = [onDay(300), onDay(330)];
    const changed = SHOP.slice(0, 800).map((order, i) =>
      i % 10 === 0 ? { ...order, low: true, answeredAt: rated, lowAt: low } : { ...order, low: false },
    );
    const at = (moment: Date) => fit(changed, null, moment);
    expect(at(rated)).toMatchObject({ rated: 800, low: 0 });
    expect(at(low)).toMatchObject({ rated: 800, low: 80 });
  });

  test('what is known later is not learned from', () => {
    const early = fit(SHOP, null, onDay(100));
    expect(early.rated).toBe(
      SHOP.filter(({ record }) => record.deliveredAt!.getTime() + 7 * 86_400_000 <= onDay(100).getTime())
        .length,
    );
    expect(early.basis).toBe('blended');
  });
});

describe('an own fit', () => {
  test('knows what makes customers of this shop unhappy', () => {
    const usual = predict(OWN).probability;
    expect(usual).toBeLessThan(0.15);
    expect(predict(OWN, { deliveredAt: onDay(20) }).probability).toBeGreaterThan(0.4);
    expect(predict(OWN, { parcels: [onDay(0), onDay(0)], items: 2 }).probability).toBeGreaterThan(
      1.4 * usual,
    );
    expect(predict(OWN, { deliveredAt: onDay(20) }).contributions[0]![0]).toBe('lateness');
  });

  test('hears of a bad seller from its past', () => {
    const history = deliveryHistory(SHOP, ANSWER_LAG_DAYS);
    const of = (seller: string) => {
      const record = deliveryRecord({
        id: 'asked',
        seller,
        orderedAt: onDay(365),
        promisedAt: onDay(375),
        shippedAt: onDay(367),
        deliveredAt: onDay(372),
      });
      return predictSatisfaction(OWN, record, onDay(372), history.at(record, onDay(372)));
    };
    expect(of('west').probability).toBeGreaterThan(1.5 * of('north').probability);
    const seller = (name: string) => of(name).contributions.find(([reason]) => reason === 'seller')![1];
    expect(seller('west')).toBeGreaterThan(0);
    expect(seller('north')).toBeLessThan(0);
  });

  test('an order on its way is riskier the longer its promise has passed', () => {
    const path = [5, 10.5, 12, 16, 20].map((day) => predict(OWN, { deliveredAt: null }, day));
    expect(path.every(({ stage }) => stage === 'on_its_way')).toBe(true);
    expect(path.at(-1)!.probability).toBeGreaterThan(3 * path[0]!.probability);
    expect(path.at(-1)!.probability).toBeGreaterThan(path[1]!.probability);
    expect(predict(OWN, { deliveredAt: onDay(25) }, 20)).toEqual(path.at(-1));
  });

  test('signals that only this app has enter when they are there', () => {
    const unhappy = SHOP.map((order, i) => ({
      low: i % 4 === 0 ? i % 8 === 0 : order.low,
      record: {
        ...order.record,
        contacts: i % 4 === 0 ? 2 : 0,
        refundedShare: i % 3 === 0 ? 0.5 : 0,
        lastAnswer: i % 2 === 0 ? null : 80,
        earlierOrders: i % 2,
      },
    }));
    const model = fit(unhappy);
    expect(predict(model, { contacts: 2 }).probability).toBeGreaterThan(
      2 * predict(model, { contacts: 0 }).probability,
    );
    // Unknown says nothing: it lies between.
    const unknown = predict(model).contributions.find(([reason]) => reason === 'contacts');
    expect(unknown).toBeUndefined();
  });

  test('works without promised dates: waiting tells', () => {
    const model = fit(simulatedDeliveries({ orders: 1_500, seed: 6, strength: 1, promised: false }));
    const after = (days: number) =>
      predict(model, { promisedAt: null, deliveredAt: onDay(days) }).probability;
    expect(model.basis).toBe('own');
    expect(after(21)).toBeGreaterThan(2 * after(7));
  });
});

test('base and contributions add up to the prediction, on every step of the ladder', () => {
  const models = [
    fit([]),
    fit(SHOP.slice(0, 60), OWN),
    fit(SHOP.slice(0, 400), OWN),
    fit(SHOP.slice(0, 400)),
    OWN,
  ];
  const history = deliveryHistory(SHOP, ANSWER_LAG_DAYS);
  fc.assert(
    fc.property(
      fc.constantFrom(...models),
      fc.constantFrom(...SHOP.slice(-200)),
      fc.integer({ min: 0, max: 30 }),
      fc.option(fc.integer({ min: 0, max: 100 })),
      (model, { record }, age, lastAnswer) => {
        const moment = new Date(record.orderedAt.getTime() + age * 86_400_000);
        const asked = { ...record, lastAnswer };
        const { base, contributions, probability } = predictSatisfaction(
          model,
          asked,
          moment,
          history.at(asked, moment),
        );
        expect(logistic(contributions.reduce((sum, [, part]) => sum + part, base))).toBe(probability);
        const sizes = contributions.map(([, part]) => Math.abs(part));
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
        expect(new Set(contributions.map(([reason]) => reason)).size).toBe(contributions.length);
      },
    ),
  );
});

test('the same orders in another order of arrival give the same model', () => {
  expect(fit([...SHOP].reverse())).toEqual(OWN);
});

test('what happens later changes no earlier prediction', { timeout: 60_000 }, () => {
  const moment = onDay(250);
  const predictions = (deliveries: readonly RatedDelivery[]) => {
    const model = fitSatisfactionModel(deliveries, { asOf: moment, seed: 1 });
    const history = deliveryHistory(deliveries, ANSWER_LAG_DAYS);
    return SHOP.filter(({ record }) => record.deliveredAt! > onDay(235) && record.deliveredAt! <= moment).map(
      ({ record }) => predictSatisfaction(model, record, moment, history.at(record, moment)).probability,
    );
  };
  const before = predictions(SHOP);
  expect(before.length).toBeGreaterThan(30);
  const lag = ANSWER_LAG_DAYS * 86_400_000;
  const answeredAt = ({ deliveredAt }: DeliveryRecord) => new Date(deliveredAt!.getTime() + lag);
  fc.assert(
    fc.property(
      fc.integer(),
      fc.constantFrom('answers', 'second_answers', 'orders', 'dates'),
      (seed, what) => {
        const later = SHOP.flatMap((delivery, i): RatedDelivery[] => {
          const { record } = delivery;
          const odd = (i * 31 + seed) % 3 === 0;
          if (!odd) return [delivery];
          if (what === 'orders' && record.orderedAt > moment) return [];
          if (what === 'dates' && record.deliveredAt! > moment)
            return [
              {
                ...delivery,
                record: {
                  ...record,
                  deliveredAt: onDay(400),
                  shippedAt: record.shippedAt! > moment ? null : record.shippedAt,
                  parcels: [...record.parcels!, onDay(260), onDay(270)],
                },
              },
            ];
          // Said after the moment of an order that was rated well before it.
          if (what === 'second_answers' && !delivery.low)
            return [
              { ...delivery, low: true, lowAt: onDay(251 + (i % 100)), answeredAt: answeredAt(record) },
            ];
          if (what === 'answers' && record.deliveredAt!.getTime() + lag > moment.getTime())
            return [{ ...delivery, low: !delivery.low }];
          return [delivery];
        });
        expect(predictions(later)).toEqual(before);
      },
    ),
    { numRuns: 12 },
  );
  // The test would see it: the same change a little earlier does move the predictions.
  const moved = SHOP.map((delivery) =>
    delivery.record.orderedAt < onDay(230) ? { ...delivery, low: !delivery.low } : delivery,
  );
  expect(predictions(moved)).not.toEqual(before);
});
