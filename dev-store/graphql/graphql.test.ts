import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { orderBody, startTestStore, TEST_SHOP, type RunningStore } from '../testing.ts';

// Whole servers start here: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CUSTOMER = 'gid://shopify/Customer/8123456789012345671';
const CREATE = `mutation ($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) {
    codeDiscountNode { id codeDiscount { ... on DiscountCodeBasic {
      title usageLimit endsAt codes(first: 1) { nodes { code } }
      customerGets { value { __typename ... on DiscountPercentage { percentage } ... on DiscountAmount { amount { amount currencyCode } } } }
      context { __typename ... on DiscountCustomers { customers { id } } } } } }
    userErrors { field code message } } }`;
const discount = (change: object = {}) => ({
  title: 'Sorry',
  code: 'SORRY-1',
  startsAt: '2026-03-02T00:00:00Z',
  endsAt: '2026-04-02T00:00:00Z',
  usageLimit: 1,
  customerGets: { value: { percentage: 0.1 }, items: { all: true } },
  context: { customers: { add: [CUSTOMER] } },
  ...change,
});

let store: RunningStore;
let token: string;
const run = (query: string, variables: object = {}) => store.graphql(token, query, variables);

beforeAll(async () => {
  store = await startTestStore();
  token = await store.accessToken();
  const orders = ['6000000000000000001', '6000000000000000002', '6000000000000000003'].map((id, i) =>
    orderBody(id, { updated_at: `2026-03-0${i + 1}T12:00:00Z` }),
  );
  await store.post('/control/store', `{"orders":[${orders.join(',')}]}`);
});
afterAll(() => store.devStore.close());

