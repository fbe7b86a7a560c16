import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { EscalationReport } from '../../domain/prediction/escalation-backtest.ts';
import type { CaseView } from '../../infra/db/reads/case-views.ts';
import CasePage from '../../routes/app.cases.$id.tsx';
import type { EscalationForecast } from '../../services/show-escalations.ts';
import type { PredictionsView } from '../../services/show-predictions.ts';
import { CaseTable } from '../case-table.tsx';
import { EscalationSection } from './escalation-section.tsx';

const page = vi.hoisted(() => ({ data: {} as object }));
vi.mock('../../infra/admin-context.server.ts', () => ({}));
vi.mock('@remix-run/react', async (original) => ({
  ...(await original<object>()),
  useLoaderData: () => page.data,
  useActionData: () => undefined,
  useNavigation: () => ({ state: 'idle' }),
  useSubmit: () => () => undefined,
}));
vi.mock('@shopify/app-bridge-react', () => ({ TitleBar: () => null }));
vi.mock('@shopify/shopify-app-remix/server', () => ({ boundary: {} }));

const textOf = (element: ReactElement): string => {
  const html = renderToStaticMarkup(<AppProvider i18n={en}>{element}</AppProvider>);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
  return html
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
};

const NOW = '2026-11-22T12:00:00.000Z';
const basics = { currency: 'EUR', timeZone: 'UTC', now: NOW };
const entry: CaseView = {
  ...{ id: 'k1', number: 7, title: 'CSAT 2 of 5', issueType: 'delivery', status: 'open', severity: 2 },
  ...{ critical: false, valueMinor: 4_900, openedAt: NOW, dueAt: NOW, acknowledgedAt: null, closedAt: null },
  ...{ ownerId: null, ownerName: null, customer: null, orderName: null, sourceKind: 'response' },
  foreseen: null,
  ...{ resolvedAt: null, rootCause: null, resolution: null, customerBand: null, customerHealth: null },
  ...{ customerTier: null, answer: null, otherAnswers: [], order: null, messages: [], notes: [] },
};
const forecast: EscalationForecast = {
  ...{ caseId: 'k1', probability: 0.62, low: 0.51, high: 0.72, usualShare: 0.28 },
  reasons: ['severity', 'lateness'],
};

function casePage(escalation?: EscalationForecast): string {
  page.data = {
    entry,
    escalation,
    disappointing: [],
    ...{ staffId: 's', domain: 'd', replyTo: null },
    ...basics,
  };
  return textOf(<CasePage />);
}

it('stands on the page of a case with its reasons, and is absent where nothing is predicted', () => {
  const text = casePage(forecast);
  expect(text).toContain(
    'May escalate 62% chance that it takes more than one contact (80% interval 51% to 72%), against 28% of all cases.',
  );
  expect(text).toContain('What speaks for it: how severe it is, how late the order came.');
  expect(casePage()).not.toContain('escalate');
});

it('marks its cases in the list', () => {
  const list = (escalating: string[]) => (
    <CaseTable
      {...{ ...basics, view: 'open', escalating, loading: false, go: vi.fn(), goBack: vi.fn() }}
      page={{ rows: [entry], before: null, after: null }}
      counts={{ open: 1, mine: 0, unassigned: 1, resolved: 0, closed: 0, all: 1 }}
    />
  );
  expect(textOf(list(['k1']))).toContain('May escalate');
  expect(textOf(list([]))).not.toContain('escalate');
});

const REPORT: EscalationReport = {
  ...{ trained: 210, n: 90, escalated: 31, auc: 0.74, brier: 0.182, ece: 0.04, baseRateBrier: 0.226 },
  gain: { value: 0.044, low: 0.02, high: 0.06 },
  calibration: [{ n: 90, predicted: 0.34, actual: 0.34 }],
  verdict: { shown: true, reason: 'better' },
};

type Part = NonNullable<PredictionsView['escalation']>;
function section(verdict: EscalationReport['verdict'], reason: string | null): string {
  const run = {
    ...({ id: 'r1', kind: 'escalation', version: 'escalation-1', seed: 1, waits: false, data: {} } as const),
    ...{ asOf: NOW, startedAt: NOW, finishedAt: NOW, reason, horizonDays: null },
    status: verdict.shown ? ('kept' as const) : ('hidden' as const),
  };
  const ended: Part['ended'] = { run, report: { ...REPORT, verdict }, data: { cases: 300, escalated: 98 } };
  const part: Part = { running: null, failed: null, hiddenByStaff: false, ended };
  return textOf(<EscalationSection part={part} timeZone="UTC" />);
}

it('says on the page of predictions whether it passed, by which figures, or why not', () => {
  const shown = section(REPORT.verdict, null);
  expect(shown).toContain('Shown: the predictions passed their back-test');
  expect(shown).toContain(
    '90 newer cases, 31 of which took more than one; AUC 0.74, Brier 0.182, one share for all 0.226',
  );
  const few = section({ shown: false, reason: 'few_cases' }, 'Not enough data: 12 closed cases.');
  expect(few).toContain('Nothing is predicted yet Not enough data: 12 closed cases. No case is marked');
  expect(few).not.toContain('AUC');
  const failed = section({ shown: false, reason: 'no_better' }, 'On 90 newer cases no better.');
  expect(failed).toContain(
    'Hidden: the predictions did not pass their back-test On 90 newer cases no better.',
  );
});
