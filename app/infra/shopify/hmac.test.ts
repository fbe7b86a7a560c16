import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isShopDomain, signProxyQuery, signWebhook, verifyProxyQuery, verifyWebhook } from './hmac.ts';

const body = new TextEncoder().encode('{"id":820982911946154508}');

describe('webhook signature', () => {
  it('is the base64 HMAC-SHA256 of the raw bytes (RFC 4231, case 2)', () => {
    const data = new TextEncoder().encode('what do ya want for nothing?');
    const hex = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    expect(signWebhook(data, 'Jefe')).toBe(Buffer.from(hex, 'hex').toString('base64'));
  });

  it.each([
    ['the current secret', signWebhook(body, 'new'), 'valid'],
    ['the previous secret', signWebhook(body, 'old'), 'valid'],
    ['another secret', signWebhook(body, 'other'), 'invalid'],
    ['garbage', 'invalid', 'invalid'],
    ['hex instead of base64', createHmac('sha256', 'new').update(body).digest('hex'), 'invalid'],
    ['nothing', null, 'missing'],
    ['an empty header', '', 'missing'],
  ])('signed with %s', (_name, header, outcome) => {
    expect(verifyWebhook(body, header, ['new', 'old'])).toBe(outcome);
  });

  it('refuses every body that differs by one byte', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, flip) => {
          const other = Uint8Array.from(bytes);
          other[at % bytes.length]! ^= flip;
          const header = signWebhook(bytes, 's');
          expect([verifyWebhook(bytes, header, ['s']), verifyWebhook(other, header, ['s'])]).toEqual([
            'valid',
            'invalid',
          ]);
        },
      ),
    );
  });
});

describe('app proxy signature', () => {
  const now = new Date('2026-03-01T10:00:00Z');
  const seconds = String(now.getTime() / 1000);
  const base = {
    shop: 'a.myshopify.com',
    path_prefix: '/apps/care',
    timestamp: seconds,
    logged_in_customer_id: '9007199254740993',
  };
  const signed = (params: Record<string, string>, secret = 's') =>
    signProxyQuery(new URLSearchParams(params), secret);
  const check = (query: URLSearchParams, at = now) => verifyProxyQuery(query, ['s', 'previous'], at);

  it('follows the documented form: sorted k=v, repeated values joined by commas, no separator', () => {
    const query = new URLSearchParams(
      'extra=1&extra=2&shop=a.myshopify.com&path_prefix=%2Fapps%2Fcare&timestamp=1&logged_in_customer_id=',
    );
    const message = 'extra=1,2logged_in_customer_id=path_prefix=/apps/careshop=a.myshopify.comtimestamp=1';
    expect(signProxyQuery(query, 's').get('signature')).toBe(
      createHmac('sha256', 's').update(message).digest('hex'),
    );
  });

  it('lets a signed query through and tells shop and customer', () => {
    expect(check(signed(base))).toEqual({
      kind: 'verified',
      shopDomain: 'a.myshopify.com',
      customerId: '9007199254740993',
      pathPrefix: '/apps/care',
    });
    expect(check(signed({ ...base, logged_in_customer_id: '' }))).toMatchObject({ customerId: null });
    expect(check(signed(base, 'previous')).kind).toBe('verified');
  });

  const without = (name: string) => {
    const query = signed(base);
    query.delete(name);
    return query;
  };
  const withExtra = (name: string, value: string) => {
    const query = signed(base);
    query.append(name, value);
    return query;
  };
  it.each([
    ['no signature', without('signature'), /lacks/],
    ['no timestamp', without('timestamp'), /lacks/],
    ['a parameter taken away', without('path_prefix'), /does not match/],
    ['a parameter added', withExtra('page', '2'), /does not match/],
    ['a second shop', withExtra('shop', 'b.myshopify.com'), /shop must not appear more than once/],
    ['a second customer', withExtra('logged_in_customer_id', '1'), /more than once/],
    ['another secret', signed(base, 'other'), /does not match/],
    ['a shop that is none', signed({ ...base, shop: 'a.myshopify.com.evil.example' }), /not a myshopify/],
    ['a customer that is no number', signed({ ...base, logged_in_customer_id: 'x' }), /not a number/],
    ['a timestamp that is none', signed({ ...base, timestamp: 'soon' }), /90 seconds/],
  ])('refuses %s', (_name, query, reason) => {
    expect(check(query)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  it.each([
    [90, 'verified'],
    [-90, 'verified'],
    [91, 'refused'],
    [-91, 'refused'],
  ])('%i seconds away is %s', (offset, kind) => {
    expect(check(signed(base), new Date(now.getTime() + offset * 1000)).kind).toBe(kind);
  });
});

it.each([
  ['a.myshopify.com', true],
  ['field-and-kiln.myshopify.com', true],
  ['A.myshopify.com', false],
  ['a.myshopify.com/', false],
  ['a.b.myshopify.com', false],
  ['myshopify.com', false],
  ['a.myshopify.com\n', false],
  ['127.0.0.1', false],
])('%j is a shop domain: %s', (text, expected) => expect(isShopDomain(text)).toBe(expected));
