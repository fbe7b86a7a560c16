import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenCryptoError, createTokenCrypto } from './token-crypto.ts';

const key = (id: string, byte: number) => ({ id, key: new Uint8Array(32).fill(byte) });
const crypto = createTokenCrypto([key('k1', 1)]);

describe('createTokenCrypto', () => {
  it('gives back every text, and never the same ciphertext twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        const sealed = crypto.encrypt(text, context);
        expect(crypto.decrypt(sealed, context)).toBe(text);
        expect(crypto.encrypt(text, context)).not.toBe(sealed);
      }),
    );
  });

  it('names version and key, and hides the token', () => {
    expect(crypto.encrypt('shpat_secret', 'c')).toMatch(/^v1:k1:[\w-]{16}:[\w-]{22}:[\w-]{16}$/);
  });

  it('encrypts with the first key and decrypts with any: rotation', () => {
    const old = crypto.encrypt('token', 'c');
    const rotated = createTokenCrypto([key('k2', 2), key('k1', 1)]);
    expect(rotated.decrypt(old, 'c')).toBe('token');
    expect(rotated.encrypt('token', 'c')).toMatch(/^v1:k2:/);
    expect(() => createTokenCrypto([key('k2', 2)]).decrypt(old, 'c')).toThrow(
      /"k1", which is not configured/,
    );
  });

  it('refuses any change of any part, and another context', () => {
    const sealed = crypto.encrypt('shpat_secret', 'row');
    expect(() => crypto.decrypt(sealed, 'other row')).toThrow(TokenCryptoError);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('A', 'B', ':', '_'), (at, char) => {
        fc.pre(sealed[at] !== char);
        const altered = sealed.slice(0, at) + char + sealed.slice(at + 1);
        // The last base64url digit of a part may carry unused bits; then it still means the same bytes.
        const bytes = (text: string) =>
          text
            .split(':')
            .map((part, index) => (index < 2 ? part : Buffer.from(part, 'base64url').toString('hex')))
            .join(':');
        fc.pre(bytes(altered) !== bytes(sealed));
        expect(() => crypto.decrypt(altered, 'row')).toThrow(TokenCryptoError);
      }),
    );
  });

  it.each([
    ['no key', []],
    ['a short key', [{ id: 'k1', key: new Uint8Array(16) }]],
    ['a colon in the name', [{ id: 'k:1', key: new Uint8Array(32) }]],
  ])('refuses %s', (_name, keys) => expect(() => createTokenCrypto(keys)).toThrow(TokenCryptoError));
});
