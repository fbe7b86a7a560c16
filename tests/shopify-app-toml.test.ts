import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '#app/infra/env.server.ts';

const toml = readFileSync(`${import.meta.dirname}/../shopify.app.toml`, 'utf8');

/** The value of a key in a table, as JSON reads it; enough for this file. */
function value(table: string, key: string): unknown {
  const body = toml.split(`\n[${table}]`)[1]?.split(/\n\[(?!\[)/)[0] ?? '';
  const text = new RegExp(`^${key} = (.+)$`, 'm').exec(body)?.[1];
  return text === undefined ? undefined : JSON.parse(text);
}

/** [[webhooks.subscriptions]] as address and topics. */
const subscriptions = toml
  .split('[[webhooks.subscriptions]]')
  .slice(1)
  .map((block) => ({
    uri: /uri = "([^"]+)"/.exec(block)?.[1],
    topics: [...(/topics = \[([^\]]*)\]/.exec(block)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(
      (match) => match[1],
    ),
  }));

describe('shopify.app.toml', () => {
  it('asks for exactly the scopes that the code names', () => {
    expect(value('access_scopes', 'scopes')).toBe(SCOPES.join(','));
  });

  it('subscribes to every topic at the address that takes it', () => {
    expect(value('webhooks', 'api_version')).toBe('2026-10');
    expect(subscriptions).toEqual([
      {
        uri: '/webhooks/shopify',
        topics: [
          ...['orders/create', 'orders/paid', 'orders/updated', 'orders/edited', 'orders/cancelled'],
          ...['fulfillments/create', 'fulfillments/update', 'fulfillment_events/create', 'refunds/create'],
          ...['returns/request', 'returns/approve', 'returns/process', 'returns/close'],
          ...['customers/create', 'customers/update', 'customers/merge'],
          ...['customers_email_marketing_consent/update', 'app/uninstalled', 'app/scopes_update'],
        ],
      },
      { uri: '/webhooks/compliance', topics: ['customers/data_request', 'customers/redact', 'shop/redact'] },
    ]);
  });

  it('leads the storefront address of the theme block to the route of the proxy', () => {
    const [url, prefix, subpath] = ['url', 'prefix', 'subpath'].map((key) => value('app_proxy', key));
    const block = readFileSync(
      `${import.meta.dirname}/../extensions/theme-survey/blocks/survey.liquid`,
      'utf8',
    );
    expect(block).toContain(`"/${prefix}/${subpath}/survey"`);
    expect(url).toBe('/proxy');
  });
});
