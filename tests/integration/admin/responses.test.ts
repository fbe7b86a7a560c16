import { describe, expect, it } from 'vitest';
import { responseFilter, wholeView } from '#app/components/response-filter.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import type { ResponseFilter } from '#app/infra/db/reads/response-views.ts';
import { exportResponses } from '#app/services/export-responses.ts';
import { showResponses } from '#app/services/show-responses.ts';
import { createSurveysRepo } from '#app/infra/db/surveys.repo.server.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { uuidv7 } from 'uuidv7';
import { aCase, aCustomer, anAnswer, anOrder, aShop, daysAgo, insert, NOW, setClock } from './seed.ts';

const database = useTestDatabase();
const reads = () => createAdminReads(database.pool);
const everything: ResponseFilter = { ...wholeView('all'), days: null };
const rated = { answers: { ratings: { rating: 4 }, metrics: { rating: 'csat_delivery' } } };
const given = (shopId: string, more: Record<string, unknown> = {}) =>
  anAnswer(database.pool, shopId, { ...rated, ...more });

describe('the feed of answers', () => {
  it('pages by key in both directions, without losing or repeating any, equal times included', async () => {
    const shopId = await aShop(database.pool);
    for (let index = 0; index < 23; index += 1)
      await given(shopId, { answered_at: daysAgo([1, 1, 1, 2, 5][index % 5]!) });
    const ids = (page: { rows: { id: string }[] }) => page.rows.map((row) => row.id);
    const order = ids(await reads().responses(shopId, everything, {}, 100));
    expect(order).toHaveLength(23);

    const forwards: string[][] = [];
    let last: Awaited<ReturnType<ReturnType<typeof reads>['responses']>>;
    let after: string | null = null;
    do {
      last = await reads().responses(shopId, everything, { after }, 5);
      forwards.push(ids(last));
      after = last.after;
    } while (after);
    expect(forwards.flat()).toEqual(order);
    expect(forwards.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);

    const back: string[] = [];
    for (let before = last.before; before;) {
      const page = await reads().responses(shopId, everything, { before }, 5);
      back.unshift(...ids(page));
      before = page.before;
    }
    expect(back).toEqual(order.slice(0, 20));
  });

  it.each(["x_'; drop table orders", '2026-99-99T00:00:00.000Z_00000000-0000-7000-8000-000000000000', '_'])(
    'takes the mistyped cursor %j for the first page',
    async (cursor) => {
      const shopId = await aShop(database.pool);
      await given(shopId);
      for (const side of [{ after: cursor }, { before: cursor }])
        expect((await reads().responses(shopId, everything, side, 5)).rows).toHaveLength(1);
    },
  );

  it.each([
    ['period=all', ['low', 'mid', 'high', 'claim', 'early', 'old']],
    ['', ['low', 'mid', 'high', 'claim', 'early']],
    ['period=7', ['low', 'mid']],
    ['period=30', ['low', 'mid', 'high', 'claim']],
    ['view=low', ['low', 'early']],
    ['view=comment', ['low', 'mid']],
    ['view=unverified', ['claim']],
    ['view=quarantined', ['held']],
    ['survey=relationship', ['high']],
    ['surface=checkout', ['claim']],
    ['route=middle', ['mid', 'claim']],
    ['reward=with', ['mid']],
    ['reward=without&period=7', ['low']],
    ['view=low&survey=delivery&route=low&period=7&search=BOX', ['low']],
    ['search=the%20box', ['low']],
    ['search=100%25', ['mid']],
    ['search=1_0', []],
    ['search=%5C', []],
    ['search=held', []],
  ])('filters by %j', async (query, expected) => {
    await setClock(database.pool);
    const { pool } = database;
    const shopId = await aShop(pool);
    const names = new Map<string, string>();
    const one = async (name: string, days: number, more: Record<string, unknown>) =>
      names.set(await given(shopId, { answered_at: daysAgo(days), ...more }), name);
    await one('low', 1, { rating: 1, route: 'low', comment: 'Threw the Box away' });
    await one('mid', 2, { comment: '100% fine', incentive: true });
    await one('high', 8, { kind: 'relationship', metric: 'nps', rating: 10, route: 'high', comment: '' });
    await one('claim', 20, { status: 'unverified', surface: 'checkout' });
    await one('early', 31, { status: 'unsolicited', rating: 2, route: 'low' });
    await one('old', 91, {});
    await one('held', 1, { status: 'quarantined', rating: 1, route: 'low', comment: 'held' });
    await anAnswer(pool, shopId, { rating: 1, route: 'low' });
    await given(await aShop(pool), { rating: 1, route: 'low', comment: 'of another shop' });

    const filter = responseFilter(new URLSearchParams(query));
    const page = await reads().responses(shopId, filter, {}, 50);
    expect(page.rows.map((row) => names.get(row.id))).toEqual(expected);
    expect((await reads().responseCounts(shopId, filter)).n).toBe(expected.length);
  });

  it('says who gave it, about what, which case it opened, and who holds it back', async () => {
    const { pool } = database;
    const shopId = await aShop(pool);
    await insert(pool, 'staff', { shop_id: shopId, user_id: '7', name: 'Ada', last_seen_at: NOW });
    const customerId = await aCustomer(pool, shopId, { first_name: 'Ina', last_name: 'Berg' });
    await anOrder(pool, shopId, '1001', { customer_id: customerId, source_updated_at: daysAgo(4) });
    await anOrder(pool, shopId, '1002');
    const known = await given(shopId, { customer_id: customerId, comment: '<b>Bad</b>', revision: 3 });
    const caseId = await aCase(pool, shopId, 12, { source_id: known, response_id: known });
    const claim = await given(shopId, {
      order_id: '1002',
      status: 'unverified',
      claimed_by: '77',
      answered_at: daysAgo(4),
    });
    const guest = await given(shopId, { order_id: '', status: 'quarantined', answered_at: daysAgo(5) });
    const acts = [
      ['quarantine', 'test', 3],
      ['restore', null, 2],
      ['quarantine', 'spam', 1],
    ] as const;
    for (const [kind, reason, days] of acts)
      await insert(pool, 'response_act', {
        ...{ shop_id: shopId, id: uuidv7(), response_id: guest, staff_id: '7' },
        ...{ kind, reason, at: daysAgo(days) },
      });
    const { rows } = await reads().responses(shopId, everything, {}, 50);
    expect(rows).toMatchObject([
      {
        id: known,
        comment: '<b>Bad</b>',
        ...{ versions: 3, steps: null },
        customer: { id: customerId, firstName: 'Ina', lastName: 'Berg' },
        order: { orderId: '1001', name: '#1001' },
        case: { id: caseId, number: 12 },
        held: null,
      },
      {
        id: claim,
        customer: null,
        claimed: true,
        order: null,
        case: null,
        comment: null,
        versions: 1,
        steps: 1,
      },
    ]);
    const held = await reads().responses(shopId, { ...everything, view: 'quarantined' }, {}, 50);
    expect(held.rows).toMatchObject([
      {
        id: guest,
        claimed: false,
        held: { at: daysAgo(1).toISOString(), reason: 'spam', staffName: 'Ada' },
        heldByRule: null,
      },
    ]);
  });

  it('says which rule holds an answer back, and how many are held back by whatever', async () => {
    const shopId = await aShop(database.pool);
    await given(shopId, { comment: 'Fine' });
    await given(shopId, { kind: 'usage', status: 'quarantined', held_reason: 'burst' });
    await given(shopId, { status: 'quarantined', held_reason: 'scanned', answered_at: daysAgo(5) });
    await given(shopId, { status: 'quarantined', answered_at: daysAgo(6) });
    const held = await reads().responses(shopId, { ...everything, view: 'quarantined' }, {}, 50);
    expect(held.rows.map(({ heldByRule }) => heldByRule)).toEqual(['burst', 'scanned', null]);
    for (const [view, n] of [
      ['all', 1],
      ['comment', 1],
      ['low', 0],
      ['quarantined', 3],
    ] as const)
      expect(await reads().responseCounts(shopId, { ...everything, view })).toMatchObject({
        n,
        quarantined: 3,
      });
    const some = { ...everything, kind: 'usage' };
    expect(await reads().responseCounts(shopId, some)).toMatchObject({ n: 0, quarantined: 1 });
  });
});

