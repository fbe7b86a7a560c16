import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';

const loneHigh = String.fromCharCode(0xd83d);

describe('cleanText', () => {
  it.each([
    ['a\0b', 'ab'],
    [`a${loneHigh}b`, 'ab'],
    ['  👍🏽 fine \n', '👍🏽 fine'],
    ['\0 \0', ''],
    ['x'.repeat(2001), 'x'.repeat(2000)],
    ['👍'.repeat(2001), '👍'.repeat(2000)],
    [`${'x'.repeat(1999)} y`, 'x'.repeat(1999)],
  ])('case %#', (raw, expected) => {
    expect(cleanText(raw, 2000)).toBe(expected);
  });

  it('is storable, short and stable for any text', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (units, times) => {
        const clean = cleanText(units.join('').repeat(times), 2000);
        expect(clean).not.toMatch(/\0|\p{Surrogate}/u);
        expect(Array.from(clean).length).toBeLessThanOrEqual(2000);
        expect(cleanText(clean, 2000)).toBe(clean);
      }),
    );
  });
});
