/** What shops have in common about low ratings: the prior of a shop whose own answers are too few. */
import { STAGES, type Stage } from './satisfaction-basis.ts';
import type { SatisfactionModel, SatisfactionStages } from './satisfaction-model.ts';
import type { Regression } from './satisfaction-regression.ts';
import type { StageModel } from './satisfaction-stage.ts';

/** Beyond so many rated orders a shop says no more about other shops. */
const MOST_WEIGHT = 5_000;

/**
 * The mean of what other shops' own answers taught, weighted by how many there are: of each order its log-odds are the
 * mean of the shops' log-odds, since these are straight lines in its columns. Trees are left out: where one shop's data cut
 * is a matter of that shop. Values and costs are columns in units of the shop's own typical order, so they can be pooled.
 * @returns null where no other shop has learnt from answers of its own
 */
export function poolStages(
  models: readonly Pick<SatisfactionModel, 'basis' | 'own' | 'rated'>[],
): SatisfactionStages | null {
  const pooled = (stage: Stage): StageModel | null => {
    const known = models.flatMap(({ basis, own, rated }) => {
      const model = basis === 'own' && own?.[stage];
      return model ? [{ regression: model.regression, weight: Math.min(MOST_WEIGHT, rated) }] : [];
    });
    return known.length > 0 ? { stage, regression: meanOf(known), boosting: null } : null;
  };
  const [delivered, onItsWay] = STAGES.map(pooled) as [StageModel | null, StageModel | null];
  return delivered && { delivered, on_its_way: onItsWay };
}

/** All of the same columns. Weights need not add up to 1. */
function meanOf(known: readonly { regression: Regression; weight: number }[]): Regression {
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (regression: Regression) => number) =>
    known.reduce((sum, { regression, weight }) => sum + (weight / total) * of(regression), 0);
  const columns = known[0]!.regression.coefficients.map((_, k) => k);
  const slope = ({ coefficients, scales }: Regression, k: number) => coefficients[k]! / scales[k]!;
  const centres = columns.map((k) => mean((regression) => regression.centres[k]!));
  return {
    // What the shops say, on average, of an order at the common centre.
    intercept: mean((regression) =>
      columns.reduce(
        (sum, k) => sum + slope(regression, k) * (centres[k]! - regression.centres[k]!),
        regression.intercept,
      ),
    ),
    coefficients: columns.map((k) => mean((regression) => slope(regression, k))),
    centres,
    scales: columns.map(() => 1),
  };
}
