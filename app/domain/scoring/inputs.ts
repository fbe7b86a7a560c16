/**
 * Everything needed to score one customer. The caller loads it; scoring only reads it.
 * The lists may come in any order: scoring sorts them by (time, id) itself.
 */

/** What an answer's rating measures. CES is 1-7 with 1 = very easy, NPS 0-10, the rest 1-5. */
export type ScoreMetric =
  | 'nps'
  | 'csat_product'
  | 'csat_delivery'
  | 'csat_purchase'
  | 'confidence_purchase'
  | 'csat_support'
  | 'ces_support'
  | 'ces_return'
  | 'csat_website'
  | 'csat_store';

/** A verified, non-anonymous answer to a survey; unsolicited and quarantined ones are never handed in. */
export interface AnswerInput {
  /** The response's id, and for its later ratings the question's behind a slash. */
  id: string;
  metric: ScoreMetric;
  /** Raw, on the metric's own scale. */
  rating: number;
  answeredAt: Date;
  orderId: string | null;
  /** Set for a product rating of one line of the order. */
  lineId: string | null;
}

/** One order; money in integer minor units of the shop's currency. */
export interface OrderInput {
  orderId: string;
  createdAt: Date;
  /** Was paid at some time; stays true after a refund. Unpaid orders don't count. */
  paid: boolean;
  /** Cancelled orders don't count, but for a chargeback on one. */
  cancelled: boolean;
  /** Items net of discounts, without tax and shipping. */
  netMinor: number;
  discountMinor: number;
  /** What the customer paid in all. */
  paidMinor: number;
  /** Given back in all: items, tax, shipping, goodwill. */
  refundedMinor: number;
  /** What of it was taken from the items, net like `netMinor`. */
  refundedNetMinor: number;
  /** A chargeback is open or lost. */
  chargeback: boolean;
}

/** The app's own mails to the customer. */
export interface EmailEngagementInput {
  /** That went out to be answered by name, whatever they were about otherwise; more than 4 need not be counted. */
  sentTotal: number;
  /**
   * Those whose click would be known: surveys that are answered by name, with the moment at which a person came to the
   * page; null: nobody has. Older ones than 60 days may be left out.
   */
  surveys: readonly { sentAt: Date; clickedAt: Date | null }[];
}

/** A rating of 1-5 with its time: a public review, or the CSAT of a resolved case. */
export interface RatingInput {
  rating: number;
  at: Date;
}

export interface ScoreInputs {
  answers: readonly AnswerInput[];
  orders: readonly OrderInput[];
  /** null = no mail channel is known. */
  emailEngagement: EmailEngagementInput | null;
  /** Last visit seen by the pixel; null = unknown (no consent, no identity). */
  lastSeenAt: Date | null;
  /** Since when the shop's pixel runs without a break; null = it does not, and nothing is known of visits. */
  pixelOnSince: Date | null;
  reviews: readonly RatingInput[];
  /** Support CSAT of resolved cases. The same ratings are among `answers`, where they count in the trend and in no index. */
  resolutions: readonly RatingInput[];
  /** Median gap between two orders of one customer in this shop; null until known. */
  shopTypicalGapDays: number | null;
  /** Predicted 12-month CLV now and 90 days ago, minor units, not rounded to whole ones; null until predictions exist. */
  predictedClv: { nowMinor: number; before90DaysMinor: number } | null;
}
