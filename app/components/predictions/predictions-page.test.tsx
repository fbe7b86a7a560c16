import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { aPurchaseReport } from '#tests/factories/prediction-reports.ts';
import type { PurchaseReport } from '../../domain/prediction/purchase-report.ts';
import type { VerdictReason } from '../../domain/prediction/purchase-verdict.ts';
import type { RunView } from '../../infra/db/reads/prediction-views.ts';
import type { PredictionsView, PurchaseData } from '../../services/show-predictions.ts';
import { PredictionsPage } from './predictions-page.tsx';
import { purchaseVerdict } from './purchase-words.ts';

const aRun = (more: Partial<RunView> = {}): RunView => ({
  ...{ id: 'r1', kind: 'purchases', version: 'purchase-1', seed: 1, status: 'kept', waits: false },
  horizonDays: 90,
  ...{ asOf: '2026-11-22T12:00:00.000Z', startedAt: '2026-11-22T12:00:00.000Z' },
  ...{ finishedAt: '2026-11-22T12:00:05.000Z', data: {}, reason: null },
  ...more,
});

const DATA: PurchaseData = {
  ...{ orders: 1_320, used: 1_200, test: 4, cancelled: 60, unpaid: 0, withoutCustomer: 56, staff: null },
  ...{ startsOn: null, reason: null },
};

type Part = PredictionsView['purchases'];
function viewOf(more: Partial<Part> = {}, runs: RunView[] = [aRun()]): PredictionsView {
  const ended: Part['ended'] = { run: aRun(), report: aPurchaseReport(), data: DATA };
  return {
    runs,
    purchases: { running: null, ended, failed: null, hiddenByStaff: false, ...more },
    care: {
      ...{ enabled: true, leastChance: 0.3, casesPerDay: 5, opened: 0 },
      low: { outcome: 'not_enough', n: 0 },
    },
    ...{ horizonDays: 90, satisfaction: null, escalation: null, csiWeights: null },
  };
}

