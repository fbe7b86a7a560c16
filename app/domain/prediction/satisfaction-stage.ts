/**
 * What is learned for one stage of an order (on its way, delivered): a regression on bent lines, and behind it boosted
 * trees for what the regression leaves, if they prove themselves on later rows.
 */
import { z } from 'zod';
import {
  boostedContributions,
  boostingModelSchema,
  fitBoosting,
  stagedLogOdds,
} from './gradient-boosting.ts';
import { logistic } from './logistic.ts';
import { piecesOf, REASON_OF, reasonsOfPieces, STAGES, termsOf, type Stage } from './satisfaction-basis.ts';
import { featureRow, SATISFACTION_FEATURES, type SatisfactionFeatures } from './satisfaction-features.ts';
import type { Contribution } from './satisfaction-reasons.ts';
import {
  fitRegression,
  regressionSchema,
  regressionSteps,
  type Regression,
} from './satisfaction-regression.ts';

export const stageModelSchema = z.object({
  stage: z.enum(STAGES),
  regression: regressionSchema,
  /** null = the regression alone did as well. */
  boosting: boostingModelSchema.nullable(),
});
export type StageModel = z.infer<typeof stageModelSchema>;

/** One order at one moment, with what its customer said later. */
export interface StageRow {
  facts: SatisfactionFeatures;
  low: boolean;
  /** ms since 1970: when it was to be predicted, and when the answer was known. */
  at: number;
  knownAt: number;
}

/** Numbers of trees among which later rows choose; 0 = none. */
const ROUNDS = [0, 25, 50, 100, 200];
/** Parts of the rows, in their order, that train and choose. */
const INNER_SPLITS = [
  [0.55, 0.7],
  [0.7, 0.85],
  [0.85, 1],
] as const;
const MIN_INNER_OF_EACH = 30;
/** Fewer rows than this never told trees from noise. */
const MIN_ROWS_FOR_TREES = 2_000;
/** Rows that one tree looks at; more would add time and little else. */
const ROWS_PER_TREE = 12_000;

/** Log-odds of a low rating and what each reason added: base + the contributions = the log-odds. */
export interface StageLogOdds {
  base: number;
  contributions: Contribution[];
}

/**
 * Fits one stage. How many trees follow the regression is chosen on rows that come after those learned from, three
 * times; trees stay only where their gain in log-likelihood is beyond its own standard error. Deterministic for a seed.
 * @param rows in the order of `at`
 * @returns null where one of the outcomes never comes
 */
export function fitStage(stage: Stage, rows: readonly StageRow[], seed: number): StageModel | null {
  const regression = fitPieces(stage, rows);
  if (regression === null) return null;
  const rounds = chooseRounds(stage, rows, seed);
  return { stage, regression, boosting: rounds > 0 ? fitTrees(stage, regression, rows, rounds, seed) : null };
}

/** The regression alone, for shops with few answers. */
export function fitStageRegression(stage: Stage, rows: readonly StageRow[]): StageModel | null {
  const regression = fitPieces(stage, rows);
  return regression && { stage, regression, boosting: null };
}

/** The log-odds of a low rating of one order, taken apart by reason. */
export function stageLogOdds(model: StageModel, facts: SatisfactionFeatures): StageLogOdds {
  const { stage, regression, boosting } = model;
  const reasons = reasonsOfPieces(stage);
  const steps = regressionSteps(regression, piecesOf(stage, facts));
  const contributions = steps.map((step, k): Contribution => [reasons[k]!, step]);
  if (boosting === null) return { base: regression.intercept, contributions };
  const trees = boostedContributions(boosting, featureRow(facts));
  trees.contributions.forEach((step, k) => contributions.push([REASON_OF[SATISFACTION_FEATURES[k]!], step]));
  return { base: regression.intercept + trees.base, contributions };
}

const regressionLogOdds = (stage: Stage, model: Regression, facts: SatisfactionFeatures): number =>
  regressionSteps(model, piecesOf(stage, facts)).reduce((sum, step) => sum + step, model.intercept);

const fitPieces = (stage: Stage, rows: readonly StageRow[]): Regression | null =>
  fitRegression(
    rows.map(({ facts }) => piecesOf(stage, facts)),
    rows.map(({ low }) => low),
    termsOf(stage),
  );

function fitTrees(
  stage: Stage,
  regression: Regression,
  rows: readonly StageRow[],
  rounds: number,
  seed: number,
) {
  return fitBoosting(
    rows.map(({ facts }) => featureRow(facts)),
    rows.map(({ low }) => low),
    {
      rounds,
      learningRate: 0.05,
      depth: 3,
      minLeaf: 40,
      ridge: 10,
      rowShare: Math.min(0.6, ROWS_PER_TREE / rows.length),
      columnShare: 0.4,
      seed,
    },
    rows.map(({ facts }) => regressionLogOdds(stage, regression, facts)),
  );
}

/** The number of trees that did best on later rows, if surely better than none; in doubt none. */
function chooseRounds(stage: Stage, rows: readonly StageRow[], seed: number): number {
  if (rows.length < MIN_ROWS_FOR_TREES) return 0;
  const gains = ROUNDS.map((): number[] => []);
  for (const [from, to] of INNER_SPLITS) {
    const later = rows.slice(Math.floor(from * rows.length), Math.floor(to * rows.length));
    const start = later[0]?.at ?? 0;
    const earlier = rows.slice(0, Math.floor(from * rows.length)).filter(({ knownAt }) => knownAt <= start);
    if (!bothOften(earlier) || !bothOften(later)) return 0;
    const regression = fitPieces(stage, earlier)!;
    const trees = fitTrees(stage, regression, earlier, ROUNDS.at(-1)!, seed);
    for (const { facts, low } of later) {
      const first = regressionLogOdds(stage, regression, facts);
      const staged = stagedLogOdds(trees, featureRow(facts), ROUNDS);
      ROUNDS.forEach((_, k) =>
        gains[k]!.push(logLikelihood(first + staged[k]!, low) - logLikelihood(first, low)),
      );
    }
  }
  const ranked = gains
    .map((gain, k) => ({ rounds: ROUNDS[k]!, ...meanAndError(gain) }))
    .sort((a, b) => b.mean - a.mean);
  const best = ranked[0]!;
  return best.mean > best.error ? best.rounds : 0;
}

function bothOften(rows: readonly StageRow[]): boolean {
  const low = rows.filter((row) => row.low).length;
  return Math.min(low, rows.length - low) >= MIN_INNER_OF_EACH;
}

const logLikelihood = (logOdds: number, low: boolean) => Math.log(logistic(low ? logOdds : -logOdds));

function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}
