import { describe, expect, it } from 'vitest';
import { clockState } from './clock-chip.tsx';
import { customerFilter, filterParams } from './customer-filter.ts';
import {
  formatAgo,
  formatCount,
  formatDateTime,
  formatChance,
  formatEvidence,
  formatNumber,
  formatPercent,
  formatHealth,
  formatPercentFine,
  formatSigned,
  formatSpan,
} from './format.ts';
import { patchOf, withValue } from './use-settings-form.ts';

const MIN = 60_000;

it.each([
  [30_000, 'under 1 min'],
  [5 * MIN, '5 min'],
  [60 * MIN, '1 h'],
  [200 * MIN, '3 h 20 min'],
  [26 * 60 * MIN, '1 day 2 h'],
  [-48 * 60 * MIN, '2 days'],
  [10 * 24 * 60 * MIN + 60 * MIN, '10 days'],
])('writes a span of %d ms as %s', (ms, text) => expect(formatSpan(ms)).toBe(text));

it('writes times in the shop’s zone, over a change of the clock', () => {
  expect(formatDateTime('2026-03-29T00:30:00Z', 'Europe/Berlin')).toBe('29 Mar 2026, 01:30');
  expect(formatDateTime('2026-03-29T01:30:00Z', 'Europe/Berlin')).toBe('29 Mar 2026, 03:30');
  expect(formatDateTime('2026-01-01T02:00:00Z', 'America/New_York')).toBe('31 Dec 2025, 21:00');
});

it('writes numbers plainly', () => {
  expect(formatCount(1234567)).toBe('1,234,567');
  expect([formatPercent(0.0312), formatPercent(0.5), formatPercent(0), formatPercent(0.02)]).toEqual([
    '3.1%',
    '50%',
    '0%',
    '2%',
  ]);
  expect([formatSigned(6.25), formatSigned(-3), formatSigned(-0.04)]).toEqual(['+6.3', '−3.0', '0.0']);
  expect(formatNumber(-8)).toBe('−8');
  expect(formatAgo('2026-11-22T09:40:00Z', '2026-11-22T12:00:00Z')).toBe('2 h ago');
});

it('never calls a chance certain', () => {
  expect([0, 0.004, 0.01, 0.347, 0.99, 0.9982, 1].map(formatChance)).toEqual([
    ...['under 1%', 'under 1%', '1%', '35%', '99%', 'over 99%', 'over 99%'],
  ]);
});

it('never shows a figure without how sure it is', () => {
  expect(formatEvidence({ outcome: 'not_enough', n: 3 }, formatPercent)).toBe(
    '3 answers so far; shown from 5 on.',
  );
  const sure = { outcome: 'shown', n: 70_231, value: 0.2318, low: 0.2287, high: 0.2349 } as const;
  expect(formatEvidence(sure, formatPercent, formatPercentFine)).toBe(
    'n = 70,231 · 95% interval 22.9% to 23.5%',
  );
});

describe('clock', () => {
  const opened = {
    status: 'open',
    openedAt: '2026-11-22T08:00:00Z',
    dueAt: '2026-11-22T12:00:00Z',
    acknowledgedAt: null,
  };
  it.each([
    ['2026-11-22T09:00:00Z', opened, 'Due in 3 h', 'info'],
    ['2026-11-22T11:00:00Z', opened, 'Due soon: 1 h', 'warning'],
    ['2026-11-22T12:30:00Z', opened, 'Overdue by 30 min', 'critical'],
    [
      '2026-11-23T00:00:00Z',
      { ...opened, status: 'acknowledged', acknowledgedAt: '2026-11-22T11:59:00Z' },
      'Answered in time',
      'success',
    ],
    [
      '2026-11-23T00:00:00Z',
      { ...opened, status: 'closed', acknowledgedAt: '2026-11-22T14:00:00Z' },
      'Answered 2 h late',
      'warning',
    ],
  ])('at %s', (now, entry, label, tone) => expect(clockState(entry, now)).toEqual({ label, tone }));
});

it('reads a filter from the address and writes it back; what it does not know is dropped', () => {
  const filter = customerFilter(new URLSearchParams('view=all&band=lost&reason=nps&after=1_x'));
  expect(filter).toEqual({ view: 'all', band: 'lost', reason: 'nps' });
  expect(filterParams(filter).toString()).toBe('view=all&band=lost&reason=nps');
  expect(customerFilter(new URLSearchParams("view=x&band=y&reason=';--"))).toEqual({
    view: 'at_risk',
    band: null,
    reason: null,
  });
});

it('sends only the settings that were touched, lists whole', () => {
  const stored = {
    caps: { surveyDays: 14, npsDays: 90 },
    compensation: { percentBySeverity: [5, 10, 15], maxUnits: 25 },
  };
  const draft = withValue(withValue(stored, 'caps.npsDays', 60), 'compensation.percentBySeverity.1', 12);
  expect(patchOf(draft, ['caps.npsDays', 'compensation.percentBySeverity.1'])).toEqual({
    caps: { npsDays: 60 },
    compensation: { percentBySeverity: [5, 12, 15] },
  });
});

it('shows health rounded down, so that no number looks like the band above', () => {
  expect([59.6, 60, 39.99, 0.4, 100].map(formatHealth)).toEqual(['59', '60', '39', '0', '100']);
});
