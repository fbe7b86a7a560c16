import {
  customerPayload,
  emailConsentPayload,
  fulfillmentEventPayload,
  fulfillmentPayload,
  orderPayload,
  refundPayload,
  type OrderSpec,
} from '#tests/factories/shopify-payloads.ts';

/** One customer, one order of two lines, and every webhook of its life. Ids are beyond 2^53. */

export const at = (text: string) => new Date(`${text}Z`);

export const ADA = {
  id: '9007199254740995001',
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Byron',
  phone: '+33123456789',
  countryCode: 'FR',
  createdAt: at('2026-01-01T00:00:00'),
};
export const ORDER_ID = '9007199254740993111';
export const BLANKET = '9007199254740993222';
export const MUG = '9007199254740993223';

export interface Webhook {
  topic: string;
  payload: object;
}

export function order(over: Partial<OrderSpec> = {}) {
  return orderPayload({
    id: ORDER_ID,
    name: '#1001',
    createdAt: at('2026-03-02T08:59:00'),
    updatedAt: at('2026-03-02T08:59:00'),
    customer: { ...ADA, consent: 'not_subscribed', consentUpdatedAt: at('2026-01-01T00:00:00') },
    email: ADA.email,
    countryCode: 'FR',
    financialStatus: 'paid',
    lines: [
      { id: BLANKET, title: 'Wool blanket', unitPriceMinor: 4_990, quantity: 2 },
      { id: MUG, title: 'Stoneware mug', unitPriceMinor: 1_250, quantity: 3, discountMinor: 100 },
    ],
    ...over,
  });
}

const shipment = {
  id: '501',
  orderId: ORDER_ID,
  lineIds: [BLANKET, MUG],
  createdAt: at('2026-03-03T10:00:00'),
};
const shipped = { ...shipment, updatedAt: at('2026-03-03T10:00:00') };
const arrived = { ...shipment, updatedAt: at('2026-03-05T14:05:00'), shipmentStatus: 'delivered' };
const refunds = [
  {
    id: '701',
    orderId: ORDER_ID,
    createdAt: at('2026-03-06T09:00:00'),
    lines: [{ id: '801', lineId: BLANKET, quantity: 1, subtotalMinor: 4_990 }],
  },
  {
    id: '702',
    orderId: ORDER_ID,
    createdAt: at('2026-03-06T15:00:00'),
    lines: [{ id: '802', lineId: MUG, quantity: 2, subtotalMinor: 2_433 }],
    amountMinor: 2_633,
  },
];
const scan = (id: string, status: string, happenedAt: Date, estimatedDeliveryAt: Date | null = null) =>
  fulfillmentEventPayload({
    id,
    fulfillmentId: '501',
    orderId: ORDER_ID,
    status,
    happenedAt,
    estimatedDeliveryAt,
  });

export const delivered: Webhook[] = [
  { topic: 'fulfillments/create', payload: fulfillmentPayload(shipped) },
  { topic: 'fulfillment_events/create', payload: scan('602', 'delivered', at('2026-03-05T14:00:00')) },
];

export const refunded: Webhook[] = refunds.map((refund) => ({
  topic: 'refunds/create',
  payload: refundPayload(refund),
}));

export const cancelled: Webhook = {
  topic: 'orders/cancelled',
  payload: order({
    updatedAt: at('2026-03-07T08:00:00'),
    cancelledAt: at('2026-03-07T08:00:00'),
    financialStatus: 'partially_refunded',
    fulfillments: [arrived],
    refunds,
  }),
};

/** Everything that Shopify says of the order but its cancellation, in the order in which it happened. */
export const life: Webhook[] = [
  // Created and paid within the same second: only the stage of the payment tells them apart.
  { topic: 'orders/create', payload: order({ financialStatus: 'pending' }) },
  { topic: 'orders/paid', payload: order() },
  { topic: 'orders/updated', payload: order({ updatedAt: at('2026-03-02T11:00:00'), locale: 'fr-FR' }) },
  {
    topic: 'customers/update',
    payload: customerPayload({
      ...ADA,
      lastName: 'Lovelace',
      consent: 'subscribed',
      consentUpdatedAt: at('2026-03-03T07:00:00'),
      updatedAt: at('2026-03-03T07:00:00'),
    }),
  },
  // Moved to Spain; then a telling without address and phone, which says nothing of either.
  {
    topic: 'customers/update',
    payload: customerPayload({
      ...ADA,
      lastName: 'Lovelace',
      countryCode: 'ES',
      updatedAt: at('2026-03-04T07:00:00'),
    }),
  },
  {
    topic: 'customers/update',
    payload: customerPayload({
      ...ADA,
      firstName: 'Augusta',
      lastName: 'Lovelace',
      phone: null,
      countryCode: null,
      updatedAt: at('2026-03-05T07:00:00'),
    }),
  },
  ...delivered.slice(0, 1),
  {
    topic: 'fulfillments/update',
    payload: fulfillmentPayload({
      ...shipped,
      updatedAt: at('2026-03-04T06:00:00'),
      shipmentStatus: 'in_transit',
    }),
  },
  {
    topic: 'fulfillment_events/create',
    payload: scan('601', 'in_transit', at('2026-03-04T06:00:00'), at('2026-03-06T12:00:00')),
  },
  ...delivered.slice(1),
  { topic: 'fulfillments/update', payload: fulfillmentPayload(arrived) },
  ...refunded,
  // Within the same second as another change of each: nothing but what they say tells which is later.
  {
    topic: 'fulfillments/update',
    payload: fulfillmentPayload({ ...arrived, shipmentStatus: null, trackingCompany: 'DHL' }),
  },
  {
    topic: 'orders/updated',
    payload: order({
      updatedAt: at('2026-03-06T15:00:00'),
      fulfillments: [arrived],
      refunds: refunds.slice(0, 1),
    }),
  },
  {
    topic: 'orders/updated',
    payload: order({
      updatedAt: at('2026-03-06T15:00:00'),
      financialStatus: 'partially_refunded',
      locale: 'de-AT',
      fulfillments: [arrived],
    }),
  },
  {
    topic: 'orders/updated',
    payload: order({
      updatedAt: at('2026-03-06T15:00:00'),
      financialStatus: 'partially_refunded',
      locale: 'fr-FR',
      fulfillments: [arrived],
      refunds,
    }),
  },
  {
    topic: 'customers_email_marketing_consent/update',
    payload: emailConsentPayload({
      customerId: ADA.id,
      email: ADA.email,
      state: 'pending',
      at: at('2026-03-06T18:00:00'),
    }),
  },
];
