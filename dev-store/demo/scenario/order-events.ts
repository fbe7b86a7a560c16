import { HOUR_MS } from '#app/domain/core/calendar.ts';
import {
  customerPayload,
  fulfillmentEventPayload,
  fulfillmentPayload,
  orderEditPayload,
  orderPayload,
  refundPayload,
  returnPayload,
  returnStatusPayload,
  type OrderSpec,
  type RefundSpec,
} from '#tests/factories/shopify-payloads.ts';
import { stableUuid, type WebhookEvent } from '../script.ts';
import { SHOP } from './catalogue.ts';
import { grossOf, type NewId, type OrderPlan, type PlannedRefund, type Shipment } from './order-plan.ts';

/** One webhook as it happens; disturbances of its arrival are added later. */
export function webhook(topic: string, at: number, subject: string, payload: () => unknown): WebhookEvent {
  return {
    kind: 'webhook',
    at: Math.round(at),
    subject,
    topic,
    body: () => JSON.stringify(payload()),
    webhookId: stableUuid('elbe', topic, subject, Math.round(at)),
    triggeredAt: Math.round(at),
    copies: 0,
  };
}

/** An order's life as the webhooks that Shopify would send. */
export function orderEvents(plan: OrderPlan, newId: NewId): WebhookEvent[] {
  const { id, at, person } = plan;
  const events: WebhookEvent[] = [];
  const add = (topic: string, when: number, payload: () => unknown) =>
    events.push(webhook(topic, when, id, payload));
  const order =
    (updatedAt: number, change: Partial<OrderSpec> = {}) =>
    () =>
      orderPayload({ ...specOf(plan, updatedAt), ...change });

  if (plan.nth === 0 && !person.guest) {
    add('customers/create', person.spec.createdAt?.getTime() ?? at, () => customerPayload(person.spec));
  }
  add('orders/create', at, order(at, { financialStatus: plan.channel === 'pos' ? 'paid' : 'pending' }));
  add('orders/paid', plan.paidAt, order(plan.paidAt));
  if (plan.cancelledAt !== null) {
    const cancelledAt = new Date(plan.cancelledAt);
    add(
      'orders/cancelled',
      plan.cancelledAt,
      order(plan.cancelledAt, { cancelledAt, financialStatus: 'refunded' }),
    );
  }
  if (plan.edit) {
    const { at: editedAt, lineId } = plan.edit;
    const committedAt = new Date(editedAt);
    const editId = newId('event');
    add('orders/edited', editedAt, () =>
      orderEditPayload({ id: editId, orderId: id, committedAt, additions: [{ lineId, delta: 1 }] }),
    );
    add('orders/updated', editedAt + 1000, order(editedAt + 1000));
  }
  for (const parcel of plan.shipments) addParcel(plan, parcel, newId, add);
  for (const refund of plan.refunds) {
    add('refunds/create', refund.at, () => refundPayload(refundSpec(plan, refund)));
    add('orders/updated', refund.at + 2000, order(refund.at + 2000));
  }
  addReturn(plan, add);
  return events;
}

/** The order as it stands at `at`: later edits, shipments and refunds are not in it yet. */
function specOf(plan: OrderPlan, at: number): OrderSpec {
  const { person } = plan;
  const edited = plan.edit !== null && plan.edit.at <= at ? plan.edit.lineId : null;
  const lines = plan.lines.map((line) => {
    if (line.id !== edited) return line;
    const before = line.quantity ?? 1;
    const taxMinor = Math.round(
      ((line.taxMinor ?? 0) * (grossOf(line) + line.unitPriceMinor)) / grossOf(line),
    );
    return { ...line, quantity: before + 1, taxMinor };
  });
  const refunds = plan.refunds.filter((refund) => refund.at <= at);
  const back = new Set(refunds.flatMap((refund) => refund.lineIds));
  const paid = plan.paidAt <= at;
  const everything = plan.lines.every((line) => back.has(line.id));
  const refunded = everything ? 'refunded' : 'partially_refunded';
  return {
    id: plan.id,
    name: plan.name,
    createdAt: new Date(plan.at),
    updatedAt: new Date(Math.round(at)),
    customer: person.guest ? null : { ...person.spec, consent: null, updatedAt: new Date(plan.at) },
    email: person.spec.email ?? null,
    locale: person.locale,
    countryCode: person.country,
    currency: SHOP.currency,
    channel: plan.channel,
    financialStatus: !paid ? 'pending' : refunds.length > 0 ? refunded : 'paid',
    lines,
    shippingMinor: plan.shippingMinor,
    taxesIncluded: true,
    discountCode: plan.discountCode,
    test: plan.test,
    fulfillments: plan.shipments
      .filter((parcel) => parcel.at <= at)
      .map((parcel) => fulfillmentSpec(plan, parcel)),
    refunds: refunds.map((refund) => refundSpec(plan, refund)),
  };
}

