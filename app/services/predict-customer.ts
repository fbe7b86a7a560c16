import { DAY_MS, localDay } from '../domain/core/calendar.ts';
import type { ShopState } from '../domain/core/state.ts';
import { type CustomerValue, customerValue, VALUE_DAYS } from '../domain/prediction/customer-value.ts';
import { nextOrder, typicalGapOf } from '../domain/prediction/next-order.ts';
import { countsOf } from '../domain/prediction/purchase-features.ts';
import {
  expectedOrders,
  predictPurchases,
  purchaseModelSchema,
  type PurchaseModel,
} from '../domain/prediction/purchase-model.ts';
import { purchaseDaysOf, summarisePurchases } from '../domain/prediction/purchase-summary.ts';
import { isHighRisk } from '../domain/prediction/high-risk.ts';
import type { ScoreInputs } from '../domain/scoring/inputs.ts';
import type { ShopSettings } from '../domain/shop-settings/settings.ts';
import type { PredictionRow } from '../infra/db/score-rows.ts';
import type { Deps } from './deps.ts';
import { purchaseRecord } from './purchase-records.ts';
import type { DatedOrder } from './score-inputs.ts';

/** The shop's present model of purchases. */
export interface PresentModel {
  runId: string;
  model: PurchaseModel;
}

export interface CustomerForecast {
  row: PredictionRow;
  /** P(no order within the model's horizon). */
  probabilityOfNone: number;
  highRisk: boolean;
  /** Expected 12-month margin of who orders again at all; null where the shop knows no value, or it is not shown. */
  marginIfRetainedMinor: number | null;
  predictedClv: ScoreInputs['predictedClv'];
}

/** So far back lies the value that health compares the present one with. */
const BEFORE_DAYS = 90;

/**
 * What the shop's model says of one customer, as of the shop's present day; null for who never bought. The value of 90
 * days ago is what the same model says of the purchases that were known then: it moves with the customer and not with
 * the model, and does not depend on when anything was computed. A refund counts from the day it was made: it lowers the
 * present value and not that of the past. Neither is rounded, or a better order could lower health by a cent's rounding.
 */
export function predictCustomer(
  customerId: string,
  orders: readonly DatedOrder[],
  {
    shop,
    marginShare,
    present,
    now,
  }: { shop: ShopState; marginShare: number; present: PresentModel; now: Date },
): CustomerForecast | null {
  const { model, runId } = present;
  const today = localDay(now, shop.timeZone);
  const bought = orders.filter((order) => order.paid && !order.cancelled && order.createdAt <= now);
  const history = historyAt(customerId, bought, shop, now.getTime());
  const summary = summarisePurchases(history, today);
  if (!summary) return null;

  const purchases = predictPurchases(model, summary);
  const value = customerValue(model, summary, marginShare);
  const exactMinor = (one: CustomerValue) => marginShare * one.expectedPurchases * one.meanValueMinor;
  const { chance } = expectedOrders(model, countsOf(summary), VALUE_DAYS);
  const thenMs = now.getTime() - BEFORE_DAYS * DAY_MS;
  const refundedSince = bought.some(({ refundsNet }) => refundsNet.some(({ at }) => at.getTime() > thenMs));
  const then = refundedSince ? historyAt(customerId, bought, shop, thenMs) : history;
  const before = summarisePurchases(then, today - BEFORE_DAYS);
  const valueBefore = before && customerValue(model, before, marginShare);
  const days = purchaseDaysOf(customerId, history.orders, today);
  const gaps = days.slice(1).map(({ day }, index) => day - days[index]!.day);
  const typicalGapDays = typicalGapOf(gaps, shop.typicalGapDays);
  const next = nextOrder(summary, typicalGapDays, model);
  return {
    row: {
      modelRunId: runId,
      level: model.level,
      noneProbability: rounded(purchases.probabilityOfNone, 4),
      expectedPurchases: rounded(purchases.expectedPurchases, 3),
      purchasesLow: purchases.low,
      purchasesHigh: purchases.high,
      clvMinor: value?.expectedMinor ?? null,
      clvLowMinor: value?.lowMinor ?? null,
      clvHighMinor: value?.highMinor ?? null,
      nextOrderOn: next ? new Date(next.day * DAY_MS).toISOString().slice(0, 10) : null,
      typicalGapDays,
    },
    probabilityOfNone: purchases.probabilityOfNone,
    highRisk: isHighRisk({
      probabilityOfNone: purchases.probabilityOfNone,
      orders: bought.length,
      daysSinceLastOrder: today - summary.lastDay,
      typicalGapDays,
    }),
    marginIfRetainedMinor: value && value.expectedMinor / chance,
    predictedClv:
      value && valueBefore
        ? { nowMinor: exactMinor(value), before90DaysMinor: exactMinor(valueBefore) }
        : null,
  };
}

/** The orders as they were at a moment: what was given back later had not been. */
function historyAt(id: string, orders: readonly DatedOrder[], { timeZone }: ShopState, momentMs: number) {
  return {
    id,
    orders: orders.map((order) => {
      const refunds = order.refundsNet.filter(({ at }) => !(at.getTime() > momentMs));
      const refundedNetMinor = refunds.reduce((sum, { netMinor }) => sum + netMinor, 0);
      return purchaseRecord({ ...order, refundedNetMinor }, timeZone);
    }),
  };
}

/** The row of who is not predicted. */
export const UNPREDICTED: PredictionRow = {
  ...{ modelRunId: null, level: null, noneProbability: null, expectedPurchases: null, purchasesLow: null },
  ...{ purchasesHigh: null, clvMinor: null, clvLowMinor: null, clvHighMinor: null, nextOrderOn: null },
  typicalGapDays: null,
};

const rounded = (value: number, decimals: number) => Number(value.toFixed(decimals));

/** Checked once: what is stored of a run never changes. */
const checked = new WeakMap<object, PurchaseModel | null>();

/**
 * The model of the run by which the shop predicts; null without one, where staff chose not to see what it says, or with
 * one of a version that cannot be read any more. One of an older version that can goes on until the next fit.
 */
export async function readPresentModel(
  deps: Pick<Deps, 'modelRuns'>,
  {
    shop,
    settings,
    modelRunId: runId,
  }: { shop: ShopState; settings: ShopSettings; modelRunId: string | null },
): Promise<PresentModel | null> {
  if (!settings.predictions.purchases) return null;
  const parameters = runId && (await deps.modelRuns.parameters(shop.id, runId));
  if (!runId || !parameters) return null;
  let model = checked.get(parameters);
  if (model === undefined) {
    model = purchaseModelSchema.safeParse(parameters).data ?? null;
    checked.set(parameters, model);
  }
  return model && { runId, model };
}
