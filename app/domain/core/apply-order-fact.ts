import type {
  DisputeFact,
  Fact,
  FulfillmentEventFact,
  FulfillmentFact,
  OrderFact,
  OrderLineFact,
  RefundFact,
} from './facts.ts';
import type { OrderState, ShipmentState } from './state.ts';

/**
 * Facts into the state of an order, so that the result does not depend on the order of arrival: a fact
 * counts only where its source's time is newer than what is stored, and what has no
 * order of its own (a refund, a shipment scan) is kept under its id.
 */

const PAID = new Set(['paid', 'partially_refunded', 'refunded']);

/** Later stages of a payment win between two versions with the same source time. */
const PAYMENT_STAGE = [
  'pending',
  'authorized',
  'partially_paid',
  'paid',
  'partially_refunded',
  'refunded',
  'voided',
];

/** Later stages of a dispute win between two versions with the same source time. */
const DISPUTE_STAGE = [
  'needs_response',
  'under_review',
  'charge_refunded',
  'accepted',
  'lost',
  'prevented',
  'won',
];

/** How a chargeback ends that leaves the money with the shop. */
const SETTLED_FOR_THE_SHOP = new Set(['won', 'prevented']);

export function emptyOrder(orderId: string): OrderState {
  return {
    orderId,
    known: false,
    name: '',
    currency: '',
    channel: '',
    countryCode: null,
    locale: null,
    placedAt: null,
    paidAt: null,
    cancelledAt: null,
    financialStatus: null,
    subtotalMinor: 0,
    discountMinor: 0,
    discountCodes: [],
    taxMinor: 0,
    shippingMinor: 0,
    totalMinor: 0,
    test: false,
    lines: [],
    fulfillments: [],
    shipmentEvents: [],
    refunds: [],
    disputes: [],
    deliveredAt: null,
    deliveredAssumed: false,
    approvedAt: null,
    sourceUpdatedAt: null,
  };
}

/** The order a fact is about, or null. */
export function orderIdOf(fact: Fact): string | null {
  switch (fact.kind) {
    case 'order':
      return fact.order.orderId;
    case 'order_edited':
      return fact.orderId;
    case 'fulfillment':
      return fact.fulfillment.orderId;
    case 'fulfillment_event':
      return fact.event.orderId;
    case 'refund':
      return fact.refund.orderId;
    case 'return':
      return fact.return.orderId;
    case 'dispute':
      return fact.dispute.orderId;
    default:
      return null;
  }
}

/** The order's state once `fact` is known too; null when the fact is about no order. */
export function applyToOrder(stored: OrderState | null, fact: Fact): OrderState | null {
  const orderId = orderIdOf(fact);
  if (orderId === null) return stored;
  const order = stored ?? emptyOrder(orderId);
  switch (fact.kind) {
    case 'order': {
      const base = mergeOrder(order, fact.order);
      const shipped = fact.fulfillments.reduce(mergeFulfillment, base);
      return fact.refunds.reduce(mergeRefund, shipped);
    }
    case 'fulfillment':
      return mergeFulfillment(order, fact.fulfillment);
    case 'fulfillment_event':
      return mergeShipmentEvent(order, fact.event);
    case 'refund':
      return mergeRefund(order, fact.refund);
    case 'dispute':
      return mergeDispute(order, fact.dispute);
    default:
      return order;
  }
}

/** What an erased person's order keeps: numbers and times, and nothing that says who or where they are. */
export function withoutPerson(order: OrderState): OrderState {
  return { ...order, countryCode: null, locale: null, discountCodes: [] };
}

function mergeOrder(stored: OrderState, told: OrderFact): OrderState {
  // Both, so that it does not matter which came first.
  const order = { ...stored, lines: withProducts(stored.lines, told.lines) };
  const fact = { ...told, lines: withProducts(told.lines, stored.lines) };
  const paidAt = PAID.has(fact.financialStatus ?? '')
    ? earliest(order.paidAt, fact.sourceUpdatedAt)
    : order.paidAt;
  if (!isNewer(order, fact)) return { ...order, paidAt };
  const { customerId: _customer, email: _email, createdAt, ...facts } = fact;
  return { ...order, ...facts, known: true, placedAt: createdAt, paidAt };
}

/** A source that does not say of which product a line is takes nothing back that another has said. */
function withProducts(lines: OrderLineFact[], others: readonly OrderLineFact[]): OrderLineFact[] {
  return lines.map((line) => {
    const other = others.find(({ lineId }) => lineId === line.lineId);
    if (!other) return line;
    const { productId, variantId } = line;
    return { ...line, productId: productId ?? other.productId, variantId: variantId ?? other.variantId };
  });
}

