import { addMonths, DAY_MS, nextLocalHour } from '../domain/core/calendar.ts';
import { refundedNetMinor } from '../domain/core/kept.ts';
import type { ShopState } from '../domain/core/state.ts';
import { tierStanding } from '../domain/loyalty/tier.ts';
import { shouldWriteHistory } from '../domain/scoring/history.ts';
import type { AnswerInput, ScoreInputs } from '../domain/scoring/inputs.ts';
import {
  type CustomerScore,
  scoreCustomer as score,
  shownScore,
  shownScoreIsStaticUntil,
  STATIC_FOREVER,
} from '../domain/scoring/score.ts';
import { revenueLast12MonthsMinor, valueAtRiskByRule } from '../domain/scoring/value-at-risk.ts';
import { parseSettings, type ShopSettings } from '../domain/shop-settings/settings.ts';
import { ratingsIn } from '../domain/surveys/stored-answers.ts';
import type { ScoreRow, ScoreSource, StoredOrder } from '../infra/db/scores.repo.server.ts';
import type { Deps } from './deps.ts';

type ScoreDeps = Pick<Deps, 'scores' | 'metrics'>;

/** Scores one customer after an event. A newer event meanwhile leaves the row to its own job. */
export async function scoreCustomer(
  deps: ScoreDeps,
  { shopId, customerId }: { shopId: string; customerId: string },
): Promise<{ outcome: 'scored' | 'superseded' | 'not_found' }> {
  const { saved, found } = await scoreCustomers(deps, shopId, [customerId]);
  if (found === 0) return { outcome: 'not_found' };
  return { outcome: saved > 0 ? 'scored' : 'superseded' };
}

/** Scores many customers of one shop in two statements. @returns how many were found and stored */
export async function scoreCustomers(
  deps: ScoreDeps,
  shopId: string,
  customerIds: string[],
): Promise<{ found: number; saved: number }> {
  const loaded = await deps.scores.load(shopId, customerIds);
  if (!loaded) return { found: 0, saved: 0 };
  const { shop, sources, now } = loaded;
  const settings = parseSettings(shop.settings);
  const rows = sources.map((source) => scoreRow(source, shop, settings, now));
  const stored = await deps.scores.save(shopId, rows, now);
  for (const { lagSeconds } of stored) if (lagSeconds !== null) deps.metrics.observeScoreLag(lagSeconds);
  return { found: sources.length, saved: stored.length };
}

/** What is stored about one customer in the words of the scoring rules. */
export function scoreInputsOf(source: ScoreSource, shop: ShopState): ScoreInputs {
  return {
    answers: source.answers.flatMap(ratingsOf),
    orders: source.orders.map((order) => ({ ...order, refundedNetMinor: netRefundOf(order) })),
    // No source feeds these yet; unknown inputs leave the index and the rest is weighted up.
    emailEngagement: null,
    lastSeenAt: null,
    reviews: [],
    resolutions: [],
    shopTypicalGapDays: shop.typicalGapDays,
    predictedClv: null,
  };
}

const netRefundOf = ({ netMinor, totalMinor, refunds }: StoredOrder): number =>
  refunds ? refundedNetMinor({ subtotalMinor: netMinor, totalMinor, refunds }) : 0;

/** One customer's score, standing and value at risk, as the row that is stored. */
export function scoreRow(source: ScoreSource, shop: ShopState, settings: ShopSettings, now: Date): ScoreRow {
  const inputs = scoreInputsOf(source, shop);
  const result = shownScore(score(inputs, now));
  const counted = source.orders.filter((order) => order.paid && !order.cancelled && order.createdAt <= now);
  const times = counted.map((order) => order.createdAt.getTime());
  const revenueYearMinor = revenueLast12MonthsMinor(inputs.orders, now);
  const approved = source.orders
    .filter((order) => order.approvedAt !== null)
    .map((order) => ({ orderId: order.orderId, purchasedAt: order.createdAt }));
  const { tier } = tierStanding(approved, now, settings.loyalty);
  return {
    customerId: source.customerId,
    staleSeq: source.staleSeq,
    csi: result.csi,
    csiCoverage: result.csiCoverage,
    segment: result.segment,
    health: result.health,
    healthCoverage: result.healthCoverage,
    band: result.band,
    flagged: result.flagged,
    reasons: result.reasons,
    mainReason: result.mainReason,
    mainReasonKey: result.mainReasonKey,
    version: result.version,
    valueAtRiskMinor:
      (result.band &&
        valueAtRiskByRule(result.health, revenueYearMinor, settings.marginShare)?.amountMinor) ||
      0,
    revenueYearMinor,
    orderCount: counted.length,
    firstOrderAt: times.length > 0 ? new Date(Math.min(...times)) : null,
    lastOrderAt: times.length > 0 ? new Date(Math.max(...times)) : null,
    tier,
    nextScoreAt: nextChange(inputs, result, shop, settings, now),
    writeHistory:
      (result.health !== null || result.csi !== null) && shouldWriteHistory(source.lastHistory, result),
  };
}

/**
 * When the daily pass has to look at this customer again: the next day while time is
 * changing the score, else the first day on which time alone could change it, the
 * 12-month revenue or the tier. Between the two a daily score would give the same row.
 */
function nextChange(
  inputs: ScoreInputs,
  result: CustomerScore,
  shop: ShopState,
  settings: ShopSettings,
  now: Date,
): Date | null {
  const windowEnds = inputs.orders
    .flatMap((order) => windowEndsOf(order.createdAt))
    .filter((end) => end > now.getTime());
  const staticUntil = shownScoreIsStaticUntil(inputs, now, result)?.getTime() ?? now.getTime();
  const next = Math.min(staticUntil, ...windowEnds);
  if (next >= STATIC_FOREVER.getTime()) return null;
  return nextLocalHour(new Date(Math.max(next, now.getTime() + 1)), shop.timeZone, settings.sendHour);
}

/** When an order leaves the last 365 days, and the last 12 months: a day later if it was placed on a leap day. */
function windowEndsOf(createdAt: Date): number[] {
  const anniversary = addMonths(createdAt, 12, 'UTC').getTime();
  return [createdAt.getTime() + 365 * DAY_MS, anniversary, anniversary + DAY_MS];
}

/** Every rating inside one answer; the first has the response's id, the others the question's behind it. */
function ratingsOf(source: ScoreSource['answers'][number]): AnswerInput[] {
  const { id, answers, answeredAt, orderId } = source;
  return ratingsIn(answers).map(({ questionId, lineId, metric, value }, index) => ({
    id: index === 0 ? id : [id, questionId, lineId].filter((part) => part !== null).join('/'),
    metric,
    rating: value,
    answeredAt,
    orderId,
    lineId,
  }));
}
