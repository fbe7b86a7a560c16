import { decimalFromMinor } from '#app/domain/core/money.ts';
import { gid, idNumber, iso, moneySet } from './shopify-json.ts';

/** Payloads of what happens to an order after it was placed: fulfillments, refunds, returns, disputes. */

export interface FulfillmentSpec {
  id: string;
  orderId: string;
  lineIds: string[];
  createdAt: Date;
  updatedAt?: Date;
  status?: string;
  shipmentStatus?: string | null;
  trackingCompany?: string | null;
}

/** fulfillments/create and fulfillments/update. */
export function fulfillmentPayload(spec: FulfillmentSpec) {
  return {
    id: idNumber(spec.id),
    admin_graphql_api_id: gid('Fulfillment', spec.id),
    order_id: idNumber(spec.orderId),
    status: spec.status ?? 'success',
    created_at: iso(spec.createdAt),
    service: 'manual',
    updated_at: iso(spec.updatedAt ?? spec.createdAt),
    tracking_company: spec.trackingCompany ?? null,
    shipment_status: spec.shipmentStatus ?? null,
    line_items: spec.lineIds.map((id) => ({
      id: idNumber(id),
      admin_graphql_api_id: gid('LineItem', id),
      quantity: 1,
    })),
  };
}

/** fulfillment_events/create. */
export function fulfillmentEventPayload(spec: {
  id: string;
  fulfillmentId: string;
  orderId: string;
  status: string;
  happenedAt: Date;
  estimatedDeliveryAt?: Date | null;
}) {
  return {
    id: idNumber(spec.id),
    fulfillment_id: idNumber(spec.fulfillmentId),
    status: spec.status,
    message: null,
    happened_at: iso(spec.happenedAt),
    created_at: iso(spec.happenedAt),
    updated_at: iso(spec.happenedAt),
    estimated_delivery_at: iso(spec.estimatedDeliveryAt),
    order_id: idNumber(spec.orderId),
    admin_graphql_api_id: gid('FulfillmentEvent', spec.id),
  };
}

export interface RefundSpec {
  id: string;
  orderId: string;
  createdAt: Date;
  currency?: string;
  lines: {
    id: string;
    lineId: string;
    quantity: number;
    subtotalMinor: number;
    taxMinor?: number;
    taxRate?: number;
    /** no_restock: the goods stay where they are. */
    restockType?: 'return' | 'cancel' | 'no_restock';
  }[];
  /** What went back in all; by default the lines with their tax. */
  amountMinor?: number;
  note?: string | null;
}

/** refunds/create. */
export function refundPayload(spec: RefundSpec) {
  const currency = spec.currency ?? 'EUR';
  const money = (minor: number) => decimalFromMinor(minor, currency);
  const amount = money(
    spec.amountMinor ?? spec.lines.reduce((sum, line) => sum + line.subtotalMinor + (line.taxMinor ?? 0), 0),
  );
  return {
    id: idNumber(spec.id),
    admin_graphql_api_id: gid('Refund', spec.id),
    order_id: idNumber(spec.orderId),
    created_at: iso(spec.createdAt),
    processed_at: iso(spec.createdAt),
    note: spec.note ?? null,
    restock: false,
    order_adjustments: [],
    refund_line_items: spec.lines.map((line) => ({
      id: idNumber(line.id),
      line_item_id: idNumber(line.lineId),
      quantity: line.quantity,
      restock_type: line.restockType ?? 'no_restock',
      subtotal: Number(money(line.subtotalMinor)),
      subtotal_set: moneySet(money(line.subtotalMinor), currency),
      total_tax: Number(money(line.taxMinor ?? 0)),
      total_tax_set: moneySet(money(line.taxMinor ?? 0), currency),
      line_item: {
        id: idNumber(line.lineId),
        admin_graphql_api_id: gid('LineItem', line.lineId),
        tax_lines: line.taxRate ? [{ rate: line.taxRate }] : [],
      },
    })),
    transactions: [
      { kind: 'refund', status: 'success', amount, currency, amount_set: moneySet(amount, currency) },
    ],
  };
}

/** disputes/create and disputes/update: as the dispute stands, without the time of its change. */
export function disputePayload(spec: {
  id: string;
  orderId: string | null;
  status: string;
  initiatedAt: Date;
  type?: 'chargeback' | 'inquiry';
  finalizedAt?: Date | null;
}) {
  return {
    id: idNumber(spec.id),
    order_id: idNumber(spec.orderId),
    type: spec.type ?? 'chargeback',
    amount: '11.50',
    currency: 'EUR',
    reason: 'fraudulent',
    network_reason_code: '4837',
    status: spec.status,
    evidence_due_by: null,
    evidence_sent_on: null,
    finalized_on: iso(spec.finalizedAt),
    initiated_at: iso(spec.initiatedAt),
  };
}

export interface ReturnSpec {
  id: string;
  orderId: string;
  lines?: { id: string; lineId: string; quantity: number; reason?: string }[];
}

/** returns/request, approve and process: the return with its lines. */
export function returnPayload(spec: ReturnSpec, status: 'requested' | 'open' = 'requested') {
  const ref = (type: string, id: string) => ({ id: idNumber(id), admin_graphql_api_id: gid(type, id) });
  const lines = spec.lines ?? [];
  return {
    ...ref('Return', spec.id),
    status,
    order: ref('Order', spec.orderId),
    total_return_line_items: lines.length,
    name: null,
    return_line_items: lines.map((line) => ({
      ...ref('ReturnLineItem', line.id),
      fulfillment_line_item: {
        ...ref('FulfillmentLineItem', line.id),
        line_item: ref('LineItem', line.lineId),
      },
      quantity: line.quantity,
      return_reason: line.reason ?? 'other',
      return_reason_note: '',
      customer_note: null,
    })),
  };
}

/** returns/close, cancel and reopen: only ids and a status. */
export function returnStatusPayload(spec: ReturnSpec, status: 'closed' | 'canceled' | 'open') {
  return {
    id: idNumber(spec.id),
    admin_graphql_api_id: gid('Return', spec.id),
    order_id: idNumber(spec.orderId),
    status,
  };
}
