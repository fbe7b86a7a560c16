import type { Json } from '../json.ts';
import { connection, type PageArgs } from './connection.ts';
import { discountCodeBasicCreate, discountNode } from './discounts.ts';
import type { GraphqlContext } from './execute.ts';
import { metafieldsSet } from './metafields.ts';
import { findNode, installationNode, parseGid, shopNode } from './node.ts';
import { notModelled, requireScope } from './not-modelled.ts';
import { filterOrders, orderNode, orderSortValue, type OrdersArgs } from './orders.ts';
import { customersPage, productNode } from './people.ts';
import { webPixel, webPixelCreate, webPixelUpdate } from './pixels.ts';

const FLOW_PAYLOAD_BYTES = 50_000;
const READ_SCOPE: Record<string, string> = {
  Order: 'read_orders',
  Fulfillment: 'read_fulfillments',
  Refund: 'read_orders',
  Customer: 'read_customers',
  Product: 'read_products',
  DiscountCodeNode: 'read_discounts',
};

function nodeByGid(gid: string, context: GraphqlContext) {
  const scope = READ_SCOPE[parseGid(gid)?.kind ?? ''];
  if (scope !== undefined) requireScope(context, scope);
  return findNode(gid, context);
}

/** Queries and mutations the store answers; every other root field is refused by name. */
export const rootValue = {
  shop: (_args: object, context: GraphqlContext) => shopNode(context),
  currentAppInstallation: (_args: object, context: GraphqlContext) => installationNode(context),
  node: (args: { id: string }, context: GraphqlContext) => nodeByGid(args.id, context),
  nodes: (args: { ids: string[] }, context: GraphqlContext) => args.ids.map((id) => nodeByGid(id, context)),
  order: (args: { id: string }, context: GraphqlContext) => nodeOf('Order', args.id, context),
  customer: (args: { id: string }, context: GraphqlContext) => nodeOf('Customer', args.id, context),
  fulfillment: (args: { id: string }, context: GraphqlContext) => nodeOf('Fulfillment', args.id, context),
  refund: (args: { id: string }, context: GraphqlContext) => nodeOf('Refund', args.id, context),
  product: (args: { id: string }, context: GraphqlContext) => nodeOf('Product', args.id, context),
  codeDiscountNode: (args: { id: string }, context: GraphqlContext) =>
    nodeOf('DiscountCodeNode', args.id, context),
  orders: (args: OrdersArgs, context: GraphqlContext) => {
    requireScope(context, 'read_orders');
    const found = filterOrders([...context.store.records.order.values()], args.query);
    return connection(found, args, orderSortValue(args.sortKey ?? 'PROCESSED_AT'), (order) =>
      orderNode(order, context),
    );
  },
  customers: (args: PageArgs & { query?: string | null; sortKey?: string }, context: GraphqlContext) => {
    requireScope(context, 'read_customers');
    if (args.query) throw notModelled('the search of customers');
    return customersPage(args, context);
  },
  products: (args: PageArgs & { query?: string | null }, context: GraphqlContext) => {
    requireScope(context, 'read_products');
    if (args.query) throw notModelled('the search of products');
    const all = [...context.store.records.product.values()];
    return connection(
      all,
      args,
      () => '',
      (product) => productNode(product, context),
    );
  },
  codeDiscountNodeByCode: (args: { code: string }, context: GraphqlContext) => {
    requireScope(context, 'read_discounts');
    const record = context.store.discountByCode(args.code);
    return record === undefined ? null : discountNode(record, context);
  },
  webPixel,

  discountCodeBasicCreate,
  metafieldsSet,
  flowTriggerReceive: (args: { handle?: string; payload?: Json; body?: string }, context: GraphqlContext) => {
    const refuse = (field: string, message: string) => ({ userErrors: [{ field: [field], message }] });
    if (args.body != null) throw notModelled('the deprecated argument body of flowTriggerReceive');
    if (!args.handle) return refuse('handle', "Handle can't be blank");
    const payload = args.payload ?? null;
    if (payload === null) return refuse('payload', "Payload can't be blank");
    if (Buffer.byteLength(JSON.stringify(payload)) > FLOW_PAYLOAD_BYTES) {
      return refuse('payload', 'Payload is larger than 50 KB');
    }
    context.store.recordFlowTrigger({ handle: args.handle, payload, receivedAt: new Date().toISOString() });
    return { userErrors: [] };
  },
  webPixelCreate,
  webPixelUpdate,
};

function nodeOf(kind: string, gid: string, context: GraphqlContext) {
  return parseGid(gid)?.kind === kind ? nodeByGid(gid, context) : null;
}
