import { describe, expect, test } from 'vitest';
import { csiOf, segmentOf } from './csi.ts';
import type { AnswerInput, ScoreMetric } from './inputs.ts';
import { normaliseRating } from './known.ts';
import { DAY_MS } from './numbers.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
let counter = 0;

function answer(
  metric: ScoreMetric,
  rating: number,
  ageDays = 0,
  of: Partial<AnswerInput> = {},
): AnswerInput {
  counter += 1;
  const answeredAt = new Date(NOW.getTime() - ageDays * DAY_MS);
  return { id: `answer-${counter}`, metric, rating, answeredAt, orderId: null, lineId: null, ...of };
}

describe('normaliseRating', () => {
  test.each<[ScoreMetric, number, number | null]>([
    ['nps', 0, 0],
    ['nps', 9, 90],
    ['nps', 10, 100],
    ['csat_product', 1, 0],
    ['csat_delivery', 4, 75],
    ['confidence_purchase', 5, 100],
    ['ces_support', 1, 100],
    ['ces_return', 4, 50],
    ['ces_support', 7, 0],
    ['nps', 12, 100],
    ['csat_product', 0, 0],
    ['nps', Number.NaN, null],
  ])('%s %d is %s points', (metric, rating, points) => {
    expect(normaliseRating(metric, rating)).toBe(points);
  });
});

describe('csiOf', () => {
  test('the example of the specification: NPS 9, product 5, CES 2, delivery 4, purchase 4 is 87.4, Champion', () => {
    const csi = csiOf(
      [
        answer('nps', 9),
        answer('csat_product', 5),
        answer('ces_support', 2),
        answer('csat_delivery', 4),
        answer('csat_purchase', 4),
      ],
      NOW,
    );
    expect(csi).toMatchObject({ value: 87.4, segment: 'champion', coverage: 1 });
  });

  test('no answer: no index, never 0', () => {
    expect(csiOf([], NOW)).toMatchObject({ value: null, segment: null, coverage: 0 });
  });

  test('support CSAT alone is no component', () => {
    expect(csiOf([answer('csat_support', 5)], NOW).value).toBeNull();
  });

  test('weights are renormalised over the components present, and coverage tells', () => {
    // (30 x 60 + 15 x 100) / 45
    const csi = csiOf([answer('nps', 6), answer('csat_delivery', 5)], NOW);
    expect(csi).toMatchObject({ value: 73.3, segment: 'satisfied', coverage: 0.45 });
  });

  test('an answer counts half as much as one given 90 days later', () => {
    // (1 x 100 + 0.5 x 10) / 1.5
    expect(csiOf([answer('nps', 10, 5), answer('nps', 1, 95)], NOW).value).toBe(70);
  });

  test('an answer drops out at 24 months, and one from the future does not count yet', () => {
    expect(csiOf([answer('nps', 10, 730)], NOW).value).toBeNull();
    expect(csiOf([answer('nps', 10, 729.99)], NOW).value).toBe(100);
    expect(csiOf([answer('nps', 10, -0.001)], NOW).value).toBeNull();
    expect(csiOf([answer('nps', 10, 0)], NOW).value).toBe(100);
  });

  test('product: an order counts once, whatever the number of its lines', () => {
    const csi = csiOf(
      [
        answer('csat_product', 5, 10, { orderId: '1', lineId: '11' }),
        answer('csat_product', 1, 10, { orderId: '1', lineId: '12' }),
        answer('csat_product', 5, 10, { orderId: '2', lineId: '21' }),
      ],
      NOW,
    );
    expect(csi.components.product).toBe(75);
  });

  test('product: an order is as old as its newest answer', () => {
    const csi = csiOf(
      [
        answer('csat_product', 5, 400, { orderId: '1', lineId: '11' }),
        answer('csat_product', 5, 10, { orderId: '1', lineId: '12' }),
        answer('csat_product', 1, 100, { orderId: '2', lineId: '21' }),
      ],
      NOW,
    );
    expect(csi.components.product).toBeCloseTo(100 / 1.5, 10);
  });

  test('product: a line rated again counts with its newest rating, whichever arrives first', () => {
    const first = answer('csat_product', 1, 30, { orderId: '1', lineId: '11' });
    const again = answer('csat_product', 4, 3, { orderId: '1', lineId: '11' });
    expect(csiOf([first, again], NOW).components.product).toBe(75);
    expect(csiOf([again, first], NOW).components.product).toBe(75);
  });

  test('support pools support and return CES; purchase pools CSAT and confidence', () => {
    const csi = csiOf(
      [
        answer('ces_support', 1),
        answer('ces_return', 7),
        answer('csat_purchase', 5),
        answer('confidence_purchase', 3),
      ],
      NOW,
    );
    expect(csi.components).toMatchObject({ support: 50, purchase: 75, nps: null });
  });

  test('rounds half up to 1 decimal before the segment is taken', () => {
    // 30 x 80 and 20 x 79.875 over 50 is 79.95, a true half: 80.0 and a Champion.
    const csi = csiOf([answer('nps', 8), answer('ces_support', 7 - 6 * 0.79875)], NOW);
    expect(csi).toMatchObject({ value: 80, segment: 'champion' });
    const below = csiOf([answer('nps', 8), answer('ces_support', 7 - 6 * 0.79874)], NOW);
    expect(below).toMatchObject({ value: 79.9, segment: 'satisfied' });
  });
});

test.each([
  [100, 'champion'],
  [80, 'champion'],
  [79.9, 'satisfied'],
  [60, 'satisfied'],
  [59.9, 'neutral'],
  [40, 'neutral'],
  [39.9, 'at_risk'],
  [20, 'at_risk'],
  [19.9, 'detractor'],
  [0, 'detractor'],
])('a CSI of %d is a %s', (value, segment) => {
  expect(segmentOf(value)).toBe(segment);
});
