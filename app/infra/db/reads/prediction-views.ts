import type { ModelKind } from '../../../domain/core/model-kinds.ts';

/** One fit of a model as the page of predictions lists it; times are ISO text in UTC. */
export interface RunView {
  id: string;
  kind: ModelKind;
  version: string;
  seed: number;
  status: 'running' | 'kept' | 'hidden' | 'failed';
  /** Running, and no worker is at it yet. */
  waits: boolean;
  /** Business time up to which data was used. */
  asOf: string;
  startedAt: string;
  finishedAt: string | null;
  /** What it was fitted on, as the fit has it: counts and days. */
  data: Record<string, unknown>;
  /** Why it is hidden or failed, as a sentence. */
  reason: string | null;
}

/** The fits of one kind. */
export interface KindRuns {
  /** Newest first. */
  runs: RunView[];
  /** The newest one that was fitted, with its back-test as stored; null: none was. */
  fitted: { run: RunView; report: unknown } | null;
}

/** What is predicted of one customer, as stored; days are YYYY-MM-DD. */
export interface StoredPrediction {
  runId: string;
  asOf: string;
  level: string;
  noneProbability: number;
  expectedPurchases: number;
  purchasesLow: number;
  purchasesHigh: number;
  clvMinor: number | null;
  clvLowMinor: number | null;
  clvHighMinor: number | null;
  nextOrderOn: string | null;
  typicalGapDays: number | null;
  /** Customers whose value is predicted, and those of them who are worth as much or more, this one among them. */
  customersWithValue: number;
  worthAtLeastAsMuch: number;
}

export interface ForecastData {
  /** The newest fit of orders that came to an end. */
  model: {
    id: string;
    status: 'kept' | 'hidden';
    reason: string | null;
    /** As the back-test has it. */
    verdict: unknown;
    /** The back-test of values. */
    value: unknown;
    horizonDays: number | null;
  } | null;
  /** null: nothing is predicted of this customer. */
  prediction: StoredPrediction | null;
  casesLast30Days: number;
  oldestOpenCaseAt: string | null;
  /** null: no visit is known. */
  helpPagesRead: number | null;
  /** Delivery of the first paid order. */
  firstDeliveredAt: string | null;
}

/** What is predicted of one order, before anybody has rated it. */
export interface StoredOrderPrediction {
  orderId: string;
  orderName: string;
  lowProbability: number;
  /** Share of low ratings among the orders on which the model was tested. */
  usualShare: number | null;
  /** As the prediction has them. */
  reasons: unknown;
}
