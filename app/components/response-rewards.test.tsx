import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { differenceBetween } from '../domain/reports/difference.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import type { RewardEffect } from '../services/show-responses.ts';
import { RewardEffectTable } from './response-rewards.tsx';

const effect = (
  withN: number,
  withoutN: number,
  low: [number, number],
  high: [number, number],
): RewardEffect => ({
  withN,
  withoutN,
  rows: (['low', 'high'] as const).map((route) => {
    const [given, without] = route === 'low' ? low : high;
    const shares = { with: shareEstimate(given, withN), without: shareEstimate(without, withoutN) };
    return { route, ...shares, difference: differenceBetween(shares.without, shares.with) };
  }),
});
const render = (shown: RewardEffect) =>
  renderToStaticMarkup(
    <AppProvider i18n={en}>
      <RewardEffectTable effect={shown} />
    </AppProvider>,
  );

it('names a difference that its interval bears out, with n on both sides', () => {
  const html = render(effect(100, 100, [10, 30], [60, 40]));
  expect(html).toContain('Answers given for a reward are different');
  expect(html).toContain('For a reward, n = 100');
  expect(html).toContain('Without, n = 100');
  expect(html).toMatch(
    /<th scope="row">Low<\/th><td>10%<\/td><td>30%<\/td><td>−20\.0, −30\.\d to −9\.\d<\/td>/,
  );
});

it('does not make one out of chance', () => {
  expect(render(effect(20, 20, [4, 5], [8, 7]))).toContain('No real difference');
});

it('shows no figure of fewer than 5 answers', () => {
  const html = render(effect(4, 50, [1, 10], [2, 20]));
  expect(html).toContain('Too few answers');
  expect(html.match(/Shown from 5 answers on each side/g)).toHaveLength(2);
});