describe('what the filtered set looks like', () => {
  it('has n, shares with intervals, and how many do not count', async () => {
    const shopId = await aShop(database.pool);
    for (let index = 0; index < 20; index += 1)
      await given(shopId, {
        route: index < 5 ? 'low' : 'high',
        ...(index === 0 && { status: 'unverified' }),
      });
    const show = (filter: ResponseFilter) =>
      showResponses(
        { admin: reads(), surveys: createSurveysRepo(database.pool) },
        { shopId, filter, cursor: {} },
      );
    const { mix } = await show(everything);
    expect(mix).toMatchObject({
      n: 20,
      notCounted: 1,
      quarantined: 0,
      parts: [
        { route: 'low', count: 5, share: { outcome: 'shown', n: 20, value: 0.25 } },
        { route: 'middle', count: 0, share: { outcome: 'shown', value: 0, low: 0 } },
        { route: 'high', count: 15, share: { outcome: 'shown', value: 0.75 } },
      ],
    });
    // Wilson's interval of 5 in 20.
    expect(mix.parts[0]!.share).toMatchObject({
      low: expect.closeTo(0.1119, 4),
      high: expect.closeTo(0.4687, 4),
    });
    expect((await show({ ...everything, view: 'low' })).mix).toEqual({
      ...{ n: 5, notCounted: 1, quarantined: 0, smallCell: false, rewards: null, parts: [] },
    });
    const few = await show({ ...everything, view: 'unverified' });
    expect(few.mix.parts[0]!.share).toEqual({ outcome: 'not_enough', n: 1 });
  });
});

