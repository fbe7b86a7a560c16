import { addMonths, DAY_MS, nextLocalHour } from '../domain/core/calendar.ts';
import type { ShopState } from '../domain/core/state.ts';
import { milestonesReached, nextAnniversary } from '../domain/loyalty/milestones.ts';
import { tierStanding } from '../domain/loyalty/tier.ts';
import { valueAtRisk } from '../domain/prediction/high-risk.ts';
import { shouldWriteHistory } from '../domain/scoring/history.ts';
import type { ScoreInputs } from '../domain/scoring/inputs.ts';
import { SCORE_HOUR } from '../domain/scoring/score-hour.ts';
import {
  type CustomerScore,
  scoreCustomer as score,
  shownScore,
  shownScoreIsStaticUntil,
  STATIC_FOREVER,
} from '../domain/scoring/score.ts';
import { revenueLast12MonthsMinor, valueAtRiskByRule } from '../domain/scoring/value-at-risk.ts';
import type { ShopSettings } from '../domain/shop-settings/settings.ts';
import type { ScoreRow } from '../infra/db/score-rows.ts';
import type { ScoreSource } from '../infra/db/score-sources.ts';
import {
  type CustomerForecast,
  predictCustomer,
  type PresentModel,
  UNPREDICTED,
} from './predict-customer.ts';
import { scoreInputsOf } from './score-inputs.ts';
import { storableScore } from './storable-score.ts';

/** What everybody's score is made with. */
export interface ScoreContext {
  shop: ShopState;
  settings: ShopSettings;
  /** null: nothing is predicted. */
  present: PresentModel | null;
  now: Date;
}

/** What is known of a customer, with what the shop's model says of them. */
function readInputs(source: ScoreSource, { shop, settings, present, now }: ScoreContext) {
  const known = scoreInputsOf(source, shop);
  const { marginShare, predictions } = settings;
  // Where the team has hidden them everything rests on the rules.
  const forecast =
    present && predictions.purchases
      ? predictCustomer(source.customerId, known.orders, { shop, marginShare, present, now })
      : null;
  return { inputs: { ...known, predictedClv: forecast?.predictedClv ?? null }, forecast };
}

/** One customer's score, standing, prediction and value at risk, as the row that is stored; throws where none can be. */
export function scoreRow(source: ScoreSource, context: ScoreContext): ScoreRow {
  const { settings, now } = context;
  const { inputs, forecast } = readInputs(source, context);
  const result = shownScore(score(inputs, now));
  const counted = source.orders.filter((order) => order.paid && !order.cancelled && order.createdAt <= now);
  const times = counted.map((order) => order.createdAt.getTime());
  const revenueYearMinor = revenueLast12MonthsMinor(inputs.orders, now);
  const approved = source.orders
    .filter((order) => order.approvedAt !== null)
    .map((order) => ({ orderId: order.orderId, purchasedAt: order.createdAt }));
  const { tier } = tierStanding(approved, now, settings.loyalty);
  const firstOrderAt = times.length > 0 ? new Date(Math.min(...times)) : null;
  const lastOrderAt = times.length > 0 ? new Date(Math.max(...times)) : null;
  const milestone = settings.surveys.milestone;
  const standing = { tierBefore: source.tier, tier, firstOrderAt, lastOrderAt };
  return storableScore({
    customerId: source.customerId,
    staleSeq: source.staleSeq,
    scoredBefore: source.scoredBefore,
    csi: result.csi,
    csiCoverage: result.csiCoverage,
    segment: result.segment,
    health: result.health,
    healthCoverage: result.healthCoverage,
    band: result.band,
    flagged: result.flagged,
    highRisk: forecast?.highRisk ?? false,
    reasons: result.reasons,
    ...mainReasonOf(result, forecast),
    version: result.version,
    valueAtRiskMinor: valueAtRiskOf(result, forecast, revenueYearMinor, settings.marginShare),
    revenueYearMinor,
    orderCount: counted.length,
    firstOrderAt,
    lastOrderAt,
    tier,
    milestones: milestonesReached(standing, milestone, now),
    nextScoreAt: nextChange(inputs, result, context, {
      // A prediction is another one each day.
      predicted: forecast !== null,
      anniversary: nextAnniversary(firstOrderAt, milestone, now),
    }),
    writeHistory: shouldWriteHistory(source.lastHistory, result),
    ...(forecast?.row ?? UNPREDICTED),
  });
}

/** Why somebody is on the at-risk list; health's own reason goes first. */
function mainReasonOf(
  { flagged, mainReason, mainReasonKey }: CustomerScore,
  forecast: CustomerForecast | null,
): Pick<ScoreRow, 'mainReason' | 'mainReasonKey'> {
  if (flagged || !forecast?.highRisk) return { mainReason, mainReasonKey };
  return { mainReason: 'Unlikely to order again soon', mainReasonKey: 'no_order_expected' };
}

function valueAtRiskOf(
  { band, health }: CustomerScore,
  forecast: CustomerForecast | null,
  revenueYearMinor: number,
  marginShare: number,
): number {
  const rule = band && (valueAtRiskByRule(health, revenueYearMinor, marginShare)?.amountMinor ?? null);
  const fit = forecast && {
    probabilityOfNone: forecast.probabilityOfNone,
    marginIfRetainedMinor: forecast.marginIfRetainedMinor ?? Number.NaN,
  };
  return valueAtRisk(fit, rule)?.amountMinor ?? 0;
}

/**
 * When the daily pass has to look at this customer again: the next day while time is
 * changing the score, else the first day on which time alone could change it, the
 * 12-month revenue or the tier, or an anniversary to be greeted. Between the two a daily score would give the same row.
 */
function nextChange(
  inputs: ScoreInputs,
  result: CustomerScore,
  { shop, now }: ScoreContext,
  { predicted, anniversary }: { predicted: boolean; anniversary: Date | null },
): Date | null {
  const windowEnds = inputs.orders
    .filter(({ createdAt }) => now.getTime() - createdAt.getTime() < LONGEST_YEAR_MS)
    .flatMap((order) => windowEndsOf(order.createdAt))
    .filter((end) => end > now.getTime());
  const staticUntil =
    (!predicted && shownScoreIsStaticUntil(inputs, now, result)?.getTime()) || now.getTime();
  const next = Math.min(staticUntil, ...windowEnds, anniversary?.getTime() ?? Infinity);
  if (next >= STATIC_FOREVER.getTime()) return null;
  return nextLocalHour(new Date(Math.max(next, now.getTime() + 1)), shop.timeZone, SCORE_HOUR);
}

/** Older orders left every window of a year. */
const LONGEST_YEAR_MS = 367 * DAY_MS;

/** When an order leaves the last 365 days, and the last 12 months: a day later if it was placed on a leap day. */
function windowEndsOf(createdAt: Date): number[] {
  const anniversary = addMonths(createdAt, 12, 'UTC').getTime();
  return [createdAt.getTime() + 365 * DAY_MS, anniversary, anniversary + DAY_MS];
}
