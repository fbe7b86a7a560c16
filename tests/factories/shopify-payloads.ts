import { decimalFromMinor } from '#app/domain/core/money.ts';
import { fulfillmentPayload, refundPayload } from './shopify-delivery-payloads.ts';
import type { FulfillmentSpec, RefundSpec } from './shopify-delivery-payloads.ts';
import { gid, idNumber, iso, moneySet } from './shopify-json.ts';

export * from './shopify-delivery-payloads.ts';
export * from './shopify-people-payloads.ts';
export { idSequence, jsonBytes } from './shopify-json.ts';

/**
 * Realistic webhook payloads, for tests, the dev store and benchmarks alike. Ids are
 * given as decimal text of any size and written as exact JSON numbers; times are Dates;
 * money is integer minor units of the order's currency.
 */

export interface CustomerSpec {
  id: string;
  email?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  phone?: string | null;
  countryCode?: string | null;
  consent?: 'not_subscribed' | 'pending' | 'subscribed' | 'unsubscribed' | null;
  consentUpdatedAt?: Date | null;
  createdAt?: Date | null;
  updatedAt?: Date | null;
}

/** customers/create, customers/update, and the customer inside an order. */
export function customerPayload(spec: CustomerSpec) {
  return {
    id: idNumber(spec.id),
    email: spec.email ?? null,
    created_at: iso(spec.createdAt),
    updated_at: iso(spec.updatedAt ?? spec.createdAt),
    first_name: spec.firstName ?? null,
    last_name: spec.lastName ?? null,
    state: 'disabled',
    note: null,
    verified_email: true,
    phone: spec.phone ?? null,
    tags: '',
    email_marketing_consent: spec.consent
      ? { state: spec.consent, opt_in_level: 'single_opt_in', consent_updated_at: iso(spec.consentUpdatedAt) }
      : null,
    sms_marketing_consent: null,
    admin_graphql_api_id: gid('Customer', spec.id),
    ...(spec.countryCode ? { default_address: { country_code: spec.countryCode, default: true } } : {}),
  };
}

export interface LineSpec {
  id: string;
  productId?: string | null;
  variantId?: string | null;
  sku?: string | null;
  title?: string;
  quantity?: number;
  unitPriceMinor: number;
  /** Of all units together, line and order discounts. */
  discountMinor?: number;
  /** Of all units together; inside the price when the order says taxesIncluded. */
  taxMinor?: number;
  taxRate?: number;
  requiresShipping?: boolean;
}

export function linePayload(spec: LineSpec, currency: string) {
  const money = (minor: number) => decimalFromMinor(minor, currency);
  const price = money(spec.unitPriceMinor);
  const discount = money(spec.discountMinor ?? 0);
  const tax = money(spec.taxMinor ?? 0);
  const title = spec.title ?? 'Stoneware mug';
  return {
    id: idNumber(spec.id),
    admin_graphql_api_id: gid('LineItem', spec.id),
    current_quantity: spec.quantity ?? 1,
    gift_card: false,
    grams: 400,
    name: title,
    price,
    price_set: moneySet(price, currency),
    product_exists: true,
    product_id: idNumber(spec.productId ?? null),
    properties: [],
    quantity: spec.quantity ?? 1,
    requires_shipping: spec.requiresShipping ?? true,
    sku: spec.sku ?? null,
    taxable: true,
    title,
    total_discount: '0.00',
    variant_id: idNumber(spec.variantId ?? null),
    tax_lines: spec.taxMinor
      ? [{ title: 'VAT', price: tax, price_set: moneySet(tax, currency), rate: spec.taxRate ?? 0.2 }]
      : [],
    discount_allocations: spec.discountMinor
      ? [{ amount: discount, amount_set: moneySet(discount, currency), discount_application_index: 0 }]
      : [],
  };
}

