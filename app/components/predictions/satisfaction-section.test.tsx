import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { SatisfactionReport } from '../../domain/prediction/satisfaction-backtest.ts';
import { shareEstimate } from '../../domain/reports/share.ts';
import type { CareView } from '../../services/show-care.ts';
import type { PredictionsView } from '../../services/show-predictions.ts';
import type { StageReport } from '../../domain/prediction/satisfaction-verdict.ts';
import { OrderForecasts } from './order-forecasts.tsx';
import { SatisfactionSection } from './satisfaction-section.tsx';

const figures = { auc: 0.72, accuracy: 0.9, precision: 0.61, recall: 0.24, brier: 0.081, baseRate: 0.11 };
const judged = {
  ...figures,
  ...{ n: 800, threshold: 0.5, called: 40, ece: 0.021, accuracyInterval: { low: 0.88, high: 0.92 } },
  aucInterval: { low: 0.67, high: 0.77 },
};
const nobody = {
  auc: 0.5,
  accuracy: 0.89,
  precision: null,
  recall: 0,
  brier: 0.11,
  baseRate: 0.11,
  feature: null,
};
const PROOF: StageReport = {
  model: judged,
  baselines: { bestSingle: { ...figures, auc: 0.64, feature: 'totalDays' }, alwaysSatisfied: nobody },
  aucGain: { value: 0.08, low: 0.05, high: 0.11 },
  care: [{ share: 0.1, n: 80, leastProbability: 0.31, precision: 0.4, recall: 0.36 }],
  calibration: [
    { n: 400, predicted: 0.05, actual: 0.06 },
    { n: 400, predicted: 0.17, actual: 0.16 },
  ],
  verdict: { shown: true, reason: 'better' },
};
const REPORT: SatisfactionReport = {
  ...PROOF,
  ...{ splitAt: '2026-08-01T00:00:00.000Z', basis: 'own', prior: null, trained: 1_900, trainedLow: 210 },
  ...{ trees: 40, onItsWay: { ...PROOF, model: { ...judged, n: 90 } } },
};
const hiddenStage: StageReport = { ...PROOF, verdict: { shown: false, reason: 'not_above_single' } };

type Part = NonNullable<PredictionsView['satisfaction']>;
const partOf = (report: SatisfactionReport, status: 'kept' | 'hidden' = 'kept'): Part => ({
  ...{ running: null, failed: null, hiddenByStaff: false },
  ended: {
    report,
    data: { orders: 2_400, rated: 1_900, low: 210 },
    run: {
      ...{ id: 'r1', kind: 'satisfaction', version: 'satisfaction-1', seed: 1, status, waits: false },
      horizonDays: null,
      ...{ asOf: '2026-11-22T12:00:00.000Z', startedAt: '2026-11-22T12:00:00.000Z', finishedAt: null },
      ...{ data: {}, reason: null },
    },
  },
});

const textOf = (element: React.ReactElement): string => {
  const html = renderToStaticMarkup(<AppProvider i18n={en}>{element}</AppProvider>);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
  return html
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
};
const CARE: CareView = {
  ...{ enabled: true, leastChance: 0.3, casesPerDay: 5, opened: 0, low: shareEstimate(0, 0) },
};
const sectionText = (part: Part, care: Partial<CareView> = {}) =>
  textOf(
    <SatisfactionSection
      part={part}
      care={{ ...CARE, ...care }}
      busy={false}
      onHide={() => undefined}
      timeZone="UTC"
    />,
  );

it('leads with whom it finds, and leaves the share of right calls to the last column', () => {
  const text = sectionText(partOf(REPORT));
  expect(text).toContain(
    'Called unhappy, from 50% on 40 orders: 61% of them were unhappy, which is 24% of all who were',
  );
  expect(text).toContain(
    'Looking after one order in ten reaches 36% of the unhappy (88 low ratings of 800 tested orders)',
  );
  expect(text).toContain(
    'AUC 0.08 above the best single fact (95% interval 0.05 to 0.11), on 88 low ratings of 800 tested orders',
  );
  expect(text).toContain('2.1 points off what came, on average of 800 orders');
  expect(text.indexOf('Right calls', text.indexOf('Predicted by'))).toBeGreaterThan(
    text.indexOf('Recall', text.indexOf('Predicted by')),
  );
  expect(text.slice(0, text.indexOf('Predicted by'))).not.toContain('90%');
});

