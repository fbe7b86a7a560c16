import { expect, it } from 'vitest';
import type { SatisfactionReport } from '../../domain/prediction/satisfaction-backtest.ts';
import type { StageReport } from '../../domain/prediction/satisfaction-verdict.ts';
import { careTestText } from './care-words.ts';

const figures = { auc: 0.7, accuracy: 0.9, precision: 0.6, recall: 0.1, brier: 0.09, baseRate: 0.11 };
const stage: StageReport = {
  model: {
    ...figures,
    ...{ n: 6_000, threshold: 0.5, called: 10, ece: 0.02, aucInterval: null, accuracyInterval: null },
  },
  ...{ baselines: {}, aucGain: null, calibration: [], verdict: { shown: true, reason: 'better' } },
  care: [
    { share: 0.01, n: 60, leastProbability: 0.41, precision: 0.55, recall: 0.05 },
    { share: 0.02, n: 120, leastProbability: 0.325, precision: 0.45, recall: 0.08 },
    { share: 0.05, n: 300, leastProbability: 0.24, precision: 0.3, recall: 0.14 },
  ],
};
const hidden: StageReport = { ...stage, verdict: { shown: false, reason: 'no_better' } };
const report = (delivered: Partial<StageReport> = {}, onItsWay = hidden) =>
  ({ ...stage, ...delivered, onItsWay }) as SatisfactionReport;

it('tells the share of tested orders that begins nearest to the chance, and guesses nothing between', () => {
  const text = (chance: number) => careTestText(report(), chance);
  const second = 'of the 120 likeliest, from 32.5% on, 54 low';
  expect(text(0.3)).toBe(`Delivered: the nearest that is known of 6,000 tested orders: ${second}`);
  expect(text(0.36)).toContain(second);
  expect(text(0.25)).toContain('of the 300 likeliest, from 24.0% on, 90 low');
  expect(text(0.1)).toContain('of the 300 likeliest, from 24.0% on, 90 low');
});

it('says so where hardly any tested order had such a chance', () => {
  expect(careTestText(report(), 0.6)).toBe(
    'Delivered: fewer than 60 of 6,000 tested orders; of the 60 likeliest, from 41.0% on, 33 low',
  );
});

it('counts exactly where the test did: at the chance from which on it calls an order unhappy', () => {
  expect(careTestText(report(), 0.5)).toBe('Delivered: 10 of 6,000 tested orders, 6 low');
  const none = { model: { ...stage.model, called: 0, precision: null } };
  expect(careTestText(report(none), 0.5)).toBe('Delivered: 0 of 6,000 tested orders, 0 low');
});

it('tells only of stages that are predicted', () => {
  expect(careTestText(report({}, stage), 0.5)).toBe(
    'Delivered: 10 of 6,000 tested orders, 6 low. On their way: 10 of 6,000 tested orders, 6 low',
  );
  expect(careTestText(report(hidden, stage), 0.5)).toMatch(/^On their way: [^.]*$/);
  expect(careTestText(report(hidden), 0.5)).toBeNull();
  expect(careTestText(report({ care: [] }), 0.3)).toBe('Delivered: not known of the 6,000 tested orders');
});
