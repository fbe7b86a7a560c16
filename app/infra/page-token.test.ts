import { describe, expect, it } from 'vitest';
import { createShopperTokens, type Continuation } from './page-token.ts';

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
  const token = tokens.issuePageToken(claims, later, 40);

  it('are good for their claims until they expire', () => {
    expect(tokens.checkPageToken(token, claims, now)).toBe('valid');
    expect(tokens.checkPageToken(token, claims, new Date(later.getTime() - 1))).toBe('valid');
    expect(tokens.checkPageToken(token, claims, later)).toBe('expired');
  });

  it('tell their page from any other, and which answer it asks again', () => {
    const mark = tokens.pageOf(token).mark;
    expect(tokens.pageOf(token)).toEqual({ mark: expect.stringMatching(/^[0-9a-f]{64}$/), seen: 40 });
    const other = tokens.pageOf(tokens.issuePageToken(claims, later));
    expect([other.seen, other.mark === mark]).toEqual([0, false]);
    expect(tokens.pageOf('any text').seen).toBe(0);
  });

  it.each(Object.keys(claims))('are good for no other %s', (claim) => {
    expect(tokens.checkPageToken(token, { ...claims, [claim]: 'x' }, now)).toBe('invalid');
  });

  it('cannot be prolonged, shortened, hung on to or made with another key', () => {
    const [expiry = '', mac = ''] = token.split('.');
    const longer = `${(Number.parseInt(expiry, 36) + 1).toString(36)}-14`;
    const foreign = createShopperTokens('another key of at least thirty-two chars').issuePageToken(
      claims,
      later,
    );
    for (const text of [
      `${longer}.${mac}`,
      `${expiry.replace('-14', '-15')}.${mac}`,
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

describe('continuations', () => {
  const continuation: Continuation = {
    shopDomain: 'moss.myshopify.com',
    customerId: '9007199254740993',
    orderId: '1001',
    kind: 'usage',
    edition: 'usage.1',
    locale: 'pt-BR',
    pageToken: tokens.issuePageToken(claims, later),
  };
  const token = tokens.issueContinuation(SHOP, continuation);
  const [iv = '', tag = '', text = ''] = token.split('.');

  it('give back what they were made of, in their shop', () => {
    expect(tokens.readContinuation(SHOP, token)).toEqual(continuation);
    expect(encodeURIComponent(token)).toBe(token);
  });

  it('can be read by nobody else, not even told from another of the same customer', () => {
    const decoded = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    for (const secret of [continuation.customerId, continuation.orderId, continuation.shopDomain]) {
      expect([token, ...decoded].join(' ')).not.toContain(secret);
    }
    expect(tokens.issueContinuation(SHOP, continuation)).not.toBe(token);
  });

  it.each<[string, string, string?]>([
    ['of another shop', token, CUSTOMER],
    ['of nobody', ''],
    ['without its parts', '..'],
    ['cut in the text', token.slice(0, -4)],
    ['without its last digit', token.slice(0, -1)],
    ['without its text', `${iv}.${tag}.`],
    ['with a shorter tag', `${iv}.${tag.slice(0, 16)}.${text}`],
    ['with another start', `${iv.startsWith('A') ? 'B' : 'A'}${iv.slice(1)}.${tag}.${text}`],
    ['with another tag', `${iv}.${tag.startsWith('A') ? 'B' : 'A'}${tag.slice(1)}.${text}`],
    ['with another text', `${iv}.${tag}.${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`],
    ['with a digit hung on', `${token}A`],
    ['with a part hung on', `${token}.AAAA`],
    ['with an empty part hung on', `${token}.`],
    ['spelt with padding', `${token}=`],
    ['spelt with colons', token.replaceAll('.', ':')],
    ['that names a page only', continuation.pageToken],
    [
      'made with another key',
      createShopperTokens('another key of at least thirty-two chars').issueContinuation(SHOP, continuation),
    ],
  ])('are refused %s', (_what, given, shopId = SHOP) =>
    expect(tokens.readContinuation(shopId, given)).toBeNull(),
  );
});

describe('tokens of tests', () => {
  const claimed = { surveyId: CUSTOMER, language: 'pt-BR', sample: 'late' };
  const until = new Date('2026-03-17T12:00:00Z');
  const token = tokens.issueTestToken(SHOP, claimed, until);

  it('carry what is tried out, until their end and in their shop only', () => {
    expect(tokens.readTestToken(SHOP, token, new Date(until.getTime() - 1))).toEqual(claimed);
    expect(tokens.readTestToken(SHOP, token, until)).toBe('expired');
    expect(tokens.readTestToken(CUSTOMER, token, new Date(0))).toBe('invalid');
    expect(encodeURIComponent(token)).toBe(token);
  });

  it.each([
    (text: string) => `${text}A`,
    (text: string) => text.replace(/^../, 'XX'),
    (text: string) => text.split('.')[0] ?? '',
    () => '',
    () => '.',
    () => 'bnVsbA.bnVsbA',
  ])('refuse a changed one (%#)', (change) =>
    expect(tokens.readTestToken(SHOP, change(token), new Date(0))).toBe('invalid'),
  );
});

it('kiosk links are good for one shop and one number', () => {
  const token = tokens.kioskToken(SHOP, 1);
  expect(tokens.isKioskToken(token, SHOP, 1)).toBe(true);
  for (const [given, shop, number] of [
    [token, SHOP, 2],
    [token, CUSTOMER, 1],
    [`${token}A`, SHOP, 1],
    ['', SHOP, 1],
  ] as const) {
    expect(tokens.isKioskToken(given, shop, number)).toBe(false);
  }
});

it('claimants get different hashes by shop and person', () => {
  const hashes = [
    tokens.claimantHash(SHOP, '1'),
    tokens.claimantHash(SHOP, '2'),
    tokens.claimantHash(CUSTOMER, '1'),
  ];
  expect(new Set(hashes).size).toBe(3);
});
