/** When an order reached the shopper: known, assumed, or not yet (domain.md section 2). */
import { DAY_MS } from '../core/calendar.ts';
import { keptQuantity } from '../core/kept.ts';

/** Transit taken until the shop's own median is known (domain.md section 2). */
export const DEFAULT_TRANSIT_DAYS = 7;
/** Days after a carrier's estimate at which delivery is assumed. */
export const ESTIMATE_SLACK_DAYS = 2;
/** Fewer deliveries than this say nothing about a shop (the n below which no figure is shown). */
export const MIN_TRANSIT_SAMPLES = 5;
/** Carriers and seasons change: deliveries of so many days back tell how long it takes today. */
export const TRANSIT_WINDOW_DAYS = 90;

export interface DeliveryLine {
  lineId: string;
  quantity: number;
  requiresShipping: boolean;
}

export interface Shipment {
  fulfillmentId: string;
  /** Shopify's fulfillment status: 'success', 'cancelled', 'error', 'failure' … */
  status: string | null;
  /** When it was fulfilled. */
  createdAt: Date;
  lineIds: string[];
  /**
   * The merchant's mark: when the source first said shipment_status 'delivered', else null. Keep the
   * earliest: the source's updated_at moves with every later change.
   */
  markedDeliveredAt: Date | null;
  events: { status: string; happenedAt: Date; estimatedDeliveryAt: Date | null }[];
}

export interface DeliveryInput {
  createdAt: Date;
  /** 'pos' is handed over in the store. */
  channel: string;
  lines: DeliveryLine[];
  /** Units refunded or removed; what nobody waits for any more need not be shipped. */
  refundedLines: { lineId: string; quantity: number }[];
  shipments: Shipment[];
  /** The shop's median transit in days, null until known. */
  medianTransitDays: number | null;
}

export type DeliverySource = 'event' | 'mark' | 'estimate' | 'transit';

export type Delivery =
  /** Digital and POS orders: in the shopper's hands from `at` on, nothing is delivered. */
  | { state: 'in_hand'; at: Date; reason: 'digital' | 'pos' }
  | { state: 'waiting'; reason: 'unfulfilled' | 'partially_fulfilled' | 'delivery_failed' }
  /** `at` = the last shipment; `assumed` when any shipment's instant is a guess. May lie in the future. */
  | { state: 'delivered'; at: Date; assumed: boolean; source: DeliverySource };

const VOID_STATUSES = new Set(['cancelled', 'error', 'failure']);

/**
 * The delivered instant of an order's present state. Per shipment: delivery event, else the merchant's mark,
 * else the latest estimate + 2 days, else fulfilled + median transit; the last two are assumed. A reported
 * failure is never overruled by a guess. Shopify's webhooks tell which lines are in a fulfillment, not how many
 * units of each, so a line counts as shipped with its first fulfillment and the instant moves when another follows.
 */
export function deliveryOf(input: DeliveryInput): Delivery {
  if (input.channel === 'pos') return { state: 'in_hand', at: input.createdAt, reason: 'pos' };
  const shippable = input.lines.filter((line) => line.requiresShipping);
  if (shippable.length === 0) return { state: 'in_hand', at: input.createdAt, reason: 'digital' };

  const shipments = input.shipments.filter((shipment) => !VOID_STATUSES.has(shipment.status ?? ''));
  const shipped = new Set(shipments.flatMap((shipment) => shipment.lineIds));
  const awaited = shippable.filter((line) => keptQuantity(line, input.refundedLines) > 0);
  const carrying = shipments.filter((shipment) =>
    shippable.some((line) => shipment.lineIds.includes(line.lineId)),
  );
  if (carrying.length === 0) return { state: 'waiting', reason: 'unfulfilled' };
  if (awaited.some((line) => !shipped.has(line.lineId)))
    return { state: 'waiting', reason: 'partially_fulfilled' };

  const arrivals = carrying.map((shipment) => arrivalOf(shipment, input.medianTransitDays));
  let last: Arrival | null = null;
  for (const arrival of arrivals) {
    if (!arrival) return { state: 'waiting', reason: 'delivery_failed' };
    if (!last || arrival.at > last.at) last = arrival;
  }
  if (!last) return { state: 'waiting', reason: 'unfulfilled' };
  const assumed = arrivals.some((arrival) => arrival?.assumed);
  return { state: 'delivered', at: last.at, assumed, source: last.source };
}

