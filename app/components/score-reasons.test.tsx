import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { roundToSum, ScoreReasons } from './score-reasons.tsx';

const reasons = [
  { key: 'nps', label: 'Would recommend the store (NPS)', value: 20, contribution: -11.265 },
  { key: 'payment', label: 'Refunds and chargebacks', value: 100, contribution: 5.225 },
];

it('shows signed points that add up from the neutral start to the score', () => {
  const html = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <ScoreReasons reasons={reasons} score={44} />
    </AppProvider>,
  );
  const numbers = [...html.matchAll(/ac-reason__points">([^<]+)</g)].map((match) =>
    Number(match[1]!.replace('−', '-')),
  );
  expect(numbers[0]).toBe(50);
  expect(numbers.at(-1)).toBe(44);
  expect(numbers.slice(0, -1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(44, 9);
  expect(html).toContain('−11.2');
  expect(html).toContain('+5.2');
  expect(html).toMatch(/ac-reason__bar--down" style="width:50%;right:50%"/);
});

it('rounds so that tenths always add up, and moves no part by a tenth or more', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 12 }),
      (parts) => {
        const total = Math.round(parts.reduce((sum, value) => sum + value, 0) * 10) / 10;
        const shown = roundToSum(parts, total);
        expect(shown.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 6);
        shown.forEach((value, index) => expect(Math.abs(value - parts[index]!)).toBeLessThan(0.1 + 1e-9));
      },
    ),
  );
});
