/**
 * Facts: what an outside source says about the shop's world, already translated
 * into the words of this domain. Shopify ids are decimal text, money is integer
 * minor units of the shop's currency, times are `Date` in UTC.
 * A fact is stored only if its `sourceUpdatedAt` is newer than what is stored.
 */

/** What a source tells about a person, null where it says nothing. */
export interface CustomerProfile {
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  locale: string | null;
  countryCode: string | null;
  /** IANA name when the source knows one; nothing in Shopify's payloads does today. */
  timeZone: string | null;
}

export interface CustomerFact extends CustomerProfile {
  shopifyId: string;
  /** null = the source says nothing about consent. */
  emailConsent: EmailConsent | null;
  sourceUpdatedAt: Date;
}

export interface EmailConsent {
  state: 'not_subscribed' | 'pending' | 'subscribed' | 'unsubscribed' | 'redacted' | 'invalid';
  updatedAt: Date | null;
}

export interface OrderFact {
  orderId: string;
  /** What staff and shoppers call it, e.g. "#1001". */
  name: string;
  customerId: string | null;
  email: string | null;
  locale: string | null;
  countryCode: string | null;
  currency: string;
  /** 'web' | 'pos' | 'subscription_contract' …, as the source says. */
  channel: string;
  createdAt: Date;
  cancelledAt: Date | null;
  financialStatus: string | null;
  /** Items net of discounts, without tax and shipping. */
  subtotalMinor: number;
  discountMinor: number;
  /** In capitals, sorted. */
  discountCodes: string[];
  taxMinor: number;
  shippingMinor: number;
  totalMinor: number;
  /** Shopify's test orders never count in scores, points or surveys. */
  test: boolean;
  lines: OrderLineFact[];
  sourceUpdatedAt: Date;
}

export interface OrderLineFact {
  lineId: string;
  productId: string | null;
  variantId: string | null;
  sku: string | null;
  title: string;
  quantity: number;
  /** Price of all units net of every discount, without tax, in minor units. */
  netMinor: number;
  requiresShipping: boolean;
}

export interface FulfillmentFact {
  fulfillmentId: string;
  orderId: string;
  status: string | null;
  /** Fulfillment's shipment_status when given (fulfillments/update). */
  shipmentStatus: string | null;
  createdAt: Date;
  lineIds: string[];
  trackingCompany: string | null;
  sourceUpdatedAt: Date;
}

export interface FulfillmentEventFact {
  eventId: string;
  fulfillmentId: string;
  orderId: string;
  /** Lower case, e.g. 'in_transit', 'out_for_delivery', 'delivered'. */
  status: string;
  happenedAt: Date;
  estimatedDeliveryAt: Date | null;
}

export interface RefundFact {
  refundId: string;
  orderId: string;
  createdAt: Date;
  /** Refunded to the shopper in all (lines, shipping, goodwill), minor units. */
  amountMinor: number;
  lines: RefundLineFact[];
}

export interface RefundLineFact {
  refundLineId: string;
  lineId: string;
  quantity: number;
  /** Net of discounts, without tax. */
  netMinor: number;
  /** The goods came back; not so where they were never sent, or may be kept. */
  returned?: true;
}

export interface DisputeFact {
  disputeId: string;
  orderId: string;
  /** 'chargeback', or 'inquiry': a question of the bank that may become one. */
  type: string;
  /** 'needs_response' | 'under_review' | 'accepted' | 'lost' | 'won' | 'prevented' …, as the source says. */
  status: string;
  initiatedAt: Date;
  sourceUpdatedAt: Date;
}

export interface ReturnFact {
  returnId: string;
  /** null: the payload names only the return (returns/close). */
  orderId: string | null;
  status: 'requested' | 'approved' | 'processed' | 'closed' | 'declined' | 'cancelled';
  lines: { lineId: string; quantity: number; reason: string | null }[];
  sourceUpdatedAt: Date;
}

/** What a webhook was mapped to. One webhook yields one of these. */
export type Fact =
  | {
      kind: 'order';
      change: 'created' | 'paid' | 'updated' | 'edited' | 'cancelled';
      order: OrderFact;
      customer: CustomerFact | null;
      fulfillments: FulfillmentFact[];
      refunds: RefundFact[];
    }
  | {
      kind: 'order_edited';
      orderId: string;
      addedQuantity: number;
      removedQuantity: number;
      occurredAt: Date;
    }
  | { kind: 'fulfillment'; fulfillment: FulfillmentFact }
  | { kind: 'fulfillment_event'; event: FulfillmentEventFact }
  | { kind: 'refund'; refund: RefundFact }
  | { kind: 'return'; return: ReturnFact }
  | { kind: 'dispute'; dispute: DisputeFact }
  | { kind: 'customer'; customer: CustomerFact; createdAt: Date | null }
  | { kind: 'consent'; customerId: string; consent: EmailConsent; occurredAt: Date }
  | { kind: 'customer_merged'; keptId: string; deletedId: string; status: string }
  | { kind: 'app_uninstalled'; occurredAt: Date | null }
  | { kind: 'scopes_updated'; scopes: string[] }
  | {
      kind: 'data_request';
      customerId: string | null;
      email: string | null;
      orderIds: string[];
      requestId: string | null;
    }
  | { kind: 'customer_redact'; customerId: string | null; email: string | null; orderIds: string[] }
  | { kind: 'shop_redact' };

/** The mapper's outcome: closed, so that nothing is dropped in silence. */
export type MappedWebhook =
  | { outcome: 'mapped'; fact: Fact }
  | { outcome: 'ignored'; reason: string }
  | { outcome: 'unreadable'; reason: string };
