import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { shareEstimate } from '../domain/reports/share.ts';
import type { ArmNumbers, ExperimentRow } from '../infra/db/reads/experiment-views.ts';
import { reportOf } from '../services/show-experiment.ts';
import { ExperimentList } from './experiment-list.tsx';
import { scaleTop } from './experiment-picture.tsx';
import { ExperimentReportView } from './experiment-report.tsx';
import { points, treatmentWords } from './experiment-words.ts';

const experiment: ExperimentRow = {
  ...{ id: '1', name: 'Later', kind: 'delivery', dimension: 'timing', status: 'running' },
  arms: [
    { id: 'control', name: 'As now', weight: 1, delayDays: 1 },
    { id: 'a', name: 'After 3 days', weight: 1, delayDays: 3 },
  ],
  ...{ minimumEffect: 0.05, baseRate: 0.2, planned: 1_000, adoptedArm: null },
  ...{ startedAt: '2026-03-01T09:00:00Z', stoppedAt: null },
};
const sums = (n: number, mean: number) => ({ n, sum: n * mean, sumOfSquares: n * (mean * mean + 400) });
/** Answers of people whose mean score is `score`, and was `earlier` before. */
const numbers = (arm: string, counted: number, answered: number, score = 60, earlier = 60): ArmNumbers => ({
  ...{
    arm,
    assigned: counted,
    ended: counted,
    endedAnswered: answered,
    decided: counted,
    delivered: counted,
  },
  ...{ counted, answered, rewarded: 0, firstOrder: Math.round(answered / 2), higherTier: 0 },
  ...{ score: sums(answered, score), change: sums(answered, score - earlier) },
  ...{ earlierScore: sums(answered, earlier), earlierHealth: sums(0, 0) },
});

function words(of: readonly ArmNumbers[], over: Partial<ExperimentRow> = {}): string {
  const html = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <ExperimentReportView report={reportOf({ ...experiment, ...over }, of)} surveys={{}} />
    </AppProvider>,
  );
  return html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replace(/\s+/g, ' ');
}

describe('the page of an experiment', () => {
  it('names the treatments, and before the start how many it takes', () => {
    const text = words([], { status: 'draft', startedAt: null });
    expect(text).toContain('Not started yet');
    expect(text).toContain('About 1,000 people per arm have to be asked to see a difference of 5 points.');
    expect(text).toContain('As now: After 1 day');
    expect(text).not.toContain('Answered, of those asked');
  });

  it('shows figures without a conclusion until the planned number is reached, and says how many more', () => {
    const text = words([numbers('control', 400, 80), numbers('a', 380, 120)]);
    expect(text).toContain('No result yet: 380 of 1,000 per arm');
    expect(text).toContain('About 620 more deliveries per arm are needed to see a difference of 5 points.');
    expect(text).toContain('n = 400 · 95% interval 16.4% to 24.2%');
    expect(text).not.toContain('gets more answers');
  });

  it('says nothing of a share below five people', () => {
    expect(words([numbers('control', 4, 2), numbers('a', 0, 0)])).toContain(
      '4 answers so far; shown from 5 on.',
    );
  });

  it('names the winner with how sure that is', () => {
    const text = words([numbers('control', 1_000, 200), numbers('a', 1_000, 260)]);
    expect(text).toContain('“After 3 days” gets more answers');
    expect(text).toContain('+6.0 points (95% interval +2.3 to +9.7)');
  });

  it('says nothing of why a score differs before the result is read', () => {
    const text = words([numbers('control', 400, 80, 60, 60), numbers('a', 380, 150, 72, 72)]);
    expect(text).toContain('No result yet');
    expect(text).not.toContain('other people answer');
    const stopped = words([numbers('control', 400, 80, 60, 60), numbers('a', 380, 150, 72, 72)], {
      status: 'stopped',
    });
    expect(stopped).not.toContain('other people answer');
  });

  it('says that a score may be higher because others answer', () => {
    const text = words([numbers('control', 1_000, 200, 60, 60), numbers('a', 1_000, 260, 72, 72)]);
    expect(text).toContain(
      'The score of “After 3 days” is higher by 12.0 of 100 points. It may be higher because other people answer: more people answer, and those who answer differ in how satisfied they were before.',
    );
    expect(text).toContain('Against their own earlier answers the difference is 0.0 points');
  });

  it('concludes nothing where the split is off', () => {
    const text = words([numbers('control', 1_300, 200), numbers('a', 1_000, 260)]);
    expect(text).toContain('No conclusion: the split between the arms is off');
    expect(text).toContain(
      'People are not split between the arms as planned (less than 1 in 10,000 by chance).',
    );
  });

  it('says what it would take where nothing was seen', () => {
    const text = words([numbers('control', 1_000, 200), numbers('a', 1_000, 210)]);
    expect(text).toContain('No real difference');
    expect(text).toMatch(/About \d+ more deliveries per arm would be needed to see a difference of 5 points/);
  });

  it('names answers that were given for an incentive', () => {
    const paid = { ...numbers('a', 1_000, 260), rewarded: 30 };
    expect(words([numbers('control', 1_000, 200), paid])).toContain(
      '30 answers of those counted were given for an incentive.',
    );
  });
});

it.each([
  [{ id: 'a', delayDays: 1, sendHour: 9 }, 'timing', 'After 1 day, at 09:00'],
  [{ id: 'a', channel: 'on_site' }, 'channel', 'Offered on your pages, not mailed'],
  [{ id: 'control' }, 'channel', 'By e-mail'],
  [{ id: 'control', edition: { surveyId: null, version: 1 } }, 'wording', 'The preset, as asked now'],
  [{ id: 'a', edition: { surveyId: 's', version: 1 } }, 'incentive', 'Parcel survey'],
] as const)('%j is “%s: %s”', (arm, dimension, text) => {
  expect(treatmentWords(dimension, { name: 'x', weight: 1, ...arm }, { s: 'Parcel survey' })).toBe(text);
});

it.each([
  [0.05, '5 points'],
  [0.025, '2.5 points'],
  [0.01, '1 point'],
])('%d is %s', (share, text) => expect(points(share)).toBe(text));

it('the scale holds every interval', () => {
  expect(scaleTop([])).toBe(0.05);
  expect(scaleTop([shareEstimate(20, 100)])).toBe(0.3);
  expect(scaleTop([shareEstimate(100, 100)])).toBe(1);
});

it('an empty list says what one can learn', () => {
  const html = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <ExperimentList rows={[]} timeZone="UTC" />
    </AppProvider>,
  );
  expect(html).toContain('Find out what makes customers answer');
});
