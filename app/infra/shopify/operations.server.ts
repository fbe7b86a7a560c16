import { decimalFromMinor } from '../../domain/core/money.ts';
import type { ProductInfo } from '../db/products.repo.server.ts';
import type { AdminClient, AdminFailure, AdminOperation, AdminResult } from './admin.server.ts';
import { discountByCode, discountCodeCreate } from './graphql/discounts.ts';
import { orderWebhookBody } from './graphql/order-body.ts';
import {
  moreFulfillmentLines,
  moreLines,
  moreRefundLines,
  orderById,
  ordersUpdatedSince,
} from './graphql/orders.ts';
import type { OrderNode } from './graphql/orders.ts';
import { moreCollections, productsById } from './graphql/products.ts';
import { shopInfo } from './graphql/shop.ts';
import { idText } from './mapping/fields.ts';
import { productInfo } from './mapping/product.ts';
import { activatePixel, type PixelOutcome, type PixelWish } from './pixel-operations.ts';
import { refusedBy } from './refused-by.ts';

/** What the app asks of Shopify. Every function ends in its own outcome or in an AdminFailure; none throws for what Shopify says. */
export interface ShopifyOperations {
  /** A code for one customer and one use, worth a fixed amount off the order. */
  createDiscountCode(shopDomain: string, input: DiscountCodeInput): Promise<DiscountOutcome>;
  /** A code for one use, of one customer where an account is known, off the whole order. */
  createRewardDiscount(shopDomain: string, input: RewardDiscountInput): Promise<DiscountOutcome>;
  /** A code that anybody may use up to `usageLimit` times, once per customer. */
  createReferralDiscount(shopDomain: string, input: ReferralDiscountInput): Promise<DiscountOutcome>;
  /** One page of the orders changed since a moment, oldest change first; `cursor` null = first page. */
  ordersUpdatedSince(
    shopDomain: string,
    input: { since: Date; cursor: string | null },
  ): Promise<OrdersOutcome>;
  /** One order with all its lines, fulfillments and refunds, as the body of an orders/updated webhook. */
  orderAsWebhook(shopDomain: string, orderId: string): Promise<OrderOutcome>;
  /** Products with picture and all their collections; at most 30 ids (graphql/products.ts says why). */
  productsById(shopDomain: string, productIds: readonly string[]): Promise<ProductsOutcome>;
  shopInfo(shopDomain: string): Promise<ShopInfoOutcome>;
  /** Has the app's web pixel run in the store with these settings, whether or not it runs already. */
  activatePixel(shopDomain: string, wish: PixelWish): Promise<PixelOutcome>;
}

export interface DiscountCodeInput {
  /** Derived from the action's id: it makes the creation idempotent. */
  code: string;
  title: string;
  customerId: string;
  amountMinor: number;
  currency: string;
  startsAt: Date;
  endsAt: Date;
}

export interface RewardDiscountInput extends Omit<
  DiscountCodeInput,
  'customerId' | 'amountMinor' | 'currency'
> {
  /** null: a guest, to whom a code cannot be bound. */
  customerId: string | null;
  /** `share` 0..1, e.g. 0.1 for 10%. */
  worth: { share: number } | { amountMinor: number; currency: string };
}

export interface ReferralDiscountInput {
  code: string;
  title: string;
  /** 0..1, e.g. 0.1 for 10%. */
  share: number;
  usageLimit: number;
  startsAt: Date;
  endsAt: Date | null;
}

export type DiscountOutcome = { kind: 'done'; discountId: string; existedBefore: boolean } | AdminFailure;
export type OrdersOutcome =
  { kind: 'page'; orders: { orderId: string; updatedAt: Date }[]; nextCursor: string | null } | AdminFailure;
export type OrderOutcome =
  { kind: 'order'; body: Uint8Array; updatedAt: Date } | { kind: 'gone' } | AdminFailure;
/** `missing`: Shopify knows no such product, or none any more. */
export type ProductsOutcome = { kind: 'products'; found: ProductInfo[]; missing: string[] } | AdminFailure;
export type ShopInfoOutcome =
  | { kind: 'shop'; shopId: string; name: string; email: string; currency: string; timeZone: string }
  | AdminFailure;