function isNewer(order: OrderState, fact: OrderFact): boolean {
  if (order.sourceUpdatedAt === null) return true;
  const difference = fact.sourceUpdatedAt.getTime() - order.sourceUpdatedAt.getTime();
  if (difference !== 0) return difference > 0;
  if (fact.cancelledAt && !order.cancelledAt) return true;
  if (order.cancelledAt && !fact.cancelledAt) return false;
  const further = stage(fact.financialStatus) - stage(order.financialStatus);
  if (further !== 0) return further > 0;
  const { customerId: _customer, email: _email, createdAt: _created, ...facts } = fact;
  return sortsLast(facts, order);
}

/**
 * Sources date their versions by the second, so two may carry the same time: then any
 * rule will do, as long as it does not ask which came first.
 * @param next decides which fields are compared
 */
function sortsLast(next: object, stored: object): boolean {
  const keys = Object.keys(next).sort();
  const text = (value: object) =>
    JSON.stringify(keys.map((key) => canonical((value as Record<string, unknown>)[key])));
  return text(next) >= text(stored);
}

/** The value with the keys of every object in it sorted. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, canonical(entry)]),
  );
}

const stage = (status: string | null): number => PAYMENT_STAGE.indexOf(status ?? '');

function mergeFulfillment(order: OrderState, fact: FulfillmentFact): OrderState {
  const stored = order.fulfillments.find((entry) => entry.fulfillmentId === fact.fulfillmentId);
  const before = stored?.markedDeliveredAt ?? null;
  const markedDeliveredAt =
    fact.shipmentStatus === 'delivered' ? earliest(before, fact.sourceUpdatedAt) : before;
  const newest = stored && !isNewerShipment(stored, fact) ? stored : fact;
  const shipment: ShipmentState = { ...newest, markedDeliveredAt };
  return { ...order, fulfillments: keyed(order.fulfillments, shipment, (entry) => entry.fulfillmentId) };
}

function isNewerShipment(stored: ShipmentState, fact: FulfillmentFact): boolean {
  const difference = fact.sourceUpdatedAt.getTime() - stored.sourceUpdatedAt.getTime();
  if (difference !== 0) return difference > 0;
  if ((fact.shipmentStatus === null) !== (stored.shipmentStatus === null))
    return fact.shipmentStatus !== null;
  return sortsLast(fact, stored);
}

function mergeShipmentEvent(order: OrderState, fact: FulfillmentEventFact): OrderState {
  const stored = order.shipmentEvents.find((entry) => entry.eventId === fact.eventId);
  if (stored && !sortsLast(fact, stored)) return order;
  return { ...order, shipmentEvents: keyed(order.shipmentEvents, fact, (entry) => entry.eventId) };
}

/** A refund has no version: of two tellings the one that gave back more stands (its payments were pending before). */
function mergeRefund(order: OrderState, fact: RefundFact): OrderState {
  const stored = order.refunds.find((entry) => entry.refundId === fact.refundId);
  const more = stored ? fact.amountMinor - stored.amountMinor : 0;
  if (stored && (more < 0 || (more === 0 && !sortsLast(fact, stored)))) return order;
  return { ...order, refunds: keyed(order.refunds, fact, (entry) => entry.refundId) };
}

function mergeDispute(order: OrderState, fact: DisputeFact): OrderState {
  const stored = order.disputes.find((entry) => entry.disputeId === fact.disputeId);
  if (stored && !isNewerDispute(stored, fact)) return order;
  return { ...order, disputes: keyed(order.disputes, fact, (entry) => entry.disputeId) };
}

/** Within one second an inquiry has become a chargeback, and not the other way round. */
function isNewerDispute(stored: DisputeFact, fact: DisputeFact): boolean {
  const difference = fact.sourceUpdatedAt.getTime() - stored.sourceUpdatedAt.getTime();
  if (difference !== 0) return difference > 0;
  if (isChargeback(fact) !== isChargeback(stored)) return isChargeback(fact);
  const further = DISPUTE_STAGE.indexOf(fact.status) - DISPUTE_STAGE.indexOf(stored.status);
  if (further !== 0) return further > 0;
  return sortsLast(fact, stored);
}

const isChargeback = ({ type }: DisputeFact): boolean => type === 'chargeback';

/**
 * When the first chargeback on the order was begun that is open or lost; null: there is none. An inquiry takes no money
 * back, and a chargeback that the shop won gives it back.
 */
export function chargebackAt({ disputes }: Pick<OrderState, 'disputes'>): Date | null {
  return disputes
    .filter((dispute) => isChargeback(dispute) && !SETTLED_FOR_THE_SHOP.has(dispute.status))
    .reduce<Date | null>((first, { initiatedAt }) => earliest(first, initiatedAt), null);
}

/** Replaces or adds by key, sorted by key, so that arrival order leaves no trace. */
function keyed<Entry>(entries: Entry[], entry: Entry, key: (entry: Entry) => string): Entry[] {
  return [...entries.filter((other) => key(other) !== key(entry)), entry].sort((a, b) =>
    key(a) < key(b) ? -1 : 1,
  );
}

function earliest(a: Date | null, b: Date): Date {
  return a && a < b ? a : b;
}
