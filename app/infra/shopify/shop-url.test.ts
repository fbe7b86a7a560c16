import { expect, it } from 'vitest';
import { redirectShopUrl, shopUrl } from './shop-url.ts';

const dev = 'http://127.0.0.1:4000/';

it('addresses a shop, or the dev store in its place', () => {
  expect(shopUrl('a.myshopify.com', '/admin/x')).toBe('https://a.myshopify.com/admin/x');
  expect(shopUrl('a.myshopify.com', '/admin/x', dev)).toBe(
    'http://127.0.0.1:4000/shops/a.myshopify.com/admin/x',
  );
});

it.each(['evil.example', 'a.myshopify.com@evil.example', 'a.myshopify.com/..', ''])(
  'never calls %j',
  (domain) => {
    expect(() => shopUrl(domain, '/admin/x')).toThrow(/myshopify\.com/);
    expect(() => shopUrl(domain, '/admin/x', dev)).toThrow(/myshopify\.com/);
  },
);

it.each([
  [
    'https://a.myshopify.com/admin/oauth/access_token',
    'http://127.0.0.1:4000/shops/a.myshopify.com/admin/oauth/access_token',
  ],
  [
    'https://a.myshopify.com/admin/api/x.json?q=1',
    'http://127.0.0.1:4000/shops/a.myshopify.com/admin/api/x.json?q=1',
  ],
  ['https://cdn.shopify.com/x.js', 'https://cdn.shopify.com/x.js'],
])('redirects %s', (url, expected) => expect(redirectShopUrl(url, dev)).toBe(expected));
