import { backtestSatisfaction, type SatisfactionReport } from '../domain/prediction/satisfaction-backtest.ts';
import type { Stage } from '../domain/prediction/satisfaction-basis.ts';
import { deliveryHistory } from '../domain/prediction/satisfaction-history.ts';
import {
  fitSatisfactionModel,
  predictSatisfaction,
  type KeptSatisfactionModel,
  type SatisfactionModel,
  type SatisfactionStages,
} from '../domain/prediction/satisfaction-model.ts';
import type { Contribution } from '../domain/prediction/satisfaction-reasons.ts';
import type { SentOrder } from '../infra/db/sent-orders.repo.server.ts';
import { ratedDeliveries } from './delivery-records.ts';

/** Everything that a fit needs; plain data, so that it can be handed to a thread. */
export interface SatisfactionFitInput {
  /** In the order in which they were placed. */
  orders: SentOrder[];
  asOf: Date;
  seed: number;
  /** What other shops taught; null: the rules stand in. */
  prior: SatisfactionStages | null;
}

export interface SatisfactionFit {
  model: SatisfactionModel;
  report: SatisfactionReport;
}

/** Fits the model of dissatisfaction to everything that is known, and judges the same method on the newer orders. */
export function fitSatisfaction({ orders, asOf, seed, prior }: SatisfactionFitInput): SatisfactionFit {
  const deliveries = ratedDeliveries(orders);
  return {
    model: fitSatisfactionModel(deliveries, { asOf, seed, prior }),
    report: backtestSatisfaction(deliveries, { seed, prior }),
  };
}

export interface OrderForecast {
  orderId: string;
  stage: Stage;
  /** Of a low rating, 0-1. */
  probability: number;
  /** What raises it most, strongest first. */
  reasons: Contribution[];
}

/** Log-odds below which a reason is not worth telling. */
const LEAST_STEP = 0.01;
/** More reasons than anybody reads. */
const REASONS = 5;

/**
 * What the model says of some of the orders at a moment; the others are their past. Of an order at a stage whose
 * predictions are not shown it says nothing.
 * @param input.orders in the order in which they were placed
 */
export function predictDissatisfaction(input: {
  model: KeptSatisfactionModel;
  orders: SentOrder[];
  orderIds: string[];
  asOf: Date;
}): OrderForecast[] {
  const { model, asOf } = input;
  const deliveries = ratedDeliveries(input.orders);
  const wanted = new Set(input.orderIds);
  const history = deliveryHistory(deliveries, model.answerLagDays);
  return deliveries.flatMap(({ record }) => {
    if (!wanted.has(record.id)) return [];
    const { probability, contributions, stage } = predictSatisfaction(
      model,
      record,
      asOf,
      history.at(record, asOf),
    );
    if (!model.shownStages.includes(stage)) return [];
    const reasons = contributions.filter(([, step]) => step >= LEAST_STEP).slice(0, REASONS);
    return [{ orderId: record.id, stage, probability, reasons }];
  });
}
