import { z } from 'zod';
import type { MappedWebhook, OrderFact, OrderLineFact } from '../../../domain/core/facts.ts';
import { customerBody, toCustomerFact } from './customer.ts';
import {
  anything,
  count,
  date,
  firstId,
  flag,
  id,
  mapped,
  moneySet,
  nested,
  objects,
  shopMinor,
  text,
  unreadable,
} from './fields.ts';
import type { WebhookInput } from './fields.ts';
import { fulfillmentBody, toFulfillmentFact } from './fulfillment.ts';
import { refundBody, toRefundFact } from './refund.ts';

const taxLine = z.object({ price: text, price_set: moneySet });

const lineBody = z.object({
  id,
  admin_graphql_api_id: id,
  product_id: id,
  variant_id: id,
  sku: text,
  title: text,
  name: text,
  quantity: count,
  price: text,
  price_set: moneySet,
  total_discount: text,
  total_discount_set: moneySet,
  discount_allocations: objects(z.object({ amount: text, amount_set: moneySet })),
  tax_lines: objects(taxLine),
  // Absent means a thing that ships: only an explicit false makes a line digital.
  requires_shipping: anything.transform((value) => value !== false),
});
type LineBody = z.output<typeof lineBody>;

const orderBody = z.object({
  id,
  admin_graphql_api_id: id,
  name: text,
  order_number: text,
  email: text,
  contact_email: text,
  customer_locale: text,
  currency: text,
  source_name: text,
  created_at: date,
  processed_at: date,
  updated_at: date,
  cancelled_at: date,
  financial_status: text,
  taxes_included: flag,
  test: flag,
  total_price: text,
  total_price_set: moneySet,
  total_tax: text,
  total_tax_set: moneySet,
  total_discounts: text,
  total_discounts_set: moneySet,
  discount_codes: objects(z.object({ code: text })),
  total_shipping_price_set: moneySet,
  customer: nested(customerBody),
  shipping_address: nested(z.object({ country_code: text })),
  billing_address: nested(z.object({ country_code: text })),
  line_items: objects(lineBody),
  shipping_lines: objects(z.object({ price: text, discounted_price: text, discounted_price_set: moneySet })),
  fulfillments: objects(fulfillmentBody),
  refunds: objects(refundBody),
});
type OrderBody = z.output<typeof orderBody>;

/**
 * Net of one line in minor units: price x quantity minus every discount, minus the tax
 * that the price contains (domain.md section 7: points count net of discount and tax).
 */
export function lineNetMinor(line: {
  unitPriceMinor: number;
  quantity: number;
  discountMinor: number;
  includedTaxMinor: number;
}): number {
  return Math.max(line.unitPriceMinor * line.quantity - line.discountMinor - line.includedTaxMinor, 0);
}

function toLine(line: LineBody, lineId: string, currency: string, taxesIncluded: boolean): OrderLineFact {
  const sum = (rows: readonly (number | null)[]) =>
    rows.reduce<number>((total, one) => total + (one ?? 0), 0);
  // discount_allocations hold line and order discounts; total_discount only the line's own.
  const discountMinor = line.discount_allocations
    ? sum(line.discount_allocations.map((one) => shopMinor(one.amount_set, one.amount, currency)))
    : (shopMinor(line.total_discount_set, line.total_discount, currency) ?? 0);
  const taxMinor = sum((line.tax_lines ?? []).map((one) => shopMinor(one.price_set, one.price, currency)));
  return {
    lineId,
    productId: line.product_id,
    variantId: line.variant_id,
    sku: line.sku,
    title: line.title ?? line.name ?? '',
    quantity: line.quantity,
    netMinor: lineNetMinor({
      unitPriceMinor: shopMinor(line.price_set, line.price, currency) ?? 0,
      quantity: line.quantity,
      discountMinor,
      includedTaxMinor: taxesIncluded ? taxMinor : 0,
    }),
    requiresShipping: line.requires_shipping,
  };
}

function shippingMinor(body: OrderBody, currency: string): number {
  const total = shopMinor(body.total_shipping_price_set, null, currency);
  if (total !== null) return total;
  return (body.shipping_lines ?? []).reduce(
    (sum, one) =>
      sum + (shopMinor(one.discounted_price_set, one.discounted_price ?? one.price, currency) ?? 0),
    0,
  );
}

/** Shopify takes codes in any case: what is stored can be compared. */
const codesOf = (codes: OrderBody['discount_codes']): string[] =>
  [...new Set((codes ?? []).flatMap(({ code }) => code?.toUpperCase() ?? []))].sort();

