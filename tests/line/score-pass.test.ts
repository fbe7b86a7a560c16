import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { SCORE_HOUR } from '#app/domain/scoring/score-hour.ts';
import { DAY_MS, nextLocalHour } from '#app/domain/core/calendar.ts';
import { PAGE } from '#app/infra/db/score-pass.repo.server.ts';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { scoreCustomer } from '#app/services/score-customer.ts';
import { tick } from '#app/services/tick.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addCustomers, addOrders, blank, scoresOf } from './score-scenes.ts';

const database = useTestDatabase();
const NOW = at('2026-03-02T09:00:00');

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
});

const refresh = (pages?: number) => refreshScores(line.deps, line, pages);

describe('the pass over due scores', () => {
  it('stores what scoring one by one stores, and run again nothing', async () => {
    const ids = await addCustomers(line, 40);
    await addOrders(line, 6);
    for (const customerId of ids) await scoreCustomer(line.deps, { shopId: line.shopId, customerId });
    const oneByOne = await scoresOf(line);
    expect(new Set(oneByOne.map(({ band }) => band)).size).toBeGreaterThan(2);
    await line.rows(
      `UPDATE customer SET csi = NULL, health = NULL, band = NULL, score_reasons = NULL, order_count = 0, tier = 'starter',
         value_at_risk_minor = 0, score_version = NULL, next_score_at = business_now()`,
    );
    await line.rows('DELETE FROM score_history');
    expect(await refresh()).toEqual({ outcome: 'done', read: 40, saved: 40 });
    expect(await scoresOf(line)).toEqual(oneByOne);

    const before = await line.rows('SELECT xmin, * FROM customer ORDER BY id');
    expect(await refresh()).toEqual({ outcome: 'done', read: 0, saved: 0 });
    expect(await line.rows('SELECT xmin, * FROM customer ORDER BY id')).toEqual(before);
  });

  it('goes on where it was, in parts, and by whoever comes after one who was killed', async () => {
    await addCustomers(line, 2 * PAGE + 7);
    await addOrders(line, 1);
    const due = async () =>
      (
        await line.rows<{ n: number }>('SELECT count(*)::int AS n FROM customer WHERE next_score_at <= $1', [
          NOW,
        ])
      )[0]!.n;
    let pages = 0;
    line.beforeStatement = (text) => {
      if (text.includes('FROM score_page') && (pages += 1) >= 2) throw new Error('killed');
    };
    await expect(refresh()).rejects.toThrow('killed');
    line.beforeStatement = null;
    expect(await due()).toBe(PAGE + 7);
    expect(await refresh(1)).toEqual({ outcome: 'more', read: PAGE, saved: PAGE });
    expect(await due()).toBe(7);
    // What became due before the place where it goes on is the next pass's.
    const [first] = await line.rows<{ id: string }>(
      'UPDATE customer SET next_score_at = $1 WHERE id = (SELECT id FROM customer ORDER BY id LIMIT 1) RETURNING id',
      [NOW],
    );
    expect(await refresh()).toEqual({ outcome: 'done', read: 7, saved: 7 });
    expect(await line.rows('SELECT id FROM customer WHERE next_score_at <= $1', [NOW])).toEqual([first]);
    expect(await refresh()).toEqual({ outcome: 'done', read: 1, saved: 1 });
    expect(await due()).toBe(0);
  });

  it('leaves whoever an event came about to that event, and everybody to the pass that new rules bring', async () => {
    const [touched, other] = await addCustomers(line, 2);
    await addOrders(line, 5);
    const page = (await line.deps.scorePass.nextPage(line.shopId, null))!;
    await line.rows('UPDATE customer SET stale_seq = stale_seq + 1 WHERE id = $1', [touched]);
    const row = (customerId: string) => ({
      ...blank,
      customerId,
      staleSeq: page.sources.find((source) => source.customerId === customerId)!.staleSeq,
    });
    const save = () => line.deps.scorePass.savePage(line.shopId, [row(touched!), row(other!)], page);
    expect(await save()).toEqual({ saved: 1, eventIds: [] });
    expect(await line.rows('SELECT id FROM customer WHERE scored_at IS NOT NULL')).toEqual([{ id: other }]);
    await line.deps.upkeep.rescoreAll(line.shopId);
    expect(await save()).toEqual({ saved: 0, eventIds: [] });
    expect(await refresh()).toEqual({ outcome: 'done', read: 2, saved: 2 });
  });

  it('keeps one of the scores that were read at once, and tells the history once', async () => {
    const [id] = await addCustomers(line, 1);
    await addOrders(line, 5);
    const moments = async () =>
      (await line.rows<{ at: Date }>('SELECT at FROM score_history ORDER BY at')).map((point) => point.at);
    const read = () => line.deps.scorePass.nextPage(line.shopId, null);
    const older = (await read())!;
    await line.moveTo(new Date(NOW.getTime() + 60_000));
    const newer = (await read())!;
    expect(newer.sources[0]!.staleSeq).toBe(older.sources[0]!.staleSeq);
    const row = {
      ...blank,
      customerId: id!,
      staleSeq: 1,
      csi: 50,
      health: 70,
      band: 'healthy',
      writeHistory: true,
    };
    const save = (page: typeof older, health: number) =>
      line.deps.scorePass.savePage(line.shopId, [{ ...row, health, ...before(page) }], page);
    const before = ({ sources }: typeof older) => ({ scoredBefore: sources[0]!.scoredBefore });
    expect(await save(newer, 60)).toMatchObject({ saved: 1 });
    expect(await save(older, 70)).toMatchObject({ saved: 0 });
    expect(await line.rows('SELECT health::float, scored_at FROM customer')).toEqual([
      { health: 60, scored_at: newer.now },
    ]);
    expect(await moments()).toEqual([newer.now]);

    // The other way round the newer one says the same again, and is no second point either.
    await line.rows('UPDATE customer SET scored_at = NULL, next_score_at = business_now()');
    await line.rows('DELETE FROM score_history');
    expect(await save(older, 60)).toMatchObject({ saved: 1 });
    expect(await save(newer, 60)).toMatchObject({ saved: 0 });
    expect(await moments()).toEqual([older.now]);
  });

  it('stores one of two scores that events ask for at once', async () => {
    const [customerId] = await addCustomers(line, 1);
    await addOrders(line, 5);
    const of = { shopId: line.shopId, customerId: customerId! };
    // Both have read before either stores.
    let read = 0;
    const together = Promise.withResolvers<void>();
    const load: typeof line.deps.scores.load = async (...given) => {
      const loaded = await line.deps.scores.load(...given);
      await line.moveTo(new Date(NOW.getTime() + 1_000 * (read + 1)));
      if ((read += 1) === 2) together.resolve();
      await together.promise;
      return loaded;
    };
    const deps = { ...line.deps, scores: { ...line.deps.scores, load } };
    const first = scoreCustomer(deps, of);
    await expect.poll(() => read).toBe(1);
    const outcomes = (await Promise.all([first, scoreCustomer(deps, of)])).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['scored', 'superseded']);
    expect(await line.rows('SELECT 1 FROM score_history')).toHaveLength(1);
    expect(await line.rows('SELECT stale_seq = scored_seq AS fresh FROM customer')).toEqual([
      { fresh: true },
    ]);
  });

  it('scores everybody after new rules, also who is not due, and says when it is through', async () => {
    await addCustomers(line, 3);
    await refresh();
    const pending = async () =>
      (await line.rows('SELECT rules_seq <> refreshed_seq AS pending FROM shop'))[0]!['pending'];
    await line.deps.upkeep.rescoreAll(line.shopId);
    expect(await pending()).toBe(true);
    expect(await refresh()).toMatchObject({ read: 3, saved: 3 });
    expect(await pending()).toBe(false);
    expect(await refresh()).toMatchObject({ read: 0 });
  });

  it('tells of milestones as the event of an order does', async () => {
    await line.rows(`UPDATE shop SET settings = '{"surveys": {"milestone": {"enabled": true}}}'`);
    const [id] = await addCustomers(line, 1);
    await addOrders(line, 3);
    await line.rows('UPDATE orders SET approved_at = placed_at');
    await refresh();
    expect(line.jobs).toMatchObject([{ name: 'event.process', payload: { shopId: line.shopId } }]);
    await line.rows('UPDATE customer SET next_score_at = $1', [NOW]);
    await refresh();
    expect(
      await line.rows(`SELECT customer_id, ref_id FROM event WHERE topic = 'milestone.reached'`),
    ).toEqual([{ customer_id: id, ref_id: 'tier:regular' }]);
  });
});