export interface OrderSpec {
  id: string;
  name?: string;
  createdAt: Date;
  updatedAt?: Date;
  cancelledAt?: Date | null;
  customer?: CustomerSpec | null;
  email?: string | null;
  locale?: string | null;
  countryCode?: string | null;
  currency?: string;
  channel?: string;
  financialStatus?: string;
  lines: LineSpec[];
  shippingMinor?: number;
  taxesIncluded?: boolean;
  discountCode?: string | null;
  test?: boolean;
  fulfillments?: FulfillmentSpec[];
  refunds?: RefundSpec[];
}

/** orders/create, paid, updated, cancelled; the totals are computed from the lines. */
export function orderPayload(spec: OrderSpec) {
  const currency = spec.currency ?? 'EUR';
  const total = (pick: (line: LineSpec) => number) => spec.lines.reduce((sum, line) => sum + pick(line), 0);
  const gross = total((line) => line.unitPriceMinor * (line.quantity ?? 1));
  const discounts = total((line) => line.discountMinor ?? 0);
  const tax = total((line) => line.taxMinor ?? 0);
  const shipping = spec.shippingMinor ?? 0;
  const money = (minor: number) => decimalFromMinor(minor, currency);
  const priced = (name: string, minor: number) => ({
    [name]: money(minor),
    [`${name}_set`]: moneySet(money(minor), currency),
  });
  const address = spec.countryCode ? { country_code: spec.countryCode } : null;
  return {
    id: idNumber(spec.id),
    admin_graphql_api_id: gid('Order', spec.id),
    app_id: null,
    cancel_reason: spec.cancelledAt ? 'customer' : null,
    cancelled_at: iso(spec.cancelledAt),
    closed_at: null,
    confirmed: true,
    contact_email: spec.email ?? spec.customer?.email ?? null,
    created_at: iso(spec.createdAt),
    currency,
    customer_locale: spec.locale ?? null,
    discount_codes: spec.discountCode
      ? [{ code: spec.discountCode, amount: money(discounts), type: 'fixed_amount' }]
      : [],
    email: spec.email ?? spec.customer?.email ?? null,
    financial_status: spec.financialStatus ?? 'pending',
    fulfillment_status: spec.fulfillments?.length ? 'fulfilled' : null,
    name: spec.name ?? `#${spec.id.slice(-4)}`,
    presentment_currency: currency,
    processed_at: iso(spec.createdAt),
    source_name: spec.channel ?? 'web',
    tags: '',
    taxes_included: spec.taxesIncluded ?? false,
    test: spec.test ?? false,
    updated_at: iso(spec.updatedAt ?? spec.createdAt),
    ...priced('subtotal_price', gross - discounts),
    ...priced('total_discounts', discounts),
    ...priced('total_line_items_price', gross),
    ...priced('total_tax', tax),
    ...priced('total_price', gross - discounts + shipping + (spec.taxesIncluded ? 0 : tax)),
    total_shipping_price_set: moneySet(money(shipping), currency),
    customer: spec.customer ? customerPayload(spec.customer) : null,
    billing_address: address,
    shipping_address: address,
    line_items: spec.lines.map((line) => linePayload(line, currency)),
    shipping_lines: [],
    fulfillments: (spec.fulfillments ?? []).map(fulfillmentPayload),
    refunds: (spec.refunds ?? []).map((refund) => refundPayload({ currency, ...refund })),
  };
}

/** orders/edited: units added and taken away, by line. */
export function orderEditPayload(spec: {
  id: string;
  orderId: string;
  committedAt: Date;
  additions?: { lineId: string; delta: number }[];
  removals?: { lineId: string; delta: number }[];
}) {
  const rows = (list: { lineId: string; delta: number }[] = []) =>
    list.map((row) => ({ id: idNumber(row.lineId), delta: row.delta }));
  return {
    order_edit: {
      id: idNumber(spec.id),
      order_id: idNumber(spec.orderId),
      created_at: iso(spec.committedAt),
      committed_at: iso(spec.committedAt),
      notify_customer: false,
      line_items: { additions: rows(spec.additions), removals: rows(spec.removals) },
    },
  };
}
