import { notModelled } from './not-modelled.ts';
import type { GraphqlContext } from './execute.ts';
import { discountNode } from './discounts.ts';
import { fulfillmentNode, refundNode } from './order-parts.ts';
import { orderNode } from './orders.ts';
import { customerNode, productNode } from './people.ts';
import { metafieldsOf } from './metafields.ts';

/** The kind and the number in `gid://shopify/Kind/123`; null for anything else. */
export function parseGid(gid: string): { kind: string; id: string } | null {
  const match = /^gid:\/\/shopify\/(\w+)\/(\d+)(?:\?.*)?$/.exec(gid);
  return match === null ? null : { kind: match[1] ?? '', id: match[2] ?? '' };
}

/** The object behind a gid, or null if the store has none. */
export function findNode(gid: string, context: GraphqlContext): Record<string, unknown> | null {
  const { records } = context.store;
  const parsed = parseGid(gid);
  if (parsed === null) return null;
  const { kind, id } = parsed;
  if (kind === 'Order') return maybe(records.order.get(id), (order) => orderNode(order, context));
  if (kind === 'Customer')
    return maybe(records.customer.get(id), (customer) => customerNode(customer, context));
  if (kind === 'Product') return maybe(records.product.get(id), (product) => productNode(product, context));
  if (kind === 'DiscountCodeNode')
    return maybe(records.discount.get(id), (code) => discountNode(code, context));
  if (kind === 'Fulfillment')
    return maybe(records.fulfillment.get(id), (one) => fulfillmentNode(one, context));
  if (kind === 'Refund') return maybe(records.refund.get(id), (refund) => refundNode(refund, context));
  if (kind === 'AppInstallation') return installationNode(context);
  if (kind === 'Shop') return shopNode(context);
  throw notModelled(`objects of the kind ${kind}`);
}

function maybe<T>(record: T | undefined, toNode: (record: T) => Record<string, unknown>) {
  return record === undefined ? null : toNode(record);
}

export function installationNode(context: GraphqlContext) {
  return {
    __typename: 'AppInstallation',
    id: 'gid://shopify/AppInstallation/1',
    launchUrl: `${context.baseUrl}/admin/apps/aftercare`,
    accessScopes: context.scopes.map((handle) => ({ handle, description: handle.replaceAll('_', ' ') })),
    ...metafieldsOf('gid://shopify/AppInstallation/1', context.store),
  };
}

export function shopNode(context: GraphqlContext) {
  const { shop } = context;
  return {
    __typename: 'Shop',
    id: 'gid://shopify/Shop/1',
    name: shop.name,
    email: shop.email,
    contactEmail: shop.email,
    currencyCode: shop.currencyCode,
    ianaTimezone: shop.ianaTimezone,
    myshopifyDomain: shop.domain,
    url: `${context.baseUrl}/storefront`,
    primaryDomain: { host: shop.domain, url: `${context.baseUrl}/storefront`, sslEnabled: false },
    plan: {
      displayName: shop.planName,
      publicDisplayName: shop.planName,
      partnerDevelopment: true,
      shopifyPlus: false,
    },
    ...metafieldsOf('gid://shopify/Shop/1', context.store),
  };
}
