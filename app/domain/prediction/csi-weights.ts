/**
 * Weights of the satisfaction index learned from a shop's own outcomes (domain.md section 3): how much each component
 * tells about later repurchase. A learned version is stored, dated and shown beside the default; nothing here switches.
 */
import { z } from 'zod';
import { aucDifference } from './auc-difference.ts';
import { aucOf } from './metrics.ts';
import { nonNegativeLeastSquares } from './non-negative.ts';
import { seededRandom } from './seeded-random.ts';

export const CSI_COMPONENTS = ['nps', 'product', 'support', 'delivery', 'purchase'] as const;
export type CsiComponentKey = (typeof CSI_COMPONENTS)[number];

/** Shares of the index; not negative, adding up to 1. */
export type CsiWeights = Readonly<Record<CsiComponentKey, number>>;

/** A customer at a past moment: the components as they stood then, and what came within the outcome's window. */
export interface CsiOutcome {
  at: Date;
  /** 0-100; null = no answer. */
  components: Readonly<Record<CsiComponentKey, number | null>>;
  repurchased: boolean;
  /** When that was known: the end of the outcome's window. */
  settledAt: Date;
}

const perComponent = <T extends z.ZodType>(value: T) =>
  z.object({ nps: value, product: value, support: value, delivery: value, purchase: value });
const share = z.number().min(0).max(1);

/** What was learned, as plain JSON. */
export const learnedCsiWeightsSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('not_enough'),
    version: z.literal('csi-weights-1'),
    /** `few_customers`, or too few who bought again or did not; `no_relation`: the index says nothing about buying again. */
    reason: z.enum(['few_customers', 'few_outcomes', 'no_relation']),
    n: z.number().int(),
    repurchased: z.number().int(),
  }),
  z.object({
    outcome: z.literal('learned'),
    version: z.literal('csi-weights-1'),
    n: z.number().int(),
    repurchased: z.number().int(),
    /** Customers who have each component. */
    known: perComponent(z.number().int()),
    weights: perComponent(share),
    /** 95% intervals from the bootstrap. */
    intervals: perComponent(z.object({ low: share, high: share })),
    /** How well the index tells who buys again on the newer 30%, by weights learned on the older 70%; null where it cannot be told. */
    heldOut: z
      .object({
        n: z.number().int(),
        aucDefault: z.number(),
        aucLearned: z.number(),
        /** 95% interval of learned less default: the learned ones are better only where it lies above 0. */
        low: z.number(),
        high: z.number(),
      })
      .nullable(),
    seed: z.number().int(),
  }),
]);
export type LearnedCsiWeights = z.infer<typeof learnedCsiWeightsSchema>;

/** Below these numbers even the sign of a component is chance. */
export const MIN_WEIGHT_CUSTOMERS = 200;
export const MIN_WEIGHT_OUTCOMES = 30;
/** How far weights are thought to lie from the default, as a share of the whole: the prior that small shops stay with. */
const PRIOR_SPREAD = 0.15;
const RESAMPLES = 400;
/** Customers are resampled in so many groups of equal numbers, which keeps the work the same for any shop. */
const GROUPS = 200;
/** The relation of index and repurchase must be positive with 95% (one-sided). */
const Z_RELATION = 1.645;
const Z_95 = 1.959963984540054;
const HELD_OUT_SHARE = 0.3;
/** Of a relation without any error; it keeps the prior in force. */
const LEAST_VARIANCE = 1e-6;

/**
 * Regression of later repurchase on the five components with weights that cannot be negative, made to add up to 1. Each
 * coefficient has a normal prior around its default share of the index's own slope (ridge regression towards the
 * default), so that few customers, or a component few have answered, leave the default. A missing component counts as
 * the mean of those who have it. The intervals come from a seeded bootstrap of
 * groups of customers.
 * @param outcomes of equal moments in a fixed order, so that the intervals come out the same
 * @param defaults shares that add up to 1
 */
export function learnCsiWeights(
  outcomes: readonly CsiOutcome[],
  defaults: CsiWeights,
  seed: number,
): LearnedCsiWeights {
  const rows = usable(outcomes);
  const n = rows.length;
  const repurchased = rows.filter((row) => row.repurchased).length;
  const version = 'csi-weights-1' as const;
  const refuse = (reason: 'few_customers' | 'few_outcomes' | 'no_relation'): LearnedCsiWeights => ({
    outcome: 'not_enough',
    version,
    reason,
    n,
    repurchased,
  });
  if (n < MIN_WEIGHT_CUSTOMERS) return refuse('few_customers');
  if (Math.min(repurchased, n - repurchased) < MIN_WEIGHT_OUTCOMES) return refuse('few_outcomes');
  const groups = groupSums(rows);
  const weights = weightsOf(added(groups), defaults, Z_RELATION);
  if (weights === null) return refuse('no_relation');
  return {
    outcome: 'learned',
    version,
    n,
    repurchased,
    known: record((k) => rows.filter(({ components }) => components[CSI_COMPONENTS[k]!] !== null).length),
    weights: record((k) => weights[k]!),
    intervals: bootstrap(groups, defaults, seed),
    heldOut: heldOut(rows, defaults),
    seed,
  };
}

/** A plain mean of the known components by weight, 0-100; null when none is known or all known weights are 0. */
export function indexOf(components: CsiOutcome['components'], weights: CsiWeights): number | null {
  let sum = 0;
  let known = 0;
  for (const key of CSI_COMPONENTS) {
    const points = components[key];
    if (points === null) continue;
    sum += weights[key] * points;
    known += weights[key];
  }
  return known > 0 ? sum / known : null;
}

