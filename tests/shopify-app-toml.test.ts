import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withFiles } from '#app/components/survey/upload-door.ts';
import { SCOPES } from '#app/infra/env.server.ts';
import { pageOf, WITH_FILES } from './factories/survey-pages.ts';

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
          ...['disputes/create', 'disputes/update'],
          ...['customers/create', 'customers/update', 'customers/merge'],
          ...['customers_email_marketing_consent/update', 'app/uninstalled', 'app/scopes_update'],
        ],
      },
      { uri: '/webhooks/compliance', topics: ['customers/data_request', 'customers/redact', 'shop/redact'] },
    ]);
  });

  it('leads the storefront addresses of the theme extension to routes of the proxy', () => {
    const [url, prefix, subpath] = ['url', 'prefix', 'subpath'].map((key) => value('app_proxy', key));
    expect(url).toBe('/proxy');
    const root = `${import.meta.dirname}/..`;
    const blocks = ['survey', 'survey-embed'].map((block) =>
      readFileSync(`${root}/extensions/theme-survey/blocks/${block}.liquid`, 'utf8'),
    );
    const named = blocks.flatMap((block) => [
      ...block.matchAll(new RegExp(`/${prefix}/${subpath}/((?:\\{%[^%]*%\\}|\\w)+)`, 'g')),
    ]);
    const doors = named.flatMap(([, path = '']) => path.split(/\{%[^%]*%\}/).filter(Boolean));
    expect(new Set(doors)).toEqual(new Set(['survey', 'visit']));
    const files = withFiles(pageOf(WITH_FILES).view, { order: '1', token: 't' }).labels.files;
    expect(files?.address).toMatch(new RegExp(`^/${prefix}/${subpath}/upload\\?`));
    doors.push('upload');
    for (const door of doors) expect(existsSync(`${root}/app/routes/proxy.${door}.ts`)).toBe(true);
  });
});