describe('what else was answered', () => {
  it('is read by the version that asked, with the titles of the order’s lines', async () => {
    const { pool } = database;
    const shopId = await aShop(pool);
    const definition = survey(
      [
        { id: 'rating', type: 'csat', metric: 'csat_product' },
        { id: 'lines', type: 'line_rating', text: 'own.lines' },
        { id: 'why', type: 'short_text', text: 'own.why' },
      ],
      { texts: { en: { 'own.lines': 'How is each of them?', 'own.why': 'Why this one?' } } },
    );
    const surveyId = await publish(pool, shopId, definition);
    await pool.query(
      `insert into orders (shop_id, order_id, name, source_updated_at, doc) values ($1, '77', '#77', $2, $3)`,
      [shopId, daysAgo(9), JSON.stringify({ lines: [{ lineId: '11', title: 'Mug' }] })],
    );
    const answers = {
      ratings: { rating: 4 },
      metrics: { rating: 'csat_product' },
      lines: { lines: { 11: 5 } },
      texts: { why: 'It was blue.' },
    };
    await given(shopId, { kind: 'usage', order_id: '77', survey_id: surveyId, answers });
    const deps = { admin: reads(), surveys: createSurveysRepo(pool) };
    const { page } = await showResponses(deps, { shopId, filter: everything, cursor: {} });
    expect(page.rows[0]?.more).toEqual([
      { question: 'How is each of them?', answer: 'Mug: 5' },
      { question: 'Why this one?', answer: 'It was blue.' },
    ]);
    expect(page.rows[0]).not.toHaveProperty('answers');
  });
});

describe('the export', () => {
  it('has every answer of the filter, guarded against formulas', async () => {
    const { pool } = database;
    const shopId = await aShop(pool);
    const customerId = await aCustomer(pool, shopId, { first_name: '=1+1', email: 'ina@example.com' });
    await pool.query(
      `insert into survey_response (shop_id, id, answer_key, kind, order_id, surface, status, metric, rating, route, answers, answered_at)
       select $1, gen_random_uuid(), 'k:' || n, 'delivery', '', 'checkout', 'verified', 'csat_delivery', 3, 'middle', '{"ratings":{}}', $2
         from generate_series(1, 1001) n`,
      [shopId, daysAgo(5)],
    );
    await given(shopId, {
      customer_id: customerId,
      rating: 1,
      route: 'low',
      comment: '=HYPERLINK("http://x")\nand "more"',
      answered_at: daysAgo(1),
    });
    await given(shopId, { status: 'quarantined' });
    let text = '';
    for await (const part of exportResponses(
      { admin: reads(), surveys: createSurveysRepo(pool) },
      { shopId, filter: everything },
    ))
      text += part;
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 1002);
    expect(lines[0]).toBe(
      '\ufeffAnswered (UTC),Survey,Metric,Rating,Route,Comment,Other answers,Status,Answered on,Reward promised,First name,Last name,E-mail,Order,Case,Response id',
    );
    expect(lines[1]).toContain(
      `,delivery,csat_delivery,1,low,"'=HYPERLINK(""http://x"")\nand ""more""",,verified,hosted,no,'=1+1,,ina@example.com,`,
    );
  });
});
