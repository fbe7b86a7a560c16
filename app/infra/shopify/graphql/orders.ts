import { z } from 'zod';
import type { AdminOperation } from '../admin.server.ts';

/**
 * Reading orders back. The list names only ids and times; a whole order is asked for one
 * at a time, because orders x lines x refunds in one query exceed the 1,000 points that a
 * query may cost.
 */

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';

const moneyBag = z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) });
const MONEY = '{ shopMoney { amount currencyCode } }';
const ref = z.object({ id: z.string() });

export const ordersUpdatedSince = {
  document: `#graphql
    query AftercareOrdersUpdatedSince($query: String!, $after: String) {
      orders(first: 100, after: $after, query: $query, sortKey: UPDATED_AT) {
        nodes { id updatedAt }
        ${PAGE_INFO}
      }
    }`,
  data: z.object({
    orders: z.object({ nodes: z.array(z.object({ id: z.string(), updatedAt: z.string() })), pageInfo }),
  }),
} satisfies AdminOperation<unknown>;

// Product and variant stand behind read_products, which a shop may not have granted yet; the whole order would be
// refused. So a polled line has no such ids.
const LINE = `
  id title sku quantity requiresShipping
  originalUnitPriceSet ${MONEY}
  discountAllocations { allocatedAmountSet ${MONEY} }
  taxLines { priceSet ${MONEY} }`;

const line = z.object({
  id: z.string(),
  title: z.string(),
  sku: z.string().nullable(),
  quantity: z.number(),
  requiresShipping: z.boolean(),
  originalUnitPriceSet: moneyBag,
  discountAllocations: z.array(z.object({ allocatedAmountSet: moneyBag })),
  taxLines: z.array(z.object({ priceSet: moneyBag })),
});

const REFUND_LINE = `id quantity restockType subtotalSet ${MONEY} totalTaxSet ${MONEY} lineItem { id }`;
const refundLine = z.object({
  id: z.string().nullable(),
  quantity: z.number(),
  restockType: z.string().nullish(),
  subtotalSet: moneyBag,
  totalTaxSet: moneyBag,
  lineItem: ref,
});

const fulfillmentLine = z.object({ lineItem: ref });

const lines = z.object({ nodes: z.array(line), pageInfo });
const refundLines = z.object({ nodes: z.array(refundLine), pageInfo });
const fulfillmentLines = z.object({ nodes: z.array(fulfillmentLine), pageInfo });

const order = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  createdAt: z.string(),
  processedAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: z.string().nullable(),
  customerLocale: z.string().nullable(),
  currencyCode: z.string(),
  sourceName: z.string().nullable(),
  displayFinancialStatus: z.string().nullable(),
  taxesIncluded: z.boolean(),
  test: z.boolean(),
  totalPriceSet: moneyBag,
  totalTaxSet: moneyBag.nullable(),
  totalDiscountsSet: moneyBag.nullable(),
  discountCodes: z.array(z.string()),
  totalShippingPriceSet: moneyBag,
  shippingAddress: z.object({ countryCodeV2: z.string().nullable() }).nullable(),
  customer: z
    .object({
      id: z.string(),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
      defaultEmailAddress: z
        .object({
          emailAddress: z.string(),
          marketingState: z.string(),
          marketingUpdatedAt: z.string().nullable(),
        })
        .nullable(),
      defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullable(),
      defaultAddress: z.object({ countryCodeV2: z.string().nullable() }).nullable(),
    })
    .nullable(),
  lineItems: lines,
  fulfillments: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      displayStatus: z.string().nullable(),
      createdAt: z.string(),
      updatedAt: z.string(),
      trackingInfo: z.array(z.object({ company: z.string().nullable() })),
      fulfillmentLineItems: fulfillmentLines,
    }),
  ),
  refunds: z.array(
    z.object({
      id: z.string(),
      createdAt: z.string().nullable(),
      totalRefundedSet: moneyBag,
      refundLineItems: refundLines,
    }),
  ),
});
export type OrderNode = z.output<typeof order>;

export const orderById = {
  document: `#graphql
    query AftercareOrder($id: ID!) {
      order(id: $id) {
        id name email createdAt processedAt updatedAt cancelledAt customerLocale currencyCode sourceName
        displayFinancialStatus taxesIncluded test
        totalPriceSet ${MONEY}
        totalTaxSet ${MONEY}
        totalDiscountsSet ${MONEY}
        discountCodes
        totalShippingPriceSet ${MONEY}
        shippingAddress { countryCodeV2 }
        customer {
          id firstName lastName
          defaultEmailAddress { emailAddress marketingState marketingUpdatedAt }
          defaultPhoneNumber { phoneNumber }
          defaultAddress { countryCodeV2 }
        }
        lineItems(first: 20) { nodes { ${LINE} } ${PAGE_INFO} }
        fulfillments(first: 20) {
          id status displayStatus createdAt updatedAt
          trackingInfo(first: 1) { company }
          fulfillmentLineItems(first: 5) { nodes { lineItem { id } } ${PAGE_INFO} }
        }
        refunds(first: 20) {
          id createdAt
          totalRefundedSet ${MONEY}
          refundLineItems(first: 3) { nodes { ${REFUND_LINE} } ${PAGE_INFO} }
        }
      }
    }`,
  data: z.object({ order: order.nullable() }),
} satisfies AdminOperation<unknown>;

export const moreLines = {
  document: `#graphql
    query AftercareOrderLines($id: ID!, $after: String!) {
      owner: order(id: $id) { page: lineItems(first: 50, after: $after) { nodes { ${LINE} } ${PAGE_INFO} } }
    }`,
  data: z.object({ owner: z.object({ page: lines }).nullable() }),
} satisfies AdminOperation<unknown>;

export const moreFulfillmentLines = {
  document: `#graphql
    query AftercareFulfillmentLines($id: ID!, $after: String!) {
      owner: fulfillment(id: $id) {
        page: fulfillmentLineItems(first: 100, after: $after) { nodes { lineItem { id } } ${PAGE_INFO} }
      }
    }`,
  data: z.object({ owner: z.object({ page: fulfillmentLines }).nullable() }),
} satisfies AdminOperation<unknown>;

export const moreRefundLines = {
  document: `#graphql
    query AftercareRefundLines($id: ID!, $after: String!) {
      owner: refund(id: $id) { page: refundLineItems(first: 50, after: $after) { nodes { ${REFUND_LINE} } ${PAGE_INFO} } }
    }`,
  data: z.object({ owner: z.object({ page: refundLines }).nullable() }),
} satisfies AdminOperation<unknown>;
