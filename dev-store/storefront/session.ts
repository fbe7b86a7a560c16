import type { Request } from 'express';
import { cookie } from '../http/handlers.ts';
import type { CustomerRecord } from '../records.ts';
import type { DevStoreParts } from '../server.ts';

export const CUSTOMER_COOKIE = 'dev_store_customer';

/** The customer that is logged in to the storefront, or null. */
export function loggedInCustomer(request: Request, parts: DevStoreParts): CustomerRecord | null {
  return parts.store.records.customer.get(cookie(request, CUSTOMER_COOKIE) ?? '') ?? null;
}

export function customerName(customer: CustomerRecord): string {
  return (
    [customer.firstName, customer.lastName].filter(Boolean).join(' ') ||
    customer.email ||
    `Customer ${customer.id}`
  );
}

/** The objects that Liquid sees on every page. */
export function liquidObjects(request: Request, parts: DevStoreParts, template: string) {
  const { shop } = parts.config;
  const customer = loggedInCustomer(request, parts);
  return {
    shop: {
      name: shop.name,
      domain: shop.domain,
      permanent_domain: shop.domain,
      email: shop.email,
      currency: shop.currencyCode,
      url: parts.baseUrl(),
    },
    customer:
      customer === null
        ? null
        : {
            id: customer.id,
            email: customer.email,
            first_name: customer.firstName,
            last_name: customer.lastName,
            name: customerName(customer),
            tags: customer.tags,
            orders_count: parts.store.ordersOf(customer.id).length,
          },
    request: {
      locale: { iso_code: 'en', primary: true, root_url: '/' },
      path: request.path,
      host: request.headers.host,
      page_type: template,
      design_mode: false,
    },
    localization: { language: { iso_code: 'en' }, country: { iso_code: 'US' } },
    template: { name: template },
    routes: {
      root_url: '/storefront',
      cart_url: '/storefront/cart',
      account_url: '/storefront/account',
      account_login_url: '/storefront/account',
    },
    settings: {},
    content_for_header: '',
  };
}
