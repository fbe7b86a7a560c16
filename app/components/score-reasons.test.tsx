import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ReasonView } from '../infra/db/reads/views.ts';
import { roundToSum, ScoreReasons } from './score-reasons.tsx';
import { factText, unknownInputs } from './score-words.ts';

const reasons = [
  { key: 'nps', label: 'Would recommend the store (NPS)', value: 20, contribution: -11.265 },
  {
    ...{ key: 'payment', label: 'Refunds and chargebacks', value: 100, contribution: 5.225 },
    fact: { kind: 'payments', paidMinor: 0, refundedMinor: 0, chargebacks: 1 } as const,
  },
];

it('shows signed points that add up from the neutral start to the score', () => {
  const html = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <ScoreReasons reasons={reasons} score={44} currency="EUR" timeZone="Europe/Berlin" />
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
  expect(html).toContain('Chargeback on 1 order, in 12 months');
  expect(html).toContain('Public reviews (no source of public reviews is connected)');
  expect(html).not.toContain('Refunds and chargebacks (');
});

it.each<[NonNullable<ReasonView['fact']>, string]>([
  [
    { kind: 'clicks', last30Days: 1, previous30Days: 3 },
    '1 survey mail opened by the customer in 30 days, 3 in the 30 days before',
  ],
  [{ kind: 'visit', lastSeenAt: '2026-03-01T23:30:00.000Z' }, 'Last known visit on 2 Mar 2026'],
  [{ kind: 'ratings', count: 2 }, 'From 2 ratings'],
  [
    { kind: 'payments', paidMinor: 10_000, refundedMinor: 2_050, chargebacks: 0 },
    '€20.50 of €100.00 refunded, in 12 months',
  ],
  [
    { kind: 'payments', paidMinor: 10_000, refundedMinor: 2_050, chargebacks: 2 },
    'Chargeback on 2 orders, €20.50 of €100.00 refunded, in 12 months',
  ],
])('says what an input was made of: %o', (fact, words) => {
  expect(factText(fact, 'EUR', 'Europe/Berlin')).toBe(words);
});

it('names each input that is not known, with why', () => {
  expect(unknownInputs([])).toHaveLength(12);
  expect(unknownInputs(['nps', 'site'])).toHaveLength(10);
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