it('says why it is hidden, and draws nothing from nothing', () => {
  const none = {
    ...judged,
    auc: null,
    precision: null,
    recall: null,
    ece: null,
    called: 0,
    n: 12,
    aucInterval: null,
  };
  const nothing: StageReport = {
    ...{ model: none, baselines: {}, care: [], calibration: [], aucGain: null },
    verdict: { shown: false, reason: 'few_answers' },
  };
  const report: SatisfactionReport = {
    ...REPORT,
    ...nothing,
    onItsWay: nothing,
  };
  const text = sectionText(partOf(report, 'hidden'));
  expect(text).toContain('Not enough data yet');
  expect(text).not.toContain('did not pass');
  expect(text).toContain('Orders on their way not enough data yet; tested on 12 orders');
  expect(text).toContain(
    'a test takes 200 that were not learnt from, 20 of them low and as many not, and there are 12, 1 of them low. From before there are 1,900 to learn from, 210 of them low.',
  );
  expect(text).not.toContain('Predicted by');
});

it.each([
  [3, 87],
  [19, 800],
  [20, 800],
])('draws findings from %d low ratings of %d orders only where they suffice', (low, n) => {
  const few: StageReport = {
    ...PROOF,
    model: { ...judged, n, baseRate: low / n },
    verdict: { shown: false, reason: 'few_answers' },
  };
  const text = sectionText(partOf({ ...REPORT, ...few }, 'hidden'));
  const basis = `${low} low ratings of ${n} tested orders`;
  if (low < 20) {
    expect(text).toContain(`Who would be reached: too few to tell, ${basis}`);
    expect(text).toContain(`The model beside single facts: too few to tell, ${basis}`);
    expect(text).toContain('Predicted chance against what came, 800 orders');
    expect(text).not.toMatch(
      /Looking after one order in ten|AUC 0.08 above [^.]* interval 0.05 to 0.11\), on 3/,
    );
  } else {
    expect(text).toContain(`Looking after one order in ten reaches 36% of the unhappy (${basis})`);
  }
  expect(text).toContain(`and there are ${n}, ${low} of them low. From before`);
});

it('says of a shop that is too young for a test how many ratings it has and needs', () => {
  const part = partOf(REPORT, 'hidden');
  const reason = 'Not enough data: too few orders were rated.';
  const ended = { ...part.ended!, report: null, run: { ...part.ended!.run, reason } };
  const textWith = (rated: number) =>
    sectionText({ ...part, ended: { ...ended, data: { orders: 300, rated, low: 4 } } });
  expect(textWith(87)).toContain(
    `${reason} It takes 200 rated orders to test them on, 20 of them low, beside older ones to learn from; so far there are 87 in all, 4 of them low.`,
  );
  expect(textWith(900)).not.toContain('so far there are');
});

it.each<[string, Partial<SatisfactionReport>, 'kept' | 'hidden', string]>([
  ['both stages', {}, 'kept', 'Shown: the predictions passed their back-test'],
  [
    'delivered ones',
    { onItsWay: hiddenStage },
    'kept',
    'Shown for delivered orders, hidden for those on their way',
  ],
  ['those on their way', hiddenStage, 'kept', 'Shown for orders on their way, hidden for delivered ones'],
  ['neither', { ...hiddenStage, onItsWay: hiddenStage }, 'hidden', 'Hidden: the predictions did not pass'],
])('says of which orders they are shown: %s', (_, changes, status, title) => {
  expect(sectionText(partOf({ ...REPORT, ...changes }, status))).toContain(title);
});

