/** How good predicted probabilities of a yes or no were. Every metric of no cases is null, never NaN. */

/** One case whose end is known: what was predicted before, 0-1, and what came. */
export interface Judged {
  probability: number;
  outcome: boolean;
}

/** One bin of a calibration chart. */
export interface CalibrationBin {
  n: number;
  /** Mean predicted probability. */
  predicted: number;
  /** Share of cases in which it came. */
  actual: number;
}

/** Share of cases in which the outcome came; null without cases. */
export function outcomeRate(cases: readonly Judged[]): number | null {
  if (cases.length === 0) return null;
  let came = 0;
  for (const { outcome } of cases) if (outcome) came += 1;
  return came / cases.length;
}

/**
 * Area under the ROC curve: P(a case in which it came was given more than one in which it did not), ties count half
 * (Mann-Whitney). Null where one of the outcomes is missing.
 */
export function aucOf(cases: readonly Judged[]): number | null {
  const sorted = [...cases].sort((a, b) => a.probability - b.probability);
  let yes = 0;
  let rankSum = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    let yesHere = 0;
    while (to < sorted.length && sorted[to]!.probability === sorted[from]!.probability) {
      if (sorted[to]!.outcome) yesHere += 1;
      to += 1;
    }
    rankSum += yesHere * ((from + 1 + to) / 2);
    yes += yesHere;
    from = to;
  }
  const no = sorted.length - yes;
  return yes === 0 || no === 0 ? null : (rankSum - (yes * (yes + 1)) / 2) / (yes * no);
}

/** Mean squared difference between probability and outcome (Brier 1950): 0 is perfect; null without cases. */
export function brierOf(cases: readonly Judged[]): number | null {
  if (cases.length === 0) return null;
  let sum = 0;
  for (const { probability, outcome } of cases) sum += (probability - Number(outcome)) ** 2;
  return sum / cases.length;
}

/**
 * Cases in the order of their probability, cut into bins of equal numbers (they differ by one at most); equal
 * probabilities are never split, so that the order of arrival does not matter. Fewer bins where there are fewer cases.
 */
export function calibrationBins(cases: readonly Judged[], bins = 10): CalibrationBin[] {
  const sorted = [...cases].sort((a, b) => a.probability - b.probability);
  const found: CalibrationBin[] = [];
  for (let bin = 1, from = 0; bin <= bins && from < sorted.length; bin += 1) {
    let to = Math.max(from, Math.round((bin * sorted.length) / bins));
    while (to > from && to < sorted.length && sorted[to]!.probability === sorted[to - 1]!.probability)
      to += 1;
    if (to === from) continue;
    const here = sorted.slice(from, to);
    const predicted = here.reduce((sum, { probability }) => sum + probability, 0) / here.length;
    found.push({ n: here.length, predicted, actual: outcomeRate(here) ?? 0 });
    from = to;
  }
  return found;
}

/** Expected calibration error: the mean distance of predicted from actual over the bins, by their cases; null without cases. */
export function eceOf(cases: readonly Judged[], bins = 10): number | null {
  if (cases.length === 0) return null;
  let sum = 0;
  for (const { n, predicted, actual } of calibrationBins(cases, bins))
    sum += n * Math.abs(predicted - actual);
  return sum / cases.length;
}
