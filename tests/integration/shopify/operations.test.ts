import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { AdminOperation } from '#app/infra/shopify/admin.server.ts';
import * as discounts from '#app/infra/shopify/graphql/discounts.ts';
import * as orders from '#app/infra/shopify/graphql/orders.ts';
import * as pixels from '#app/infra/shopify/graphql/pixels.ts';
import * as products from '#app/infra/shopify/graphql/products.ts';
import * as shops from '#app/infra/shopify/graphql/shop.ts';
import { requestedCost } from '#dev-store/graphql/cost.ts';
import { fakeAdmin, schema } from './fake-admin.ts';

const shop = 'a.myshopify.com';
const all = Object.entries({ ...discounts, ...orders, ...pixels, ...products, ...shops }) as [
  string,
  AdminOperation<unknown>,
][];

describe('documents', () => {
  it.each(all)('%s is valid at the pinned version, for at most 1,000 points', (_name, operation) => {
    const document = parse(operation.document);
    expect(validate(schema, document).map((error) => error.message)).toEqual([]);
    // As many ids as the refresh of products asks for at once.
    const ids = Array.from({ length: 30 }, (_, id) => String(id));
    expect(requestedCost(schema, document, { ids })).toBeLessThanOrEqual(1_000);
  });

  it('are checked at all: a field that does not exist is refused', () => {
    const wrong = parse(shops.shopInfo.document.replace('ianaTimezone', 'timezone'));
    expect(validate(schema, wrong)).toHaveLength(1);
  });

  it('name no deprecated field', () => {
    const deprecated = [
      'customerSelection',
      'legacyResourceId',
      'emailMarketingConsent',
      'totalPrice ',
      'featuredImage',
    ];
    for (const [, { document }] of all) for (const field of deprecated) expect(document).not.toContain(field);
  });
});

describe('discount codes', () => {
  const startsAt = new Date('2026-03-01T00:00:00Z');
  const endsAt = new Date('2026-04-30T00:00:00Z');
  const code = {
    code: 'CARE-1',
    title: 'Sorry',
    customerId: '9007199254740993',
    amountMinor: 1_250,
    currency: 'EUR',
    startsAt,
    endsAt,
  };
  const created = (over: object) => ({
    discountCodeBasicCreate: { codeDiscountNode: null, userErrors: [], ...over },
  });
  const node = { id: 'gid://shopify/DiscountCodeNode/5' };
  const taken = created({
    userErrors: [{ field: ['basicCodeDiscount', 'code'], code: 'TAKEN', message: 'Code must be unique' }],
  });

  it('creates a code for one customer and one use', async () => {
    const { calls, operations } = fakeAdmin(created({ codeDiscountNode: node }));
    expect(await operations.createDiscountCode(shop, code)).toEqual({
      kind: 'done',
      discountId: node.id,
      existedBefore: false,
    });
    expect(calls[0]?.variables['discount']).toMatchObject({
      code: 'CARE-1',
      usageLimit: 1,
      appliesOncePerCustomer: true,
      context: { customers: { add: ['gid://shopify/Customer/9007199254740993'] } },
      customerGets: {
        value: { discountAmount: { amount: '12.50', appliesOnEachItem: false } },
        items: { all: true },
      },
      endsAt: '2026-04-30T00:00:00.000Z',
    });
  });

  it('creates a percentage for everybody', async () => {
    const { calls, operations } = fakeAdmin(created({ codeDiscountNode: node }));
    const input = {
      code: 'ADA-10',
      title: 'Ada sent me',
      share: 0.1,
      usageLimit: 20,
      startsAt,
      endsAt: null,
    };
    expect(await operations.createReferralDiscount(shop, input)).toMatchObject({ kind: 'done' });
    expect(calls[0]?.variables['discount']).toMatchObject({
      usageLimit: 20,
      appliesOncePerCustomer: true,
      context: { all: 'ALL' },
      customerGets: { value: { percentage: 0.1 }, items: { all: true } },
      endsAt: null,
    });
  });

  it.each([
    [
      'for the account of whoever completed a survey',
      { customerId: '9007199254740993', worth: { share: 0.15 } },
      {
        context: { customers: { add: ['gid://shopify/Customer/9007199254740993'] } },
        customerGets: { value: { percentage: 0.15 }, items: { all: true } },
      },
    ],
    [
      'for a guest, whom Shopify does not know',
      { customerId: null, worth: { amountMinor: 500, currency: 'EUR' } },
      {
        context: { all: 'ALL' },
        customerGets: {
          value: { discountAmount: { amount: '5.00', appliesOnEachItem: false } },
          items: { all: true },
        },
      },
    ],
  ])('creates a reward of one use %s', async (_name, about, expected) => {
    const { calls, operations } = fakeAdmin(created({ codeDiscountNode: node }));
    const reward = { code: 'THANKS-1', title: 'Survey THANKS-1', startsAt, endsAt, ...about };
    expect(await operations.createRewardDiscount(shop, reward)).toMatchObject({ kind: 'done' });
    expect(calls[0]?.variables['discount']).toEqual({
      ...{ code: 'THANKS-1', title: 'Survey THANKS-1', usageLimit: 1, appliesOncePerCustomer: true },
      ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), ...expected },
    });
  });

  it('takes a code that exists already as done, with its id', async () => {
    const { calls, operations } = fakeAdmin(taken, { codeDiscountNodeByCode: node });
    expect(await operations.createDiscountCode(shop, code)).toEqual({
      kind: 'done',
      discountId: node.id,
      existedBefore: true,
    });
    expect(calls[1]?.variables).toEqual({ code: 'CARE-1' });
  });

  it.each([
    [
      'taken but not found yet',
      [taken, { codeDiscountNodeByCode: null }],
      { kind: 'retryable', reason: expect.stringMatching(/CARE-1 is taken/) },
    ],
    [
      'throttled at the look-up',
      [taken, { kind: 'throttled', retryAfterMs: 5 }],
      { kind: 'throttled', retryAfterMs: 5 },
    ],
    [
      'another user error',
      [created({ userErrors: [{ field: ['a', 'b'], code: 'BLANK', message: 'is blank' }] })],
      { kind: 'refused', reason: 'Shopify refused it: a.b: is blank' },
    ],
    ['nothing at all', [created({})], { kind: 'retryable', reason: expect.stringMatching(/named no error/) }],
    ['a failed call', [{ kind: 'reauthorise', reason: 'r' }], { kind: 'reauthorise', reason: 'r' }],
  ])('%s', async (_name, answers, expected) => {
    expect(await fakeAdmin(...answers).operations.createDiscountCode(shop, code)).toEqual(expected);
  });
});

describe('shop', () => {
  it('reads the shop', async () => {
    const { operations } = fakeAdmin({
      shop: {
        id: 'gid://shopify/Shop/548380009',
        name: 'Field & Kiln',
        email: 'a@example.com',
        myshopifyDomain: shop,
        currencyCode: 'EUR',
        ianaTimezone: 'Europe/Berlin',
      },
    });
    expect(await operations.shopInfo(shop)).toEqual({
      kind: 'shop',
      shopId: '548380009',
      name: 'Field & Kiln',
      email: 'a@example.com',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    });
  });
});
