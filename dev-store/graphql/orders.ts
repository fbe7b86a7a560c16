import type { OrderRecord } from '../records.ts';
import { connection, type PageArgs } from './connection.ts';
import type { GraphqlContext } from './execute.ts';
import { metafieldsOf } from './metafields.ts';
import { notModelled } from './not-modelled.ts';
import { addPairs, bagOf, fulfillmentNode, lineNode, refundedAmount, refundNode } from './order-parts.ts';
import { addressNode, customerNode } from './people.ts';
import { matches, parseSearch, type SearchTerm } from './search.ts';

export type OrdersArgs = PageArgs & { query?: string | null; sortKey?: string | null };

function searchValue(order: OrderRecord, term: SearchTerm): string | null {
  switch (term.field) {
    case 'id':
      return order.id;
    case 'name':
      return order.name;
    case 'email':
      return order.email;
    case 'customer_id':
      return order.customerId;
    case 'created_at':
      return order.createdAt;
    case 'updated_at':
      return order.updatedAt;
    case 'processed_at':
      return order.processedAt;
    case 'financial_status':
      return order.financialStatus;
    case 'test':
      return String(order.test);
    default:
      throw notModelled(`the order search field "${term.field}"`);
  }
}

export function filterOrders(orders: OrderRecord[], query: string | null | undefined): OrderRecord[] {
  const terms = parseSearch(query ?? '');
  return orders.filter((order) => terms.every((term) => matches(term, searchValue(order, term))));
}

/** The value orders are sorted by, for the sort keys the store models. */
export function orderSortValue(sortKey: string): (order: OrderRecord) => string | number {
  if (sortKey === 'ID') return () => '';
  if (sortKey === 'CREATED_AT') return (order) => order.createdAt;
  if (sortKey === 'UPDATED_AT') return (order) => order.updatedAt;
  if (sortKey === 'PROCESSED_AT') return (order) => order.processedAt;
  if (sortKey === 'TOTAL_PRICE') return (order) => Number(order.money.total?.shop ?? 0);
  throw notModelled(`the order sort key ${sortKey}`);
}

/** GraphQL Order; times and amounts as the last body told them. */
export function orderNode(order: OrderRecord, context: GraphqlContext): Record<string, unknown> {
  const { store } = context;
  const bag = bagOf(order);
  const { money } = order;
  return {
    __typename: 'Order',
    id: `gid://shopify/Order/${order.id}`,
    legacyResourceId: order.id,
    name: order.name,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    processedAt: order.processedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason?.toUpperCase() ?? null,
    closedAt: order.closedAt,
    closed: order.closedAt !== null,
    email: order.email,
    phone: order.phone,
    customerLocale: order.locale,
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentmentCurrency,
    displayFinancialStatus: order.financialStatus?.toUpperCase() ?? null,
    displayFulfillmentStatus: fulfillmentStatus(order),
    customer: () => {
      const customer = order.customerId === null ? undefined : store.records.customer.get(order.customerId);
      return customer === undefined ? null : customerNode(customer, context);
    },
    test: order.test,
    taxesIncluded: order.taxesIncluded ?? undefined,
    sourceName: order.sourceName,
    note: order.note,
    confirmationNumber: order.confirmationNumber,
    tags: order.tags,
    discountCodes: order.discountCodes,
    discountCode: order.discountCodes[0] ?? null,
    statusPageUrl: `${context.baseUrl}/order-status/${order.id}`,
    subtotalPriceSet: bag(money.subtotal) ?? null,
    totalDiscountsSet: bag(money.discounts) ?? null,
    totalTaxSet: bag(money.tax) ?? null,
    totalShippingPriceSet: bag(money.shipping),
    totalPriceSet: bag(money.total),
    originalTotalPriceSet: bag(money.total),
    currentSubtotalPriceSet: bag(money.currentSubtotal),
    currentTotalPriceSet: bag(money.currentTotal),
    currentTotalDiscountsSet: bag(money.currentDiscounts),
    currentTotalTaxSet: bag(money.currentTax),
    totalRefundedSet: () => bag(addPairs(store.refundsOf(order.id).map(refundedAmount))),
    shippingAddress: () => addressNode(order.shippingAddress, order.id),
    billingAddress: () => addressNode(order.billingAddress, order.id),
    lineItems: (args: PageArgs) =>
      connection(
        order.lines,
        args,
        () => '',
        (line) => lineNode(line, order, context),
      ),
    fulfillments: (args: { first?: number | null }) =>
      store
        .fulfillmentsOf(order.id)
        .slice(0, args.first ?? undefined)
        .map((fulfillment) => fulfillmentNode(fulfillment, context)),
    refunds: (args: { first?: number | null }) =>
      store
        .refundsOf(order.id)
        .slice(0, args.first ?? undefined)
        .map((refund) => refundNode(refund, context)),
    ...metafieldsOf(`gid://shopify/Order/${order.id}`, store),
  };
}

function fulfillmentStatus(order: OrderRecord): string {
  const status = order.fulfillmentStatus;
  if (status === null || status === 'pending') return 'UNFULFILLED';
  return status === 'partial' ? 'PARTIALLY_FULFILLED' : status.toUpperCase();
}