describe('reading', () => {
  it('answers the shop, the order and its customer with exact ids and amounts', async () => {
    const body = await run(`{
      shop { name currencyCode ianaTimezone myshopifyDomain plan { publicDisplayName } }
      order(id: "gid://shopify/Order/6000000000000000001") {
        legacyResourceId updatedAt displayFinancialStatus displayFulfillmentStatus
        totalPriceSet { shopMoney { amount currencyCode } }
        customer { id displayName numberOfOrders }
        lineItems(first: 5) { nodes { id quantity originalTotalSet { shopMoney { amount } } totalDiscountSet { shopMoney { amount } } } } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({
      shop: {
        name: 'Demo Shop',
        currencyCode: 'EUR',
        ianaTimezone: 'Europe/Berlin',
        myshopifyDomain: TEST_SHOP,
      },
      order: {
        legacyResourceId: '6000000000000000001',
        updatedAt: '2026-03-01T12:00:00Z',
        displayFinancialStatus: 'PAID',
        displayFulfillmentStatus: 'UNFULFILLED',
        totalPriceSet: { shopMoney: { amount: '30.00', currencyCode: 'EUR' } },
        customer: { id: CUSTOMER, displayName: 'Ada Byron', numberOfOrders: '3' },
        lineItems: {
          nodes: [
            {
              id: 'gid://shopify/LineItem/9007199254740993',
              quantity: 3,
              originalTotalSet: { shopMoney: { amount: '33.30' } },
              totalDiscountSet: { shopMoney: { amount: '3.30' } },
            },
          ],
        },
      },
    });
    const cost = body.extensions?.cost;
    expect(cost?.requestedQueryCost).toBeGreaterThan(0);
    expect(cost?.throttleStatus).toMatchObject({
      maximumAvailable: expect.any(Number),
      restoreRate: expect.any(Number),
    });
  });

  it('pages orders by update time, also when one of them changes between two pages', async () => {
    const page = `query ($after: String) { orders(first: 1, after: $after, sortKey: UPDATED_AT, query: "updated_at:>'2026-03-01T12:00:00Z'") {
      nodes { id } pageInfo { hasNextPage endCursor } } }`;
    type Page = {
      orders: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
    const first = (await run(page)).data as unknown as Page;
    expect(first.orders.nodes).toEqual([{ id: 'gid://shopify/Order/6000000000000000002' }]);
    expect(first.orders.pageInfo.hasNextPage).toBe(true);
    await store.post(
      '/control/store',
      `{"orders":[${orderBody('6000000000000000002', { updated_at: '2026-03-09T12:00:00Z' })}]}`,
    );
    const second = (await run(page, { after: first.orders.pageInfo.endCursor })).data as unknown as Page;
    expect(second.orders.nodes).toEqual([{ id: 'gid://shopify/Order/6000000000000000003' }]);
  });

  it('keeps the newer order when an older body comes later', async () => {
    await store.post(
      '/control/store',
      `{"orders":[${orderBody('6000000000000000003', { updated_at: '2026-01-01T00:00:00Z', financial_status: 'pending' })}]}`,
    );
    const body = await run(
      '{ order(id: "gid://shopify/Order/6000000000000000003") { displayFinancialStatus } }',
    );
    expect(body.data).toEqual({ order: { displayFinancialStatus: 'PAID' } });
  });

  it.each([
    [
      'an unknown field',
      '{ shop { nmae } }',
      /Cannot query field "nmae" on type "Shop". Did you mean "name"/,
    ],
    ['a field it does not model', '{ shop { taxShipping } }', /dev store does not model Shop.taxShipping/],
    [
      'a root field it does not model',
      '{ giftCards(first: 1) { nodes { id } } }',
      /does not model QueryRoot.giftCards/,
    ],
    [
      'a search it does not model',
      '{ orders(first: 1, query: "tag:vip") { nodes { id } } }',
      /does not model the order search field "tag"/,
    ],
    ['a scope that was not granted', '{ products(first: 1) { nodes { id } } }', /read_products/],
    [
      "a line's product without its scope",
      '{ order(id: "gid://shopify/Order/6000000000000000001") { lineItems(first: 1) { nodes { product { id } } } } }',
      /read_products/,
    ],
    ['a page that is too large', '{ orders(first: 251) { nodes { id } } }', /251/],
    [
      'a query that costs too much',
      '{ orders(first: 250) { nodes { lineItems(first: 50) { nodes { id } } } } }',
      /exceeds the single query max cost/,
    ],
  ])('refuses %s', async (_what, query, message) => {
    expect((await run(query)).errors?.[0]?.message).toMatch(message);
  });

  it('answers 401 to an unknown token and 404 to an unknown version or shop', async () => {
    const ask = async (shop: string, version: string, given: string) =>
      (
        await store.post(
          `/shops/${shop}/admin/api/${version}/graphql.json`,
          { query: '{ shop { name } }' },
          { 'X-Shopify-Access-Token': given },
        )
      ).status;
    expect(await ask(TEST_SHOP, '2026-10', token)).toBe(200);
    expect(await ask(TEST_SHOP, '2026-10', 'shpat_wrong')).toBe(401);
    expect(await ask(TEST_SHOP, '2019-04', token)).toBe(404);
    expect(await ask('other.myshopify.com', '2026-10', token)).toBe(404);
  });

  it('throttles exactly as many calls as it was told', async () => {
    await store.post('/control/throttle', { calls: 2 });
    const codes = [];
    for (let i = 0; i < 3; i++) codes.push((await run('{ shop { name } }')).errors?.[0]?.extensions?.code);
    expect(codes).toEqual(['THROTTLED', 'THROTTLED', undefined]);
  });
});

describe('discount codes', () => {
  it('creates one, answers TAKEN for the same code, and finds it by code', async () => {
    const first = await run(CREATE, { discount: discount() });
    expect(first.data).toMatchObject({
      discountCodeBasicCreate: {
        userErrors: [],
        codeDiscountNode: {
          codeDiscount: {
            title: 'Sorry',
            usageLimit: 1,
            codes: { nodes: [{ code: 'SORRY-1' }] },
            customerGets: { value: { percentage: 0.1 } },
            context: { customers: [{ id: CUSTOMER }] },
          },
        },
      },
    });
    const again = await run(CREATE, { discount: discount({ code: 'sorry-1' }) });
    expect(again.data).toMatchObject({
      discountCodeBasicCreate: {
        codeDiscountNode: null,
        userErrors: [{ field: ['basicCodeDiscount', 'code'], code: 'TAKEN' }],
      },
    });
    const found = await run(
      '{ codeDiscountNodeByCode(code: "SORRY-1") { id } missing: codeDiscountNodeByCode(code: "NONE") { id } }',
    );
    const created = (
      first.data as unknown as { discountCodeBasicCreate: { codeDiscountNode: { id: string } } }
    ).discountCodeBasicCreate;
    expect(found.data).toEqual({
      codeDiscountNodeByCode: { id: created.codeDiscountNode.id },
      missing: null,
    });
  });

  it.each([
    ['a blank title', { title: ' ' }, 'BLANK'],
    ['a blank code', { code: '' }, 'BLANK'],
    ['an end before the start', { endsAt: '2026-01-01T00:00:00Z' }, 'END_DATE_BEFORE_START_DATE'],
    [
      'a percentage above 1',
      { customerGets: { value: { percentage: 10 }, items: { all: true } } },
      'VALUE_OUTSIDE_RANGE',
    ],
    ['no use at all', { usageLimit: 0 }, 'GREATER_THAN'],
    [
      'a customer the shop does not have',
      { context: { customers: { add: ['gid://shopify/Customer/1'] } } },
      'INVALID',
    ],
  ])('refuses %s', async (_what, change, code) => {
    const body = await run(CREATE, { discount: discount({ code: 'NEW-1', ...change }) });
    expect(body.data).toMatchObject({
      discountCodeBasicCreate: { codeDiscountNode: null, userErrors: [{ code }] },
    });
  });
});

describe('metafields, Flow', () => {
  it('sets metafields all or none, and compares the digest', async () => {
    const set = `mutation ($fields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $fields) { metafields { value compareDigest } userErrors { code field } } }`;
    const field = {
      ownerId: CUSTOMER,
      namespace: '$app',
      key: 'health',
      type: 'number_integer',
      value: '81',
    };
    const first = await run(set, { fields: [field] });
    expect(first.data).toMatchObject({ metafieldsSet: { metafields: [{ value: '81' }], userErrors: [] } });
    const bad = await run(set, {
      fields: [
        { ...field, value: '82' },
        { ...field, key: 'other', value: 'x' },
      ],
    });
    expect(bad.data).toMatchObject({
      metafieldsSet: { metafields: null, userErrors: [{ code: 'INVALID_VALUE' }] },
    });
    const stale = await run(set, { fields: [{ ...field, value: '83', compareDigest: 'old' }] });
    expect(stale.data).toMatchObject({ metafieldsSet: { userErrors: [{ code: 'STALE_OBJECT' }] } });
    const read = await run(
      'query ($id: ID!) { customer(id: $id) { metafield(namespace: "$app", key: "health") { value } } }',
      { id: CUSTOMER },
    );
    expect(read.data).toEqual({ customer: { metafield: { value: '81' } } });
  });

  it('records a Flow trigger and lists the granted scopes', async () => {
    const body = await run(
      'mutation { flowTriggerReceive(handle: "detractor", payload: {customer_id: 5}) { userErrors { message } } }',
    );
    expect(body.data).toEqual({ flowTriggerReceive: { userErrors: [] } });
    expect(store.devStore.store.flowTriggers).toMatchObject([
      { handle: 'detractor', payload: { customer_id: 5 } },
    ]);
    const scopes = await run('{ currentAppInstallation { accessScopes { handle } } }');
    expect(scopes.data).toMatchObject({
      currentAppInstallation: { accessScopes: expect.arrayContaining([{ handle: 'write_discounts' }]) },
    });
  });
});
