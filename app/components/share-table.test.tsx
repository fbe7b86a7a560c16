// @vitest-environment jsdom
import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, it, vi } from 'vitest';
import { shareEstimate } from '../domain/reports/share.ts';
import { NumbersTable, shareCells } from './share-table.tsx';

// Polaris asks for it as soon as it is loaded, and jsdom has none.
vi.hoisted(() => {
  const media = { matches: false, addListener: () => {}, removeListener: () => {} };
  window.matchMedia = () => media as unknown as MediaQueryList;
});
beforeEach(() => void vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true));

it('shows the numbers behind a button, each row by its name', () => {
  const place = document.body.appendChild(document.createElement('div'));
  const row = (key: string, count: number, of: number) => ({
    key,
    cells: [key, count, ...shareCells(shareEstimate(count, of))],
  });
  act(() =>
    createRoot(place).render(
      <AppProvider i18n={en}>
        <NumbersTable
          id="t"
          caption="Invitations"
          columns={['Step', 'Count', 'Share', '95% interval']}
          rows={[row('Held back', 38, 100), row('Put off', 2, 4), row('Sent', 0, 0)]}
        />
      </AppProvider>,
    ),
  );
  const button = place.querySelector('button')!;
  expect([button.getAttribute('aria-expanded'), place.querySelector('table')]).toEqual(['false', null]);
  act(() => button.click());
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(place.querySelector('caption')!.textContent).toBe('Invitations');
  const rows = [...place.querySelectorAll('tr')].map(({ children }) =>
    [...children].map(({ textContent }) => textContent),
  );
  expect(rows).toEqual([
    ['Step', 'Count', 'Share', '95% interval'],
    ['Held back', '38', '38%', '29.1% to 47.8%'],
    ['Put off', '2', '–', 'from 5 on'],
    ['Sent', '0', '–', '–'],
  ]);
  expect([...place.querySelectorAll('tbody th')].map(({ textContent }) => textContent)).toEqual([
    'Held back',
    'Put off',
    'Sent',
  ]);
});