/** One shipment's way, from fulfilled to delivered. */
export interface TransitSample {
  fulfilledAt: Date;
  deliveredAt: Date;
}

/**
 * The shipments of an order whose delivery a carrier's scan or the merchant's mark reported. What
 * was handed over in a store, needs no shipping or is only assumed to have arrived says nothing
 * about transit.
 */
export function knownTransits(
  order: Pick<DeliveryInput, 'channel' | 'lines' | 'shipments'>,
): TransitSample[] {
  if (order.channel === 'pos') return [];
  const shippable = order.lines.filter((line) => line.requiresShipping);
  return order.shipments.flatMap((shipment) => {
    const carries = shippable.some((line) => shipment.lineIds.includes(line.lineId));
    if (!carries || VOID_STATUSES.has(shipment.status ?? '')) return [];
    const arrival = reportedArrival(shipment);
    return arrival ? [{ fulfilledAt: shipment.createdAt, deliveredAt: arrival.at }] : [];
  });
}

/** Median transit in days from fulfilled to delivered (known deliveries only), null below 5 samples. */
export function medianTransitDays(samples: readonly TransitSample[]): number | null {
  const days = samples
    .map((sample) => (sample.deliveredAt.getTime() - sample.fulfilledAt.getTime()) / DAY_MS)
    .filter((value) => value >= 0)
    .sort((a, b) => a - b);
  if (days.length < MIN_TRANSIT_SAMPLES) return null;
  const middle = days.length >> 1;
  const upper = days[middle] ?? 0;
  return days.length % 2 === 1 ? upper : ((days[middle - 1] ?? upper) + upper) / 2;
}

interface Arrival {
  at: Date;
  assumed: boolean;
  source: DeliverySource;
}

/** What the carrier or the merchant said; null when neither did. */
function reportedArrival(shipment: Shipment): Arrival | null {
  // The first delivered scan counts: carriers repeat it, and a survey may already be on its way.
  const scans = shipment.events
    .filter((event) => event.status === 'delivered')
    .map((event) => event.happenedAt);
  const first = scans.reduce<Date | null>((min, at) => (!min || at < min ? at : min), null);
  if (first) return { at: first, assumed: false, source: 'event' };
  if (shipment.markedDeliveredAt) return { at: shipment.markedDeliveredAt, assumed: false, source: 'mark' };
  return null;
}

/** null: the carrier reported a failure and nothing better is known. */
function arrivalOf(shipment: Shipment, transitDays: number | null): Arrival | null {
  const reported = reportedArrival(shipment);
  if (reported) return reported;

  const newestFirst = [...shipment.events].sort((a, b) => b.happenedAt.getTime() - a.happenedAt.getTime());
  const newest = newestFirst[0]?.happenedAt.getTime();
  if (newestFirst.some((event) => event.happenedAt.getTime() === newest && event.status === 'failure'))
    return null;
  const estimate = latestEstimate(newestFirst);
  if (estimate) return { at: plusDays(estimate, ESTIMATE_SLACK_DAYS), assumed: true, source: 'estimate' };
  const transit = transitDays ?? DEFAULT_TRANSIT_DAYS;
  return { at: plusDays(shipment.createdAt, transit), assumed: true, source: 'transit' };
}

/** The estimate of the newest scan that has one; of scans at the same instant the later estimate, so that order of arrival doesn't matter. */
function latestEstimate(newestFirst: Shipment['events']): Date | null {
  let best: { scan: number; estimate: Date } | null = null;
  for (const { happenedAt, estimatedDeliveryAt } of newestFirst) {
    if (!estimatedDeliveryAt) continue;
    const scan = happenedAt.getTime();
    if (best && scan < best.scan) break;
    if (!best || estimatedDeliveryAt > best.estimate) best = { scan, estimate: estimatedDeliveryAt };
  }
  return best?.estimate ?? null;
}

function plusDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}
