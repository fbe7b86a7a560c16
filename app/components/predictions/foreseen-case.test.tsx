import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { CaseView, ForeseenView } from '../../infra/db/reads/case-views.ts';
import { CaseStory } from '../case-story.tsx';
import { CaseTable } from '../case-table.tsx';

const textOf = (element: React.ReactElement): string =>
  renderToStaticMarkup(<AppProvider i18n={en}>{element}</AppProvider>)
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const NOW = '2026-11-22T12:00:00.000Z';
const FORESEEN: ForeseenView = {
  ...{ lowProbability: 0.62, stage: 'delivered', usualShare: 0.11 },
  reasons: ['lateness', 'parcels'],
};
const entry: CaseView = {
  ...{ id: 'k1', number: 7, title: 'Order #1001 is likely to disappoint', issueType: 'likely_to_disappoint' },
  ...{ status: 'open', severity: 1, sourceKind: 'prediction', foreseen: FORESEEN },
  ...{ critical: false, valueMinor: 4_900, openedAt: NOW, dueAt: NOW, acknowledgedAt: null, closedAt: null },
  ...{ ownerId: null, ownerName: null, customer: null, orderName: '#1001' },
  ...{ resolvedAt: null, rootCause: null, resolution: null, customerBand: null, customerHealth: null },
  ...{ customerTier: null, answer: null, otherAnswers: [], order: null, messages: [], notes: [] },
};
const story = (more: Partial<CaseView> = {}) =>
  textOf(<CaseStory entry={{ ...entry, ...more }} replyTo={null} timeZone="UTC" />);

it('says on the page of a case why it was opened before anybody complained', () => {
  const text = story();
  expect(text).toContain(
    'Opened because this order is likely to end unhappily: 62% chance of a low rating, against 11% of the rated orders that the prediction was tested on, predicted once it was delivered. What spoke for it: how late it was, several parcels.',
  );
  expect(text).toContain('Nobody had complained when it was opened: get in touch');
});

it('says no more than was kept', () => {
  const foreseen = { ...FORESEEN, stage: null, usualShare: null, reasons: [] };
  const text = story({ foreseen });
  expect(text).toContain('end unhappily: 62% chance of a low rating. Nobody');
});

it('keeps the reason beside the answer that came after all, and says nothing of it elsewhere', () => {
  const said = { kind: 'delivery', metric: 'csat_delivery', rating: 1, comment: null, status: 'verified' };
  const text = story({ answer: { ...said, answeredAt: NOW } });
  expect(text).toContain('likely to end unhappily');
  expect(text).toContain('Delivery CSAT 1 of 5');
  expect(text).not.toContain('get in touch');
  expect(story({ foreseen: null })).not.toContain('likely to end');
});

it('shows what the customer said of the order since, and claims nothing of what they were told', () => {
  const other = { kind: 'delivery', metric: 'csat_delivery', rating: 5, comment: 'All good.' };
  const text = story({ otherAnswers: [{ ...other, id: 'r1', status: 'verified', answeredAt: NOW }] });
  expect(text).toMatch(/Delivery CSAT 5 of 5 · .* All good\./);
  expect(text).not.toMatch(/said nothing|sent nothing/);
});

it('says why it was closed by itself, or not', () => {
  const note = { id: 'n1', at: NOW, staffName: null };
  const sentence = 'The customer rated the order, and not low.';
  const told = (kind: string) => story({ notes: [{ ...note, kind, text: sentence }] });
  expect(told('rated_closed')).toContain('Closed by itself: the rating is not low');
  expect(told('rated_kept')).toMatch(/The customer answered: not low .* The customer rated the order/);
});

it('marks the case in the list, with its reasons', () => {
  const list = (row: CaseView) =>
    textOf(
      <CaseTable
        {...{ view: 'open', escalating: [], loading: false, go: vi.fn(), goBack: vi.fn() }}
        {...{ currency: 'EUR', timeZone: 'UTC', now: NOW }}
        page={{ rows: [row], before: null, after: null }}
        counts={{ open: 1, mine: 0, unassigned: 1, resolved: 0, closed: 0, all: 1 }}
      />,
    );
  expect(list(entry)).toContain('62% chance of a low rating: how late it was, several parcels');
  expect(list(entry)).toContain('Predicted');
  expect(list({ ...entry, foreseen: null })).not.toContain('Predicted');
});
