import type {
  CustomerProfile,
  DisputeFact,
  EmailConsent,
  FulfillmentEventFact,
  FulfillmentFact,
  OrderLineFact,
  RefundFact,
  ReturnFact,
} from './facts.ts';

/**
 * What is stored about one customer and one order when an event is decided: the
 * snapshot that decide() reads, and the changes it answers with. All money is integer
 * minor units of the shop's currency, all times are `Date` in UTC.
 */

/** A published survey of the shop's own. */
export interface LiveSurvey {
  id: string;
  kind: SurveyKind;
  version: number;
  /** Of several of a kind the first that fits the order is asked. */
  position: number;
  /** Paused: its kind is the shop's own all the same, so that the preset is not asked instead. */
  paused?: true;
  /** Asked from then, and until then, only; ISO text in UTC. */
  from?: string;
  until?: string;
  /** The budget of its incentive is used up: nothing is promised any more. */
  rewardsGone?: true;
}

/** What the customers of an arm are treated to; what is absent is as for everybody. */
export interface LiveArm {
  id: string;
  /** How many fall to it, relative to the other arms. */
  weight: number;
  /** Days after what the survey waits for. */
  delayDays?: number;
  /** Local hour of the recipient. */
  sendHour?: number;
  /** Not mailed: offered on pages only. */
  channel?: 'on_site';
  /** The survey that is asked; without an id the preset. */
  edition?: { surveyId: string | null; version: number };
}

/** An experiment on the surveys of a kind. */
export interface LiveExperiment {
  id: string;
  kind: SurveyKind;
  arms: readonly LiveArm[];
  /** Nobody new takes part; whose survey is planned already is treated to the end. */
  ended?: true;
}

export interface ShopState {
  id: string;
  domain: string;
  status: 'unknown' | 'installed' | 'uninstalled' | 'redacted';
  name: string;
  currency: string;
  timeZone: string;
  /** As stored; parse with shop-settings. */
  settings: unknown;
  /** Last token exchange: proof that the app was installed then. */
  exchangedAt: Date | null;
  /** Median days from shipment to delivery, null until enough deliveries are known. */
  medianTransitDays: number | null;
  typicalGapDays: number | null;
  /** Business time since which the web pixel runs without a break; null while it is off. */
  pixelOnSince: Date | null;
  /** The shop's own surveys; where a kind has none its preset is asked. */
  liveSurveys: readonly LiveSurvey[];
  /** Of each kind at most one that has not ended. */
  liveExperiments: readonly LiveExperiment[];
}

export interface CustomerState extends CustomerProfile {
  id: string;
  key: string;
  shopifyId: string | null;
  /** When the source that told a field was written, for the fields that are told. */
  profileToldAt: Partial<Record<keyof CustomerProfile, Date>>;
  consent: EmailConsent | null;
  /** By the link in our mails: from everything, and from surveys alone. */
  unsubscribedAt: Date | null;
  surveysOffAt: Date | null;
  redactedAt: Date | null;
  tier: 'starter' | 'regular' | 'vip';
  /** As last scored; null = not enough data. */
  health: number | null;
  createdAt: Date;
}

export interface ShipmentState extends FulfillmentFact {
  /** Earliest source time at which the shipment was marked as delivered, null if never. */
  markedDeliveredAt: Date | null;
}

export interface OrderState {
  orderId: string;
  /** False while only fulfilments or refunds of it have been heard of. */
  known: boolean;
  name: string;
  currency: string;
  channel: string;
  countryCode: string | null;
  locale: string | null;
  placedAt: Date | null;
  paidAt: Date | null;
  cancelledAt: Date | null;
  financialStatus: string | null;
  subtotalMinor: number;
  discountMinor: number;
  /** In capitals, sorted. */
  discountCodes: string[];
  taxMinor: number;
  shippingMinor: number;
  totalMinor: number;
  test: boolean;
  lines: OrderLineFact[];
  fulfillments: ShipmentState[];
  shipmentEvents: FulfillmentEventFact[];
  refunds: RefundFact[];
  /** Of its payments, with the shopper's bank. */
  disputes: DisputeFact[];
  deliveredAt: Date | null;
  deliveredAssumed: boolean;
  approvedAt: Date | null;
  sourceUpdatedAt: Date | null;
}

/** What a rating measures (domain.md section 3). */
export type Metric =
  | 'nps'
  | 'csat_product'
  | 'csat_delivery'
  | 'csat_purchase'
  | 'csat_support'
  | 'confidence_purchase'
  | 'ces_support'
  | 'ces_return'
  | 'csat_website'
  | 'csat_store';

/** Each order of the customer as far as the contact rules ask: does it still count, what of it was kept. */
export type OrderSummary = Pick<
  OrderState,
  'orderId' | 'placedAt' | 'cancelledAt' | 'test' | 'financialStatus' | 'lines' | 'refunds' | 'totalMinor'
