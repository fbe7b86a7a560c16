import { DAY_MS } from '../../domain/core/calendar.ts';
import type { PurchaseMetrics } from '../../domain/prediction/purchase-metrics.ts';
import type { PurchaseReport } from '../../domain/prediction/purchase-report.ts';
import type { VerdictReason } from '../../domain/prediction/purchase-verdict.ts';
import { verdictReason } from '../../domain/prediction/purchase-verdict-words.ts';
import type { PredictionsView } from '../../services/show-predictions.ts';
import { formatCount, formatDay, formatPercent, plural } from '../format.ts';
import type { Tone } from '../words.ts';

/** What a screen says first about a prediction: whether it is shown, and why. */
export interface VerdictWords {
  badge: { label: string; tone: Tone };
  title: string;
  sentence: string;
}

/** "22 Nov 2026" of whole days since 1970-01-01, which have no time zone. */
export const dayText = (day: number): string => formatDay(new Date(day * DAY_MS).toISOString(), 'UTC');

/** The verdict on predicted orders. */
export function purchaseVerdict({ purchases }: PredictionsView): VerdictWords {
  const { ended, failed, running, hiddenByStaff } = purchases;
  if (!ended) {
    const sentence = running
      ? 'The first fit is under way.'
      : (failed?.reason ?? 'The first fit runs by itself within a day.');
    return { ...RULES, sentence };
  }
  const { run, report, data } = ended;
  if (data.startsOn !== null) {
    const start = `Predictions start on ${formatDay(data.startsOn, 'UTC')}.`;
    return { ...RULES, sentence: `${start} ${run.reason ?? ''}`.trim() };
  }
  if (!report) {
    const sentence = run.reason ?? 'Its back-test is of an older version; the next fit replaces it.';
    return { ...RULES, sentence };
  }
  const sentence = verdictReason(report.verdict);
  if (run.status !== 'kept' || !report.verdict.shown) {
    const title = 'Hidden: the predictions did not pass their back-test';
    return { badge: { label: 'Hidden', tone: 'warning' }, title, sentence };
  }
  if (hiddenByStaff) {
    const title = 'Hidden, because your team chose so';
    return {
      badge: { label: 'Hidden by you', tone: undefined },
      title,
      sentence: `They passed their back-test. ${sentence}`,
    };
  }
  if (report.verdict.littleData)
    return {
      badge: { label: 'Shown, little data', tone: 'attention' },
      title: 'Shown, on little data',
      sentence,
    };
  const title = 'Shown: the predictions passed their back-test';
  return { badge: { label: 'Shown', tone: 'success' }, title, sentence };
}

const RULES = {
  badge: { label: 'Rules only', tone: 'info' },
  title: 'Rules only: nothing is predicted yet',
} satisfies Partial<VerdictWords>;

const BASELINE_WORDS: Record<keyof PurchaseReport['baselines'], string> = {
  recencyOnly: 'Recency only (days since the last order)',
  pastRate: 'Past rate of each buyer',
  baseRate: 'The same share as earlier for everybody',
  bgNbd: 'BG/NBD, as published',
  mbgNbd: 'MBG/NBD, as published',
};

/**
 * The model and what it is measured against, in the order of the table: first the share that turned out true, with which
 * the verdict compares it and which nobody can know beforehand.
 */
export function comparedRows({ model, baselines }: PurchaseReport) {
  const names = Object.keys(BASELINE_WORDS) as (keyof typeof BASELINE_WORDS)[];
  return [
    { key: 'model', name: 'Aftercare’s model', metrics: model },
    ...(model.baseRateBrier === null
      ? []
      : [
          {
            key: 'trueShare',
            name: 'The true share for everybody, known afterwards',
            metrics: trueShare(model),
          },
        ]),
    ...names.map((key) => ({ key: key as string, name: BASELINE_WORDS[key], metrics: baselines[key] })),
  ];
}

/** One share for all tells nobody apart and says nothing of how many orders come. */
const trueShare = (model: PurchaseMetrics): PurchaseMetrics => ({
  ...model,
  name: 'trueShare',
  auc: model.auc === null ? null : 0.5,
  brier: model.baseRateBrier,
  ...{ ece: null, predictedTotal: null, intervalCoverage: null },
  topDecileShare: model.topDecileShare === null ? null : 0.1,
});

const HIDDEN_FOR_ITS_ERROR: readonly VerdictReason['code'][] = ['too_little_skill', 'skill_may_be_chance'];

/**
 * How the model does, in agreement with the verdict: beside the true share for everybody where it is hidden for its error,
 * else beside "recency only". Null where there are no figures to compare.
 */
export function comparisonFinding({ model, baselines, verdict, data }: PurchaseReport): string | null {
  const buyers = `on ${plural(data.heldOut, 'buyer')}`;
  return HIDDEN_FOR_ITS_ERROR.includes(verdict.reason.code)
    ? errorBeside('the true share for everybody', model.brier, model.baseRateBrier, buyers)
    : errorBeside('looking at recency alone', model.brier, baselines.recencyOnly.brier, buyers);
}

function errorBeside(what: string, own: number | null, other: number | null, buyers: string): string | null {
  if (own === null || other === null || other === 0) return null;
  const gain = 1 - own / other;
  // Never rounded up, as in the verdict's own sentence: 14.9% do not reach a bar of 15%.
  const steps = Math.abs(gain) < 0.1 ? 1_000 : 100;
  const off = Math.floor(steps * Math.abs(gain) + 1e-9) / steps;
  if (off === 0) return `Error about as high as that of ${what}, ${buyers}`;
  return `Error ${formatPercent(off)} ${gain > 0 ? 'below' : 'above'} that of ${what}, ${buyers}`;
}

/** How many tenths came out as predicted. */
export function decileFinding({ deciles }: PurchaseReport): string {
  const inside = deciles.filter(({ actual, low, high }) => actual >= low && actual <= high).length;
  const buyers = deciles.reduce((sum, { n }) => sum + n, 0);
  return `What came lies in the predicted interval in ${inside} of ${plural(deciles.length, 'group')}, ${plural(buyers, 'buyer')} in all`;
}

/** A total that was predicted against the one that came; null where either is missing or nothing came. */
export function totalsFinding({ model }: PurchaseReport): string | null {
  const { predictedTotal: predicted, actualTotal: actual } = model;
  if (predicted === null || actual === 0) return null;
  const off = predicted / actual - 1;
  const side = off < 0 ? 'too few' : 'too many';
  const gap = Math.abs(off) < 0.005 ? 'as many as came' : `${formatPercent(Math.abs(off))} ${side}`;
  return `${formatCount(Math.round(predicted))} orders predicted, ${formatCount(actual)} came: ${gap}`;
}
