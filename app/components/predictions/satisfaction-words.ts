import type { SatisfactionReport } from '../../domain/prediction/satisfaction-backtest.ts';
import { MIN_JUDGED } from '../../domain/prediction/satisfaction-needs.ts';
import type { StageReport } from '../../domain/prediction/satisfaction-verdict.ts';
import type { SatisfactionReason } from '../../domain/prediction/satisfaction-reasons.ts';
import type { PredictionsView } from '../../services/show-predictions.ts';
import { formatCount, formatNumber, formatPercent, formatPercentFine, plural } from '../format.ts';
import type { VerdictWords } from './purchase-words.ts';

/** The words for predicted dissatisfaction. */

function basisText({ basis, prior }: SatisfactionReport): string {
  const behind = prior === 'rules' ? 'general rules' : 'what was learnt at other shops';
  if (basis === 'own') return 'your own answers';
  return basis === 'blended' ? `your own answers beside ${behind}` : `${behind} alone`;
}

/** The verdict on predicted low ratings. */
export function satisfactionVerdict(part: NonNullable<PredictionsView['satisfaction']>): VerdictWords {
  const { ended, failed, running, hiddenByStaff } = part;
  const rules = {
    badge: { label: 'Rules only', tone: 'info' } as const,
    title: 'Rules only: nothing is predicted yet',
  };
  if (!ended?.report) {
    const few = ended && ended.data.rated < MIN_JUDGED.rated ? ` ${soFarText(ended.data)}` : '';
    const why = ended?.run.reason ? `${ended.run.reason}${few}` : failed?.reason;
    return {
      ...rules,
      sentence: running ? 'The first fit is under way.' : (why ?? 'The first fit runs by itself.'),
    };
  }
  const { run, report } = ended;
  const sentence = verdictText(report);
  if (run.status !== 'kept') return hiddenWords(report, sentence, run.reason);
  if (hiddenByStaff) {
    const title = 'Hidden, because your team chose so';
    return {
      badge: { label: 'Hidden by you', tone: undefined },
      title,
      sentence: `They passed their back-test. ${sentence}`,
    };
  }
  const badge = { label: 'Shown', tone: 'success' } as const;
  if (!report.verdict.shown)
    return { badge, title: 'Shown for orders on their way, hidden for delivered ones', sentence };
  const title = report.onItsWay.verdict.shown
    ? 'Shown: the predictions passed their back-test'
    : 'Shown for delivered orders, hidden for those on their way';
  return { badge, title, sentence };
}

/** Nothing is predicted: there is too little to tell, or it did not prove itself. */
function hiddenWords({ verdict }: SatisfactionReport, sentence: string, reason: string | null): VerdictWords {
  return verdict.reason === 'few_answers'
    ? { badge: { label: 'Not enough data', tone: 'info' }, title: 'Not enough data yet', sentence }
    : {
        badge: { label: 'Hidden', tone: 'warning' },
        title: 'Hidden: the predictions did not pass their back-test',
        sentence: reason ?? sentence,
      };
}

/** What a test takes, and what there is while there is too little even to try. */
const soFarText = ({ rated, low }: { rated: number; low: number }): string =>
  `It takes ${formatCount(MIN_JUDGED.rated)} rated orders to test them on, ${MIN_JUDGED.low} of them low, beside older ones to learn from; so far there are ${formatCount(rated)} in all, ${formatCount(low)} of them low.`;

/** Low ratings among the tested orders. */
const lowOf = ({ model: { baseRate, n } }: StageReport): number => Math.round((baseRate ?? 0) * n);

/** "12 low ratings of 87 tested orders": what any finding rests on. */
export const basisOfFindings = (report: StageReport): string =>
  `${plural(lowOf(report), 'low rating')} of ${plural(report.model.n, 'tested order')}`;

/** From fewer low ratings than a test takes no finding is drawn: one more or less would turn it over. */
export const holdsFindings = (report: StageReport): boolean => lowOf(report) >= MIN_JUDGED.low;

/** Why predicted low ratings of delivered orders are shown or hidden. */
export function verdictText(report: SatisfactionReport): string {
  const { verdict, model, trained, trainedLow } = report;
  switch (verdict.reason) {
    case 'better':
      return `They tell the unhappy from the others better than any single fact of an order does, on ${formatCount(model.n)} orders they had not seen. They rest on ${basisText(report)}.`;
    case 'few_answers':
      return `There are too few rated orders, or too few low ratings among them: a test takes ${formatCount(MIN_JUDGED.rated)} that were not learnt from, ${MIN_JUDGED.low} of them low and as many not, and there are ${formatCount(model.n)}, ${formatCount(lowOf(report))} of them low. From before there are ${formatCount(trained)} to learn from, ${formatCount(trainedLow)} of them low.`;
    case 'no_better':
      return 'On orders they had not seen they did not surely do better than chance, or than one share for all.';
    case 'not_above_single':
      return 'On orders they had not seen they were not surely better than the best single fact: the 95% interval of their lead reaches 0.';
    case 'not_calibrated':
      return 'They rank orders well, but predicted chances lie too far off what came.';
  }
}