/** @param options.devStoreUrl where pictures come from when the app runs against the dev store */
export function createShopifyOperations(
  admin: AdminClient,
  { devStoreUrl }: { devStoreUrl?: string | undefined } = {},
): ShopifyOperations {
  /** Creates; a code that is taken was created by an earlier try, so it is looked up and counts as done. */
  async function createDiscount(
    shopDomain: string,
    code: string,
    discount: object,
  ): Promise<DiscountOutcome> {
    const created = await admin.adminGraphql(shopDomain, discountCodeCreate, {
      discount: { code, ...discount },
    });
    if (created.kind !== 'ok') return created;
    const payload = created.data.discountCodeBasicCreate;
    if (payload?.codeDiscountNode) return done(payload.codeDiscountNode.id, false);
    const errors = payload?.userErrors ?? [];
    if (!errors.some((error) => error.code === 'TAKEN')) return refusedBy(errors);
    const found = await admin.adminGraphql(shopDomain, discountByCode, { code });
    if (found.kind !== 'ok') return found;
    const existing = found.data.codeDiscountNodeByCode;
    if (!existing)
      return { kind: 'retryable', reason: `The code ${code} is taken, but Shopify does not find it yet.` };
    return done(existing.id, true);
  }

  return {
    createDiscountCode: (shopDomain, input) =>
      createDiscount(shopDomain, input.code, {
        title: input.title,
        startsAt: input.startsAt.toISOString(),
        endsAt: input.endsAt.toISOString(),
        usageLimit: 1,
        appliesOncePerCustomer: true,
        context: { customers: { add: [gid('Customer', input.customerId)] } },
        customerGets: {
          value: {
            discountAmount: {
              amount: decimalFromMinor(input.amountMinor, input.currency),
              appliesOnEachItem: false,
            },
          },
          items: { all: true },
        },
      }),

    createRewardDiscount: (shopDomain, { code, title, customerId, worth, startsAt, endsAt }) =>
      createDiscount(shopDomain, code, {
        title,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        usageLimit: 1,
        appliesOncePerCustomer: true,
        context: customerId ? { customers: { add: [gid('Customer', customerId)] } } : { all: 'ALL' },
        customerGets: {
          value:
            'share' in worth
              ? { percentage: worth.share }
              : {
                  discountAmount: {
                    amount: decimalFromMinor(worth.amountMinor, worth.currency),
                    appliesOnEachItem: false,
                  },
                },
          items: { all: true },
        },
      }),

    createReferralDiscount: (shopDomain, input) =>
      createDiscount(shopDomain, input.code, {
        title: input.title,
        startsAt: input.startsAt.toISOString(),
        endsAt: input.endsAt?.toISOString() ?? null,
        usageLimit: input.usageLimit,
        appliesOncePerCustomer: true,
        context: { all: 'ALL' },
        customerGets: { value: { percentage: input.share }, items: { all: true } },
      }),

    async ordersUpdatedSince(shopDomain, { since, cursor }) {
      const result = await admin.adminGraphql(shopDomain, ordersUpdatedSince, {
        query: `updated_at:>='${since.toISOString()}'`,
        after: cursor,
      });
      if (result.kind !== 'ok') return result;
      const { nodes, pageInfo } = result.data.orders;
      return {
        kind: 'page',
        orders: nodes.map((node) => ({ orderId: idOf(node.id), updatedAt: new Date(node.updatedAt) })),
        nextCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      };
    },

    async orderAsWebhook(shopDomain, orderId) {
      const result = await admin.adminGraphql(shopDomain, orderById, { id: gid('Order', orderId) });
      if (result.kind !== 'ok') return result;
      const { order } = result.data;
      if (!order) return { kind: 'gone' };
      const failure = await completeLists(admin, shopDomain, order);
      return (
        failure ?? { kind: 'order', body: orderWebhookBody(order), updatedAt: new Date(order.updatedAt) }
      );
    },

    async productsById(shopDomain, productIds) {
      const ids = productIds.map((id) => gid('Product', id));
      const result = await admin.adminGraphql(shopDomain, productsById, { ids });
      if (result.kind !== 'ok') return result;
      const found: ProductInfo[] = [];
      // Each node stands in the place of the id that asked for it.
      for (const [index, node] of result.data.nodes.entries()) {
        const id = productIds[index];
        if (!node || id === undefined) continue;
        const failure = await fetchRest(admin, shopDomain, node.id, node.collections, moreCollections);
        if (failure) return failure;
        found.push(productInfo(id, node, devStoreUrl));
      }
      const known = new Set(found.map(({ productId }) => productId));
      return { kind: 'products', found, missing: productIds.filter((id) => !known.has(id)) };
    },

    activatePixel: (shopDomain, wish) => activatePixel(admin, shopDomain, wish),

    async shopInfo(shopDomain) {
      const result = await admin.adminGraphql(shopDomain, shopInfo, {});
      if (result.kind !== 'ok') return result;
      const { shop } = result.data;
      return {
        kind: 'shop',
        shopId: idOf(shop.id),
        name: shop.name,
        email: shop.email,
        currency: shop.currencyCode,
        timeZone: shop.ianaTimezone,
      };
    },
  };
}

/** Fetches what did not fit into the first answer of an order, into its own lists. */
async function completeLists(
  admin: AdminClient,
  shopDomain: string,
  order: OrderNode,
): Promise<AdminFailure | null> {
  const rest = <Node>(
    ownerId: string,
    list: Page<Node>,
    operation: AdminOperation<{ owner: { page: Page<Node> } | null }>,
  ) => fetchRest(admin, shopDomain, ownerId, list, operation);
  const failure = await rest(order.id, order.lineItems, moreLines);
  if (failure) return failure;
  for (const one of order.fulfillments) {
    const stopped = await rest(one.id, one.fulfillmentLineItems, moreFulfillmentLines);
    if (stopped) return stopped;
  }
  for (const one of order.refunds) {
    const stopped = await rest(one.id, one.refundLineItems, moreRefundLines);
    if (stopped) return stopped;
  }
  return null;
}

interface Page<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function fetchRest<Node>(
  admin: AdminClient,
  shopDomain: string,
  ownerId: string,
  list: Page<Node>,
  operation: AdminOperation<{ owner: { page: Page<Node> } | null }>,
): Promise<AdminFailure | null> {
  let { pageInfo } = list;
  while (pageInfo.hasNextPage && pageInfo.endCursor !== null) {
    const variables = { id: ownerId, after: pageInfo.endCursor };
    const result: AdminResult<{ owner: { page: Page<Node> } | null }> = await admin.adminGraphql(
      shopDomain,
      operation,
      variables,
    );
    if (result.kind !== 'ok') return result;
    if (!result.data.owner) return null;
    list.nodes.push(...result.data.owner.page.nodes);
    pageInfo = result.data.owner.page.pageInfo;
  }
  return null;
}

const gid = (type: string, id: string) => `gid://shopify/${type}/${id}`;

const done = (discountId: string, existedBefore: boolean): DiscountOutcome => ({
  kind: 'done',
  discountId,
  existedBefore,
});

function idOf(globalId: string): string {
  const id = idText(globalId);
  if (id === null) throw new Error(`Shopify gave an id without digits: ${globalId}`);
  return id;
}
