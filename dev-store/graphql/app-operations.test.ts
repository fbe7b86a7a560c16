import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SCOPES } from '#app/infra/env.server.ts';
import type { AdminOperation } from '#app/infra/shopify/admin.server.ts';
import { discountByCode, discountCodeCreate } from '#app/infra/shopify/graphql/discounts.ts';
import { activatePixel } from '#app/infra/shopify/pixel-operations.ts';
import { orderWebhookBody } from '#app/infra/shopify/graphql/order-body.ts';
import * as orders from '#app/infra/shopify/graphql/orders.ts';
import { moreCollections, productsById } from '#app/infra/shopify/graphql/products.ts';
import { shopInfo } from '#app/infra/shopify/graphql/shop.ts';
import { jsonBytes, orderPayload } from '#tests/factories/shopify-payloads.ts';
import { productBodies, PRODUCTS } from '../demo/scenario/catalogue.ts';
import { orderRecord } from '../order-record.ts';
import { isObject, parseExact, type JsonObject } from '../json.ts';
import { startTestStore, type RunningStore } from '../testing.ts';

// Whole servers start here: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Every operation of the app, run as it stands and read with the shape the app expects. */
const ID = '9007199254740995001';
const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour));
const payload = orderPayload({
  id: ID,
  createdAt: at(1),
  updatedAt: at(5),
  email: 'ada@example.com',
  countryCode: 'DE',
  customer: {
    id: '9007199254740995002',
    email: 'ada@example.com',
    firstName: 'Ada',
    createdAt: at(0),
    consent: 'subscribed',
    consentUpdatedAt: at(0),
  },
  lines: [
    {
      id: '9007199254740995003',
      productId: '31',
      variantId: '41',
      unitPriceMinor: 1000,
      quantity: 3,
      discountMinor: 250,
      taxMinor: 400,
    },
  ],
  shippingMinor: 490,
  taxesIncluded: true,
  fulfillments: [
    { id: '51', orderId: ID, createdAt: at(2), updatedAt: at(3), lineIds: ['9007199254740995003'] },
  ],
  refunds: [
    {
      id: '61',
      orderId: ID,
      createdAt: at(4),
      lines: [{ id: '71', lineId: '9007199254740995003', quantity: 1, subtotalMinor: 1050 }],
    },
  ],
});
const body = new TextDecoder().decode(jsonBytes(payload));

let store: RunningStore;
let token: string;
async function run<Data>(operation: AdminOperation<Data>, variables: object): Promise<Data> {
  const answer = await store.graphql(token, operation.document, variables);
  expect(answer.errors).toBeUndefined();
  return operation.data.parse(answer.data);
}

beforeAll(async () => {
  const extensionsDir = join(import.meta.dirname, '../../extensions');
  store = await startTestStore({ scopes: [...SCOPES], extensionsDir });
  token = await store.accessToken();
  await store.post('/control/store', `{"webhooks":[{"topic":"orders/create","body":${body}}]}`);
});
afterAll(() => store.devStore.close());

