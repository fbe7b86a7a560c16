import { describe, expect, it } from 'vitest';
import { mapWebhook } from '#app/infra/shopify/webhook-mapper.ts';
import { fakeAdmin } from './fake-admin.ts';

const shop = 'a.myshopify.com';

describe('orders', () => {
  const bag = (amount: string) => ({ shopMoney: { amount, currencyCode: 'EUR' } });
  const end = { hasNextPage: false, endCursor: null };
  const more = (endCursor: string) => ({ hasNextPage: true, endCursor });
  const line = (id: string) => ({
    id: `gid://shopify/LineItem/${id}`,
    title: 'Mug',
    sku: 'M1',
    quantity: 2,
    requiresShipping: true,
    originalUnitPriceSet: bag('12.00'),
    discountAllocations: [{ allocatedAmountSet: bag('4.0') }],
    taxLines: [{ priceSet: bag('3.19') }],
  });
  const shipped = (id: string) => ({ lineItem: { id: `gid://shopify/LineItem/${id}` } });
  const refunded = (id: string) => ({
    id: `gid://shopify/RefundLineItem/${id}`,
    quantity: 1,
    subtotalSet: bag('10.0'),
    totalTaxSet: bag('1.6'),
    lineItem: { id: `gid://shopify/LineItem/${id}` },
  });
  const order = () => ({
    id: 'gid://shopify/Order/9007199254740993',
    name: '#1001',
    email: 'a@example.com',
    createdAt: '2026-03-01T10:00:00Z',
    processedAt: '2026-03-01T10:00:00Z',
    updatedAt: '2026-03-02T10:00:00Z',
    cancelledAt: null,
    customerLocale: 'de',
    currencyCode: 'EUR',
    sourceName: 'web',
    displayFinancialStatus: 'PARTIALLY_REFUNDED',
    taxesIncluded: true,
    test: false,
    totalPriceSet: bag('45.0'),
    totalTaxSet: bag('6.38'),
    totalDiscountsSet: bag('8.0'),
    discountCodes: ['Spring-8'],
    totalShippingPriceSet: bag('5.0'),
    shippingAddress: { countryCodeV2: 'DE' },
    customer: {
      id: 'gid://shopify/Customer/9007199254740995',
      firstName: 'Ada',
      lastName: null,
      defaultPhoneNumber: null,
      defaultAddress: null,
      defaultEmailAddress: {
        emailAddress: 'a@example.com',
        marketingState: 'SUBSCRIBED',
        marketingUpdatedAt: '2026-01-01T00:00:00Z',
      },
    },
    lineItems: { nodes: [line('1')], pageInfo: more('L') },
    fulfillments: [
      {
        id: 'gid://shopify/Fulfillment/21',
        status: 'SUCCESS',
        displayStatus: 'DELIVERED',
        createdAt: '2026-03-01T12:00:00Z',
        updatedAt: '2026-03-02T09:00:00Z',
        trackingInfo: [{ company: 'DHL' }],
        fulfillmentLineItems: { nodes: [shipped('1')], pageInfo: more('F') },
      },
    ],
    refunds: [
      {
        id: 'gid://shopify/Refund/31',
        createdAt: '2026-03-02T10:00:00Z',
        totalRefundedSet: bag('10.0'),
        refundLineItems: { nodes: [refunded('1')], pageInfo: more('R') },
      },
    ],
  });

  it('lists the orders changed since a moment, page by page', async () => {
    const nodes = [{ id: 'gid://shopify/Order/9007199254740993', updatedAt: '2026-03-02T10:00:00Z' }];
    const { calls, operations } = fakeAdmin(
      { orders: { nodes, pageInfo: more('c1') } },
      { orders: { nodes: [], pageInfo: end } },
    );
    const since = new Date('2026-03-01T00:00:00Z');
    expect(await operations.ordersUpdatedSince(shop, { since, cursor: null })).toEqual({
      kind: 'page',
      orders: [{ orderId: '9007199254740993', updatedAt: new Date('2026-03-02T10:00:00Z') }],
      nextCursor: 'c1',
    });
    expect(await operations.ordersUpdatedSince(shop, { since, cursor: 'c1' })).toMatchObject({
      orders: [],
      nextCursor: null,
    });
    expect(calls.map((call) => call.variables)).toEqual([
      { query: "updated_at:>='2026-03-01T00:00:00.000Z'", after: null },
      { query: "updated_at:>='2026-03-01T00:00:00.000Z'", after: 'c1' },
    ]);
  });

  it('reads a whole order, the rest of its lists too, and maps it as the webhook would be', async () => {
    const rest = (node: unknown) => ({ owner: { page: { nodes: [node], pageInfo: end } } });
    const { calls, operations } = fakeAdmin(
      { order: order() },
      rest(line('2')),
      rest(shipped('2')),
      rest(refunded('2')),
    );
    const result = await operations.orderAsWebhook(shop, '9007199254740993');
    expect(calls.map((call) => call.variables['after'])).toEqual([undefined, 'L', 'F', 'R']);
    if (result.kind !== 'order') throw new Error(result.kind);
    const mapped = mapWebhook('orders/updated', result.body);
    expect(mapped).toMatchObject({
      outcome: 'mapped',
      fact: {
        kind: 'order',
        order: {
          orderId: '9007199254740993',
          customerId: '9007199254740995',
          financialStatus: 'partially_refunded',
          currency: 'EUR',
          countryCode: 'DE',
          totalMinor: 4_500,
          shippingMinor: 500,
          taxMinor: 638,
          discountMinor: 800,
          discountCodes: ['SPRING-8'],
          subtotalMinor: 2 * (2_400 - 400 - 319),
          sourceUpdatedAt: new Date('2026-03-02T10:00:00Z'),
          lines: [{ lineId: '1', productId: null, netMinor: 1_681 }, { lineId: '2' }],
        },
        customer: { shopifyId: '9007199254740995', emailConsent: { state: 'subscribed' } },
        fulfillments: [
          { fulfillmentId: '21', shipmentStatus: 'delivered', trackingCompany: 'DHL', lineIds: ['1', '2'] },
        ],
        refunds: [
          {
            refundId: '31',
            amountMinor: 1_000,
            lines: [
              { refundLineId: '1', lineId: '1', netMinor: 840 },
              { lineId: '2', netMinor: 840 },
            ],
          },
        ],
      },
    });
  });

  it('says when an order is gone, and passes a failure of any page on', async () => {
    expect(await fakeAdmin({ order: null }).operations.orderAsWebhook(shop, '1')).toEqual({ kind: 'gone' });
    const failure = { kind: 'throttled', retryAfterMs: 9 };
    expect(await fakeAdmin({ order: order() }, failure).operations.orderAsWebhook(shop, '1')).toEqual(
      failure,
    );
  });
});
