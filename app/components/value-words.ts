import type { ValueBasis } from '../infra/db/reads/prediction-views.ts';
import { plural } from './format.ts';

const RULE = '(100 − health) ÷ 100 × revenue of the last 12 months × your margin share';

/** How value at risk is reckoned. No days are named while some of the values are still by what counted before. */
export function valueBasisText({ horizonDays, settled }: ValueBasis): string {
  const days = settled && horizonDays !== null ? `the next ${plural(horizonDays, 'day')}` : 'the days ahead';
  const how =
    horizonDays === null
      ? `Value at risk by the rule, until predictions are shown: ${RULE}.`
      : `Value at risk: the predicted chance of no order in ${days} × the margin of 12 months of who does order again. By the rule, ${RULE}, where nothing is predicted.`;
  return settled ? how : `${how} It is being recalculated: some values are still those of before.`;
}
