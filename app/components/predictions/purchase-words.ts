import { DAY_MS } from '../../domain/core/calendar.ts';
import type { PurchaseReport } from '../../domain/prediction/purchase-report.ts';
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
    return { badge: { label: 'Shown, little data', tone: 'attention' }, title: 'Shown, on little data', sentence };
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
  baseRate: 'The same share for everybody',
  bgNbd: 'BG/NBD, as published',
  mbgNbd: 'MBG/NBD, as published',
};

/** The model and what it is measured against, in the order of the table. */
export function comparedRows({ model, baselines }: PurchaseReport) {
  const names = Object.keys(BASELINE_WORDS) as (keyof typeof BASELINE_WORDS)[];
  return [
    { key: 'model', name: 'Aftercare’s model', metrics: model },
    ...names.map((key) => ({ key: key as string, name: BASELINE_WORDS[key], metrics: baselines[key] })),
  ];
}

/** How the model does beside "recency only"; null where one of the two has no figures. */
export function recencyFinding({ model, baselines: { recencyOnly } }: PurchaseReport): string | null {
  if (model.brier === null || recencyOnly.brier === null || recencyOnly.brier === 0) return null;
  const gain = 1 - model.brier / recencyOnly.brier;
  if (Math.abs(gain) < 0.005) return 'As good as looking at recency alone';
  return gain > 0
    ? `Error ${formatPercent(gain)} below that of looking at recency alone`
    : `Error ${formatPercent(-gain)} above that of looking at recency alone`;
}

/** How many tenths came out as predicted. */
export function decileFinding({ deciles }: PurchaseReport): string {
  const inside = deciles.filter(({ actual, low, high }) => actual >= low && actual <= high).length;
  return `What came lies in the predicted interval in ${inside} of ${plural(deciles.length, 'group')}`;
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