>;

export type SurveyKind =
  | 'post_purchase'
  | 'delivery'
  | 'usage'
  | 'relationship'
  | 'support'
  | 'return'
  | 'milestone'
  | 'website'
  | 'storefront';

export interface InvitationState {
  id: string;
  kind: SurveyKind;
  customerId: string;
  orderId: string;
  /** 0, or which repeat of its kind for the order it is. */
  sequence: number;
  /** The case, the return or the milestone that it asks about; null: its order, or the shop as a whole. */
  subjectId: string | null;
  /** The experiment that it takes part in, and as what; both null: none. */
  experimentId: string | null;
  arm: string | null;
  status: 'scheduled' | 'deferred' | 'sending' | 'sent' | 'suppressed';
  reason: string | null;
  channel: 'email' | 'page';
  firstDueAt: Date;
  dueAt: Date;
  assumed: boolean;
  decidedAt: Date | null;
  sentAt: Date | null;
  answeredAt: Date | null;
}

export interface ResponseState {
  id: string;
  kind: SurveyKind;
  customerId: string | null;
  /** Empty: about no order, or one that may not be known. */
  orderId: string;
  invitationId: string | null;
  status: 'verified' | 'unverified' | 'unsolicited' | 'quarantined';
  claimedBy: string | null;
  answerKey: string;
  /** null: no rating with a metric was given; the route is middle then. */
  metric: Metric | null;
  rating: number | null;
  route: 'low' | 'middle' | 'high';
  answeredAt: Date;
  revision: number;
  /** More steps may come: nothing follows from it yet. Known in a snapshot only. */
  awaitsSteps?: boolean;
  /** Some steps of it only, by somebody who never came to the last one. */
  unfinished?: boolean;
  /** Where it was given; known in rows only. */
  surface?: string;
  /** A reward was promised where it was given. */
  incentive?: boolean;
  /** The version of the shop's own survey that it answers; null or absent: the preset. */
  edition?: { surveyId: string; version: number } | null;
}

export interface ContactState {
  actionId: string;
  topic: string;
  marketing: boolean;
  surveyKind: SurveyKind | null;
  metric: Metric | null;
  at: Date;
  /** It was decided on and not sent yet: it may still come to nothing. Known in a snapshot only. */
  pending?: true;
}

export interface Snapshot {
  now: Date;
  shop: ShopState;
  customer: CustomerState | null;
  /** Whom the event names, when that is not `customer`: as they are called today if they were merged. */
  named: CustomerState | null;
  order: OrderState | null;
  orders: OrderSummary[];
  invitations: InvitationState[];
  responses: ResponseState[];
  contacts: ContactState[];
  openCases: { id: string; orderId: string | null; responseId: string | null }[];
  /** An open or acknowledged case of the order that was opened for a prediction and that no low answer has made its own. */
  foreseenCase: { orderId: string } | null;
  /** What is known of the returns of the order. */
  returns: ReturnState[];
  /** The case that the event is about. */
  case: CaseSummary | null;
  /** Read for a prediction only; null: it is none, or its order is not stored. */
  care: CareFacts | null;
}

/** What the rule of proactive care asks about an order. */
export interface CareFacts {
  prediction: {
    /** Chance of a low rating, 0-1. */
    lowProbability: number;
    /** Where the order stood when it was predicted; null: not kept. */
    stage: 'on_its_way' | 'delivered' | null;
    /** Share of low ratings among the orders on which the model was tested. */
    usualShare: number | null;
    /** As stored: what raises the chance, strongest first. */
    reasons: unknown;
    /** By the model that counts now, which passed its back-test for orders at this stage. */
    shown: boolean;
  } | null;
  /** It was bought for real, and not cancelled. */
  orderCounts: boolean;
  /** Whose it is, is known and not erased. */
  customerKnown: boolean;
  /** Somebody answered about it, whatever became of the answer. */
  answered: boolean;
  /** Of the customer, whatever it is about. */
  hasOpenCase: boolean;
  /** A case was opened because of what was predicted: of this order; of the customer's, the last one; of the shop's, today. */
  caredForOrder: boolean;
  lastCaredAt: Date | null;
  caredToday: number;
}

export interface ReturnState extends ReturnFact {
  /** When it was processed or closed first; null: it has not been yet. */
  shownAt: Date | null;
}

export interface CaseSummary {
  id: string;
  /** Unique in the shop. */
  number: number;
  /** What it was opened for; `prediction`: the customer has said nothing yet. */
  sourceKind: 'response' | 'prediction';
  orderId: string | null;
  responseId: string | null;
  status: 'open' | 'acknowledged' | 'resolved' | 'closed';
  resolvedAt: Date | null;
}
