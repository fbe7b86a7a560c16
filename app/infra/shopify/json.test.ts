import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, parseJsonBytes, stripUnstorable } from './json.ts';

describe('parseJson', () => {
  it('keeps integers beyond 2^53 as decimal text and all else as JSON.parse does', () => {
    expect(
      parseJson('{"id":820982911946154508,"n":9007199254740991,"m":9007199254740992,"x":-9007199254740993}'),
    ).toEqual({
      id: '820982911946154508',
      n: 9_007_199_254_740_991,
      m: '9007199254740992',
      x: '-9007199254740993',
    });
    expect(parseJson('[1.5,1e2,0.1234567890123456,123456789012345.5,null,true,"a"]')).toEqual([
      1.5,
      100,
      0.1234567890123456,
      123456789012345.5,
      null,
      true,
      'a',
    ]);
  });

  it('keeps every integer exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 80n), 2n ** 80n), (id) => {
        const { value } = parseJson(`{"value":${id}}`) as { value: string | number };
        expect(BigInt(value)).toBe(id);
      }),
    );
  });

  it('agrees with JSON.parse on JSON without large integers or unstorable characters', () => {
    const storable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 3 }), storable, (value, text) => {
        const json = JSON.stringify({ text, value });
        fc.pre(!/\d{16}|\\u0000|\\ud/.test(json));
        expect(parseJson(json)).toEqual(JSON.parse(json));
      }),
    );
  });

  it('strips what PostgreSQL cannot store, escaped or not', () => {
    expect(parseJson('{"a":"x\\u0000y","b":"\\ud800z","c":"\\ud83d\\ude00"}')).toEqual({
      a: 'xy',
      b: 'z',
      c: '😀',
    });
    expect(parseJson('["\ud800"]')).toEqual(['']);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = stripUnstorable(text + '\0\udfff');
        expect(clean).not.toMatch(/[\0\p{Surrogate}]/u);
      }),
    );
  });

  it('throws on what is no JSON', () =>
    expect(() => parseJson('{"id":82098291194615450')).toThrow(SyntaxError));
});

describe('parseJsonBytes', () => {
  it.each([
    ['empty', new Uint8Array(), /empty/],
    ['not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), /not valid UTF-8/],
    ['not JSON', new TextEncoder().encode('{"secret@example.com"'), /not valid JSON/],
  ])('says why a body that is %s cannot be read, without quoting it', (_name, bytes, reason) => {
    const result = parseJsonBytes(bytes);
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('reads a body that starts with a byte order mark', () => {
    expect(parseJsonBytes(new TextEncoder().encode('\ufeff{"a":1}'))).toEqual({ ok: true, value: { a: 1 } });
  });
});
