import { defineCheckoutElements } from './checkout-elements.ts';

/** Provides the global `shopify` of the page's target to an extension in this frame. */
interface HostSettings {
  surface: 'thank-you' | 'order-status' | 'order-index' | 'account-page';
  target: string;
  apiVersion: string;
  locale: string;
  locales: Record<string, unknown>;
  defaultLocale: string;
  settings: Record<string, unknown>;
  shop: { domain: string; name: string; storefrontUrl: string };
  timezone: string;
  currency: string;
  country: string | null;
  customerId: string | null;
  /** What the page is about; null for the pages of an account. */
  order: Order | null;
}
interface Order {
  id: string;
  name: string;
  confirmationNumber: string | null;
  processedAt: string;
  cancelledAt: string | null;
  isFirstOrder: boolean;
  total: string | null;
  lines: {
    id: string;
    title: string;
    quantity: number;
    productId: string | null;
    variantId: string | null;
  }[];
}
const host = JSON.parse(document.getElementById('host-settings')?.textContent ?? '{}') as HostSettings;
const { currency } = host;

/** A value that does not change while the page is open, in the shape of a signal. */
const signal = <T>(value: T) => ({
  value,
  current: value,
  subscribe: (_listener: (value: T) => void) => () => undefined,
});

const language = host.locale in host.locales ? host.locale : (host.locale.split('-')[0] ?? host.locale);
const used = language in host.locales ? language : host.defaultLocale;

function translate(key: string, values: Record<string, unknown> = {}): unknown {
  const find = (locale: string) =>
    key
      .split('.')
      .reduce<unknown>(
        (text, part) => (text as Record<string, unknown> | undefined)?.[part],
        host.locales[locale],
      );
  let text = find(used) ?? find(host.defaultLocale);
  if (typeof text === 'object' && text !== null) {
    const forms = text as Record<string, unknown>;
    text = forms[new Intl.PluralRules(used).select(Number(values['count'] ?? 0))] ?? forms['other'];
  }
  if (typeof text !== 'string')
    throw new Error(`The extension has no text "${key}" in ${used} or ${host.defaultLocale}.`);
  const pieces = text
    .split(/\{\{\s*(\w+)\s*\}\}/g)
    .map((piece, i) => (i % 2 === 0 ? piece : (values[piece] ?? '')));
  // Elements among the values make a list, as in Shopify; plain values make text.
  return pieces.some((piece) => typeof piece === 'object') ? pieces : pieces.join('');
}

const storageKey = (key: string) => `${host.target}/${key}`;
const storage = {
  read: async (key: string) => JSON.parse(localStorage.getItem(storageKey(key)) ?? 'null') as unknown,
  write: async (key: string, value: unknown) => localStorage.setItem(storageKey(key), JSON.stringify(value)),
  delete: async (key: string) => localStorage.removeItem(storageKey(key)),
};

const sessionToken = {
  get: async () => {
    const query = host.customerId === null ? '' : `?customer=${host.customerId}`;
    const response = await fetch(`/control/checkout-token${query}`);
    return ((await response.json()) as { token: string }).token;
  },
};

const shared = {
  extension: {
    target: host.target,
    apiVersion: host.apiVersion,
    version: 'dev',
    editor: undefined,
    scriptUrl: location.href,
    capabilities: signal(['network_access']),
  },
  extend: (_target: string, render: (...args: unknown[]) => unknown) => {
    // The extension renders into document.body, which holds nothing but its own script tag until now.
    document.body.replaceChildren();
    Promise.resolve()
      .then(() => render())
      .catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  },
  setSignals: () => undefined,
  sessionToken,
  settings: signal(host.settings),
  storage,
  i18n: {
    translate,
    formatNumber: (value: number | bigint, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(host.locale, options).format(value),
    formatCurrency: (value: number | bigint, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(host.locale, { style: 'currency', currency, ...options }).format(value),
    formatDate: (date: Date, options?: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(host.locale, options).format(date),
  },
  localization: {
    language: signal({ isoCode: host.locale }),
    extensionLanguage: signal({ isoCode: used }),
    country: signal(host.country === null ? undefined : { isoCode: host.country }),
    currency: signal({ isoCode: currency }),
    timezone: signal(host.timezone),
    market: signal(undefined),
  },
  analytics: { publish: async () => true, visitor: async () => ({ type: 'success' }) },
};

/** Pages about an order. */
const aboutOrder = (order: Order) => ({
  shop: {
    id: 'gid://shopify/Shop/1',
    name: host.shop.name,
    myshopifyDomain: host.shop.domain,
    storefrontUrl: host.shop.storefrontUrl,
  },
  lines: signal(
    order.lines.map((line) => ({
      id: `gid://shopify/CartLine/${line.id}`,
      quantity: line.quantity,
      merchandise: {
        type: 'variant',
        id: `gid://shopify/ProductVariant/${line.variantId ?? ''}`,
        title: line.title,
        product: { id: `gid://shopify/Product/${line.productId ?? ''}` },
      },
    })),
  ),
  cost: {
    totalAmount: signal(
      order.total === null ? undefined : { amount: Number(order.total), currencyCode: currency },
    ),
  },
  // Protected customer data stays undefined, as for an app without that approval.
  buyerIdentity: undefined,
});

/** Pages of customer accounts. */
const inAccount = {
  authenticatedAccount: {
    customer: signal(
      host.customerId === null ? undefined : { id: `gid://shopify/Customer/${host.customerId}` },
    ),
    purchasingCompany: signal(undefined),
  },
  toast: { show: (message: string) => alert(message) },
};

const onThankYou = (order: Order) => ({
  ...aboutOrder(order),
  // At run time the thank-you page names the order as OrderIdentity, whatever the typings say.
  orderConfirmation: signal({
    order: { id: `gid://shopify/OrderIdentity/${order.id}` },
    number: order.confirmationNumber ?? undefined,
    isFirstOrder: order.isFirstOrder,
  }),
  checkoutToken: signal(undefined),
});

const onOrderStatus = (order: Order) => ({
  ...aboutOrder(order),
  ...inAccount,
  order: signal({
    id: `gid://shopify/Order/${order.id}`,
    name: order.name,
    confirmationNumber: order.confirmationNumber ?? undefined,
    processedAt: order.processedAt,
    cancelledAt: order.cancelledAt ?? undefined,
  }),
  authenticationState: signal(host.customerId === null ? 'pre_authenticated' : 'fully_authenticated'),
  requireLogin: async () => {
    window.top?.location.assign('/storefront/account');
  },
});

function ofSurface({ surface, order }: HostSettings): object {
  if (order === null) return inAccount;
  return surface === 'thank-you' ? onThankYou(order) : onOrderStatus(order);
}

function fail(message: string): void {
  const note = document.createElement('p');
  note.setAttribute('role', 'alert');
  note.textContent = `The extension failed: ${message}`;
  document.body.replaceChildren(note);
}

defineCheckoutElements();
Object.assign(window, {
  shopify: { ...shared, ...ofSurface(host) },
  extensionFailed: () => fail('it did not build or load; open its script for the reason.'),
});
window.addEventListener('DOMContentLoaded', () => {
  const tell = () =>
    window.parent.postMessage(
      { extensionHeight: Math.ceil(document.body.getBoundingClientRect().height) },
      location.origin,
    );
  new ResizeObserver(tell).observe(document.body);
  tell();
});
