import { beforeEach, describe, expect, it } from 'vitest';
import { wholeView } from '#app/components/response-filter.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { readFunnel, readEditionAnswers } from '#app/infra/db/reads/funnel.read.server.ts';
import { readOverview, readRatings } from '#app/infra/db/reads/overview.read.server.ts';
import { readFunnels } from '#app/infra/db/reads/surveys.read.server.ts';
import type { ResponseFilter } from '#app/infra/db/reads/response-views.ts';
import { createSurveysRepo } from '#app/infra/db/surveys.repo.server.ts';
import { exportResponses } from '#app/services/export-responses.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { anAnswer, aShop, daysAgo, setClock } from './seed.ts';

const database = useTestDatabase();
const everything: ResponseFilter = { ...wholeView('all'), days: null };
let shopId: string;

const reads = () => createAdminReads(database.pool);
const unnamed = { identity: 'anonymous', order_id: '', customer_id: null };
const answers = (count: number, more: Record<string, unknown> = {}) =>
  Promise.all(
    Array.from({ length: count }, () =>
      anAnswer(database.pool, shopId, { ...unnamed, answered_at: daysAgo(1), comment: 'words', ...more }),
    ),
  );
const seen = async (filter: Partial<ResponseFilter> = {}) =>
  (await reads().responses(shopId, { ...everything, ...filter }, {}, 100)).rows.length;
const counted = (filter: Partial<ResponseFilter> = {}) =>
  reads().responseCounts(shopId, { ...everything, ...filter });

beforeEach(async () => {
  await setClock(database.pool);
  shopId = await aShop(database.pool);
});

describe('anonymous answers', () => {
  it('are shown from 5 on, and each filter has to find as many', async () => {
    await answers(4);
    expect(await seen()).toBe(0);
    expect(await counted()).toMatchObject({ n: 0, middle: 0, smallCell: true });
    await answers(1, { route: 'low', rating: 1 });
    expect(await seen()).toBe(5);
    expect(await counted()).toMatchObject({ n: 5, low: 1, smallCell: false });
    // The one that is low stays among the five.
    expect(await seen({ view: 'low' })).toBe(0);
    expect(await seen({ route: 'low' })).toBe(0);
    expect(await counted({ view: 'low' })).toMatchObject({ n: 0, low: 0, smallCell: true });
    expect(await seen({ route: 'middle' })).toBe(0);
  });

  it('are counted for each survey and version by itself, and stand in nobody else’s way', async () => {
    await answers(4);
    await answers(4, { definition: 2 });
    await answers(4, { kind: 'usage' });
    await answers(2, { identity: 'identified' });
    await answers(4, { identity: 'pseudonymous' });
    expect(await seen()).toBe(2);
    expect(await counted()).toMatchObject({ n: 2, smallCell: true });
  });

  it('that are held back are not counted either as long as they are too few', async () => {
    await answers(4, { status: 'quarantined' });
    await answers(1);
    expect(await counted()).toMatchObject({ quarantined: 0 });
    expect(await seen({ view: 'quarantined' })).toBe(0);
    await answers(1, { status: 'quarantined' });
    expect(await counted()).toMatchObject({ n: 0, quarantined: 5 });
    expect(await seen({ view: 'quarantined' })).toBe(5);
  });

  it('of another shop do not fill up the group', async () => {
    await answers(4);
    const own = shopId;
    shopId = await aShop(database.pool);
    await answers(4);
    shopId = own;
    expect(await seen()).toBe(0);
  });

  it('too few of them are in no file, no rating and no funnel', async () => {
    const figures = async () => {
      let csv = '';
      const deps = { admin: reads(), surveys: createSurveysRepo(database.pool) };
      for await (const part of exportResponses(deps, { shopId, filter: everything })) csv += part;
      const funnel = await readFunnel(database.pool, shopId, { kind: null, days: null });
      const editions = await readEditionAnswers(database.pool, shopId, { kind: null, days: null }, 15);
      const [cards] = await readFunnels(database.pool, shopId, daysAgo(30));
      return {
        lines: csv.trimEnd().split('\r\n').length - 1,
        ratings: (await readRatings(database.pool, shopId, daysAgo(30))).map(({ count }) => count),
        surfaces: funnel.surfaces.map(({ started }) => started),
        editions: editions.map(({ total }) => total),
        last: (cards?.lastAnswerAt ?? null) !== null,
        csv,
      };
    };
    await answers(4);
    expect(await figures()).toMatchObject({ lines: 0, ratings: [], surfaces: [], editions: [], last: false });
    await answers(1);
    const shown = await figures();
    expect(shown).toMatchObject({ lines: 5, ratings: [5], surfaces: [5], editions: [5], last: false });
    // Of their time the file has the month.
    expect(shown.csv).toMatch(/\r\n"?2026-11"?,/);
    expect(shown.csv).not.toContain('2026-11-21');
  });
});

describe('answers under a pseudonym', () => {
  const by = (pseudonym: string, more = {}) => answers(1, { identity: 'pseudonymous', pseudonym, ...more });

  it('are shown from 5 people on, however often one of them answered', async () => {
    for (const pseudonym of ['a', 'a', 'a', 'b', 'c', 'd']) await by(pseudonym);
    expect(await seen()).toBe(0);
    expect(await counted()).toMatchObject({ n: 0, smallCell: true });
    await by('e');
    expect(await seen()).toBe(7);
    expect(await counted()).toMatchObject({ n: 7, smallCell: false });
  });
});

describe.each(['anonymous', 'pseudonymous'])('of the time of an answer that is %s', (identity) => {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  const FIRST = '2026-11-01T00:00:00.000Z';
  const listed = async () => {
    await answers(4, { identity, answered_at: day('2026-11-03') });
    await answers(1, { identity, answered_at: day('2026-11-20') });
    // Both of the same month: what stands between them would tell the day.
    const named = { identity: 'identified', comment: 'named' };
    await answers(1, { ...named, answered_at: day('2026-11-19') });
    await answers(1, { ...named, answered_at: day('2026-11-02') });
  };

  it('the list has the month alone, also in its order and in the addresses of its pages', async () => {
    await listed();
    const all = await reads().responses(shopId, everything, {}, 100);
    expect(all.rows.map(({ answeredAt }) => answeredAt)).toEqual([
      ...['2026-11-19T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
      ...Array.from({ length: 5 }, () => FIRST),
    ]);
    const ids: string[] = [];
    for (let after: string | null = null, pages = 0; pages < 4; pages += 1) {
      const page = await reads().responses(shopId, everything, { after }, 2);
      ids.push(...page.rows.map(({ id }) => id));
      after = page.after;
      expect(after ?? FIRST).not.toMatch(/^2026-11-(03|20)/);
    }
    expect(ids).toEqual(all.rows.map(({ id }) => id));
  });

  it('the home page has the month alone', async () => {
    await listed();
    const { quotes } = await readOverview(database.pool, shopId, daysAgo(0));
    expect(quotes.map(({ unnamed, answeredAt }) => [unnamed, answeredAt])).toEqual([
      [false, '2026-11-19T00:00:00.000Z'],
      [false, '2026-11-02T00:00:00.000Z'],
      ...Array.from({ length: 3 }, () => [true, FIRST]),
    ]);
  });
});
