import { CARE_AGAIN_DAYS } from '../../domain/flows/proactive-care.ts';
import type { StageReport } from '../../domain/prediction/satisfaction-verdict.ts';
import type { SatisfactionReport } from '../../domain/prediction/satisfaction-backtest.ts';
import type { ForeseenView } from '../../infra/db/reads/case-views.ts';
import type { CareView } from '../../services/show-care.ts';
import type { PredictionsView } from '../../services/show-predictions.ts';
import { formatCount, formatPercent, formatPercentFine, plural } from '../format.ts';
import { reasonsText } from './satisfaction-words.ts';

/** The words for what follows from predicted low ratings: cases before anybody complains. */

const STAGES = {
  on_its_way: 'predicted while it was on its way',
  delivered: 'predicted once it was delivered',
};

/** Why a case was opened before anybody complained. */
export function foreseenText({ lowProbability, stage, usualShare, reasons }: ForeseenView): string {
  const against =
    usualShare === null
      ? ''
      : `, against ${formatPercent(usualShare)} of the rated orders that the prediction was tested on`;
  const when = stage ? `, ${STAGES[stage]}` : '';
  const why = reasons.length > 0 ? ` What spoke for it: ${reasonsText(reasons)}.` : '';
  return `Opened because this order is likely to end unhappily: ${formatPercent(lowProbability)} chance of a low rating${against}${when}.${why}`;
}

/** The same in a list. */
export const foreseenShort = ({ lowProbability, reasons }: ForeseenView): string =>
  [`${formatPercent(lowProbability)} chance of a low rating`, reasonsText(reasons)]
    .filter(Boolean)
    .join(': ');

/** What is done about orders that are likely to disappoint. */
export function careText(
  { ended, hiddenByStaff }: NonNullable<PredictionsView['satisfaction']>,
  { enabled, casesPerDay, leastChance }: CareView,
): string {
  if (!enabled) return 'Nothing: cases before a complaint are switched off in the settings';
  if (ended?.run.status !== 'kept') return 'Nothing, until predictions pass their back-test';
  if (hiddenByStaff) return 'Nothing, while your team hides them';
  return `A case for orders from ${formatPercent(leastChance)} on and above the usual share of low ratings that nobody has answered about, the likeliest first and at most ${formatCount(casesPerDay)} a day, so that your team gets in touch before the customer does; none for a customer with an open case, and one per customer in ${CARE_AGAIN_DAYS} days`;
}

/**
 * How many tested orders had such a chance, and how many of these were low, of the stages that are predicted; null: none is.
 * A report keeps a few shares of the likeliest orders: the one that begins nearest to the chance is told as it is.
 */
export function careTestText(report: SatisfactionReport, leastChance: number): string | null {
  const stages = [
    ['Delivered', report],
    ['On their way', report.onItsWay],
  ] as const;
  const texts = stages.flatMap(([name, stage]) =>
    stage.verdict.shown ? [`${name}: ${stageTestText(stage, leastChance)}`] : [],
  );
  return texts.length === 0 ? null : texts.join('. ');
}

function stageTestText({ model, care }: StageReport, leastChance: number): string {
  const tested = plural(model.n, 'tested order');
  const lowOf = (n: number, precision: number | null) =>
    `${formatCount(Math.round(n * (precision ?? 0)))} low`;
  if (leastChance === model.threshold)
    return `${formatCount(model.called)} of ${tested}, ${lowOf(model.called, model.precision)}`;
  const [first] = care;
  if (!first) return `not known of the ${tested}`;
  const away = (one: typeof first) => Math.abs(one.leastProbability - leastChance);
  const nearest = care.reduce((best, one) => (away(one) < away(best) ? one : best));
  const { n, leastProbability, precision } = nearest;
  const known = `of the ${formatCount(n)} likeliest, from ${formatPercentFine(leastProbability)} on, ${lowOf(n, precision)}`;
  if (first.leastProbability < leastChance)
    return `fewer than ${formatCount(first.n)} of ${tested}; ${known}`;
  return `the nearest that is known of ${tested}: ${known}`;
}

/** How many cases were opened for predictions, and what their customers said in the end. */
export function careOutcomeText({ opened, low }: CareView): string {
  if (opened === 0) return 'None';
  const cases = plural(opened, 'case');
  if (low.outcome === 'not_enough')
    return `${cases}; rated since: ${plural(low.n, 'order')}, not enough data to say how they end`;
  return `${cases}; ${formatPercent(low.value)} of ${plural(low.n, 'order')} rated since got a low rating (95% interval ${formatPercent(low.low)} to ${formatPercent(low.high)})`;
}
