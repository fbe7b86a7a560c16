import { describe, expect, test } from 'vitest';
import { onDay, simulatedDeliveries } from '#tests/factories/deliveries.ts';
import { backtestSatisfaction, satisfactionReportSchema, shownStages } from './satisfaction-backtest.ts';
import { crossValidateSatisfaction } from './satisfaction-folds.ts';
import { deliveryHistory } from './satisfaction-history.ts';
import { fitSatisfactionModel } from './satisfaction-model.ts';
import { ANSWER_LAG_DAYS, answerKnownAt, type RatedDelivery } from './satisfaction-record.ts';
import { predictAll } from './satisfaction-verdict.ts';

const SHOP = simulatedDeliveries({ orders: 2_600, seed: 8, strength: 1, answered: 0.9 });
const REPORT = backtestSatisfaction(SHOP, { seed: 1 });

describe('the back-test', { timeout: 60_000 }, () => {
  test('of a shop whose deliveries matter is shown', () => {
    expect(REPORT.verdict).toEqual({ shown: true, reason: 'better' });
    expect(REPORT.basis).toBe('own');
    expect(REPORT.model.auc!).toBeGreaterThan(REPORT.baselines['bestSingle']!.auc! + 0.02);
    expect(REPORT.model.brier!).toBeLessThan(REPORT.baselines['baseRate']!.brier!);
    expect(REPORT.model.auc!).toBeGreaterThan(REPORT.baselines['lateness']!.auc! + 0.02);
    expect(satisfactionReportSchema.parse(JSON.parse(JSON.stringify(REPORT)))).toEqual(REPORT);
  });

  test('judges the newer 30% of the rated orders, and learned only what was known before them', () => {
    const rated = SHOP.filter(({ low }) => low !== null);
    expect(REPORT.model.n).toBe(rated.length - Math.floor(0.7 * rated.length));
    expect(REPORT.splitAt).toBe(rated[Math.floor(0.7 * rated.length)]!.record.orderedAt.toISOString());
    expect(REPORT.trained).toBeLessThan(Math.floor(0.7 * rated.length));
    expect(REPORT.trained).toBeGreaterThan(0.6 * rated.length);
    expect(REPORT.calibration.reduce((sum, { n }) => sum + n, 0)).toBe(REPORT.model.n);
  });

  test('everyone satisfied: the accuracy that means nothing stands beside', () => {
    const { alwaysSatisfied } = REPORT.baselines;
    expect(alwaysSatisfied!.accuracy).toBeCloseTo(1 - REPORT.model.baseRate!, 12);
    expect(alwaysSatisfied).toMatchObject({ auc: 0.5, recall: 0, precision: null });
  });

  test('orders on their way have a verdict of their own: that of delivered ones proves nothing for them', () => {
    const { onItsWay } = REPORT;
    // What is known of an order under way in this shop is its seller and parcels; the delay is mostly to come.
    expect(onItsWay.model.n).toBeLessThan(REPORT.model.n);
    expect(onItsWay.model.auc!).toBeLessThan(REPORT.model.auc! - 0.03);
    expect(onItsWay.aucGain!.low).toBeLessThan(0);
    expect(onItsWay.verdict).toEqual({ shown: false, reason: 'not_above_single' });
    expect(shownStages(REPORT)).toEqual(['delivered']);
    const more = backtestSatisfaction(simulatedDeliveries({ orders: 3_000, seed: 5, strength: 2 }), {
      seed: 1,
    });
    expect(more.onItsWay.verdict).toEqual({ shown: true, reason: 'better' });
    expect(shownStages(more)).toEqual(['delivered', 'on_its_way']);
  });

  test('orders that never came are judged while they were on their way', () => {
    const answered = (order: RatedDelivery) => new Date(order.record.orderedAt.getTime() + 20 * 86_400_000);
    const shop = SHOP.map((order) => ({ ...order, answeredAt: answered(order) }));
    const waitedFor = shop.filter((_, i) => i % 2 === 0 || i < 1_000);
    const lost = shop.map((order, i) =>
      i % 2 === 0 || i < 1_000 ? order : { ...order, record: { ...order.record, deliveredAt: null } },
    );
    const judged = (deliveries: RatedDelivery[]) =>
      backtestSatisfaction(deliveries, { seed: 1 }).onItsWay.model.n;
    expect(judged(lost)).toBeGreaterThan(1.5 * judged(waitedFor));
  });

  test('orders on their way are met as in production: as many are low as a true model says', () => {
    const shop = simulatedDeliveries({ orders: 6_000, seed: 4, strength: 1 });
    const { model, calibration } = backtestSatisfaction(shop, { seed: 1 }).onItsWay;
    const predicted = calibration.reduce((sum, bin) => sum + (bin.n * bin.predicted) / model.n, 0);
    expect(model.n).toBeGreaterThan(1_400);
    expect(Math.abs(predicted - model.baseRate!)).toBeLessThan(0.02);
  });

  test.each<[string, Parameters<typeof simulatedDeliveries>[0], string]>([
    ['in which nothing matters', { orders: 2_000, seed: 8, strength: 0 }, 'no_better'],
    ['in which one fact says nearly all', { orders: 2_000, seed: 8, strength: 1 }, 'not_above_single'],
    ['with 500 orders', { orders: 500, seed: 8, strength: 1 }, 'few_answers'],
    ['that nobody answered', { orders: 500, seed: 8, strength: 1, answered: 0 }, 'few_answers'],
    ['without orders', { orders: 0, seed: 8, strength: 1 }, 'few_answers'],
  ])('of a shop %s is hidden: %s', (_, shop, reason) => {
    const report = backtestSatisfaction(simulatedDeliveries(shop), { seed: 1 });
    expect(report.verdict).toEqual({ shown: false, reason });
    expect(JSON.stringify(report)).not.toContain('NaN');
    expect(satisfactionReportSchema.parse(report)).toEqual(report);
  });

  test.each([
    ['over 1,000', 7_000],
    ['fewer than 1,000', 3_000],
  ])('probabilities that are off are hidden although they rank: %s judged orders', (_, orders) => {
    // From the split on a fifth of all customers are low, whatever happened to them.
    const changed = simulatedDeliveries({ orders, seed: 8, strength: 1.5 }).map((delivery, i) =>
      delivery.record.orderedAt > onDay(252) && i % 5 === 0 ? { ...delivery, low: true } : delivery,
    );
    const { verdict, aucGain, model } = backtestSatisfaction(changed, { seed: 1 });
    expect(aucGain!.low).toBeGreaterThan(0);
    expect(model.n > 1_000).toBe(orders > 5_000);
    expect(verdict).toEqual({ shown: false, reason: 'not_calibrated' });
  });

  test('who stands behind the own answers is named', () => {
    expect(REPORT).toMatchObject({ basis: 'own', prior: null });
    const few = simulatedDeliveries({ orders: 600, seed: 3, strength: 1 });
    const prior = fitSatisfactionModel(SHOP, { asOf: onDay(400), seed: 1 }).own;
    expect(backtestSatisfaction(few, { seed: 1 })).toMatchObject({ basis: 'blended', prior: 'rules' });
    expect(backtestSatisfaction(few, { seed: 1, prior })).toMatchObject({
      ...{ basis: 'blended', prior: 'other_shops' },
    });
  });

  test('answers given after the split change nothing that was predicted', () => {
    // Without names nobody has a past, so that predictions come from what was learned alone.
    const nameless = SHOP.map(({ record, low }) => ({
      record: { ...record, seller: null, category: null, region: null },
      low,
    }));
    const flipped = (from: Date) =>
      nameless.map(({ record, low }) => ({
        record,
        low: low !== null && record.deliveredAt! > from ? !low : low,
      }));
    const predicted = (deliveries: typeof nameless) => {
      const { care, calibration, trained } = backtestSatisfaction(deliveries, { seed: 1 });
      return [trained, care.map((each) => each.leastProbability), calibration.map((bin) => bin.predicted)];
    };
    const before = predicted(nameless);
    expect(predicted(flipped(new Date(REPORT.splitAt!)))).toEqual(before);
    expect(predicted(flipped(onDay(200)))).not.toEqual(before);
  });
});

