import { expect, it } from 'vitest';
import { valueBasisText } from './value-words.ts';

it('names the days of the chance only where all values are by it', () => {
  expect(valueBasisText({ horizonDays: 30, settled: true })).toContain('no order in the next 30 days ×');
  const underway = valueBasisText({ horizonDays: 30, settled: false });
  expect(underway).not.toContain('30');
  expect(underway).toMatch(/It is being recalculated: some values are still those of before\.$/);
});

it('says that the rule counts where nothing is predicted', () => {
  expect(valueBasisText({ horizonDays: null, settled: true })).toMatch(
    /^Value at risk by the rule, until predictions are shown: .*margin share\.$/,
  );
  expect(valueBasisText({ horizonDays: null, settled: false })).toContain('It is being recalculated');
});
