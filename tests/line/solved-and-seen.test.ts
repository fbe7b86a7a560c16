import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonalSection } from '#app/infra/db/data-requests.repo.server.ts';
import { seenAt } from '#app/infra/db/score-again.ts';
import { scoreCustomer } from '#app/services/score-customer.ts';
import {
  customerRedactPayload,
  dataRequestPayload,
  mergePayload,
  orderPayload,
} from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';
import { customerOf, signalsOf, stalenessOf } from './signals.ts';

/** Ratings of solved problems, and visits to the store, as scores see them. */

const database = useTestDatabase();
const BOB = { id: '4401', email: 'bob@example.com', createdAt: at('2026-01-05T00:00:00') };

let line: LineHarness;
let ada: string;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
  await hear(
    line,
    { topic: 'orders/paid', payload: order() },
    {
      topic: 'orders/create',
      payload: orderPayload({
        ...{ id: '4400', createdAt: at('2026-02-10T10:00:00'), financialStatus: 'paid', customer: BOB },
        lines: [{ id: '4402', unitPriceMinor: 5_000 }],
      }),
    },
  );
  await line.settle();
  ada = await customerOf(line, ADA.id);
});

const merge = () =>
  hear(line, { topic: 'customers/merge', payload: mergePayload({ keptId: BOB.id, deletedId: ADA.id }) });
const PERSON = { shopId: '548380009', shopDomain: SHOP_DOMAIN, customerId: ADA.id, email: ADA.email };
const erase = () =>
  hear(line, {
    topic: 'customers/redact',
    payload: customerRedactPayload({ ...PERSON, orderIds: [ORDER_ID] }),
  });

describe('solved problems', () => {
  let answers = 0;
  const rated = (
    of: { kind?: string; status?: string; answeredAt?: Date },
    ratings: Record<string, number>,
    metrics: Record<string, string>,
  ) =>
    line.rows(
      `INSERT INTO survey_response (shop_id, id, answer_key, kind, customer_id, order_id, surface, status, metric, rating,
         route, answers, definition, answered_at)
       VALUES ($1, gen_random_uuid(), $2, $3, $4, '', 'hosted_page', $5, $6, 1, 'middle', $7, 1, $8)`,
      [
        ...[line.shopId, `answer-${(answers += 1)}`, of.kind ?? 'support', ada, of.status ?? 'verified'],
        ...[Object.values(metrics)[0], JSON.stringify({ ratings, metrics })],
        of.answeredAt ?? at('2026-03-01T09:00:00'),
      ],
    );
  const CSAT = { rating: 'csat_support' };

  it('count by the support CSAT of surveys about a case, and of imported answers', async () => {
    await rated({}, { rating: 5, effort: 7 }, { ...CSAT, effort: 'ces_support' });
    await rated({ kind: 'import' }, { rating: 2 }, CSAT);
    await rated({ kind: 'relationship' }, { rating: 1 }, CSAT);
    await rated({ status: 'quarantined' }, { rating: 1 }, CSAT);
    await rated({ answeredAt: at('2024-03-01T09:00:00') }, { rating: 1 }, CSAT);
    const { known, csi } = await signalsOf(line, ada);
    expect(known['resolutions']).toEqual({ value: 62.5, fact: { kind: 'ratings', count: 2 } });
    // The index knows the effort of support and not its CSAT; effort is no resolution.
    expect(csi).toBe(0);
  });

  it('are unknown without one, and follow into a merge', async () => {
    expect((await signalsOf(line, ada)).known['resolutions']).toBeUndefined();
    await rated({}, { rating: 4 }, CSAT);
    await merge();
    await line.settle();
    const kept = await customerOf(line, ADA.id);
    expect((await signalsOf(line, kept)).known['resolutions']).toMatchObject({ value: 75 });
  });

  it('are forgotten with the person', async () => {
    await rated({}, { rating: 4 }, CSAT);
    await erase();
    await line.settle();
    // Nothing is scored of them, and nothing is left that could be.
    expect((await line.deps.scores.load(line.shopId, [ada]))?.sources).toEqual([]);
    expect(await line.rows('SELECT DISTINCT answers FROM survey_response')).toEqual([{ answers: {} }]);
  });
});