describe('what the pass finds', () => {
  it('nobody: an empty shop, one that left, another shop’s customers', async () => {
    expect(await refresh()).toEqual({ outcome: 'done', read: 0, saved: 0 });
    await addCustomers(line, 1);
    const other = { shopId: line.deps.newId() };
    expect(await refreshScores(line.deps, other)).toEqual({ outcome: 'done', read: 0, saved: 0 });
    await line.rows(`UPDATE shop SET status = 'uninstalled'`);
    expect(await refresh()).toEqual({ outcome: 'done', read: 0, saved: 0 });
    expect(await tick(line.deps, {})).toEqual({ fired: 0 });
    await line.rows(`UPDATE shop SET status = 'installed'`);
    expect(await refresh()).toEqual({ outcome: 'done', read: 1, saved: 1 });
  });

  it('no merged customer, no test order, no order that is still to come, all orders of one day', async () => {
    const [kept, merged] = await addCustomers(line, 2);
    await line.rows('UPDATE customer SET merged_into_id = $1 WHERE id = $2', [kept, merged]);
    await addOrders(line, 4);
    await line.rows(`UPDATE orders SET customer_id = $1, placed_at = $2 WHERE customer_id = $1`, [kept, NOW]);
    await line.rows(`UPDATE orders SET test = true WHERE order_id LIKE '%-1'`);
    await line.rows(`UPDATE orders SET placed_at = $1 WHERE order_id LIKE '%-2'`, [
      new Date(NOW.getTime() + DAY_MS),
    ]);
    expect(await refresh()).toEqual({ outcome: 'done', read: 1, saved: 1 });
    const [row] = await line.rows<{ order_count: number; next_score_at: Date }>(
      'SELECT order_count, next_score_at FROM customer WHERE id = $1',
      [kept],
    );
    expect(row!.order_count).toBe(2);
    // The order of tomorrow counts from the night after it.
    expect(row!.next_score_at).toEqual(
      nextLocalHour(new Date(NOW.getTime() + DAY_MS), 'Europe/Berlin', SCORE_HOUR),
    );
  });

  it('scores that say nothing any more: the history tells it once, and nothing of who never had one', async () => {
    await addCustomers(line, 3);
    // Without orders: one of them answered, and that is forgotten after 24 months.
    await addOrders(line, 0);
    const history = () =>
      line.rows('SELECT csi::float AS csi, segment, health, band FROM score_history ORDER BY at');
    await refresh();
    expect(await history()).toMatchObject([{ csi: 30, segment: 'at_risk', band: null }]);
    for (const days of [760, 790]) {
      await line.moveTo(new Date(NOW.getTime() + days * DAY_MS));
      await line.rows('UPDATE customer SET next_score_at = business_now()');
      expect(await refresh()).toMatchObject({ saved: 3 });
      expect((await history()).slice(1)).toEqual([{ csi: null, segment: null, health: null, band: null }]);
    }
  });

  it('10,000 orders of one customer', async () => {
    await addCustomers(line, 1);
    await addOrders(line, 10_000);
    expect(await refresh()).toEqual({ outcome: 'done', read: 1, saved: 1 });
    expect(await line.rows('SELECT order_count, band IS NOT NULL AS known FROM customer')).toEqual([
      { order_count: 10_000, known: true },
    ]);
  });
});

