import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readableCode } from './readable-code.ts';

it('is stable across releases: codes already handed out stay findable', () => {
  expect(readableCode('019ab2c4-7d3e-7a10-8c55-0123456789ab', 'FRIEND')).toBe('FRIEND-9FQ77-S7NXX');
});

it.each([
  ['', /^[^-]{5}-[^-]{5}$/],
  ['ñ–', /^[^-]{5}-[^-]{5}$/],
  ['a-very long prefix', /^AVERYLONGPRE-/],
])('prefix %j', (prefix, shape) => {
  expect(readableCode('1', prefix)).toMatch(shape);
});

it('uses letters and digits that are never mistaken', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      expect(readableCode(id, '')).toMatch(/^[2-9BCDFGHJKMNPQRSTVWXYZ]{5}-[2-9BCDFGHJKMNPQRSTVWXYZ]{5}$/);
    }),
  );
});

it('gives 50,000 neighbouring ids as many codes, every letter equally often in every place', () => {
  const codes = Array.from({ length: 50_000 }, (_, index) =>
    readableCode(`019ab2c4-7d3e-7a10-8c55-${index.toString(16).padStart(12, '0')}`, ''),
  );
  expect(new Set(codes).size).toBe(codes.length);
  for (const place of [0, 4, 6, 10]) {
    const counts = new Map<string, number>();
    for (const code of codes) counts.set(code.charAt(place), (counts.get(code.charAt(place)) ?? 0) + 1);
    expect(counts.size).toBe(28);
    // Expected 1,786 each, standard deviation 41: six of them.
    for (const count of counts.values()) expect(Math.abs(count - 50_000 / 28)).toBeLessThan(250);
  }
});
