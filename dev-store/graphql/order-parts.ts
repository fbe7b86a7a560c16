import { addAmounts } from '../amounts.ts';
import type { FulfillmentRecord, LineRecord, MoneyPair, OrderRecord, RefundRecord } from '../records.ts';
import { connection, type PageArgs } from './connection.ts';
import type { GraphqlContext } from './execute.ts';
import { requireScope } from './not-modelled.ts';
import { productNode } from './people.ts';

/** Writes amounts of this order as MoneyBag; what no body told is left out. */
export function bagOf(order: OrderRecord) {
  return (money: MoneyPair | null) =>
    money === null
      ? undefined
      : {
          shopMoney: { amount: money.shop, currencyCode: order.currency },
          presentmentMoney: { amount: money.presentment, currencyCode: order.presentmentCurrency },
        };
}

export function addPairs(pairs: MoneyPair[]): MoneyPair {
  return {
    shop: addAmounts(pairs.map((pair) => pair.shop)),
    presentment: addAmounts(pairs.map((pair) => pair.presentment)),
  };
}

/** What a refund gave back: its transactions, or its lines with tax where none are known. */
export function refundedAmount(refund: RefundRecord): MoneyPair {
  return refund.total ?? addPairs(refund.lines.flatMap((line) => [line.subtotal, line.tax]));
}

export function lineNode(line: LineRecord, order: OrderRecord, context: GraphqlContext) {
  const bag = bagOf(order);
  const product = line.productId === null ? undefined : context.store.records.product.get(line.productId);
  return {
    __typename: 'LineItem',
    id: `gid://shopify/LineItem/${line.id}`,
    title: line.title,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    quantity: line.quantity,
    currentQuantity: line.currentQuantity,
    requiresShipping: line.requiresShipping,
    originalUnitPriceSet: bag(line.unitPrice),
    originalTotalSet: bag(addPairs(Array.from({ length: line.quantity }, () => line.unitPrice))),
    totalDiscountSet: bag(line.discount),
    discountAllocations: line.discountAllocations.map((amount) => ({ allocatedAmountSet: bag(amount) })),
    taxLines: line.taxLines.map((tax) => ({ title: tax.title, rate: tax.rate, priceSet: bag(tax.price) })),
    product: () => {
      requireScope(context, 'read_products');
      return product === undefined ? null : productNode(product, context);
    },
    variant: () => {
      requireScope(context, 'read_products');
      return line.variantId === null ? null : { id: `gid://shopify/ProductVariant/${line.variantId}` };
    },
  };
}

/** The line that another object names; left out where the order or the line is not known. */
function namedLine(orderId: string, lineId: string, context: GraphqlContext) {
  const order = context.store.records.order.get(orderId);
  const line = order?.lines.find((item) => item.id === lineId);
  return order === undefined || line === undefined ? undefined : lineNode(line, order, context);
}

export function fulfillmentNode(fulfillment: FulfillmentRecord, context: GraphqlContext) {
  const { trackingCompany: company, trackingNumber: number } = fulfillment;
  return {
    __typename: 'Fulfillment',
    id: `gid://shopify/Fulfillment/${fulfillment.id}`,
    legacyResourceId: fulfillment.id,
    name: fulfillment.name ?? undefined,
    status: fulfillment.status,
    displayStatus: fulfillment.displayStatus,
    createdAt: fulfillment.createdAt,
    updatedAt: fulfillment.updatedAt,
    deliveredAt: fulfillment.deliveredAt,
    estimatedDeliveryAt: fulfillment.estimatedDeliveryAt,
    trackingInfo: company === null && number === null ? [] : [{ company, number, url: null }],
    fulfillmentLineItems: (args: PageArgs) =>
      connection(
        fulfillment.lines,
        args,
        () => '',
        (line) => ({
          id: `gid://shopify/FulfillmentLineItem/${line.id}`,
          quantity: line.quantity,
          lineItem: namedLine(fulfillment.orderId, line.id, context),
        }),
      ),
  };
}

export function refundNode(refund: RefundRecord, context: GraphqlContext) {
  const order = context.store.records.order.get(refund.orderId);
  const bag = order === undefined ? () => undefined : bagOf(order);
  return {
    __typename: 'Refund',
    id: `gid://shopify/Refund/${refund.id}`,
    legacyResourceId: refund.id,
    createdAt: refund.createdAt,
    note: refund.note,
    totalRefundedSet: bag(refundedAmount(refund)),
    refundLineItems: (args: PageArgs) =>
      connection(
        refund.lines,
        args,
        () => '',
        (line) => ({
          id: `gid://shopify/RefundLineItem/${line.id}`,
          quantity: line.quantity,
          restockType: line.restockType,
          subtotalSet: bag(line.subtotal),
          totalTaxSet: bag(line.tax),
          lineItem: namedLine(refund.orderId, line.lineId, context),
        }),
      ),
  };
}
