/// <reference types="node" />
/** The pixel as Shopify runs it: registered by `shopify.extend`, and called with what the sandbox gives. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Beacon, PixelApi, PixelEvent } from '../src/api.ts';

const EXTENSION = dirname(import.meta.dirname);
const MOST_BYTES = 3 * 1024;

type Given = Partial<{
  customer: { id?: string | null } | null;
  allowed: boolean;
  marketing: boolean;
  settings: PixelApi['settings'];
  appUrl: string;
}>;

let sent: { url: string; beacon: Beacon }[];
let subscribed: string[];
let choose: (analytics: boolean, marketing?: boolean) => void;
let events = 0;

/** Runs the pixel on a page. @returns what happens there afterwards */
async function open({
  customer = { id: '42' },
  allowed = true,
  marketing = allowed,
  settings,
  appUrl,
}: Given = {}) {
  const heard = new Map<string, (event: PixelEvent) => void>();
  let run: ((api: PixelApi) => void) | undefined;
  vi.stubEnv('APP_URL', appUrl ?? 'https://aftercare.example.com/');
  vi.stubGlobal('shopify', {
    extend: (target: string, register: typeof run) => {
      expect(target).toBe('WebPixel::Render');
      run = register;
    },
  });
  vi.resetModules();
  await import('../src/index.ts');
  run?.({
    analytics: { subscribe: (name, hear) => void heard.set(name, hear) },
    browser: {
      sendBeacon: async (url, body) => {
        sent.push({ url, beacon: JSON.parse(body) as Beacon });
        throw new Error('Blocked.');
      },
    },
    init: {
      customerPrivacy: { analyticsProcessingAllowed: allowed, marketingAllowed: marketing },
      data: { customer },
    },
    settings: settings ?? { accountID: 'shop.secret', helpPages: 'Help, faq' },
    customerPrivacy: {
      subscribe: (name, hear) => {
        expect(name).toBe('visitorConsentCollected');
        choose = (analytics, marketing = analytics) =>
          hear({ customerPrivacy: { analyticsProcessingAllowed: analytics, marketingAllowed: marketing } });
      },
    },
  });
  subscribed = [...heard.keys()];
  return (name: string, pathname = '/') => {
    events += 1;
    heard.get(name)?.({ id: `event-${events}`, context: { document: { location: { pathname } } } });
  };
}
const kinds = () => sent.map(({ beacon }) => beacon.kind);

beforeEach(() => {
  sent = [];
  events = 0;
});

describe('a customer who is logged in and allows analytics and marketing', () => {
  it('is told by Shopify’s id, an id of the event and the kind of page, and by nothing else', async () => {
    const happen = await open({ customer: { id: 'gid://shopify/Customer/9007199254740993' } });
    happen('page_viewed', '/products/mug');
    happen('product_viewed', '/products/mug');
    const told = { account: 'shop.secret', customer: '9007199254740993' };
    expect(sent).toEqual([
      {
        url: 'https://aftercare.example.com/api/pixel',
        beacon: { ...told, event: 'event-1', kind: 'page' },
      },
      {
        url: 'https://aftercare.example.com/api/pixel',
        beacon: { ...told, event: 'event-2', kind: 'product' },
      },
    ]);
    expect(subscribed).toEqual(['page_viewed', 'product_viewed']);
  });

  it.each([
    ['/pages/HELP-and-contact', 'Help, faq', 'help'],
    ['/de/pages/faq', 'Help, faq', 'help'],
    ['/products/mug', 'Help, faq', 'page'],
    ['/pages/help', ' , ', 'page'],
    ['/pages/help', undefined, 'page'],
  ])('on %s, with help pages "%s", reads a page of the kind %s', async (path, helpPages, kind) => {
    const happen = await open({ settings: { accountID: 'a', ...(helpPages ? { helpPages } : {}) } });
    happen('page_viewed', path);
    expect(kinds()).toEqual([kind]);
  });
});

describe('nothing is sent', () => {
  it('before analytics is allowed, and from the moment that it no longer is', async () => {
    const happen = await open({ allowed: false });
    happen('page_viewed');
    expect(sent).toEqual([]);
    choose(true);
    happen('page_viewed');
    expect(kinds()).toEqual(['page']);
    choose(false);
    happen('page_viewed');
    happen('product_viewed');
    expect(kinds()).toEqual(['page']);
  });

  it('where one of analytics and marketing is refused, from the start or later', async () => {
    const happen = await open({ marketing: false });
    happen('page_viewed');
    choose(false, true);
    happen('page_viewed');
    expect(sent).toEqual([]);
    choose(true, true);
    happen('page_viewed');
    choose(true, false);
    happen('page_viewed');
    expect(kinds()).toEqual(['page']);
  });

  it.each<[string, Given]>([
    ['without a customer', { customer: null }],
    ['without the id of the customer', { customer: { id: null } }],
    ['before the app has told the account', { settings: {} }],
    ['without the address of the app', { appUrl: '' }],
  ])('%s: it does not even listen', async (_name, given) => {
    const happen = await open(given);
    happen('page_viewed');
    expect([sent, subscribed]).toEqual([[], []]);
  });
});

it('asks in its manifest for analytics and marketing only, in the strict sandbox', () => {
  const manifest = readFileSync(join(EXTENSION, 'shopify.extension.toml'), 'utf8');
  for (const line of [
    'type = "web_pixel_extension"',
    'runtime_context = "strict"',
    'analytics = true',
    'marketing = true',
    'preferences = false',
    'sale_of_data = "disabled"',
  ])
    expect(manifest.split('\n')).toContain(line);
});

it('is at most 3 KB compressed, keeps nothing in the browser and leaves the page alone', async () => {
  const { outputFiles } = await build({
    entryPoints: [join(EXTENSION, 'src/index.ts')],
    ...{ bundle: true, minify: true, write: false, format: 'iife', target: 'es2020' },
    define: { 'process.env.APP_URL': '"https://aftercare.example.com"' },
  });
  const script = outputFiles[0]?.text ?? '';
  expect(script).toContain('WebPixel::Render');
  expect(gzipSync(script).byteLength).toBeLessThanOrEqual(MOST_BYTES);
  expect(script).not.toMatch(/cookie|localStorage|sessionStorage|process\.env/);
});
