import type {
  CustomerProfile,
  EmailConsent,
  FulfillmentEventFact,
  FulfillmentFact,
  OrderLineFact,
  RefundFact,
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
  /** The shop's own surveys; where a kind has none its preset is asked. */
  liveSurveys: readonly LiveSurvey[];
}

export interface CustomerState extends CustomerProfile {
  id: string;
  key: string;
  shopifyId: string | null;
  /** When the source that told a field was written, for the fields that are told. */
  profileToldAt: Partial<Record<keyof CustomerProfile, Date>>;
  consent: EmailConsent | null;
  unsubscribedAt: Date | null;
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
  taxMinor: number;
  shippingMinor: number;
  totalMinor: number;
  test: boolean;
  lines: OrderLineFact[];
  fulfillments: ShipmentState[];
  shipmentEvents: FulfillmentEventFact[];
  refunds: RefundFact[];
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
  | 'ces_return';

/** Each order of the customer as far as the contact rules ask: does it still count, what of it was kept. */
export type OrderSummary = Pick<
  OrderState,
  'orderId' | 'placedAt' | 'cancelledAt' | 'test' | 'financialStatus' | 'lines' | 'refunds' | 'totalMinor'
>;

export type SurveyKind = 'post_purchase' | 'delivery' | 'usage' | 'relationship';

export interface InvitationState {
  id: string;
  kind: SurveyKind;
  customerId: string;
  orderId: string;
  sequence: number;
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
}

export interface ContactState {
  actionId: string;
  topic: string;
  marketing: boolean;
  surveyKind: SurveyKind | null;
  metric: Metric | null;
  at: Date;
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
}
