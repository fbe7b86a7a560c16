import { describe, expect, it } from 'vitest';
import { sampleBuyers } from './purchase-sample.ts';

const shop = (size: number) =>
  Array.from({ length: size }, (_, i) => ({ id: `c${i}`, orders: [{ day: i % 300, valueMinor: null }] }));
const ids = (buyers: readonly { id: string }[]) => buyers.map(({ id }) => id);

describe('the buyers that a model is learnt from', () => {
  it('are those who had bought, in the same order whatever order they come in', () => {
    const sample = sampleBuyers(shop(600), 99, 1);
    expect(sample).toHaveLength(200);
    expect(sample.every(({ orders }) => orders[0]!.day <= 99)).toBe(true);
    expect(ids(sampleBuyers(shop(600).toReversed(), 99, 1))).toEqual(ids(sample));
    expect(ids(sampleBuyers(shop(600), 99, 2))).not.toEqual(ids(sample));
  });

  it('are at most 20,000, drawn evenly', () => {
    const sample = sampleBuyers(shop(60_000), 300, 1);
    expect(sample).toHaveLength(20_000);
    // Of each 300 days a third: 20,000 x 100 / 300, give or take 4 standard errors.
    const early = sample.filter(({ orders }) => orders[0]!.day < 100).length;
    expect(Math.abs(early - 20_000 / 3)).toBeLessThan(4 * Math.sqrt((20_000 / 3) * (2 / 3)));
    // The first of the sample are a fair sample too.
    const first = sample.slice(0, 5_000).filter(({ orders }) => orders[0]!.day < 100).length;
    expect(Math.abs(first - 5_000 / 3)).toBeLessThan(4 * Math.sqrt((5_000 / 3) * (2 / 3)));
  });
});