it('says of a model behind the best single fact how far behind it is', () => {
  const text = sectionText(
    partOf({ ...REPORT, aucGain: { ...REPORT.aucGain!, value: -0.02, low: -0.05, high: 0.01 } }),
  );
  expect(text).toContain('AUC 0.02 below the best single fact (95% interval −0.01 to 0.05)');
});

it('says how orders on their way did, and that right calls are not surely more than without a model', () => {
  const text = sectionText(partOf({ ...REPORT, onItsWay: hiddenStage }));
  expect(text).toContain(
    'hidden, not surely better than the best single fact; AUC 0.72 on 800 orders, 0.08 above the best single fact (95% interval 0.05 to 0.11)',
  );
  expect(text).toContain(
    'Right calls 90.0% (95% interval 88.0% to 92.0%), not surely above the 89.0% of calling everybody happy',
  );
});

it.each<[string, Partial<CareView>, 'kept' | 'hidden', string]>([
  [
    'as the settings say',
    { casesPerDay: 3 },
    'kept',
    'A case for orders from 30% on and above the usual share',
  ],
  ['with the limits', {}, 'kept', 'none for a customer with an open case, and one per customer in 30 days'],
  ['as many a day', { casesPerDay: 3 }, 'kept', 'at most 3 a day'],
  ['switched off', { enabled: false }, 'kept', 'Nothing: cases before a complaint are switched off'],
  ['without proof', {}, 'hidden', 'Nothing, until predictions pass their back-test'],
  ['no case yet', {}, 'kept', 'Cases in the last 30 days None'],
  [
    'too few answers',
    { opened: 7, low: shareEstimate(1, 4) },
    'kept',
    '7 cases; rated since: 4 orders, not enough data',
  ],
  [
    'what came of it',
    { opened: 20, low: shareEstimate(6, 12) },
    'kept',
    '20 cases; 50% of 12 orders rated since got a low rating (95% interval 25% to 75%)',
  ],
])('says what follows from them: %s', (_, care, status, words) => {
  expect(sectionText(partOf(REPORT, status), care)).toContain(words);
});

it('says that nothing follows while the team hides them', () => {
  const text = sectionText({ ...partOf(REPORT), hiddenByStaff: true });
  expect(text).toContain('Nothing, while your team hides them');
});

it.each<[Partial<SatisfactionReport>, string]>([
  [{}, 'your own answers.'],
  [{ basis: 'blended', prior: 'rules' }, 'your own answers beside general rules.'],
  [{ basis: 'blended', prior: 'other_shops' }, 'your own answers beside what was learnt at other shops.'],
  [{ basis: 'pooled', prior: 'another_shop' }, 'what was learnt at other shops alone.'],
])('names what they rest on: %j', (changes, words) => {
  expect(sectionText(partOf({ ...REPORT, ...changes }))).toContain(`They rest on ${words}`);
});

it('names what speaks for an unhappy order, and nothing where no order stands out', () => {
  const order = {
    ...{ orderId: '1', orderName: '#1001', lowProbability: 0.62, usualShare: 0.11, level: 'likely' as const },
    reasons: ['lateness' as const, 'parcels' as const],
  };
  const text = textOf(<OrderForecasts orders={[order]} />);
  expect(text).toContain(
    '62% chance of a low rating, against 11% of the rated orders that the prediction was tested on.',
  );
  expect(text).toContain('What speaks for it: how late it was, several parcels.');
  expect(textOf(<OrderForecasts orders={[]} />)).not.toContain('unhappy');
});

it('says how the tested orders ended that cases would have been opened for', () => {
  const term = 'Tested orders from 30% on';
  const known = 'of the 80 likeliest, from 31.0% on, 32 low';
  expect(sectionText(partOf(REPORT))).toContain(
    `${term} Delivered: the nearest that is known of 800 tested orders: ${known}. On their way: the nearest that is known of 90`,
  );
  expect(sectionText(partOf(REPORT), { enabled: false })).not.toContain(term);
  expect(sectionText(partOf({ ...REPORT, ...hiddenStage, onItsWay: hiddenStage }, 'hidden'))).not.toContain(
    term,
  );
});
