import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { LiveExperiment } from '../core/state.ts';
import { armFor, assignment, fractionOf } from './assign.ts';
import { chiSquareTail } from './chance.ts';

const experiment = (weights: number[], over: Partial<LiveExperiment> = {}): LiveExperiment => ({
  id: '0192b3c4-0000-7000-8000-000000000001',
  kind: 'delivery',
  arms: weights.map((weight, index) => ({ id: ['control', 'a', 'b', 'c'][index]!, weight })),
  ...over,
});
/** Ids as they are made: alike but for their last digits. */
const customers = Array.from(
  { length: 20_000 },
  (_, index) => `0192b3c4-5d6e-7f80-9a1b-${String(index).padStart(12, '0')}`,
);

test('one id has the same fraction always, in [0, 1)', () => {
  expect(fractionOf('a')).toBe(fractionOf('a'));
  fc.assert(
    fc.property(fc.string(), (text) => {
      const fraction = fractionOf(text);
      return fraction >= 0 && fraction < 1 && fraction === fractionOf(text);
    }),
  );
});

test('similar ids are spread evenly', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const id of customers) tenths[Math.floor(fractionOf(`x:${id}`) * 10)]! += 1;
  // Chi-square with 9 degrees of freedom: 27.9 is exceeded once in a thousand times.
  const statistic = tenths.reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
  expect(statistic).toBeLessThan(27.9);
});

describe('the arm of a customer', () => {
  it.each([[[1, 1]], [[1, 3]], [[2, 1, 1]], [[1, 1, 1, 1]]])('weights %j are kept', (weights) => {
    const counts = new Map<string, number>();
    for (const id of customers) {
      const arm = armFor(experiment(weights), id).id;
      counts.set(arm, (counts.get(arm) ?? 0) + 1);
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const statistic = experiment(weights).arms.reduce((sum, { id, weight }) => {
      const expected = (customers.length * weight) / total;
      return sum + ((counts.get(id) ?? 0) - expected) ** 2 / expected;
    }, 0);
    expect(chiSquareTail(statistic, weights.length - 1)).toBeGreaterThan(0.001);
  });

  it('in one experiment says nothing of the arm in another', () => {
    const other = experiment([1, 1], { id: '0192b3c4-0000-7000-8000-000000000002' });
    const both = customers.filter(
      (id) => armFor(experiment([1, 1]), id).id === 'a' && armFor(other, id).id === 'a',
    );
    expect(Math.abs(both.length - 5_000)).toBeLessThan(250);
  });

  it('takes part in what runs on its kind, and in nothing that has ended', () => {
    const assign = assignment([experiment([1, 1])], 'ada');
    expect(assign('delivery')?.experimentId).toBe(experiment([1]).id);
    expect(assign('usage')).toBeNull();
    expect(assignment([experiment([1, 1], { ended: true })], 'ada')('delivery')).toBeNull();
  });
});
