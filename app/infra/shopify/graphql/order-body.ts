import { toDate } from '../mapping/fields.ts';
import type { OrderNode } from './orders.ts';

/**
 * An order as the Admin API gives it, written as the body of an orders/updated webhook, so
 * that a polled order takes exactly the way a delivered one takes (mapWebhook) and money is
 * computed in one place. Ids are gids: text, hence exact.
 */
export function orderWebhookBody(order: OrderNode): Uint8Array {
  const { customer } = order;
  const country = (address: { countryCodeV2: string | null } | null) =>
    address?.countryCodeV2 ? { country_code: address.countryCodeV2 } : null;
  const body = {
    admin_graphql_api_id: order.id,
    name: order.name,
    email: order.email,
    created_at: order.createdAt,
    processed_at: order.processedAt,
    updated_at: order.updatedAt,
    cancelled_at: order.cancelledAt,
    customer_locale: order.customerLocale,
    currency: order.currencyCode,
    source_name: order.sourceName,
    financial_status: order.displayFinancialStatus?.toLowerCase() ?? null,
    taxes_included: order.taxesIncluded,
    test: order.test,
    total_price_set: set(order.totalPriceSet),
    total_tax_set: set(order.totalTaxSet),
    total_discounts_set: set(order.totalDiscountsSet),
    discount_codes: order.discountCodes.map((code) => ({ code })),
    total_shipping_price_set: set(order.totalShippingPriceSet),
    shipping_address: country(order.shippingAddress),
    customer: customer && {
      admin_graphql_api_id: customer.id,
      first_name: customer.firstName,
      last_name: customer.lastName,
      email: customer.defaultEmailAddress?.emailAddress ?? null,
      phone: customer.defaultPhoneNumber?.phoneNumber ?? null,
      default_address: country(customer.defaultAddress),
      email_marketing_consent: customer.defaultEmailAddress && {
        state: customer.defaultEmailAddress.marketingState.toLowerCase(),
        consent_updated_at: customer.defaultEmailAddress.marketingUpdatedAt,
      },
    },
    line_items: order.lineItems.nodes.map((line) => ({
      admin_graphql_api_id: line.id,
      title: line.title,
      sku: line.sku,
      quantity: line.quantity,
      requires_shipping: line.requiresShipping,
      price_set: set(line.originalUnitPriceSet),
      discount_allocations: line.discountAllocations.map((one) => ({
        amount_set: set(one.allocatedAmountSet),
      })),
      tax_lines: line.taxLines.map((one) => ({ price_set: set(one.priceSet) })),
    })),
    fulfillments: order.fulfillments.map((one) => ({
      admin_graphql_api_id: one.id,
      status: one.status.toLowerCase(),
      shipment_status: shipmentStatus(one.displayStatus),
      created_at: one.createdAt,
      updated_at: one.updatedAt,
      tracking_company: one.trackingInfo[0]?.company ?? null,
      line_items: one.fulfillmentLineItems.nodes.map((line) => ({ admin_graphql_api_id: line.lineItem.id })),
    })),
    refunds: order.refunds.map((refund) => ({
      admin_graphql_api_id: refund.id,
      created_at: toDate(refund.createdAt) ? refund.createdAt : order.updatedAt,
      refund_line_items: refund.refundLineItems.nodes.map((line) => ({
        id: line.id,
        line_item_id: line.lineItem.id,
        quantity: line.quantity,
        restock_type: line.restockType?.toLowerCase() ?? null,
        subtotal_set: set(line.subtotalSet),
        total_tax_set: set(line.totalTaxSet),
      })),
      transactions: [{ kind: 'refund', status: 'success', amount_set: set(refund.totalRefundedSet) }],
    })),
  };
  return new TextEncoder().encode(JSON.stringify(body));
}

type Bag = { shopMoney: { amount: string; currencyCode: string } } | null;

function set(bag: Bag) {
  return bag && { shop_money: { amount: bag.shopMoney.amount, currency_code: bag.shopMoney.currencyCode } };
}

/** The carrier's part of a fulfillment's display status; the rest says only that it was fulfilled. */
const CARRIER_STATUSES = [
  'LABEL_PURCHASED',
  'LABEL_PRINTED',
  'READY_FOR_PICKUP',
  'CONFIRMED',
  'CARRIER_PICKED_UP',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'ATTEMPTED_DELIVERY',
  'DELAYED',
  'DELIVERED',
  'FAILURE',
];

function shipmentStatus(displayStatus: string | null): string | null {
  if (displayStatus === 'PICKED_UP') return 'delivered';
  return displayStatus && CARRIER_STATUSES.includes(displayStatus) ? displayStatus.toLowerCase() : null;
}
