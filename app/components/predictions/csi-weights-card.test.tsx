import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { LearnedCsiWeights } from '../../domain/prediction/csi-weights.ts';
import type { RunView } from '../../infra/db/reads/prediction-views.ts';
import { CsiWeightsCard } from './csi-weights-card.tsx';

const DEFAULTS = { nps: 0.3, product: 0.25, support: 0.2, delivery: 0.15, purchase: 0.1 };
const KNOWN = { nps: 900, product: 0, support: 10, delivery: 1_100, purchase: 4 };
const interval = { low: 0.05, high: 0.41 };

type HeldOut = Extract<LearnedCsiWeights, { outcome: 'learned' }>['heldOut'];
const learned = (heldOut: HeldOut): LearnedCsiWeights => ({
  ...{ outcome: 'learned', version: 'csi-weights-1', n: 1_200, repurchased: 480, seed: 1, known: KNOWN },
  weights: { ...DEFAULTS, nps: 0.1, delivery: 0.35 },
  intervals: { nps: interval, product: interval, support: interval, delivery: interval, purchase: interval },
  heldOut,
});
const compared = (low: number, high: number) => ({
  ...{ n: 360, aucDefault: 0.581, aucLearned: 0.634, low, high },
});

function textOf(report: LearnedCsiWeights | null, more: Partial<RunView> = {}): string {
  const run: RunView = {
    ...{ id: 'r1', kind: 'csi_weights', version: 'csi-weights-1', seed: 1, status: 'kept', waits: false },
    horizonDays: null,
    ...{ asOf: '2026-11-22T12:00:00.000Z', startedAt: '2026-11-22T12:00:00.000Z', finishedAt: null },
    ...{ data: {}, reason: null, ...more },
  };
  const ended = run.status === 'running' ? null : { run, report, data: {} };
  const part = { ended, running: ended ? null : run, failed: null, hiddenByStaff: false };
  const html = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <CsiWeightsCard part={part} defaults={DEFAULTS} />
    </AppProvider>,
  );
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
  return html
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

it.each<[HeldOut, string]>([
  [null, 'Whether the learnt weights are better cannot be told yet'],
  [compared(0.01, 0.09), 'The learnt weights tell better than the default who buys again'],
  [compared(-0.09, -0.01), 'The default tells better than the learnt weights who buys again'],
  [compared(-0.01, 0.09), 'The learnt weights are not surely better than the default'],
])('says whether the learnt weights are any better (%o)', (heldOut, finding) => {
  const text = textOf(learned(heldOut));
  expect(text).toContain(finding);
  expect(text).toContain('What is learnt is shown for you to judge, and changes no score.');
});

it('shows each weight beside the default, with its interval and the answers behind it', () => {
  const text = textOf(learned(compared(-0.01, 0.09)));
  expect(text).toContain('Delivery 15% 35% 5% to 41% 1,100');
  expect(text).toContain('the AUC is 0.63 by weights learnt before, 0.58 by the default');
});

it('says what is missing instead of an empty table', () => {
  const reason = '40 customers rated you at least 90 days ago; 200 are needed to learn weights from.';
  const text = textOf(null, { status: 'hidden', reason });
  expect(text).toContain(reason);
  expect(text).not.toContain('Default, in use');
  expect(textOf(null, { status: 'running' })).toContain('The first fit is under way.');
});