describe('the tick', () => {
  it('does a page of a shop by itself and hands a crowd to a job of its own', async () => {
    await line.rows('UPDATE shop SET stats_at = $1', [NOW]);
    await addCustomers(line, PAGE);
    expect(await tick(line.deps, {})).toEqual({ fired: PAGE });
    await addCustomers(line, 1);
    await line.rows('UPDATE customer SET next_score_at = $1', [NOW]);
    expect(await tick(line.deps, {})).toEqual({ fired: 0 });
    expect(line.jobs).toEqual([{ name: 'score.refresh', payload: { shopId: line.shopId } }]);
    await line.settle();
    expect(await line.deps.scores.dueShops(10)).toEqual([]);
  });
});

it('whatever stands in a text arrives as it is', async () => {
  const [customerId] = await addCustomers(line, 1);
  // PostgreSQL stores no NUL.
  const words = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\u0000', ''));
  const tricky = fc.constantFrom('\\', '\\N', '\t', 'a\nb\r\n', '\\.', '\\t', '"\\"', '');
  await fc.assert(
    fc.asyncProperty(fc.oneof(words, tricky), async (text) => {
      await line.rows('UPDATE customer SET scored_at = NULL');
      const row = {
        ...blank,
        customerId: customerId!,
        staleSeq: 1,
        mainReason: text,
        reasons: [{ label: text }],
      };
      expect(
        await line.deps.scorePass.savePage(line.shopId, [row], { now: NOW, rulesSeq: 0, modelRunId: null }),
      ).toMatchObject({
        saved: 1,
      });
      const [stored] = await line.rows('SELECT main_reason, score_reasons FROM customer');
      expect(stored).toEqual({ main_reason: text, score_reasons: [{ label: text }] });
    }),
    { numRuns: 60 },
  );
});
