import { z } from 'zod';
import type { MappedWebhook, RefundFact, RefundLineFact } from '../../../domain/core/facts.ts';
import {
  count,
  date,
  firstId,
  id,
  mapped,
  moneySet,
  nested,
  objects,
  rate,
  shopMinor,
  text,
  UNDATED,
  unreadable,
} from './fields.ts';
import type { MoneySet, WebhookInput } from './fields.ts';

const refundLineBody = z.object({
  id,
  line_item_id: id,
  quantity: count,
  restock_type: text,
  subtotal: text,
  subtotal_set: moneySet,
  total_tax: text,
  total_tax_set: moneySet,
  line_item: nested(z.object({ id, admin_graphql_api_id: id, tax_lines: objects(z.object({ rate })) })),
});
type RefundLineBody = z.output<typeof refundLineBody>;

const adjustmentBody = z.object({
  amount: text,
  amount_set: moneySet,
  tax_amount: text,
  tax_amount_set: moneySet,
});
const transactionBody = z.object({
  kind: text,
  status: text,
  amount: text,
  amount_set: moneySet,
  currency: text,
});

export const refundBody = z.object({
  id,
  admin_graphql_api_id: id,
  order_id: id,
  created_at: date,
  processed_at: date,
  refund_line_items: objects(refundLineBody),
  order_adjustments: objects(adjustmentBody),
  transactions: objects(transactionBody),
  total_duties_set: moneySet,
});
export type RefundBody = z.output<typeof refundBody>;

/** What the order knows and a refund alone does not. */
export interface RefundContext {
  orderId: string | null;
  currency: string | null;
  /** null = unknown, then it is read from the tax rates. */
  taxesIncluded: boolean | null;
  at: Date;
}

/** A refund as a fact, or null when it names no id or no order. */
export function toRefundFact(body: RefundBody, context: RefundContext): RefundFact | null {
  const refundId = firstId(body.admin_graphql_api_id, body.id);
  const orderId = context.orderId ?? body.order_id;
  if (refundId === null || orderId === null) return null;
  const currency = context.currency ?? currencyOf(body) ?? 'USD';
  const lines = (body.refund_line_items ?? [])
    .map((line) => toRefundLine(line, currency, context.taxesIncluded))
    .filter((line) => line !== null);
  return {
    refundId,
    orderId,
    createdAt: body.created_at ?? body.processed_at ?? context.at,
    amountMinor: refundedMinor(body, currency, context.taxesIncluded),
    lines,
  };
}

/** The other kinds of restocking are of goods that were never sent, or not taken back. */
const RETURNED: ReadonlySet<string> = new Set(['return', 'legacy_restock']);

function toRefundLine(
  line: RefundLineBody,
  currency: string,
  taxesIncluded: boolean | null,
): RefundLineFact | null {
  const lineId = firstId(line.line_item?.admin_graphql_api_id, line.line_item_id, line.line_item?.id);
  if (lineId === null) return null;
  const { subtotal, tax, inclusive } = readLine(line, currency, taxesIncluded);
  return {
    refundLineId: line.id ?? lineId,
    lineId,
    quantity: line.quantity,
    netMinor: Math.max(subtotal - (inclusive ? tax : 0), 0),
    ...(RETURNED.has(line.restock_type ?? '') && { returned: true as const }),
  };
}

function readLine(line: RefundLineBody, currency: string, taxesIncluded: boolean | null) {
  const subtotal = shopMinor(line.subtotal_set, line.subtotal, currency) ?? 0;
  const tax = shopMinor(line.total_tax_set, line.total_tax, currency) ?? 0;
  const rates = (line.line_item?.tax_lines ?? []).map((one) => one.rate);
  return { subtotal, tax, inclusive: taxesIncluded ?? taxLooksIncluded(subtotal, tax, rates) };
}

/**
 * A refund webhook does not say whether prices include tax, but its rates do:
 * excluded tax is subtotal x rate, included tax subtotal x rate / (1 + rate).
 * Whichever is nearer to the tax stated; without rates tax counts as excluded.
 */
export function taxLooksIncluded(
  subtotalMinor: number,
  taxMinor: number,
  rates: readonly (number | null)[],
): boolean {
  const total = rates.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  if (taxMinor <= 0 || total <= 0) return false;
  const ifExcluded = Math.abs(subtotalMinor * total - taxMinor);
  const ifIncluded = Math.abs((subtotalMinor * total) / (1 + total) - taxMinor);
  return ifIncluded < ifExcluded;
}

/**
 * Money that went back to the shopper. The transactions say it where they are in shop
 * money; otherwise lines plus duties minus adjustments (Shopify writes refunded
 * shipping and extra goodwill as negative adjustments).
 */
function refundedMinor(body: RefundBody, currency: string, taxesIncluded: boolean | null): number {
  const refunds = (body.transactions ?? []).filter(
    (one) => one.kind === 'refund' && one.status !== 'failure' && one.status !== 'error',
  );
  const inShopMoney = refunds.every(
    (one) => one.amount_set?.shop_money || one.currency === null || one.currency === currency,
  );
  if (refunds.length > 0 && inShopMoney) {
    return refunds.reduce((sum, one) => sum + (shopMinor(one.amount_set, one.amount, currency) ?? 0), 0);
  }
  const lines = (body.refund_line_items ?? []).reduce((sum, line) => {
    const { subtotal, tax, inclusive } = readLine(line, currency, taxesIncluded);
    return sum + subtotal + (inclusive ? 0 : tax);
  }, 0);
  const adjustments = (body.order_adjustments ?? []).reduce(
    (sum, one) =>
      sum +
      (shopMinor(one.amount_set, one.amount, currency) ?? 0) +
      (shopMinor(one.tax_amount_set, one.tax_amount, currency) ?? 0),
    0,
  );
  return Math.max(lines + (shopMinor(body.total_duties_set, null, currency) ?? 0) - adjustments, 0);
}

function currencyOf(body: RefundBody): string | null {
  const sets: MoneySet[] = [
    ...(body.refund_line_items ?? []).map((line) => line.subtotal_set),
    ...(body.order_adjustments ?? []).map((one) => one.amount_set),
    ...(body.transactions ?? []).map((one) => one.amount_set),
    body.total_duties_set,
  ];
  const named = sets.find((set) => set?.shop_money?.currency_code);
  return named?.shop_money?.currency_code ?? body.transactions?.find((one) => one.currency)?.currency ?? null;
}

/** refunds/create. */
export function mapRefund({ topic, body, triggeredAt }: WebhookInput): MappedWebhook {
  const at = triggeredAt ?? UNDATED;
  const refund = toRefundFact(refundBody.parse(body), {
    orderId: null,
    currency: null,
    taxesIncluded: null,
    at,
  });
  if (!refund) return unreadable(`${topic}: the refund lacks its id or its order_id.`);
  return mapped({ kind: 'refund', refund });
}
