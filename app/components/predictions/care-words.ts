import { CARE_AGAIN_DAYS } from '../../domain/flows/proactive-care.ts';
import type { ForeseenView } from '../../infra/db/reads/case-views.ts';
import type { CareView } from '../../services/show-care.ts';
import type { PredictionsView } from '../../services/show-predictions.ts';
import { formatCount, formatPercent, plural } from '../format.ts';
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
  { enabled, casesPerDay, threshold }: CareView,
): string {
  if (!enabled) return 'Nothing: cases before a complaint are switched off in the settings';
  if (ended?.run.status !== 'kept') return 'Nothing, until predictions pass their back-test';
  if (hiddenByStaff) return 'Nothing, while your team hides them';
  return `A case for orders from ${formatPercent(threshold)} on that nobody has answered about, the likeliest first and at most ${formatCount(casesPerDay)} a day, so that your team gets in touch before the customer does; none for a customer with an open case, and one per customer in ${CARE_AGAIN_DAYS} days`;
}

/** How many cases were opened for predictions, and what their customers said in the end. */
export function careOutcomeText({ opened, low }: CareView): string {
  if (opened === 0) return 'None';
  const cases = plural(opened, 'case');
  if (low.outcome === 'not_enough')
    return `${cases}; rated since: ${plural(low.n, 'order')}, not enough data to say how they end`;
  return `${cases}; ${formatPercent(low.value)} of ${plural(low.n, 'order')} rated since got a low rating (95% interval ${formatPercent(low.low)} to ${formatPercent(low.high)})`;
}
