import { createHash } from 'node:crypto';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import {
  fulfillmentEventPayload,
  fulfillmentPayload,
  orderPayload,
  type CustomerSpec,
  type OrderSpec,
} from '#tests/factories/shopify-payloads.ts';
import { countWebhooks, sortByTime, stableUuid, type Script, type ScriptEvent } from '../script.ts';
import { OLIST_TIME_ZONE, readOlist, type OlistOrder } from './rows.ts';

const SECOND = 1000;
/** Orders the shop could not or would not fulfil: both end as a cancellation. */
const CANCELLED = new Set(['canceled', 'unavailable']);

/**
 * Olist's orders as a play: each becomes orders/create, orders/paid, fulfillments/create and
 * a delivered fulfillment event at its real time, as far as the order came, or a
 * cancellation; each review answers the usage survey as that customer on the storefront.
 * Two things the data does not tell are assumed: a cancellation comes a day after the last
 * thing known of the order, and a review dated before its order follows the purchase at once.
 * @param limit only the first so many orders by purchase time
 */
export function olistScript(folder: string, limit: number = Infinity): Script {
  const { orders: all, categories } = readOlist(folder);
  const orders = all.sort((a, b) => a.purchasedAt - b.purchasedAt || (a.id < b.id ? -1 : 1)).slice(0, limit);
  const ids = createIds();
  const events = sortByTime(orders.flatMap((order, index) => orderEvents(order, index, ids, categories)));
  const first = events[0]?.at ?? Date.UTC(2016, 8, 1);
  return {
    key: `olist-${orders.length}`,
    title: `Olist's real history, ${orders.length} orders`,
    shop: {
      domain: 'olist-replay.myshopify.com',
      name: 'Olist replay',
      email: 'care@olist-replay.example',
      currency: 'BRL',
      timeZone: OLIST_TIME_ZONE,
    },
    startAt: new Date(first - 3_600 * SECOND),
    events,
    mailAnswers: new Map(),
    runOnDays: 14,
    staffed: false,
    products: [],
    counts: {
      orders: orders.length,
      customers: new Set(orders.map((order) => order.personId)).size,
      webhooks: countWebhooks(events),
    },
  };
}

type Ids = ReturnType<typeof createIds>;

/** Decimal ids from Olist's hex ids: the first 13 digits (52 bits), so that they stay exact; a clash is an error. */
function createIds() {
  const owners = new Map<string, string>();
  return (kind: string, hex: string): string => {
    const id = BigInt(`0x${hex.slice(0, 13)}`).toString();
    const key = `${kind} ${id}`;
    const owner = owners.get(key);
    if (owner !== undefined && owner !== hex)
      throw new Error(`The ${kind} ids ${owner} and ${hex} start alike.`);
    owners.set(key, hex);
    return id;
  };
}

const hashed = (...parts: string[]): string => createHash('sha256').update(parts.join(':')).digest('hex');

function orderEvents(
  order: OlistOrder,
  index: number,
  ids: Ids,
  categories: Map<string, string>,
): ScriptEvent[] {
  const id = ids('order', order.id);
  const customerId = ids('customer', order.personId);
  const fulfillmentId = ids('fulfillment', hashed('fulfillment', order.id));
  const lastKnown = Math.max(
    order.purchasedAt,
    order.paidAt ?? 0,
    order.shippedAt ?? 0,
    order.deliveredAt ?? 0,
  );
  const cancelledAt = CANCELLED.has(order.status) ? lastKnown + DAY_MS : null;
  const spec = orderSpec(order, index, id, customerId, ids, categories);
  const lineIds = spec.lines.map((line) => line.id);
  const body = (updatedAt: number, change: Partial<OrderSpec>) => () =>
    JSON.stringify(orderPayload({ ...spec, ...change, updatedAt: new Date(updatedAt) }));

  const events: ScriptEvent[] = [];
  const hook = (topic: string, at: number, text: () => string) =>
    events.push({
      kind: 'webhook',
      at,
      subject: id,
      topic,
      body: text,
      webhookId: stableUuid('olist', order.id, topic),
      triggeredAt: at,
      copies: 0,
    });

  hook('orders/create', order.purchasedAt, body(order.purchasedAt, {}));
  if (order.paidAt !== null)
    hook('orders/paid', order.paidAt, body(order.paidAt, { financialStatus: 'paid' }));
  if (order.shippedAt !== null) {
    const createdAt = new Date(order.shippedAt);
    const shipment = { id: fulfillmentId, orderId: id, lineIds, createdAt, trackingCompany: 'Correios' };
    hook('fulfillments/create', order.shippedAt, () => JSON.stringify(fulfillmentPayload(shipment)));
  }
  if (order.deliveredAt !== null) {
    const happenedAt = new Date(order.deliveredAt);
    const estimatedDeliveryAt = order.estimatedAt === null ? null : new Date(order.estimatedAt);
    const eventId = ids('delivery', hashed('delivery', order.id));
    hook('fulfillment_events/create', order.deliveredAt, () =>
      JSON.stringify(
        fulfillmentEventPayload({
          id: eventId,
          fulfillmentId,
          orderId: id,
          status: 'delivered',
          happenedAt,
          estimatedDeliveryAt,
        }),
      ),
    );
  }
  if (cancelledAt !== null) {
    const financialStatus = order.paidAt === null ? 'voided' : 'paid';
    hook(
      'orders/cancelled',
      cancelledAt,
      body(cancelledAt, { financialStatus, cancelledAt: new Date(cancelledAt) }),
    );
  }
  for (const review of order.reviews) {
    events.push({
      kind: 'answer',
      at: Math.max(review.answeredAt, order.purchasedAt + SECOND),
      subject: id,
      orderId: id,
      survey: 'usage',
      door: { kind: 'storefront', customerId },
      answer: { rating: review.score, comment: review.comment },
    });
  }
  return events;
}

function orderSpec(
  order: OlistOrder,
  index: number,
  id: string,
  customerId: string,
  ids: Ids,
  categories: Map<string, string>,
): OrderSpec {
  // Freight is shipping, Olist states no tax. An order without items keeps what was paid as one line.
  const paidMinor = order.payments.reduce((sum, payment) => sum + payment.valueMinor, 0);
  const lines = order.items.map((item) => ({
    id: ids('line', hashed('line', order.id, item.number)),
    productId: ids('product', item.productId),
    sku: item.productId.slice(0, 12),
    title: title(categories.get(item.productId) ?? ''),
    unitPriceMinor: item.priceMinor,
  }));
  const unknown = {
    id: ids('line', hashed('line', order.id, '-')),
    title: 'Item that is no longer listed',
    unitPriceMinor: paidMinor,
  };
  const person: CustomerSpec = {
    id: customerId,
    email: `${order.personId}@shopper.example`,
    firstName: 'Shopper',
    lastName: order.personId.slice(0, 6),
    countryCode: 'BR',
    consent: 'subscribed',
  };
  return {
    id,
    name: `#${1001 + index}`,
    createdAt: new Date(order.purchasedAt),
    customer: { ...person, createdAt: new Date(order.purchasedAt) },
    locale: 'pt-BR',
    countryCode: 'BR',
    currency: 'BRL',
    financialStatus: 'pending',
    lines: lines.length > 0 ? lines : [unknown],
    shippingMinor: order.items.reduce((sum, item) => sum + item.freightMinor, 0),
  };
}

function title(category: string): string {
  const words = category.replaceAll('_', ' ').trim();
  return words === '' ? 'Product' : words.charAt(0).toUpperCase() + words.slice(1);
}
