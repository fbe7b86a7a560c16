import { createDevStore, type DevStore } from './server.ts';
import type { DevStoreConfig } from './config.ts';

export const TEST_KEY = 'test-api-key';
export const TEST_SECRET = 'test-api-secret';
export const TEST_SHOP = 'demo-shop.myshopify.com';

/** A configuration on free ports that keeps everything in memory. */
export function testConfig(change: Partial<DevStoreConfig> = {}): DevStoreConfig {
  return {
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    appUrl: 'http://127.0.0.1:9',
    databaseUrl: null,
    apiKey: TEST_KEY,
    apiSecret: TEST_SECRET,
    shop: {
      domain: TEST_SHOP,
      name: 'Demo Shop',
      email: 'owner@demo-shop.example',
      currencyCode: 'EUR',
      ianaTimezone: 'Europe/Berlin',
      planName: 'Development',
    },
    scopes: ['read_orders', 'read_customers', 'write_customers', 'write_discounts'],
    apiVersion: '2026-10',
    stateDir: null,
    extensionsDir: '/nonexistent',
    proxyPrefix: '/apps/aftercare',
    freePortIfTaken: false,
    ...change,
  };
}

export interface RunningStore {
  devStore: DevStore;
  url: string;
  smtpPort: number;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** A new access token by token exchange. */
  accessToken(): Promise<string>;
  graphql(token: string, query: string, variables?: object, version?: string): Promise<GraphqlBody>;
}
export interface GraphqlBody {
  data?: Record<string, never> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
  extensions?: {
    cost: { requestedQueryCost: number; actualQueryCost: number | null; throttleStatus: object };
  };
}

/** Starts a dev store inside this process; the caller closes `devStore`. */
export async function startTestStore(change: Partial<DevStoreConfig> = {}): Promise<RunningStore> {
  const devStore = createDevStore(testConfig(change));
  const { url, smtpPort } = await devStore.listen();
  const post: RunningStore['post'] = (path, body, headers = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    devStore,
    url,
    smtpPort,
    post,
    async accessToken() {
      const id = (await (await fetch(`${url}/control/id-token`)).json()) as { token: string };
      const granted = await post(`/shops/${TEST_SHOP}/admin/oauth/access_token`, exchangeBody(id.token));
      return ((await granted.json()) as { access_token: string }).access_token;
    },
    async graphql(token, query, variables = {}, version = '2026-10') {
      const path = `/shops/${TEST_SHOP}/admin/api/${version}/graphql.json`;
      const response = await post(path, { query, variables }, { 'X-Shopify-Access-Token': token });
      return (await response.json()) as GraphqlBody;
    },
  };
}

export function exchangeBody(idToken: string, expiring = '1'): Record<string, string> {
  return {
    client_id: TEST_KEY,
    client_secret: TEST_SECRET,
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: idToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
    expiring,
  };
}

/** A raw order body as a webhook carries it; ids are JSON numbers, written exactly. */
export function orderBody(id: string, change: Record<string, unknown> = {}): string {
  const customerId = '8123456789012345671';
  const body = JSON.stringify({
    name: `#${id.slice(-4)}`,
    created_at: '2026-03-01T10:00:00+01:00',
    updated_at: '2026-03-01T10:00:00+01:00',
    currency: 'EUR',
    financial_status: 'paid',
    fulfillment_status: null,
    email: 'ada@example.com',
    total_price: '30.00',
    line_items: [
      {
        id: 'LINE',
        product_id: 'PRODUCT',
        title: 'Blue cup',
        quantity: 3,
        price: '11.10',
        total_discount: '3.30',
      },
    ],
    customer: { id: 'CUSTOMER', first_name: 'Ada', last_name: 'Byron', email: 'ada@example.com' },
    ...change,
  });
  return `{"id":${id},${body.slice(1)}`
    .replace('"LINE"', '9007199254740993')
    .replace('"PRODUCT"', '9007199254740995')
    .replace('"CUSTOMER"', customerId);
}
