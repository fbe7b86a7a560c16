/** Whether the arms got the shares of people that they were to get. */
import { chiSquareTail } from './chance.ts';

/** Below it the split is no accident: the bar that Fabijan et al. (2019, "Diagnosing sample ratio mismatch") recommend. */
const ALARM_P = 0.001;
/** In the smallest group, for the approximation to hold (Cochran 1954). */
const LEAST_EXPECTED = 5;

export interface SampleRatio {
  outcome: 'fine' | 'mismatch' | 'not_enough';
  /** Of a split at least as uneven by chance; 1 where there is too little to say. */
  p: number;
}

/** Pearson's chi-square test of counts against weights, two to four of each. */
export function sampleRatio(groups: readonly { count: number; weight: number }[]): SampleRatio {
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  const weights = groups.reduce((sum, { weight }) => sum + weight, 0);
  const expected = groups.map(({ weight }) => (total * weight) / weights);
  if (Math.min(...expected) < LEAST_EXPECTED) return { outcome: 'not_enough', p: 1 };
  const statistic = groups.reduce(
    (sum, { count }, index) => sum + (count - expected[index]!) ** 2 / expected[index]!,
    0,
  );
  const p = chiSquareTail(statistic, groups.length - 1);
  return { outcome: p < ALARM_P ? 'mismatch' : 'fine', p };
}

/** Whether the same share of each group came through: chi-square test of homogeneity, two to four groups. */
export function sameShare(groups: readonly { count: number; of: number }[]): SampleRatio {
  const all = groups.reduce((sum, { of }) => sum + of, 0);
  const share = groups.reduce((sum, { count }) => sum + count, 0) / all;
  const least = Math.min(...groups.map(({ of }) => of * Math.min(share, 1 - share)));
  // Everybody came through, or nobody did.
  if (share === 0 || share === 1) return { outcome: 'fine', p: 1 };
  if (!(least >= LEAST_EXPECTED)) return { outcome: 'not_enough', p: 1 };
  const statistic = groups.reduce(
    (sum, { count, of }) => sum + (count - of * share) ** 2 / (of * share * (1 - share)),
    0,
  );
  const p = chiSquareTail(statistic, groups.length - 1);
  return { outcome: p < ALARM_P ? 'mismatch' : 'fine', p };
}
