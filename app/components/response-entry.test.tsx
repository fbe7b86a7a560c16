import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ResponseRow } from '../infra/db/reads/response-views.ts';
import { ResponseEntry } from './response-entry.tsx';

const row = (over: Partial<ResponseRow> = {}): ResponseRow => ({
  id: '0190a000-0000-7000-8000-000000000001',
  kind: 'delivery',
  metric: 'csat_delivery',
  rating: 2,
  route: 'low',
  status: 'verified',
  surface: 'checkout',
  answeredAt: '2026-11-19T12:00:00.000Z',
  comment: 'Late.',
  more: [],
  files: [],
  versions: 1,
  steps: 1,
  customer: { id: 'c1', firstName: 'Ina', lastName: 'Berg', email: null },
  claimed: false,
  order: { orderId: '1001', name: '#1001' },
  case: { id: 'k1', number: 12 },
  heldByRule: null,
  held: null,
  ...over,
});
const render = (over: Partial<ResponseRow> = {}) =>
  renderToStaticMarkup(
    <AppProvider i18n={en}>
      <ResponseEntry
        row={row(over)}
        domain="nord.myshopify.com"
        timeZone="Europe/Berlin"
        now="2026-11-22T12:00:00.000Z"
        busy={false}
        ask={() => undefined}
      />
    </AppProvider>,
  );

describe('one answer', () => {
  it('says where a reward was promised for it', () => {
    expect(render({ rewarded: true })).toContain('Given for a reward');
    expect(render()).not.toContain('Given for a reward');
  });

  it('says how it was rated and on which scale, by whom, about what, where and when', () => {
    const html = render({ versions: 3, steps: 3 });
    for (const part of [
      'Delivery CSAT 2 of 5',
      '(1 to 5, 5 is best)',
      '>Low<',
      '<blockquote class="ac-quote">Late.</blockquote>',
      'href="/app/customers/c1"',
      'Ina Berg',
      'href="https://admin.shopify.com/store/nord/orders/1001"',
      'href="/app/cases/k1"',
      'Delivery survey · Thank-you or order page · ',
      '3 days ago',
      'answered in 3 steps',
      'aria-label="Quarantine: Delivery CSAT 2 of 5, Ina Berg"',
    ])
      expect(html).toContain(part);
    expect(html).not.toContain('Polaris-Badge');
  });

  it.each<[number, number | null, string]>([
    [1, 1, ''],
    [3, 3, 'answered in 3 steps'],
    [2, 1, 'changed once later'],
    [3, 1, 'changed twice later'],
    [6, 2, 'answered in 2 steps · changed 4 times later'],
    [3, null, 'stored 3 times: in steps, or changed later'],
  ])('of %d versions, %s of them steps, says "%s"', (versions, steps, words) => {
    const [, said = ''] = /<\/time>([^<]*)</.exec(render({ versions, steps })) ?? [];
    expect(said).toBe(words && ` · ${words}`);
  });

  it.each(['anonymous', 'pseudonymous'] as const)('tells only the month of one that is %s', (identity) => {
    const answeredAt = '2026-03-07T00:00:00.000Z';
    const html = render({ identity, answeredAt, customer: null, order: null, case: null });
    expect(html).toContain('<time dateTime="2026-03">March 2026</time>');
    expect(html).not.toMatch(/7 Mar|03-07|days ago/);
  });

  it('shows what was written as text, never as HTML', () => {
    const html = render({ comment: '<img src=x onerror=alert(1)> {{ shop.name }}' });
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; {{ shop.name }}');
    expect(html).not.toContain('<img');
  });

  it.each<[Partial<ResponseRow>, string, string]>([
    [
      { customer: null, claimed: true, status: 'unverified' },
      'Unverified customer',
      'until the order confirms',
    ],
    [{ customer: null, claimed: false, status: 'unverified' }, 'Guest', 'without logging in. In no score'],
    [
      { customer: null, claimed: false, status: 'unverified', surface: 'import' },
      'Guest',
      'until the order confirms',
    ],
    [{ status: 'unsolicited' }, 'Ina Berg', 'Given before the delivery'],
    [{ status: 'quarantined' }, 'aria-label="Restore: ', 'Held back: in no score.'],
    [
      { status: 'quarantined', held: { at: '2026-11-21T12:00:00.000Z', reason: 'spam', staffName: 'Ada' } },
      'Quarantined',
      'By Ada, 1 day ago: spam or a machine. In no score.',
    ],
    [{ status: 'quarantined', heldByRule: 'scanned' }, 'Restore', 'most likely a mail scanner. In no score.'],
    [{ status: 'quarantined', heldByRule: 'burst' }, 'Restore', 'within 5 seconds, as machines send them.'],
    [{ comment: null, case: null, order: null }, 'No comment was left.', 'Ina Berg'],
  ])('of %j', (over, ...parts) => {
    const html = render(over);
    for (const part of parts) expect(html).toContain(part);
  });
});
