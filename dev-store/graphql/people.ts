import type { ProductRecord } from '../product-record.ts';
import type { AddressRecord, CustomerRecord } from '../records.ts';
import { connection, type PageArgs } from './connection.ts';
import type { GraphqlContext } from './execute.ts';
import { metafieldsOf } from './metafields.ts';
import { notModelled } from './not-modelled.ts';
import { filterOrders, orderNode, orderSortValue, type OrdersArgs } from './orders.ts';

export function addressNode(address: AddressRecord | null, id: string) {
  if (address === null) return null;
  return {
    id: `gid://shopify/MailingAddress/${id}?model_name=Address`,
    name: address.name,
    address1: address.address1,
    city: address.city,
    province: address.province,
    provinceCode: address.provinceCode,
    country: address.country,
    countryCode: address.countryCode,
    countryCodeV2: address.countryCode,
    zip: address.zip,
  };
}

function emailNode(customer: CustomerRecord) {
  if (customer.email === null) return null;
  const { consent } = customer;
  return {
    emailAddress: customer.email,
    marketingState: (consent?.state ?? 'not_subscribed').toUpperCase(),
    marketingOptInLevel: consent?.optInLevel?.toUpperCase() ?? null,
    marketingUpdatedAt: consent?.updatedAt ?? null,
    validFormat: /^[^@\s]+@[^@\s]+$/.test(customer.email),
  };
}

/** GraphQL Customer. Facts that no body told are left out, so that selecting them says so. */
export function customerNode(customer: CustomerRecord, context: GraphqlContext) {
  const { store } = context;
  const orders = () => store.ordersOf(customer.id);
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ');
  const spent = customer.totalSpent;
  const orderPage = (args: OrdersArgs) =>
    connection(filterOrders(orders(), args.query), args, orderSortValue(args.sortKey ?? 'ID'), (order) =>
      orderNode(order, context),
    );
  return {
    __typename: 'Customer',
    id: `gid://shopify/Customer/${customer.id}`,
    legacyResourceId: customer.id,
    displayName: name || customer.email || customer.phone || `Customer ${customer.id}`,
    firstName: customer.firstName,
    lastName: customer.lastName,
    email: customer.email,
    phone: customer.phone,
    defaultEmailAddress: () => emailNode(customer),
    defaultPhoneNumber: customer.phone === null ? null : { phoneNumber: customer.phone },
    defaultAddress: () => addressNode(customer.address, customer.id),
    state: customer.state?.toUpperCase(),
    note: customer.note,
    tags: customer.tags,
    verifiedEmail: customer.verifiedEmail ?? undefined,
    numberOfOrders: () => String(orders().length),
    amountSpent: spent === null ? undefined : { amount: spent, currencyCode: context.shop.currencyCode },
    lastOrder: () => {
      const last = orders()
        .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
        .at(-1);
      return last === undefined ? null : orderNode(last, context);
    },
    orders: orderPage,
    createdAt: customer.createdAt ?? undefined,
    updatedAt: customer.updatedAt ?? undefined,
    ...metafieldsOf(`gid://shopify/Customer/${customer.id}`, store),
  };
}

/** The picture of a product at the dev store's own address; it is drawn in any size. */
function mediaNode({ id, image }: ProductRecord, { baseUrl }: GraphqlContext) {
  if (!image) return null;
  const url = new URL(image.src, baseUrl).href;
  const preview = { image: { url, altText: image.alt, width: 480, height: 480 } };
  return { __typename: 'MediaImage', id: `gid://shopify/MediaImage/${id}`, alt: image.alt, preview };
}

export function productNode(product: ProductRecord, context: GraphqlContext) {
  return {
    __typename: 'Product',
    id: `gid://shopify/Product/${product.id}`,
    legacyResourceId: product.id,
    title: product.title,
    handle: product.handle,
    descriptionHtml: product.description ?? undefined,
    vendor: product.vendor ?? undefined,
    productType: product.productType ?? undefined,
    tags: product.tags,
    featuredMedia: mediaNode(product, context),
    collections: (args: PageArgs & { query?: string | null }) => {
      if (args.query) throw notModelled('the search of collections');
      return connection(
        product.collections ?? [],
        args,
        () => '',
        ({ id, title }) => ({ __typename: 'Collection', id: `gid://shopify/Collection/${id}`, title }),
      );
    },
    createdAt: product.createdAt ?? undefined,
    updatedAt: product.updatedAt ?? undefined,
    ...metafieldsOf(`gid://shopify/Product/${product.id}`, context.store),
  };
}

export function customersPage(
  args: PageArgs & { query?: string | null; sortKey?: string },
  context: GraphqlContext,
) {
  const all = [...context.store.records.customer.values()];
  const byDate = args.sortKey === 'UPDATED_AT';
  return connection(
    all,
    args,
    (customer) => (byDate ? (customer.updatedAt ?? '') : ''),
    (customer) => customerNode(customer, context),
  );
}
