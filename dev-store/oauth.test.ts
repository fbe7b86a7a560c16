import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeJwt, jwtVerify } from 'jose';
import { checkoutToken, idToken, signJwt, verifyJwt } from './jwt.ts';
import { TokenBook, type OAuthAnswer } from './oauth.ts';
import { exchangeBody, TEST_KEY, TEST_SECRET, TEST_SHOP } from './testing.ts';

const party = { shop: TEST_SHOP, apiKey: TEST_KEY, apiSecret: TEST_SECRET };
const settings = { ...party, scopes: ['read_orders', 'write_customers'] };
const client = { client_id: TEST_KEY, client_secret: TEST_SECRET };
const refreshBody = (token: unknown) => ({ ...client, grant_type: 'refresh_token', refresh_token: token });

afterEach(() => {
  vi.useRealTimers();
});

function exchange(book: TokenBook): Record<string, unknown> {
  const answer = book.grant(exchangeBody(idToken(party, '1')));
  expect(answer.status).toBe(200);
  return answer.body;
}

describe('tokens the store signs', () => {
  it('are accepted by another implementation of HS256, with the claims Shopify documents', async () => {
    const key = new TextEncoder().encode(TEST_SECRET);
    const { payload } = await jwtVerify(idToken(party, '42'), key, { audience: TEST_KEY });
    expect(payload).toMatchObject({
      dest: `https://${TEST_SHOP}`,
      iss: `https://${TEST_SHOP}/admin`,
      sub: '42',
    });
    expect((payload.exp ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(60);
    const checkout = decodeJwt(checkoutToken(party, '77'));
    expect(checkout).toMatchObject({ dest: TEST_SHOP, aud: TEST_KEY, sub: 'gid://shopify/Customer/77' });
    expect(decodeJwt(checkoutToken(party, null))).not.toHaveProperty('sub');
  });

  it.each([
    ['a wrong secret', signJwt({ exp: 9e9 }, 'other')],
    ['an expired token', signJwt({ exp: 1 }, TEST_SECRET)],
    ['a token from the future', signJwt({ exp: 9e9, nbf: 8e9 }, TEST_SECRET)],
    ['something else', 'a.b'],
  ])('refuses %s', (_what, token) => {
    expect(verifyJwt(token, TEST_SECRET)).toBeNull();
  });
});

describe('token exchange', () => {
  it('gives an hour of access and 90 days of refresh', () => {
    vi.useFakeTimers();
    const body = exchange(new TokenBook(settings));
    expect(body).toMatchObject({
      scope: 'read_orders,write_customers',
      expires_in: 3600,
      refresh_token_expires_in: 7_776_000,
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a wrong client secret', { ...exchangeBody(idToken(party, '1')), client_secret: 'x' }, 'invalid_client'],
    [
      'a token of another app',
      exchangeBody(idToken({ ...party, apiKey: 'other' }, '1')),
      'invalid_subject_token',
    ],
    [
      'a token of another shop',
      exchangeBody(idToken({ ...party, shop: 'b.myshopify.com' }, '1')),
      'invalid_subject_token',
    ],
    ['an expired token', exchangeBody(idToken(party, '1', Date.now() - 120_000)), 'invalid_subject_token'],
    ['another grant', { ...client, grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s', (_what, body, error) => {
    expect(new TokenBook(settings).grant(body)).toMatchObject<Partial<OAuthAnswer>>({
      status: 400,
      body: { error },
    });
  });

  it('expires an access token after its hour', () => {
    vi.useFakeTimers();
    const book = new TokenBook(settings);
    const access = String(exchange(book)['access_token']);
    expect(book.scopesOf(access)).toEqual(['read_orders', 'write_customers']);
    vi.advanceTimersByTime(3_600_000);
    expect(book.scopesOf(access)).toBeNull();
    expect(book.scopesOf('shpat_unknown')).toBeNull();
  });
});

describe('refresh', () => {
  it('repeats the same replacement until it is used, and then retires the old token', () => {
    const book = new TokenBook(settings);
    const first = exchange(book);
    const second = book.grant(refreshBody(first['refresh_token'])).body;
    expect(second['refresh_token']).not.toBe(first['refresh_token']);
    const retried = book.grant(refreshBody(first['refresh_token'])).body;
    expect(retried['refresh_token']).toBe(second['refresh_token']);
    expect(retried['access_token']).toBe(second['access_token']);
    const third = book.grant(refreshBody(second['refresh_token']));
    expect(third.status).toBe(200);
    expect(book.grant(refreshBody(first['refresh_token']))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('counts a call with the new access token as use', () => {
    const book = new TokenBook(settings);
    const first = exchange(book);
    const second = book.grant(refreshBody(first['refresh_token'])).body;
    expect(book.scopesOf(String(second['access_token']))).not.toBeNull();
    expect(book.grant(refreshBody(first['refresh_token'])).status).toBe(400);
  });

  it('refuses everything after the app was revoked', () => {
    const book = new TokenBook(settings);
    const first = exchange(book);
    book.expireAll(true);
    expect(book.scopesOf(String(first['access_token']))).toBeNull();
    expect(book.grant(refreshBody(first['refresh_token'])).status).toBe(400);
  });

  it('survives a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dev-store-test-'));
    try {
      const before = new TokenBook(settings, join(folder, 'tokens.jsonl'));
      const first = exchange(before);
      const second = before.grant(refreshBody(first['refresh_token'])).body;
      before.scopesOf(String(second['access_token']));
      await before.close();
      const after = new TokenBook(settings, join(folder, 'tokens.jsonl'));
      expect(after.scopesOf(String(second['access_token']))).toEqual(settings.scopes);
      expect(after.grant(refreshBody(first['refresh_token'])).status).toBe(400);
      expect(after.grant(refreshBody(second['refresh_token'])).status).toBe(200);
      await after.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