const idle = { state: 'idle' as const, data: undefined, submit: () => undefined };
/** What is read of the page, without its shapes. */
function textOf(view: PredictionsView): string {
  const html = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <PredictionsPage view={view} choosing={idle} currency="EUR" timeZone="UTC" />
    </AppProvider>,
  );
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
  return html
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe('the page of predictions', () => {
  it('says first whether orders are predicted, then what that rests on and the proof', () => {
    const text = textOf(viewOf());
    const places = [
      'Shown, on little data',
      'Fitted 22 Nov 2026, 12:00',
      'Orders left out 4 of tests, 60 cancelled, 56 without a customer',
      'Recency only (days since the last order)',
      'What came lies in the predicted interval in',
      'points off what came, on average',
      'History of fits',
    ].map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('shows the proof of values with the days over which they were judged, or why they are hidden', () => {
    const proof = {
      endDay: 20_000,
      days: 180,
      buyers: 412,
      predictedMinor: 90_000,
      actualMinor: 100_000,
      coverage: 0.79,
    };
    const textWith = (value: PurchaseReport['value']) =>
      textOf(viewOf({ ended: { run: aRun(), report: aPurchaseReport({ value }), data: DATA } }));
    const reason = { code: 'passed_in_part', ratio: 0.9, days: 180, needed: 365 } as const;
    const shown = textWith({ ...proof, shown: true, reason });
    expect(shown).toContain(
      'Values are shown: what was predicted for 180 days was 10% below what customers spent. For all 365 days it is not proven yet, so the intervals are wider.',
    );
    expect(shown).toContain('412 buyers, 5 Oct 2024 to 2 Apr 2025: €900.00 predicted, €1,000.00 came');
    expect(shown).toContain('Values within their 80% interval 79% of buyers');
    const off = { code: 'too_far_off', ratio: 2.61, limit: 1.5 } as const;
    expect(textWith({ ...proof, shown: false, reason: off })).toContain(
      'Values are hidden: what was predicted was 2.6 times what customers spent; at most 1.5 times too much or too little is allowed.',
    );
  });

  it('shows every figure of the comparison, the model first', () => {
    const { model, baselines } = aPurchaseReport();
    const text = textOf(viewOf());
    expect(text).toContain(model.auc!.toFixed(3));
    expect(text).toContain(baselines.recencyOnly.brier!.toFixed(3));
    expect(text.indexOf('Aftercare’s model')).toBeLessThan(text.indexOf('Recency only (days'));
    expect(text).toContain(
      `The true share for everybody, known afterwards ${model.baseRateBrier!.toFixed(3)} 0.500 – 1.0× – / `,
    );
    expect(text).not.toContain('Saying the true share');
    expect(text).toMatch(/points off what came, on average of \d+ buyers/);
  });

  it('shows a fit that is under way, and one that failed beside the one that stays', () => {
    const running = aRun({ id: 'r2', status: 'running', waits: true });
    expect(textOf(viewOf({ running }, [running, aRun()]))).toContain('A fit is waiting for its turn');
    const failed = aRun({ id: 'r3', status: 'failed', reason: 'The model could not be fitted: no memory.' });
    const text = textOf(viewOf({ failed }, [failed, aRun()]));
    expect(text).toContain('The newest fit failed; the one before stays in force');
    expect(text).toContain('The model could not be fitted: no memory.');
    expect(text).toContain('Shown, on little data');
  });

  it('never shows an empty chart: without held-out buyers it says what is missing', () => {
    const report = aPurchaseReport({
      deciles: [],
      calibration: [{ n: 3, predicted: 0.2, actual: 0 }],
      windows: [],
    });
    const text = textOf(viewOf({ ended: { run: aRun(), report, data: DATA } }));
    expect(text).toContain('Not enough data: this needs buyers of a finished back-test.');
    expect(text).toContain('Not enough data: this needs at least two groups of 5 held-out buyers.');
  });

  it('says for how many days orders are predicted, and that others were chosen since', () => {
    const days = 'Predicted the orders of the next 90 days';
    expect(textOf(viewOf())).toMatch(new RegExp(`${days} (?!;)`));
    expect(textOf({ ...viewOf(), horizonDays: 30 })).toContain(
      `${days}; from the next fit on of 30 days, as chosen in Settings`,
    );
  });

  it('says of a young shop that so many days could be tested, and what is wanted', () => {
    const textWith = (askedDays: number, chosenDays: number) => {
      const report = aPurchaseReport({ horizonDays: 34, wantedDays: askedDays });
      const ended = { run: aRun({ horizonDays: 34 }), report, data: DATA };
      return textOf({ ...viewOf({ ended }), horizonDays: chosenDays });
    };
    const days = 'Predicted the orders of the next 34 days: so many could be tested';
    expect(textWith(90, 90)).toContain(`${days}; 90 once there are as many `);
    expect(textWith(90, 30)).toContain(`${days}; from the next fit on of 30 days, as chosen in Settings`);
    expect(textWith(90, 180)).toContain(
      `${days}; from the next fit on of up to 180 days, as chosen in Settings`,
    );
  });

  it('promises a test of what is predicted, and none of weights that are only shown', () => {
    const text = textOf(viewOf());
    expect(text).toContain('Nothing is predicted by one that did not pass a test on what it had not seen.');
    expect(text).toContain('they are shown before they can be tested, too, and say so');
  });

  it('says whether staff could be told apart, and how many of their orders were left out', () => {
    const textWith = (staff: number | null) =>
      textOf(viewOf({ ended: { run: aRun(), report: aPurchaseReport(), data: { ...DATA, staff } } }));
    expect(textWith(null)).toContain('Orders placed by staff counted like any other');
    expect(textWith(3)).toContain('Orders placed by staff 3 left out, by the e-mail domains in Settings');
    expect(textWith(0)).toContain('Orders placed by staff 0 left out');
  });

  it('leads to each kind of prediction, with whether it is shown', () => {
    const escalation = { running: null, ended: null, failed: null, hiddenByStaff: false };
    const text = textOf({ ...viewOf(), escalation });
    // Polaris says the tone of a badge in a word of its own.
    expect(text).toMatch(
      /What is predicted Orders and value \w+ Shown, little data Escalation of cases \w+ Not fitted yet/,
    );
    expect(textOf(viewOf({ ended: null }, []))).toMatch(/What is predicted Orders and value \w+ Rules only/);
  });

  it('shows the latest fits, and the others to who asks', () => {
    const runs = Array.from({ length: 12 }, (_, n) => aRun({ id: `r${n}`, reason: `Reason ${n}.` }));
    const text = textOf(viewOf({}, runs));
    expect(text).toContain('Reason 7.');
    expect(text).not.toContain('Reason 8.');
    expect(text).toContain('Show all 12 fits');
    expect(textOf(viewOf({}, runs.slice(0, 8)))).not.toContain('Show all');
  });

  it('stands without a single fit', () => {
    const text = textOf(viewOf({ ended: null }, []));
    expect(text).toContain('Rules only: nothing is predicted yet');
    expect(text).not.toContain('History of fits');
  });
});

describe('the verdict', () => {
  const verdictOf = (more: Partial<Part>) => purchaseVerdict(viewOf(more));
  const hiddenFor = (reason: VerdictReason) => {
    const verdict = { shown: false, level: 'rules' as const, littleData: false, reason };
    const report = aPurchaseReport({ verdict });
    return verdictOf({ ended: { run: aRun({ status: 'hidden' }), report, data: DATA } });
  };

  it('says from which day on predictions start', () => {
    const run = aRun({ status: 'hidden', reason: 'Orders of 40 days can be read.' });
    expect(
      verdictOf({ ended: { run, report: null, data: { ...DATA, startsOn: '2026-12-26' } } }),
    ).toMatchObject({
      badge: { label: 'Rules only' },
      sentence: 'Predictions start on 26 Dec 2026. Orders of 40 days can be read.',
    });
  });

  it('names the reason of what is hidden', () => {
    const words = hiddenFor({ code: 'not_calibrated', ece: 0.08, limit: 0.05 });
    expect(words.badge.label).toBe('Hidden');
    expect(words.sentence).toMatch(/^Predicted probabilities were off by 8%/);
  });

  it('tells the choice of the team from a failed back-test', () => {
    expect(verdictOf({ hiddenByStaff: true })).toMatchObject({
      badge: { label: 'Hidden by you' },
      sentence: expect.stringMatching(/^They passed their back-test\. \S/),
    });
  });

  it('is good from 1,000 held-out buyers on', () => {
    const report = aPurchaseReport();
    const verdict = { ...report.verdict, littleData: false };
    expect(verdictOf({ ended: { run: aRun(), report: { ...report, verdict }, data: DATA } })).toMatchObject({
      badge: { label: 'Shown', tone: 'success' },
    });
  });
});
