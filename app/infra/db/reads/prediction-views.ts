import type { CaseCourse } from '../../../domain/cases/escalated.ts';
import type { RedeemedOrder } from '../../../domain/referral/brought-friends.ts';
import type { ModelKind } from '../../../domain/core/model-kinds.ts';

/** One fit of a model as the page of predictions lists it; times are ISO text in UTC. */
export interface RunView {
  id: string;
  kind: ModelKind;
  version: string;
  seed: number;
  /** Days ahead that a fit of orders predicts; null: of another kind. */
  horizonDays: number | null;
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

/** What the value at risk of a shop's customers rests on. */
export interface ValueBasis {
  /**
   * Days ahead of the chance behind it; null: it is not predicted, as orders are not, or values did not pass their own
   * back-test.
   */
  horizonDays: number | null;
  /** false: some customers' value is still by what counted before. */
  settled: boolean;
}

/** What is predicted of one customer, as stored; days are YYYY-MM-DD. */
export interface StoredPrediction {
  runId: string;
  /** Days ahead that the model behind it predicts, which may be one of before the merchant chose others. */
  horizonDays: number | null;
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
  } | null;
  /** null: nothing is predicted of this customer. */
  prediction: StoredPrediction | null;
  /** The back-test of the model behind the prediction, and that of its values, as stored. */
  proof: { verdict: unknown; value: unknown };
  casesLast30Days: number;
  /** Of the cases that were opened in the last 90 days and of whose opening all is known. */
  coursesLast90Days: CaseCourse[];
  /** Whether they have a code to hand on, and what others ordered by it. */
  referral: { invited: boolean; redeemed: RedeemedOrder[] };
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

/** Cases of the last 30 days that were opened for a prediction. */
export interface CareOutcome {
  opened: number;
  /** Of their orders, those that were rated since, and rated low. */
  answered: number;
  low: number;
}
