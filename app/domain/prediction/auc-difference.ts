/** Whether one prediction ranks better than another on the same cases. */
import type { Judged } from './metrics.ts';

export interface AucDifference {
  /** AUC of the first less that of the second. */
  value: number;
  low: number;
  high: number;
}

/**
 * The difference of two AUCs with its normal interval, which knows that both are of the same cases (DeLong, DeLong &
 * Clarke-Pearson 1988, by midranks as in Sun & Xu 2014).
 * @param one, other the same cases in the same order
 * @param z the normal quantile of the level, e.g. 1.96 for 95%
 * @returns null below 2 cases of either outcome
 */
export function aucDifference(
  one: readonly Judged[],
  other: readonly Judged[],
  z: number,
): AucDifference | null {
  const yes = one.filter(({ outcome }) => outcome).length;
  const no = one.length - yes;
  if (yes < 2 || no < 2) return null;
  const a = shareBeaten(one, yes, no);
  const b = shareBeaten(other, yes, no);
  const apart = a.map((share, i) => share - b[i]!);
  const ofYes = spread(apart.filter((_, i) => one[i]!.outcome));
  const ofNo = spread(apart.filter((_, i) => !one[i]!.outcome));
  const margin = z * Math.sqrt(ofYes.variance / yes + ofNo.variance / no);
  return { value: ofYes.mean, low: ofYes.mean - margin, high: ofYes.mean + margin };
}

/** Per case the share of the cases of the other outcome that it is on the right side of; ties count half. */
function shareBeaten(cases: readonly Judged[], yes: number, no: number): number[] {
  const all = midranks(cases.map(({ probability }) => probability));
  const own = [true, false].map((wanted) => {
    const places = cases.flatMap(({ outcome }, i) => (outcome === wanted ? [i] : []));
    const ranks = midranks(places.map((i) => cases[i]!.probability));
    return new Map(places.map((place, i) => [place, ranks[i]!]));
  });
  return cases.map(({ outcome }, i) => {
    const below = all[i]! - own[outcome ? 0 : 1]!.get(i)!;
    return outcome ? below / no : 1 - below / yes;
  });
}

/** Ranks from 1; equal values share the mean of theirs. */
function midranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let place = from; place < to; place += 1) ranks[order[place]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function spread(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}
