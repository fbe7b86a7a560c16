import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ResponseRow } from '../infra/db/reads/response-views.ts';
import type { ModerateAnswerOutcome } from '../services/moderate-answer.ts';
import { ResponseFeed } from './response-feed.tsx';
import { responseFilter } from './response-filter.ts';

const row: ResponseRow = {
  id: '0190a000-0000-7000-8000-000000000001',
  kind: 'relationship',
  metric: 'nps',
  rating: 9,
  route: 'high',
  status: 'verified',
  surface: 'hosted_page',
  answeredAt: '2026-11-19T12:00:00.000Z',
  comment: 'Lovely.',
  more: [],
  files: [],
  versions: 1,
  steps: 1,
  customer: null,
  claimed: false,
  order: null,
  case: null,
  heldByRule: null,
  held: null,
};

const render = (query: string, rows: ResponseRow[], data?: ModerateAnswerOutcome, quarantined = 0) =>
  renderToStaticMarkup(
    <AppProvider i18n={en}>
      <ResponseFeed
        filter={responseFilter(new URLSearchParams(query))}
        page={{ rows, before: null, after: rows.length > 0 ? 'next' : null }}
        mix={{ n: rows.length, notCounted: 0, quarantined, parts: [] }}
        domain="nord.myshopify.com"
        timeZone="Europe/Berlin"
        now="2026-11-22T12:00:00.000Z"
        loading={false}
        moderating={{ state: 'idle', data, submit: () => undefined }}
        go={() => undefined}
      />
    </AppProvider>,
  );

describe('the feed', () => {
  it('has the saved views, the answers as a list, and a way to the next page', () => {
    const html = render('', [row]);
    for (const part of ['All', 'Low', 'With comment', 'Unverified', 'Quarantined', 'NPS 9 of 10', 'Lovely.'])
      expect(html).toContain(part);
    expect(html).toContain('aria-label="Pages of answers"');
    expect(html.match(/<article/g)).toHaveLength(1);
  });

  it.each([
    ['search=tea', 'No answer fits these filters', 'Remove all filters'],
    ['view=low&route=low&period=all', 'No answer fits these filters', 'Remove all filters'],
    ['', 'Nobody has answered yet', 'Show all time'],
    ['view=low&period=30', 'No low answer', 'Show all time'],
    ['view=quarantined&period=all', 'No answer is in quarantine', 'Show all answers'],
    ['view=all&period=all', 'Nobody has answered yet', 'See your surveys'],
  ])('without an answer for %j says why, and offers one thing to do', (query, heading, action) => {
    const html = render(query, []);
    expect(html).toContain(heading);
    expect(html).toContain(action);
    const others = ['Remove all filters', 'Show all time', 'Show all answers', 'See your surveys'];
    for (const other of others.filter((one) => one !== action)) expect(html).not.toContain(other);
    expect(html).not.toContain('aria-label="Pages of answers"');
  });

  it('says once a month why answers without a name stand below newer ones, and where they end', () => {
    const unnamed = (id: string, answeredAt: string): ResponseRow => ({
      ...{ ...row, id, answeredAt, identity: 'anonymous' },
    });
    const rows = [
      row,
      unnamed('1', '2026-11-01T00:00:00.000Z'),
      { ...unnamed('2', '2026-11-01T00:00:00.000Z'), identity: 'pseudonymous' as const },
      unnamed('3', '2026-10-01T00:00:00.000Z'),
      { ...row, id: '4', answeredAt: '2026-09-30T12:00:00.000Z' },
    ];
    const labels = (of: ResponseRow[]) =>
      [...render('', of).matchAll(/>(\w+ 2026, without a name|Before \w+ 2026)</g)].map(([, label]) => label);
    const unnamedMonths = ['November 2026, without a name', 'October 2026, without a name'];
    expect(labels(rows)).toEqual([...unnamedMonths, 'Before October 2026']);
    expect(render('', rows)).toContain('only the month is told');
    expect(labels(rows.slice(2, 4)), 'a page that begins among them').toEqual(unnamedMonths);
    expect(labels([row])).toEqual([]);
  });

  it('says how many are held back, and leads there with the same filter', () => {
    const html = render('view=low&survey=usage', [row], undefined, 3);
    expect(html).toContain('3 answers are in quarantine');
    expect(html).toContain('/app/responses?view=quarantined&amp;survey=usage');
    expect(render('', [row])).not.toContain('in quarantine');
    expect(render('view=quarantined', [row], undefined, 3)).not.toContain('answers are in quarantine');
  });

  it('keeps a refusal beside the list', () => {
    const sentence = 'This answer no longer exists.';
    expect(render('', [row], { outcome: 'refused', field: null, sentence })).toContain(sentence);
  });
});
