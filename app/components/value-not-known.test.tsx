import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { CustomerProfile, CustomerRow } from '../infra/db/reads/views.ts';
import { CustomerTable } from './customer-table.tsx';
import { ScoreCard } from './score-card.tsx';

const render = (element: ReactElement) =>
  renderToStaticMarkup(<AppProvider i18n={en}>{element}</AppProvider>);

const customer = {
  ...{ id: 'c', firstName: 'Ina', lastName: null, email: null, redactedAt: null, scoreStale: false },
  ...{ csi: null, csiCoverage: 0, segment: null, health: null, healthCoverage: 0.2, band: null },
  ...{ flagged: false, highRisk: false, reasons: [], mainReason: null, scoredAt: null, scoreVersion: null },
  ...{ valueAtRiskMinor: 0, history: [] },
} as Partial<CustomerProfile> as CustomerProfile;
const card = (over: Partial<CustomerProfile>, predicted = false) =>
  render(
    <ScoreCard
      customer={{ ...customer, ...over }}
      predicted={predicted}
      currency="EUR"
      timeZone="Europe/Berlin"
    />,
  );

it('the card of a score has no amount of whom too little is known, and one of 0 where that is known', () => {
  expect(card({})).toContain('Not known: it needs');
  expect(card({})).not.toContain('€');
  expect(card({ band: 'healthy', health: 100 })).toContain('€0.00');
  expect(card({ valueAtRiskMinor: 250 }, true)).toContain('€2.50');
});

it('the card of an erased customer waits for no score', () => {
  const html = card({ redactedAt: '2026-03-01T00:00:00.000Z', scoreStale: true });
  expect(html).toContain('not scored any more');
  expect(html).not.toContain('being counted in');
});

it('the list of customers has no amount either', () => {
  const row: CustomerRow = {
    ...{ id: 'c', firstName: 'Ina', lastName: null, email: null, health: null, healthBefore: null },
    ...{ healthCoverage: 0.2, band: null, highRisk: false, tier: 'starter', mainReason: null },
    ...{ valueAtRiskMinor: null, lastOrderAt: null, orderCount: 0, openCase: null },
  };
  const list = (valueAtRiskMinor: number | null) =>
    render(
      <CustomerTable
        filter={{ view: 'all', band: null, reason: null }}
        page={{ rows: [{ ...row, valueAtRiskMinor }], before: null, after: null }}
        {...{ reasons: [], predicted: false, currency: 'EUR', timeZone: 'Europe/Berlin', loading: false }}
        go={() => undefined}
      />,
    );
  expect(list(null)).toContain('Not known');
  expect(list(null)).not.toContain('€');
  expect(list(0)).toContain('€0.00');
});