describe('visits', () => {
  const visited = (when: Date, customerId = ada) =>
    line.rows(`UPDATE customer c SET ${seenAt('$3::timestamptz')} WHERE c.shop_id = $1 AND c.id = $2`, [
      ...[line.shopId, customerId, when],
    ]);
  const day = (customerId: string, date: string, views: number) =>
    line.rows(
      `INSERT INTO site_day (shop_id, customer_id, day, views, product_views, help_views) VALUES ($1, $2, $3, $4, 1, 0)`,
      [line.shopId, customerId, date, views],
    );
  const days = () =>
    line.rows('SELECT customer_id, day::text, views, product_views FROM site_day ORDER BY day, views');
  const now = () => line.deps.clock.now();

  beforeEach(() => line.rows(`UPDATE shop SET pixel_on_since = '2026-02-01'`));

  it('are unknown until the first, fade after 30 days, and are unknown again after 120', async () => {
    expect((await signalsOf(line, ada)).known['site']).toBeUndefined();
    await visited(await now());
    const { known, inputs } = await signalsOf(line, ada);
    expect(known['site']).toEqual({ value: 100 });
    expect(inputs.lastSeenAt).toEqual(at('2026-03-02T09:00:00'));
    await line.moveTo(at('2026-05-16T09:00:00'));
    expect((await signalsOf(line, ada)).known['site']?.value).toBe(50);
    await line.moveTo(at('2026-06-30T09:00:00'));
    expect((await signalsOf(line, ada)).known['site']).toBeUndefined();
  });

  it.each([
    ['is off', null],
    ['came on again since', '2026-04-01'],
  ])('of long ago say nothing where the pixel %s: nobody looked', async (_name, since) => {
    await visited(await now());
    await line.moveTo(at('2026-05-16T09:00:00'));
    expect((await signalsOf(line, ada)).known['site']?.value).toBe(50);
    await line.rows('UPDATE shop SET pixel_on_since = $1', [since]);
    expect((await signalsOf(line, ada)).known['site']).toBeUndefined();
  });

  it('have the score made again where it moves, and not at every step', async () => {
    await visited(await now());
    expect(await stalenessOf(line, ada)).toMatchObject({ stale: true, due: true });
    await line.settle();
    const { seq } = await stalenessOf(line, ada);
    await line.moveTo(at('2026-03-20T09:00:00'));
    await line.settle();
    await visited(await now());
    expect(await stalenessOf(line, ada)).toMatchObject({ seq, stale: false });
    // One that is told late is no newer one.
    await visited(at('2026-03-10T09:00:00'));
    expect((await signalsOf(line, ada)).inputs.lastSeenAt).toEqual(at('2026-03-20T09:00:00'));
    await line.moveTo(at('2026-04-25T09:00:00'));
    await line.settle();
    const faded = await stalenessOf(line, ada);
    expect(faded).toMatchObject({ stale: false });
    await visited(await now());
    expect(await stalenessOf(line, ada)).toEqual({ seq: faded.seq + 1, stale: true, due: true });
    await scoreCustomer(line.deps, { shopId: line.shopId, customerId: ada });
    expect(await stalenessOf(line, ada)).toMatchObject({ stale: false, due: false });
  });

  it('follow into a merge: the latest one, and each day’s sums', async () => {
    const bob = await customerOf(line, BOB.id);
    await visited(at('2026-03-01T09:00:00'), bob);
    await visited(await now());
    await day(ada, '2026-03-01', 4);
    await day(ada, '2026-03-02', 2);
    await day(bob, '2026-03-01', 3);
    await merge();
    await line.settle();
    expect(await days()).toEqual([
      { customer_id: bob, day: '2026-03-01', views: 7, product_views: 2 },
      { customer_id: bob, day: '2026-03-02', views: 2, product_views: 1 },
    ]);
    expect((await signalsOf(line, bob)).inputs.lastSeenAt).toEqual(at('2026-03-02T09:00:00'));
  });

  it('are handed out with the person’s data, and forgotten with the person', async () => {
    await visited(await now());
    await day(ada, '2026-03-02', 5);
    const bob = await customerOf(line, BOB.id);
    await day(bob, '2026-03-02', 1);
    const requested = dataRequestPayload({ ...PERSON, orderIds: [ORDER_ID], requestId: '77' });
    await hear(line, { topic: 'customers/data_request', payload: requested });
    await line.settle();
    const subject = { customerIds: [ada], orderIds: [ORDER_ID], claimants: [], pseudonyms: [] };
    const sections: PersonalSection[] = [];
    for await (const part of line.deps.dataRequests.personalSections(line.shopId, subject, await now()))
      sections.push(part);
    expect(sections.find(({ section }) => section === 'storeVisits')?.rows).toMatchObject([
      { day: '2026-03-02', views: 5, productViews: 1, helpViews: 0 },
    ]);
    expect(sections.find(({ section }) => section === 'profiles')?.rows).toMatchObject([
      { lastSeenAt: expect.stringContaining('2026-03-02T09:00:00') },
    ]);
    await erase();
    await line.settle();
    expect(await days()).toMatchObject([{ customer_id: bob }]);
    expect(await line.rows('SELECT last_seen_at FROM customer WHERE id = $1', [ada])).toEqual([
      { last_seen_at: null },
    ]);
  });
});
