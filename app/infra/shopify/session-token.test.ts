import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { signSessionToken, verifyCheckoutToken } from './session-token.ts';

const now = new Date('2026-03-01T10:00:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const app = { apiKey: 'key', secrets: ['secret', 'previous'] };
const dest = 'a.myshopify.com';
const sign = (over: { dest?: string; sub?: string } = {}, apiKey = 'key', secret = 'secret') =>
  signSessionToken({ dest, ...over }, { apiKey, secret }, now, 300);

describe('verifyCheckoutToken', () => {
  it.each([
    ['a bare domain', { dest }, null],
    ['an address', { dest: `https://${dest}` }, null],
    ['a customer', { sub: 'gid://shopify/Customer/9007199254740993' }, '9007199254740993'],
  ])('accepts %s', async (_name, claims, customerId) => {
    const check = await verifyCheckoutToken(await sign(claims), app, now);
    expect(check).toEqual({ kind: 'verified', shopDomain: dest, customerId, expiresAt: after(300) });
  });

  it('accepts the previous secret during a rotation', async () => {
    expect((await verifyCheckoutToken(await sign({}, 'key', 'previous'), app, now)).kind).toBe('verified');
  });

  it.each([
    ['for another app', () => sign({}, 'other'), /claim aud/],
    ['signed with another secret', () => sign({}, 'key', 'other'), /signature is wrong/],
    ['for no shop', () => sign({ dest: 'https://evil.example' }), /names no shop/],
    ['of staff', () => sign({ sub: '42' }), /subject is no customer/],
    ['of an odd subject', () => sign({ sub: 'someone' }), /subject is no customer/],
    [
      'of another kind of thing',
      () => sign({ sub: 'gid://shopify/StaffMember/42' }),
      /subject is no customer/,
    ],
    [
      'of a customer and more',
      () => sign({ sub: 'gid://shopify/Customer/42?x=1' }),
      /subject is no customer/,
    ],
    ['that is none', () => Promise.resolve('a.b'), /no valid session token/],
    [
      'without expiry',
      () =>
        new SignJWT({ dest, aud: 'key' })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode('secret')),
      /claim exp/,
    ],
    [
      'without a destination',
      () =>
        new SignJWT({ aud: 'key', exp: 4e9 })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode('secret')),
      /claim dest/,
    ],
    [
      'with another algorithm',
      () =>
        new SignJWT({ dest, aud: 'key', exp: 4e9 })
          .setProtectedHeader({ alg: 'HS512' })
          .sign(new TextEncoder().encode('secret')),
      /no valid session token/,
    ],
  ])('refuses a token %s', async (_name, token, reason) => {
    expect(await verifyCheckoutToken(await token(), app, now)).toEqual({
      kind: 'refused',
      reason: expect.stringMatching(reason),
    });
  });

  it('allows 10 seconds of skew, not 11', async () => {
    const token = await sign();
    const at = async (seconds: number) => (await verifyCheckoutToken(token, app, after(seconds))).kind;
    expect([await at(309), await at(311), await at(-10), await at(-11)]).toEqual([
      'verified',
      'refused',
      'verified',
      'refused',
    ]);
  });
});