const BASELINES: Record<string, string> = {
  bestSingle: 'The best single fact',
  lateness: 'Days late',
  totalDays: 'Days from order to delivery',
  baseRate: 'The same share for every order',
  alwaysSatisfied: '“Everybody is happy”',
};

/** The model and what it is measured against, in the order of the table. */
export function satisfactionRows({ model, baselines }: SatisfactionReport) {
  return [
    { key: 'model', name: 'Aftercare’s model', figures: model },
    ...Object.keys(BASELINES).flatMap((key) => {
      const figures = baselines[key];
      return figures ? [{ key, name: BASELINES[key]!, figures }] : [];
    }),
  ];
}

const HIDDEN_ON_THE_WAY: Record<Exclude<StageReport['verdict']['reason'], 'better'>, string> = {
  few_answers: 'not enough data yet',
  no_better: 'hidden, not surely better than chance or one share for all',
  not_above_single: 'hidden, not surely better than the best single fact',
  not_calibrated: 'hidden, the chances lie too far off what came',
};

/** The verdict on orders that were still on their way. */
export function onItsWayText({ verdict: { reason }, model, aucGain }: StageReport): string {
  const why = reason === 'better' ? 'shown' : HIDDEN_ON_THE_WAY[reason];
  if (model.auc === null || aucGain === null) return `${why}; tested on ${plural(model.n, 'order')}`;
  return `${why}; AUC ${formatNumber(model.auc, 2)} on ${plural(model.n, 'order')}, ${leadText(aucGain)}`;
}

/** By how much of the AUC the model leads the best single fact, or is behind it. */
export function leadText({ value, low, high }: NonNullable<StageReport['aucGain']>): string {
  const side = value < 0 ? 'below' : 'above';
  const sign = value < 0 ? -1 : 1;
  const [least, most] = [sign * low, sign * high].toSorted((a, b) => a - b);
  return `${formatNumber(Math.abs(value), 2)} ${side} the best single fact (95% interval ${formatNumber(least!, 2)} to ${formatNumber(most!, 2)})`;
}

/** Whether calling orders low or not is right more often than calling everybody happy; null where it is not known. */
export function rightCallsText({ model, baselines }: SatisfactionReport): string | null {
  const { accuracy, accuracyInterval: interval } = model;
  const always = baselines['alwaysSatisfied']?.accuracy ?? null;
  if (accuracy === null || interval === null || always === null) return null;
  const against =
    interval.low > always ? 'surely above' : interval.high < always ? 'surely below' : 'not surely above';
  return `${formatPercentFine(accuracy)} (95% interval ${formatPercentFine(interval.low)} to ${formatPercentFine(interval.high)}), ${against} the ${formatPercentFine(always)} of calling everybody happy`;
}

/** What care for one tenth of the orders would reach, where there are unhappy ones enough to tell. */
export function careFinding(report: StageReport): string {
  const tenth = report.care.find(({ share }) => share === 0.1);
  if (!holdsFindings(report)) return `Who would be reached: too few to tell, ${basisOfFindings(report)}`;
  return tenth
    ? `Looking after one order in ten reaches ${formatPercent(tenth.recall)} of the unhappy (${basisOfFindings(report)})`
    : 'Who would be reached';
}

/** How far the model leads the best single fact, where there are unhappy orders enough to tell. */
export function leadFinding(report: StageReport): string {
  if (!holdsFindings(report))
    return `The model beside single facts: too few to tell, ${basisOfFindings(report)}`;
  return report.aucGain
    ? `AUC ${leadText(report.aucGain)}, on ${basisOfFindings(report)}`
    : 'The model beside single facts';
}

/** What of the called ones was right, and what was found; null without a call or a low rating. */
export function calledText({
  model: { precision, recall, called, n, threshold },
}: SatisfactionReport): string {
  if (called === 0 || precision === null || recall === null)
    return `none of ${plural(n, 'order')} was above ${formatPercent(threshold)}`;
  return `${plural(called, 'order')}: ${formatPercent(precision)} of them were unhappy, which is ${formatPercent(recall)} of all who were`;
}

const REASONS: Record<SatisfactionReason, string> = {
  lateness: 'how late it was',
  waiting: 'how long it took',
  handling: 'how long it took to be shipped',
  promise: 'the date that was promised',
  basket: 'how much was ordered',
  parcels: 'several parcels',
  value: 'its value',
  freight: 'the shipping costs',
  seller: 'earlier ratings of the seller',
  category: 'earlier ratings of its main product',
  region: 'where it went',
  delays_now: 'many late deliveries at that time',
  earlier_orders: 'the customer’s earlier orders',
  refund: 'a refund',
  product: 'earlier ratings of the product',
  last_answer: 'the customer’s last answer',
  contacts: 'the customer got in touch about it',
};

/** What speaks for a low rating, strongest first. */
export const reasonsText = (reasons: readonly SatisfactionReason[]): string =>
  reasons.map((reason) => REASONS[reason]).join(', ');
