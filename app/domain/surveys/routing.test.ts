import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scale } from './contract.ts';
import { METRICS, SCALES } from './contract.ts';
import { normalise } from './normalise.ts';
import { isOnScale, routeOf, SCALE_OF_METRIC, scaleValues } from './routing.ts';

describe('routing', () => {
  it.each<[Scale, number[], number[], number[]]>([
    ['nps', [0, 1, 2, 3, 4, 5, 6], [7, 8], [9, 10]],
    ['csat', [1, 2], [3, 4], [5]],
    ['ces', [5, 6, 7], [3, 4], [1, 2]],
  ])('%s: low %j, middle %j, high %j', (scale, low, middle, high) => {
    const of = (route: string) => scaleValues(scale).filter((value) => routeOf(scale, value) === route);
    expect([of('low'), of('middle'), of('high')]).toEqual([low, middle, high]);
  });

  it.each<[Scale, number]>([
    ['nps', 11],
    ['nps', -1],
    ['nps', 9.5],
    ['csat', 0],
    ['csat', 6],
    ['ces', 0],
    ['ces', Number.NaN],
  ])('refuses %s %d by name', (scale, value) => {
    expect(isOnScale(scale, value)).toBe(false);
    expect(() => routeOf(scale, value)).toThrow(new RegExp(`${scale} answer is a whole number`));
    expect(() => normalise(scale, value)).toThrow(RangeError);
  });

  it('knows the scale of every metric', () => {
    expect(METRICS.map((metric) => SCALE_OF_METRIC[metric])).not.toContain(undefined);
    expect(SCALE_OF_METRIC.ces_return).toBe('ces');
  });
});

describe('normalise', () => {
  it.each<[Scale, number, number]>([
    ['nps', 0, 0],
    ['nps', 9, 90],
    ['nps', 10, 100],
    ['csat', 1, 0],
    ['csat', 4, 75],
    ['csat', 5, 100],
    ['ces', 1, 100],
    ['ces', 2, 500 / 6],
    ['ces', 7, 0],
  ])('%s %d is %d', (scale, value, expected) => {
    expect(normalise(scale, value)).toBeCloseTo(expected, 10);
  });

  it('spans 0 to 100, and a better route is never a lower value', () => {
    const order = { low: 0, middle: 1, high: 2 };
    for (const scale of SCALES) {
      const all = scaleValues(scale).map((value) => normalise(scale, value));
      expect([Math.min(...all), Math.max(...all)]).toEqual([0, 100]);
    }
    const pair = fc.constantFrom(...SCALES).chain((scale) => {
      const value = fc.constantFrom(...scaleValues(scale));
      return fc.tuple(fc.constant(scale), value, value);
    });
    fc.assert(
      fc.property(pair, ([scale, a, b]) => {
        fc.pre(normalise(scale, a) > normalise(scale, b));
        expect(order[routeOf(scale, a)]).toBeGreaterThanOrEqual(order[routeOf(scale, b)]);
      }),
    );
  });
});
