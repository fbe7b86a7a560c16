import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyExponent, decimalFromMinor, formatMoney, minorFromDecimal } from './money.ts';

describe('minorFromDecimal', () => {
  it.each([
    ['199.00', 'USD', 19_900],
    ['199', 'USD', 19_900],
    ['199.5', 'USD', 19_950],
    ['-5.00', 'EUR', -500],
    ['.5', 'EUR', 50],
    ['5.', 'EUR', 500],
    ['0.005', 'EUR', 1],
    ['-0.005', 'EUR', -1],
    ['0.00499', 'EUR', 0],
    ['-0.001', 'EUR', 0],
    ['1000', 'JPY', 1_000],
    ['1000.00', 'JPY', 1_000],
    ['1000.5', 'JPY', 1_001],
    ['1.234', 'KWD', 1_234],
    ['1.2', 'kwd', 1_200],
    ['0.1', 'XXX', 10],
    ['90071992547409.91', 'USD', 9_007_199_254_740_991],
  ])('%s %s is %i minor units', (text, currency, minor) => {
    expect(minorFromDecimal(text, currency)).toBe(minor);
  });

  it.each(['', '.', 'abc', '1,00', '1e3', 'NaN', '--1', '90071992547409.92'])('refuses %j', (text) => {
    expect(minorFromDecimal(text, 'USD')).toBeNull();
  });

  it('undoes decimalFromMinor for every currency and amount', () => {
    const currency = fc.constantFrom('JPY', 'EUR', 'USD', 'KWD', 'CLF', 'BRL', 'ISK');
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, (minor, code) => {
        expect(minorFromDecimal(decimalFromMinor(minor, code), code)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });

  it('never depends on floating point: n hundredths are n cents', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const text = `${whole}.${String(cents).padStart(2, '0')}`;
        expect(minorFromDecimal(text, 'EUR')).toBe(whole * 100 + cents);
      }),
    );
  });
});

describe('decimalFromMinor and formatMoney', () => {
  it.each([
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [123, 'JPY', '123'],
    [1, 'KWD', '0.001'],
  ])('%i %s is %s', (minor, currency, text) => expect(decimalFromMinor(minor, currency)).toBe(text));

  it('refuses fractions of a minor unit', () =>
    expect(() => decimalFromMinor(0.5, 'EUR')).toThrow(/whole number/));

  it.each([
    [19_900, 'EUR', 'en', '€199.00'],
    [199, 'JPY', 'en', '¥199'],
    [123_456, 'EUR', 'de', '1.234,56\u00a0€'],
    [500, 'BRL', 'pt-BR', 'R$\u00a05,00'],
    [500, '??', 'en', '5.00 ??'],
  ] as const)('%i %s in %s reads %s', (minor, currency, locale, text) => {
    expect(formatMoney(minor, currency, locale)).toBe(text);
  });

  it('knows the exponents', () => {
    expect(['JPY', 'EUR', 'KWD', 'CLF', 'ZZZ'].map(currencyExponent)).toEqual([0, 2, 3, 4, 2]);
  });
});
