import { describe, expect, test } from 'vitest';
import { deliveryRecord, onDay, simulatedDeliveries } from '#tests/factories/deliveries.ts';
import { piecesOf, type Stage } from './satisfaction-basis.ts';
import { satisfactionFeatures } from './satisfaction-features.ts';
import { deliveryHistory } from './satisfaction-history.ts';
import { fitSatisfactionModel, type SatisfactionModel } from './satisfaction-model.ts';
import { poolStages } from './satisfaction-prior.ts';
import { ANSWER_LAG_DAYS } from './satisfaction-record.ts';
import { regressionSteps, type Regression } from './satisfaction-regression.ts';

const END = onDay(500);
const shopOf = (seed: number, orders: number, strength: number) =>
  fitSatisfactionModel(simulatedDeliveries({ orders, seed, strength }), { asOf: END, seed: 1 });
const NOBODY = deliveryHistory([], ANSWER_LAG_DAYS);

const logOddsOf = (regression: Regression, columns: number[]) =>
  regressionSteps(regression, columns).reduce((sum, step) => sum + step, regression.intercept);
const regressionOf = (model: Pick<SatisfactionModel, 'own'>, stage: Stage) => model.own![stage]!.regression;

describe('what shops have in common', () => {
  const [one, other] = [shopOf(5, 1_500, 1), shopOf(8, 2_500, 0.5)];
  const columnsOf = (stage: Stage, lateDays: number) => {
    const record = deliveryRecord({
      id: `late ${lateDays}`,
      ...(stage === 'delivered' && { deliveredAt: onDay(14 + lateDays) }),
    });
    const at = onDay(stage === 'delivered' ? 14 + lateDays : 6);
    return piecesOf(stage, satisfactionFeatures(record, at, NOBODY.at(record, at), 5_000));
  };

  test.each(['delivered', 'on_its_way'] as const)(
    'is the mean of their log-odds, by how many answers they have: %s',
    (stage) => {
      const pooled = poolStages([one, other])![stage]!;
      expect(pooled.boosting).toBeNull();
      const share = one.rated / (one.rated + other.rated);
      for (const lateDays of [-5, 0, 2, 8]) {
        // An unknown column says nothing at each shop, whose centres differ: known ones can be compared.
        const columns = columnsOf(stage, lateDays).map((value) => (Number.isNaN(value) ? 0.3 : value));
        const mean =
          share * logOddsOf(regressionOf(one, stage), columns) +
          (1 - share) * logOddsOf(regressionOf(other, stage), columns);
        expect(logOddsOf(pooled.regression, columns)).toBeCloseTo(mean, 9);
      }
    },
  );

  test('does not depend on the order of the shops, and of one shop is that shop', () => {
    const [forth, back] = [poolStages([one, other])!, poolStages([other, one])!];
    forth.delivered.regression.coefficients.forEach((coefficient, k) =>
      expect(coefficient).toBeCloseTo(back.delivered.regression.coefficients[k]!, 12),
    );
    const columns = columnsOf('delivered', 4).map((value) => (Number.isNaN(value) ? 0.3 : value));
    expect(logOddsOf(poolStages([one])!.delivered.regression, columns)).toBeCloseTo(
      logOddsOf(regressionOf(one, 'delivered'), columns),
      9,
    );
  });

  test('is nothing where no shop has learnt from answers of its own', () => {
    expect(poolStages([])).toBeNull();
    expect(poolStages([shopOf(5, 400, 1), shopOf(5, 20, 1)])).toBeNull();
  });

  test('is known of delivered orders alone where no shop has learnt of others', () => {
    const alone = { ...one, own: { ...one.own!, on_its_way: null } };
    expect(poolStages([alone])!.on_its_way).toBeNull();
    expect(poolStages([alone, other])!.on_its_way).not.toBeNull();
  });
});
