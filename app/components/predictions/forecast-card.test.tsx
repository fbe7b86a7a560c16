import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ForecastView, PredictedView } from '../../services/show-forecast.ts';
import { ForecastCard } from './forecast-card.tsx';

type Prediction = Extract<PredictedView, { outcome: 'shown' }>['prediction'];

const NOW = '2026-11-22T12:00:00.000Z';
const PREDICTION: Prediction = {
  ...{ runId: 'r1', horizonDays: 34, asOf: NOW, level: 'own', noneProbability: 0.97 },
  ...{ expectedPurchases: 0.03, purchasesLow: 0, purchasesHigh: 0 },
  ...{ clvMinor: 52, clvLowMinor: 0, clvHighMinor: 0, nextOrderOn: null, typicalGapDays: null },
  ...{ customersWithValue: 100, worthAtLeastAsMuch: 90 },
};

/** What is read of the card of somebody of whom nothing else is known. */
function textOf(prediction: Prediction): string {
  const proof = 'Shown: the error (Brier score) is 26% below that of the base rate.';
  const forecast: ForecastView = {
    predicted: { outcome: 'shown', prediction, horizonDays: 34, proof, valueProof: null, valueTier: null },
    valuePredicted: true,
    warning: { total: null, coverage: 0, indicators: [], version: 'warning-1' },
    trajectory: { outcome: 'not_enough', reason: 'few_days', days: 0 },
    signs: { signs: [], present: 0, known: 0 },
    groups: [],
    referral: { score: null, coverage: 0, parts: [], basis: 'rule' },
  };
  return renderToStaticMarkup(
    <AppProvider i18n={en}>
      <ForecastCard forecast={forecast} highRisk={false} currency="EUR" timeZone="UTC" />
    </AppProvider>,
  )
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

it('names the days of the model itself', () => {
  expect(textOf(PREDICTION)).toContain('chance of no order in the next 34 days');
});

it('gives no interval that leaves out the margin that is expected', () => {
  expect(textOf(PREDICTION)).toContain(
    'Expected margin, 12 months Most likely nothing; €0.52 on average Next order',
  );
  expect(textOf({ ...PREDICTION, clvHighMinor: 900 })).toContain(
    'Expected margin, 12 months €0.52 (80% interval €0.00 to €9.00)',
  );
  expect(textOf({ ...PREDICTION, clvMinor: null })).not.toContain('Expected margin');
});
