/** What is believed of a shop's buyers before its own data are seen, and how shops that are known teach it. */
import { z } from 'zod';
import { SLOPES } from './purchase-features.ts';
import type { PurchaseModel } from './purchase-model.ts';

const believedSchema = z.object({ mean: z.number(), deviation: z.number().positive() });

/** Normal beliefs. The order of slopes is that of `SLOPES` (purchase-features.ts). */
export const purchasePriorSchema = z.object({
  /** How many shops it was learnt from; 0 is the one that is shipped. */
  shops: z.number().int().nonnegative(),
  /** ln r, ln alpha (days), ln a and ln b of the rhythm. */
  rhythm: z.array(believedSchema).length(4),
  /** Corrections of the rhythm's chance of an order, on the scale of log-odds: the level, then the slopes. */
  chance: z.array(believedSchema),
  /** Corrections of the further orders, on the scale of logarithms. */
  further: z.array(believedSchema),
});
export type PurchasePrior = z.infer<typeof purchasePriorSchema>;

const believed = (mean: number, deviation: number) => ({ mean, deviation });

/**
 * Wide and generic, from no data set: shops between one order a week and one in several years, with any loss of buyers;
 * levels that are off by a third as often as not, slopes half a unit. 100 buyers outweigh it.
 */
export const GENERIC_PRIOR: PurchasePrior = {
  shops: 0,
  rhythm: [believed(0, 1.5), believed(4.5, 2), believed(0, 1.5), believed(0.7, 1.5)],
  chance: [believed(0, 0.3), ...SLOPES.map(() => believed(0, 0.5))],
  further: [believed(0, 0.3), ...SLOPES.map(() => believed(0, 0.5))],
};

/** Beyond so many buyers a shop says no more about other shops. */
const MOST_WEIGHT = 2_000;
/** The generic prior counts as one shop of so many buyers. */
const GENERIC_WEIGHT = 500;
/** Shops differ at least so much, however alike the known ones are. */
const LEAST_DEVIATION = 0.15;

/**
 * The prior that several shops' own fits give for another one: means weighted by buyers, and deviations that are how
 * much the shops differ. Rhythms with several stages, and those that lose nobody before a repeat,
 * are left out of the rhythm: their parameters mean something else.
 */
export function poolPriors(models: readonly PurchaseModel[]): PurchasePrior {
  const own = models.filter(({ level }) => level === 'own');
  const weigh = (model: PurchaseModel) => Math.min(MOST_WEIGHT, model.buyers);
  const pool = (generic: PurchasePrior['chance'], of: (model: PurchaseModel) => number[] | null) =>
    generic.map((start, index) => {
      const known = own.flatMap((model) => {
        const values = of(model);
        return values ? [{ value: values[index]!, weight: weigh(model) }] : [];
      });
      const all = [{ value: start.mean, weight: GENERIC_WEIGHT }, ...known];
      const total = all.reduce((sum, { weight }) => sum + weight, 0);
      const mean = all.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
      const spread = known.reduce((sum, { value, weight }) => sum + weight * (value - mean) ** 2, 0);
      const variance = (GENERIC_WEIGHT * start.deviation ** 2 + spread) / total;
      return believed(mean, Math.max(LEAST_DEVIATION, Math.sqrt(variance)));
    });
  return {
    shops: own.length,
    rhythm: pool(GENERIC_PRIOR.rhythm, ({ rhythm }) =>
      rhythm.stages > 1 || rhythm.dropout !== 'mbgnbd'
        ? null
        : [rhythm.r, rhythm.alpha, rhythm.a, rhythm.b].map(Math.log),
    ),
    chance: pool(GENERIC_PRIOR.chance, ({ chance }) => [chance.level, ...chance.slopes]),
    further: pool(GENERIC_PRIOR.further, ({ further }) => [further.level, ...further.slopes]),
  };
}