/** Customers with a date and a component, points held within 0-100, oldest first. */
function usable(outcomes: readonly CsiOutcome[]): CsiOutcome[] {
  return outcomes
    .map(({ components, ...row }) => ({
      ...row,
      components: record((k) => {
        const points = components[CSI_COMPONENTS[k]!];
        return points !== null && Number.isFinite(points) ? Math.min(100, Math.max(0, points)) : null;
      }),
    }))
    .filter(
      ({ at, components }) =>
        !Number.isNaN(at.getTime()) && Object.values(components).some((x) => x !== null),
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** All that the regression needs of some customers: sums over components (x) and repurchase (y), both less their means. */
interface Sums {
  n: number;
  xx: number[][];
  xy: number[];
  yy: number;
}

/** The sums of up to 200 groups of equal numbers, dealt out in the order of time. A missing component is its mean. */
function groupSums(rows: readonly CsiOutcome[]): Sums[] {
  const means = CSI_COMPONENTS.map((key) =>
    mean(rows.flatMap(({ components }) => (components[key] === null ? [] : [components[key]]))),
  );
  const rate = mean(rows.map(({ repurchased }) => Number(repurchased)));
  const groups = Array.from({ length: Math.min(GROUPS, rows.length) }, noSums);
  rows.forEach(({ components, repurchased }, index) => {
    const group = groups[index % groups.length]!;
    const x = CSI_COMPONENTS.map((key, k) => (components[key] ?? means[k]!) - means[k]!);
    const y = Number(repurchased) - rate;
    group.n += 1;
    group.yy += y * y;
    x.forEach((value, i) => {
      group.xy[i]! += value * y;
      x.forEach((other, j) => (group.xx[i]![j]! += value * other));
    });
  });
  return groups;
}

const noSums = (): Sums => ({
  n: 0,
  xx: CSI_COMPONENTS.map(() => CSI_COMPONENTS.map(() => 0)),
  xy: CSI_COMPONENTS.map(() => 0),
  yy: 0,
});

function added(groups: readonly Sums[]): Sums {
  const all = noSums();
  for (const { n, xx, xy, yy } of groups) {
    all.n += n;
    all.yy += yy;
    xy.forEach((value, i) => {
      all.xy[i]! += value;
      xx[i]!.forEach((square, j) => (all.xx[i]![j]! += square));
    });
  }
  return all;
}

/**
 * The weights of one sample; null where repurchase does not rise with the default index.
 * @param z by how many standard errors it has to rise
 */
function weightsOf({ n, xx, xy, yy }: Sums, defaults: CsiWeights, z: number): number[] | null {
  const shares = CSI_COMPONENTS.map((key) => defaults[key]);
  // The slope of repurchase on the default index, and the variance that is left.
  const spread = sum(shares.map((a, i) => a * sum(shares.map((b, j) => b * xx[i]![j]!))));
  const slope = spread > 0 ? sum(shares.map((a, i) => a * xy[i]!)) / spread : 0;
  const variance = Math.max(LEAST_VARIANCE, (yy - slope * slope * spread) / Math.max(1, n - 2));
  if (!(slope > z * Math.sqrt(variance / spread))) return null;
  const pull = variance / (PRIOR_SPREAD * slope) ** 2;
  const found = nonNegativeLeastSquares(
    xx.map((line, i) => line.map((value, j) => value + (i === j ? pull : 0))),
    xy.map((value, i) => value + pull * slope * shares[i]!),
  );
  const all = sum(found);
  return all > 0 ? found.map((value) => value / all) : null;
}

/** Percentiles over resamples; one in which nothing relates stays with the default. */
function bootstrap(groups: readonly Sums[], defaults: CsiWeights, seed: number) {
  const random = seededRandom(seed);
  const fallback = CSI_COMPONENTS.map((key) => defaults[key]);
  const samples = Array.from({ length: RESAMPLES }, () => {
    const picked = groups.map(() => groups[Math.floor(random() * groups.length)]!);
    return weightsOf(added(picked), defaults, 0) ?? fallback;
  });
  return record((k) => {
    const sorted = samples.map((weights) => weights[k]!).sort((a, b) => a - b);
    const at = (p: number) => sorted[Math.round(p * (RESAMPLES - 1))]!;
    return { low: at(0.025), high: at(0.975) };
  });
}

/** Both indexes on customers that neither has seen; nothing that was known only later is learned from. */
function heldOut(rows: readonly CsiOutcome[], defaults: CsiWeights) {
  const cut = rows[Math.floor(rows.length * (1 - HELD_OUT_SHARE))]!.at;
  const earlier = rows.filter(({ at, settledAt }) => at < cut && settledAt <= cut);
  const later = rows.filter(({ at }) => at >= cut);
  const weights = weightsOf(added(groupSums(earlier)), defaults, Z_RELATION);
  if (weights === null) return null;
  const judgedBy = (by: CsiWeights) =>
    later.map(({ components, repurchased }) => ({
      probability: indexOf(components, by) ?? indexOf(components, defaults) ?? 0,
      outcome: repurchased,
    }));
  const byDefault = judgedBy(defaults);
  const byLearned = judgedBy(record((k) => weights[k]!));
  const [aucDefault, aucLearned] = [aucOf(byDefault), aucOf(byLearned)];
  const difference = aucDifference(byLearned, byDefault, Z_95);
  if (aucDefault === null || aucLearned === null || difference === null) return null;
  return { n: later.length, aucDefault, aucLearned, low: difference.low, high: difference.high };
}

function record<T>(of: (k: number) => T): Record<CsiComponentKey, T> {
  return Object.fromEntries(CSI_COMPONENTS.map((key, k) => [key, of(k)])) as Record<CsiComponentKey, T>;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
