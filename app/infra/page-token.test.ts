import { describe, expect, it } from 'vitest';
import { createShopperTokens } from './page-token.ts';

const tokens = createShopperTokens('a key of at least thirty-two characters');
const SHOP = '0198a000-0000-7000-8000-000000000001';
const CUSTOMER = '0198a000-0000-7000-8000-0000000000ff';
const claims = { shopId: SHOP, customerId: '9007199254740993', orderId: '1001', kind: 'usage' };
const now = new Date('2026-03-10T12:00:00Z');
const later = new Date(now.getTime() + 7_200_000);

describe('link tokens', () => {
  it('are 128 random bits, of which the hash is kept', () => {
    const { token, hash } = tokens.newLinkToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(16);
    expect(tokens.hashLinkToken(token)).toEqual(hash);
    expect(hash).toHaveLength(32);
    expect(tokens.newLinkToken().token).not.toBe(token);
  });

  it.each(['', 'short', 'A'.repeat(23), '../../etc/passwd-aaaaaa', 'AAAAAAAAAAAAAAAAAAAAA\n'])(
    '%j can be none',
    (text) => expect(tokens.hashLinkToken(text)).toBeNull(),
  );
});

describe('page tokens', () => {
  const token = tokens.issuePageToken(claims, later);

  it('are good for their claims until they expire', () => {
    expect(tokens.checkPageToken(token, claims, now)).toBe('valid');
    expect(tokens.checkPageToken(token, claims, new Date(later.getTime() - 1))).toBe('valid');
    expect(tokens.checkPageToken(token, claims, later)).toBe('expired');
  });

  it.each(Object.keys(claims))('are good for no other %s', (claim) => {
    expect(tokens.checkPageToken(token, { ...claims, [claim]: 'x' }, now)).toBe('invalid');
  });

  it('cannot be prolonged, shortened, hung on to or made with another key', () => {
    const [expiry = '', mac = ''] = token.split('.');
    const longer = (Number.parseInt(expiry, 36) + 1).toString(36);
    const foreign = createShopperTokens('another key of at least thirty-two chars').issuePageToken(
      claims,
      later,
    );
    for (const text of [
      `${longer}.${mac}`,
      `${expiry}.${mac.slice(1)}`,
      `${token}.x`,
      `${token}A`,
      foreign,
      '',
      '.',
    ]) {
      expect(tokens.checkPageToken(text, claims, now)).toBe('invalid');
    }
  });
});

describe('unsubscribe tokens', () => {
  const token = tokens.unsubscribeToken(SHOP, CUSTOMER);

  it('carry the customer of one shop', () => {
    expect(tokens.readUnsubscribeToken(SHOP, token)).toBe(CUSTOMER);
    expect(tokens.readUnsubscribeToken(CUSTOMER, token)).toBeNull();
    expect(token).toMatch(/^[\w-]{22}\.[\w-]{32}$/);
  });

  it.each([
    (text: string) => `${text}A`,
    (text: string) => `${text}.`,
    () => '',
    () => '.',
    (text: string) => `B${text.slice(1)}`,
  ])('refuse a changed one (%#)', (change) =>
    expect(tokens.readUnsubscribeToken(SHOP, change(token))).toBeNull(),
  );
});

it('claimants get different hashes by shop and person', () => {
  const hashes = [
    tokens.claimantHash(SHOP, '1'),
    tokens.claimantHash(SHOP, '2'),
    tokens.claimantHash(CUSTOMER, '1'),
  ];
  expect(new Set(hashes).size).toBe(3);
});