const fulfillmentSpec = (plan: OrderPlan, parcel: Shipment) => ({
  id: parcel.id,
  orderId: plan.id,
  lineIds: parcel.lineIds,
  createdAt: new Date(Math.round(parcel.at)),
  trackingCompany: plan.person.country === 'DE' ? 'DHL' : 'DPD',
});

function refundSpec(plan: OrderPlan, refund: PlannedRefund): RefundSpec {
  const lines = plan.lines.filter((line) => refund.lineIds.includes(line.id));
  return {
    id: refund.id,
    orderId: plan.id,
    createdAt: new Date(Math.round(refund.at)),
    currency: SHOP.currency,
    lines: lines.map((line) => ({
      id: `${refund.id}${line.id.slice(-4)}`,
      lineId: line.id,
      quantity: line.quantity ?? 1,
      restockType: 'return' as const,
      subtotalMinor: grossOf(line),
      taxMinor: line.taxMinor ?? 0,
      taxRate: line.taxRate ?? 0,
    })),
    amountMinor: refund.amountMinor,
    note: lines.length === 0 ? 'Goodwill' : null,
  };
}

type Add = (topic: string, when: number, payload: () => unknown) => void;

function addParcel(plan: OrderPlan, parcel: Shipment, newId: NewId, add: Add): void {
  const spec = fulfillmentSpec(plan, parcel);
  const scan = (status: string, when: number) => {
    const id = newId('event');
    const happenedAt = new Date(Math.round(when));
    const estimatedDeliveryAt = new Date(Math.round(parcel.estimatedAt));
    add('fulfillment_events/create', when + 30_000, () =>
      fulfillmentEventPayload({
        id,
        fulfillmentId: parcel.id,
        orderId: plan.id,
        status,
        happenedAt,
        estimatedDeliveryAt,
      }),
    );
  };
  add('fulfillments/create', parcel.at, () => fulfillmentPayload(spec));
  scan('in_transit', parcel.scannedAt);
  const { deliveredAt } = parcel;
  if (deliveredAt === null) return;
  if (parcel.told === 'mark') {
    const updatedAt = new Date(Math.round(deliveredAt));
    add('fulfillments/update', deliveredAt, () =>
      fulfillmentPayload({ ...spec, updatedAt, shipmentStatus: 'delivered' }),
    );
    return;
  }
  if (deliveredAt - parcel.scannedAt > 12 * HOUR_MS) scan('out_for_delivery', deliveredAt - 3 * HOUR_MS);
  scan('delivered', deliveredAt);
}

function addReturn(plan: OrderPlan, add: Add): void {
  const { returned } = plan;
  if (!returned) return;
  const spec = {
    id: returned.id,
    orderId: plan.id,
    lines: returned.lineIds.map((lineId) => ({
      id: `${returned.id}${lineId.slice(-4)}`,
      lineId,
      quantity: 1,
      reason: returned.reason,
    })),
  };
  add('returns/request', returned.requestedAt, () => returnPayload(spec, 'requested'));
  add('returns/approve', returned.approvedAt, () => returnPayload(spec, 'open'));
  add('returns/process', returned.processedAt, () => returnPayload(spec, 'open'));
  add('returns/close', returned.closedAt, () => returnStatusPayload(spec, 'closed'));
}