test('single facts are learnt from what was known at the split, also of orders that were rated before they came', () => {
  const split = new Date(REPORT.splitAt!);
  const daysAfter = (days: number) => new Date(split.getTime() + days * 86_400_000);
  const cameDaysAfter = (days: number) =>
    SHOP.map((delivery) => {
      const { record } = delivery;
      if (record.orderedAt >= split || record.orderedAt < daysAfter(-30)) return delivery;
      // Not promised, so that it is late at no time: what others know of delays stays as it is.
      const underWay = { ...record, promisedAt: null, deliveredAt: daysAfter(days) };
      return { ...delivery, record: underWay, answeredAt: daysAfter(-0.001) };
    });
  const judged = (days: number) => backtestSatisfaction(cameDaysAfter(days), { seed: 1 });
  const [soon, late] = [judged(5), judged(90)];
  expect(soon.splitAt).toBe(REPORT.splitAt);
  expect(soon.trained).toBeGreaterThan(REPORT.trained);
  expect(late).toEqual(soon);
}, 60_000);

describe(
  'a judged order, whose seller, category and region have a past that goes on',
  { timeout: 60_000 },
  () => {
    const split = new Date(REPORT.splitAt!);
    const judged = SHOP.filter(({ record, low }) => low !== null && record.orderedAt >= split);
    const asked = [0.02, 0.3, 0.6, 0.95].map((part) => judged[Math.floor(part * judged.length)]!);
    /** As the back-test predicts it, from these deliveries. */
    const predicted = (order: RatedDelivery, deliveries: readonly RatedDelivery[]) => {
      const model = fitSatisfactionModel(deliveries, { asOf: split, seed: 1 });
      const history = deliveryHistory(deliveries, ANSWER_LAG_DAYS);
      const look = { delivery: order, moment: order.record.deliveredAt! };
      return predictAll(model, [look], history)[0]!.probability;
    };
    const answered = (moment: Date) => (delivery: RatedDelivery) =>
      answerKnownAt(delivery, ANSWER_LAG_DAYS) <= moment.getTime();

    test.each(asked)('$record.id: nothing enters that was known after its delivery', (order) => {
      const moment = order.record.deliveredAt!;
      const known = answered(moment);
      const otherwise = SHOP.filter(({ record }) => record.orderedAt <= moment).map((delivery) => {
        const { record, low } = delivery;
        const deliveredAt = record.deliveredAt! > moment ? onDay(900) : record.deliveredAt;
        const said = known(delivery) || low === null ? low : !low;
        return { record: { ...record, deliveredAt }, low: said };
      });
      expect(otherwise.find(({ record }) => record.id === order.record.id)!.low).toBe(!order.low);
      expect(predicted(order, otherwise)).toBe(predicted(order, SHOP));
    });

    test.each(asked)('$record.id: what its seller earned since the split does', (order) => {
      const known = answered(order.record.deliveredAt!);
      const before = answered(split);
      const flipped = SHOP.map((delivery) =>
        known(delivery) && !before(delivery) && delivery.record.seller === order.record.seller
          ? { ...delivery, low: true }
          : delivery,
      );
      expect(predicted(order, flipped)).toBeGreaterThan(predicted(order, SHOP));
    });
  },
);

describe('cross-validation', { timeout: 60_000 }, () => {
  const shop = SHOP.slice(0, 1_200);

  test('judges every rated order once, and finds what the deliveries tell', () => {
    const crossed = crossValidateSatisfaction(shop, { folds: 4, seed: 1 });
    expect(crossed.pooled.n).toBe(shop.filter(({ low }) => low !== null).length);
    expect(crossed.foldAucs).toHaveLength(4);
    expect(crossed.auc!).toBeCloseTo(crossed.foldAucs.reduce<number>((a, b) => a + b!, 0) / 4, 12);
    expect(crossed.auc!).toBeGreaterThan(crossed.totalDaysAuc!);
    expect(crossValidateSatisfaction([...shop].reverse(), { folds: 4, seed: 1 })).toEqual(crossed);
  });

  test('answers that nothing explains are not predicted: no answer reaches its own prediction', () => {
    const random = simulatedDeliveries({ orders: 1_200, seed: 21, strength: 0 });
    const crossed = crossValidateSatisfaction(random, { folds: 4, seed: 1 });
    expect(crossed.pooled.auc!).toBeLessThan(0.56);
  });
});
