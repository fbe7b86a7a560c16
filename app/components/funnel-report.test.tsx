import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { shareEstimate } from '../domain/reports/share.ts';
import { CONTACT_REASONS } from '../domain/surveys/reasons.ts';
import type { FunnelFilter } from '../infra/db/reads/funnel-views.ts';
import type { EditionFunnel, FunnelReport, Part, QuestionFunnel } from '../services/show-funnel.ts';
import { funnelFilter, funnelUrl } from './funnel-filter.ts';
import { FunnelReportView } from './funnel-report.tsx';
import {
  CAUSES,
  dropOffFinding,
  funnelFinding,
  reasonsFinding,
  shareWords,
  surfacesFinding,
} from './funnel-words.ts';

const part = (count: number, of: number): Part => ({ count, share: shareEstimate(count, of) });

/** A report of these counts; reasons as [code, count]. */
function reportOf(
  counts: { sent?: number; seen?: number; started?: number; finished?: number; deferred?: number } = {},
  reasons: [string, number][] = [],
): FunnelReport {
  const { sent = 0, seen = 0, started = 0, finished = 0, deferred = 0 } = counts;
  const held = reasons.reduce((sum, [, count]) => sum + count, 0);
  const eligible = held + deferred + sent;
  return {
    eligible,
    suppressed: part(held, eligible),
    deferred: part(deferred, eligible),
    offered: part(0, eligible),
    reasons: reasons.map(([reason, count]) => ({ reason, ...part(count, held) })),
    steps: {
      sent: part(sent, eligible),
      accepted: part(sent, sent),
      seen: part(seen, sent),
      started: part(started, seen),
      finished: part(finished, started),
    },
    completion: shareEstimate(finished, seen),
    answeredElsewhere: 0,
    surfaces: [],
    editions: [],
  };
}
/** reached, answered, stopped; the rest passed it by. */
const question = (text: string, reached: number, answered: number, stopped: number): QuestionFunnel => ({
  ...{ id: text, text, reached, onlyWhereAnswered: false },
  ...{
    answered: part(answered, reached),
    stopped: part(stopped, reached),
    skipped: reached - answered - stopped,
  },
});
const edition = (counted: number, stoppedAtEnd: number, ...questions: QuestionFunnel[]): EditionFunnel => {
  const abandoned = stoppedAtEnd + questions.reduce((sum, { stopped }) => sum + stopped.count, 0);
  return {
    ...{ kind: 'delivery', edition: 'preset.1', own: null, total: counted, counted, abandoned, stoppedAtEnd },
    ...{ finished: part(counted - abandoned, counted), questions },
  };
};
const html = (report: FunnelReport, filter: FunnelFilter = { kind: null, days: 90 }) =>
  renderToStaticMarkup(
    <AppProvider i18n={en}>
      <FunnelReportView filter={filter} report={report} go={() => {}} />
    </AppProvider>,
  );
const words = (...input: Parameters<typeof html>) =>
  html(...input)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the finding', () => {
  it.each([
    [
      { sent: 100, seen: 50, finished: 40 },
      'Most people who open the page finish the survey; no invitation is held back',
    ],
    [
      { sent: 100, seen: 50, finished: 10 },
      'Most people who open the page do not finish the survey; no invitation is held back',
    ],
    [
      { sent: 100, seen: 10, finished: 6 },
      '60% of the people who open the page finish the survey; no invitation is held back',
    ],
    [{ sent: 100, seen: 4, finished: 4 }, 'No invitation is held back'],
    [{ sent: 4, seen: 2, finished: 1 }, '4 people were due: too few to say how many answer'],
    [{}, 'Nobody was due for a survey in this period'],
  ])('of %o is "%s"', (counts, sentence) => {
    expect(funnelFinding(reportOf(counts))).toBe(sentence);
  });

  it.each<[[string, number][], string, string]>([
    [
      [['survey_cap', 62]],
      '62% of invitations are held back because of the limit per person',
      'All 62 held back: the limit per person',
    ],
    [
      [
        ['survey_cap', 40],
        ['no_email', 22],
      ],
      '62% of invitations are held back, mostly because of the limit per person',
      '65% of the 62 held back: the limit per person',
    ],
    [
      [
        ['survey_cap', 31],
        ['no_email', 31],
      ],
      '62% of invitations are held back, most often because of the limit per person',
      '50% of the 62 held back: the limit per person',
    ],
    [[['made_up', 62]], '62% of invitations are held back because of made up', 'All 62 held back: made up'],
  ])('names what holds most back: %j', (reasons, sentence, title) => {
    const report = reportOf({ sent: 38 }, reasons);
    expect(funnelFinding(report)).toBe(sentence);
    expect(reasonsFinding(report)).toBe(title);
  });

  it('has a word for every reason that can hold an invitation back', () => {
    const never = ['due', 'reminders_off', 'other_survey', 'link_expired'];
    const reasons = [
      ...Object.keys(CONTACT_REASONS).filter((reason) => !never.includes(reason)),
      'mail_refused',
      '',
    ];
    expect(Object.keys(CAUSES).sort()).toEqual(reasons.sort());
  });

  it.each([
    [edition(4, 0, question('A', 4, 4, 0)), '4 answers: too few to say where people stop'],
    [edition(9, 0, question('A', 9, 9, 0)), 'All 9 who started finished'],
    [
      edition(20, 1, question('A', 20, 18, 0), question('B', 20, 10, 5)),
      '25% of those who come to “B” go away there',
    ],
    [
      edition(20, 1, question('A', 20, 20, 0), question('B', 3, 1, 2)),
      '2 of those who come to “B” go away there',
    ],
    [edition(20, 6, question('A', 20, 14, 5)), '6 of 20 answered everything and did not send it off'],
  ])('of an edition is where most go away', (funnel, sentence) => {
    expect(dropOffFinding(funnel)).toBe(sentence);
  });

  it('of the surfaces is where most answers begin', () => {
    const started = [
      { surface: 'hosted_page', started: 6 },
      { surface: 'checkout', started: 2 },
    ];
    expect(surfacesFinding(started)).toBe('75% of 8 answers begin here: Survey page');
    expect(surfacesFinding([{ surface: 'checkout', started: 4 }])).toBe('Where people answer');
  });
});