describe("the app's operations", () => {
  it('poll the orders and read one back as the webhook it came from', async () => {
    const query = `updated_at:>='${at(5).toISOString()}'`;
    const page = await run(orders.ordersUpdatedSince, { query, after: null });
    expect(page.orders.nodes.map((node) => node.id)).toEqual([`gid://shopify/Order/${ID}`]);
    const { order } = await run(orders.orderById, { id: `gid://shopify/Order/${ID}` });
    expect(order).not.toBeNull();
    if (order === null) return;
    const back = parseExact(new TextDecoder().decode(orderWebhookBody(order)));
    const sent = parseExact(body);
    const facts = (value: unknown) => {
      const record = orderRecord(value as JsonObject);
      const { lines, money, customerId, id, updatedAt, taxesIncluded, financialStatus } = record ?? {};
      const shop = Object.fromEntries(
        ['total', 'tax', 'shipping', 'discounts'].map((name) => [name, money?.[name as 'total']?.shop]),
      );
      const sold = lines?.map((line) => [
        line.id,
        line.quantity,
        line.unitPrice.shop,
        line.discountAllocations[0]?.shop,
        line.taxLines[0]?.price.shop,
      ]);
      return { id, customerId, updatedAt, taxesIncluded, financialStatus, shop, sold };
    };
    expect(isObject(back)).toBe(true);
    expect(facts(back)).toEqual(facts(sent));
    expect(order.refunds[0]?.totalRefundedSet.shopMoney.amount).toBe('10.50');
    expect(order.refunds[0]?.refundLineItems.nodes[0]?.lineItem.id).toBe(
      'gid://shopify/LineItem/9007199254740995003',
    );
    expect(order.fulfillments[0]?.fulfillmentLineItems.nodes[0]?.lineItem.id).toBe(
      'gid://shopify/LineItem/9007199254740995003',
    );
    expect(order.customer?.defaultEmailAddress?.marketingState).toBe('SUBSCRIBED');
  });

  it('page through the lists of an order', async () => {
    const first = await run(orders.orderById, { id: `gid://shopify/Order/${ID}` });
    const after = first.order?.lineItems.pageInfo.endCursor;
    expect(
      (await run(orders.moreLines, { id: `gid://shopify/Order/${ID}`, after })).owner?.page.nodes,
    ).toEqual([]);
    const more = first.order?.fulfillments[0]?.fulfillmentLineItems.pageInfo.endCursor;
    expect(
      (await run(orders.moreFulfillmentLines, { id: 'gid://shopify/Fulfillment/51', after: more })).owner
        ?.page.nodes,
    ).toEqual([]);
    const rest = first.order?.refunds[0]?.refundLineItems.pageInfo.endCursor;
    expect(
      (await run(orders.moreRefundLines, { id: 'gid://shopify/Refund/61', after: rest })).owner?.page.nodes,
    ).toEqual([]);
  });

  it('read products with a picture that the dev store serves, and with their collections', async () => {
    await store.post('/control/store', { products: productBodies(at(0)) });
    const mug = PRODUCTS.find(({ sku }) => sku === 'MUG-SEA')!;
    const gids = [mug.id, '31', '404'].map((id) => `gid://shopify/Product/${id}`);
    const { nodes } = await run(productsById, { ids: gids });
    expect(nodes.map((node) => node?.title)).toEqual([mug.title, expect.any(String), undefined]);
    // Told by an order alone: nobody knows a picture of it.
    expect(nodes[1]).toMatchObject({ featuredMedia: null, collections: { nodes: [] } });
    const { featuredMedia, collections } = nodes[0]!;
    expect(collections.nodes.map(({ title }) => title)).toEqual(['Cups and tins', 'Gifts']);
    const picture = await fetch(featuredMedia!.preview!.image!.url);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('image/svg+xml'),
    ]);
    const after = collections.pageInfo.endCursor;
    expect((await run(moreCollections, { id: gids[0], after })).owner?.page.nodes).toEqual([]);
    expect((await fetch(`${store.url}/storefront/pictures/404.svg`)).status).toBe(404);
  });

  it('switch the web pixel on, change it, and find it where they forgot it', async () => {
    const shop = 'demo-shop.myshopify.com';
    const admin = {
      adminGraphql: async <Data>(_shop: string, operation: AdminOperation<Data>, variables: object) =>
        ({ kind: 'ok', data: await run(operation, variables) }) as const,
    };
    const activate = (pixelId: string | null, settings: { accountID: string; helpPages?: string }) =>
      activatePixel(admin, shop, { pixelId, settings });
    const kept = () => store.devStore.store.webPixel;
    const made = await activate(null, { accountID: 'a.b', helpPages: 'help' });
    expect(made).toEqual({
      kind: 'done',
      pixelId: expect.stringMatching(/^gid:\/\/shopify\/WebPixel\/\d+$/),
    });
    const id = kept()!.id;
    expect(kept()).toEqual({ id, settings: { accountID: 'a.b', helpPages: 'help' } });
    for (const [known, accountID] of [
      [id, 'a.c'],
      [null, 'a.d'],
      ['gid://shopify/WebPixel/1', 'a.e'],
    ] as const) {
      expect(await activate(known, { accountID })).toEqual({ kind: 'done', pixelId: id });
      expect(kept()).toEqual({ id, settings: { accountID } });
    }
    const strange = { accountID: 'a.f', colour: 'red' };
    const reason = expect.stringContaining('colour is not defined');
    expect(await activate(id, strange)).toEqual({ kind: 'refused', reason });
    expect(await activate(id, { accountID: '' })).toMatchObject({ kind: 'refused' });
    expect(kept()).toEqual({ id, settings: { accountID: 'a.e' } });
  });

  it('read the shop, make a code and find it', async () => {
    expect((await run(shopInfo, {})).shop).toMatchObject({ name: 'Demo Shop', currencyCode: 'EUR' });
    const id = 'gid://shopify/Customer/9007199254740995002';
    const discount = {
      title: 'Sorry',
      code: 'SORRY-9',
      startsAt: at(0).toISOString(),
      endsAt: at(20).toISOString(),
      usageLimit: 1,
      appliesOncePerCustomer: true,
      context: { customers: { add: [id] } },
      customerGets: {
        value: { discountAmount: { amount: '5.00', appliesOnEachItem: false } },
        items: { all: true },
      },
    };
    const made = (await run(discountCodeCreate, { discount })).discountCodeBasicCreate;
    expect(made?.userErrors).toEqual([]);
    expect((await run(discountByCode, { code: 'SORRY-9' })).codeDiscountNodeByCode).toEqual(
      made?.codeDiscountNode,
    );
  });
});
