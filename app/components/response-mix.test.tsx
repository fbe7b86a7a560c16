import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { shareEstimate } from '../domain/reports/share.ts';
import type { ResponseMix } from '../services/show-responses.ts';
import { ResponseMixCard } from './response-mix.tsx';

const render = (mix: ResponseMix) =>
  renderToStaticMarkup(
    <AppProvider i18n={en}>
      <ResponseMixCard mix={mix} about="Last 90 days" />
    </AppProvider>,
  );
const mixOf = (low: number, middle: number, high: number, notCounted = 0): ResponseMix => {
  const n = low + middle + high;
  const part = (route: 'low' | 'middle' | 'high', count: number) => ({
    route,
    count,
    share: shareEstimate(count, n),
  });
  return {
    n,
    notCounted,
    quarantined: 0,
    parts: [part('low', low), part('middle', middle), part('high', high)],
  };
};

it('says in a table what the bar shows, with n and interval', () => {
  const html = render(mixOf(25, 0, 75, 3));
  expect(html).toContain('25% of 100 answers are low');
  expect([...html.matchAll(/flex-grow:(\d+)/g)].map((match) => match[1])).toEqual(['25', '75']);
  expect(html).toMatch(/<td>25<\/td><td>25%<\/td><td>17\.5% to 34\.3%<\/td>/);
  expect(html).toContain('n = 100');
  expect(html).toContain('3 of them do not count in scores');
});

it('shows no share of fewer than 5 answers', () => {
  const html = render(mixOf(2, 1, 1));
  expect(html).toContain('4 answers');
  expect(html).not.toMatch(/\d%<\/td>/);
  expect(html.match(/Shown from 5 answers on/g)).toHaveLength(3);
});

it('is a count and nothing else where the filter asks for one kind of answer, or nothing is found', () => {
  const cases: [ResponseMix, string][] = [
    [{ n: 12, notCounted: 12, quarantined: 0, parts: [] }, '12 answers'],
    [mixOf(0, 0, 0), '0 answers'],
  ];
  for (const [mix, title] of cases) {
    const html = render(mix);
    expect(html).toContain(title);
    expect(html).not.toContain('<table');
  }
  expect(render({ n: 12, notCounted: 12, quarantined: 0, parts: [] })).toContain(
    'none of them counts in scores',
  );
});

it('says that anonymous answers are left out, and nothing where none are', () => {
  const left = /left out where fewer than 5/;
  const few = { n: 12, notCounted: 0, quarantined: 0, parts: [] };
  expect(render({ ...few, smallCell: true })).toMatch(left);
  expect(render(few)).not.toMatch(left);
});