const CHANGE_OF_TOPIC = {
  'orders/create': 'created',
  'orders/paid': 'paid',
  'orders/updated': 'updated',
  'orders/cancelled': 'cancelled',
} as const;

/** orders/create, paid, updated and cancelled: the whole order, with the fulfillments and refunds it embeds. */
export function mapOrder({ topic, body, triggeredAt }: WebhookInput): MappedWebhook {
  const parsed = orderBody.parse(body);
  const orderId = firstId(parsed.admin_graphql_api_id, parsed.id);
  const createdAt = parsed.created_at ?? parsed.processed_at ?? parsed.updated_at ?? triggeredAt;
  const currency = (parsed.total_price_set?.shop_money?.currency_code ?? parsed.currency)?.toUpperCase();
  if (orderId === null) return unreadable(`${topic}: the order has no id.`);
  if (!createdAt) return unreadable(`${topic}: order ${orderId} carries no date.`);
  if (!currency) return unreadable(`${topic}: order ${orderId} names no currency.`);

  const lines: OrderLineFact[] = [];
  for (const line of parsed.line_items ?? []) {
    const lineId = firstId(line.admin_graphql_api_id, line.id);
    if (lineId === null) return unreadable(`${topic}: a line of order ${orderId} has no id.`);
    lines.push(toLine(line, lineId, currency, parsed.taxes_included));
  }

  const change = CHANGE_OF_TOPIC[topic as keyof typeof CHANGE_OF_TOPIC] ?? 'updated';
  const sourceUpdatedAt = parsed.updated_at ?? triggeredAt ?? createdAt;
  const countryCode = parsed.shipping_address?.country_code ?? parsed.billing_address?.country_code ?? null;
  const customer =
    parsed.customer &&
    toCustomerFact(parsed.customer, { locale: parsed.customer_locale, countryCode, at: sourceUpdatedAt });
  const order: OrderFact = {
    orderId,
    name: parsed.name ?? (parsed.order_number === null ? orderId : `#${parsed.order_number}`),
    customerId: customer?.shopifyId ?? null,
    email: parsed.email ?? parsed.contact_email ?? parsed.customer?.email ?? null,
    locale: parsed.customer_locale,
    countryCode,
    currency,
    channel: parsed.source_name ?? 'web',
    createdAt,
    // A cancellation webhook without its date is still a cancellation.
    cancelledAt: parsed.cancelled_at ?? (change === 'cancelled' ? sourceUpdatedAt : null),
    financialStatus: parsed.financial_status?.toLowerCase() ?? null,
    subtotalMinor: lines.reduce((sum, line) => sum + line.netMinor, 0),
    discountMinor: shopMinor(parsed.total_discounts_set, parsed.total_discounts, currency) ?? 0,
    discountCodes: codesOf(parsed.discount_codes),
    taxMinor: shopMinor(parsed.total_tax_set, parsed.total_tax, currency) ?? 0,
    shippingMinor: shippingMinor(parsed, currency),
    totalMinor: shopMinor(parsed.total_price_set, parsed.total_price, currency) ?? 0,
    test: parsed.test,
    lines,
    sourceUpdatedAt,
  };
  const refundContext = { orderId, currency, taxesIncluded: parsed.taxes_included, at: sourceUpdatedAt };
  return mapped({
    kind: 'order',
    change,
    order,
    customer,
    fulfillments: (parsed.fulfillments ?? [])
      .map((one) => toFulfillmentFact(one, orderId, sourceUpdatedAt))
      .filter((one) => one !== null),
    refunds: (parsed.refunds ?? [])
      .map((one) => toRefundFact(one, refundContext))
      .filter((one) => one !== null),
  });
}

const deltas = objects(z.object({ delta: count }));
const editBody = z.object({
  order_edit: nested(
    z.object({
      order_id: id,
      committed_at: date,
      created_at: date,
      line_items: nested(z.object({ additions: deltas, removals: deltas })),
    }),
  ),
});

/** orders/edited: only what changed; the whole order follows in orders/updated. */
export function mapOrderEdit({ topic, body, triggeredAt }: WebhookInput): MappedWebhook {
  const edit = editBody.parse(body).order_edit;
  const occurredAt = edit?.committed_at ?? edit?.created_at ?? triggeredAt;
  if (!edit?.order_id || !occurredAt) return unreadable(`${topic}: the edit lacks its order_id or its date.`);
  const units = (rows: { delta: number }[] | null | undefined) =>
    (rows ?? []).reduce((sum, one) => sum + one.delta, 0);
  return mapped({
    kind: 'order_edited',
    orderId: edit.order_id,
    addedQuantity: units(edit.line_items?.additions),
    removedQuantity: units(edit.line_items?.removals),
    occurredAt,
  });
}