describe('a share', () => {
  it('says of whom, n and interval, and none of fewer than five', () => {
    expect(shareWords(shareEstimate(4, 10), 'of those sent')).toBe(
      '40% of those sent · n = 10 · 95% interval 17% to 69%',
    );
    expect(shareWords(shareEstimate(1179, 1184), 'of those sent')).toMatch(/^99\.6% of those sent/);
    expect(shareWords(shareEstimate(2, 4), 'of those sent')).toBe('n = 4; shares are shown from 5 on');
    expect(shareWords(shareEstimate(0, 0), 'of those sent')).toBe('');
  });
});

describe('the page', () => {
  const full = {
    ...reportOf({ sent: 60, seen: 30, started: 24, finished: 20, deferred: 2 }, [['survey_cap', 38]]),
    answeredElsewhere: 3,
    surfaces: [{ surface: 'checkout', started: 8, finished: part(6, 8) }],
    editions: [
      edition(20, 0, question('How was it?', 20, 20, 0), {
        ...question('Why?', 3, 3, 0),
        onlyWhereAnswered: true,
      }),
    ],
  };

  it('has each step with its count and its share of the one before', () => {
    const text = words(full);
    expect(text).toContain('Held back 38 38% of all who were eligible · n = 100 · 95% interval 29% to 48%');
    expect(text).toContain('Page opened by a person 30 50% of those accepted · n = 60');
    expect(text).toContain('Started 24 80% of those opened · n = 30');
    expect(text).toContain('3 of those sent answered on another surface');
    expect(text).toContain('Thank-you or order page 8 started 6 finished · 75% of those started · n = 8');
    expect(text).toContain('Asked of some only');
    expect(text).toContain('Invitations, due in the last 90 days');
  });

  it('gives every element an id of its own', () => {
    const other = { ...full.editions[0]!, kind: 'usage' } as const;
    const ids = [...html({ ...full, editions: [...full.editions, other] }).matchAll(/ id="([^"]+)"/g)];
    expect(new Set(ids.map(([, id]) => id)).size).toBe(ids.length);
  });

  it('without any invitation shows what the pages brought', () => {
    const text = words({ ...reportOf(), surfaces: full.surfaces });
    expect(text).toContain('Answered on your pages only');
    expect(text).not.toMatch(/NaN|Eligible/);
  });

  it('without anything says so, and offers a longer period', () => {
    expect(words(reportOf())).toContain('Nobody was due for a survey in this period');
    expect(html(reportOf())).toContain('/app/surveys/funnel?period=all');
    expect(html(reportOf(), { kind: null, days: null })).toContain('/app/surveys"');
  });

  it('shows what a merchant or a shopper wrote as text', () => {
    const evil = edition(9, 0, question('<img src=x onerror=alert(1)>', 9, 9, 0));
    expect(html({ ...full, editions: [evil] })).not.toContain('<img src=x');
  });
});

describe('the filter', () => {
  it.each([
    ['', { kind: null, days: 90 }, ''],
    ['?survey=delivery&period=30', { kind: 'delivery', days: 30 }, '?survey=delivery&period=30'],
    ['?survey=import&period=31', { kind: null, days: 90 }, ''],
    ['?survey=usage&period=all', { kind: 'usage', days: null }, '?survey=usage&period=all'],
  ] as const)('of %j stands in the address', (search, filter, written) => {
    expect(funnelFilter(new URLSearchParams(search))).toEqual(filter);
    expect(funnelUrl(filter)).toBe(`/app/surveys/funnel${written}`);
    expect(funnelUrl(filter, '.csv')).toBe(`/app/surveys/funnel.csv${written}`);
  });
});
