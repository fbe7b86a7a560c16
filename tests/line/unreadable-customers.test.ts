import { beforeEach, describe, expect, it } from 'vitest';
import { nextLocalHour } from '#app/domain/core/calendar.ts';
import { SCORE_HOUR } from '#app/domain/scoring/score-hour.ts';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { scoreCustomer } from '#app/services/score-customer.ts';
import { tick } from '#app/services/tick.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addBuyers, fit } from './model-scenes.ts';
import { addCustomers, addOrders } from './score-scenes.ts';

/** Customers whose stored orders cannot be read must not keep the scores of all others, or their own for ever. */

const database = useTestDatabase();
const NOW = at('2026-03-02T09:00:00');
const TOMORROW = nextLocalHour(NOW, 'Europe/Berlin', SCORE_HOUR);

let line: LineHarness;
let told: { customerId?: string; err: Error }[];
let deps: LineHarness['deps'];
beforeEach(async () => {
  line = await createLine(database, NOW);
  told = [];
  const log = { error: (fields: (typeof told)[number]) => told.push(fields) };
  deps = { ...line.deps, log: { ...line.deps.log, ...log } as LineHarness['deps']['log'] };
  await line.rows('UPDATE shop SET stats_at = $1', [NOW]);
});

const setRefunds = (customerId: string, refunds: unknown) =>
  line.rows(
    `UPDATE orders SET refunded_minor = 1, doc = jsonb_build_object('refunds', $2::jsonb) WHERE customer_id = $1`,
    [customerId, JSON.stringify(refunds)],
  );
/** What amounts to no number, and what is no list of refunds at all. */
const NO_NUMBER = [{ amountMinor: 'whispered', lines: [] }];
const NO_LINES = [{ amountMinor: 700 }];

const refresh = () => refreshScores(deps, line);
const pending = async () =>
  (await line.rows<{ pending: boolean }>('SELECT rules_seq <> refreshed_seq AS pending FROM shop'))[0]!
    .pending;
const standing = async (id: string) =>
  (
    await line.rows(
      `SELECT scored_at, next_score_at, stale_seq = scored_seq AS fresh, stale_since FROM customer WHERE id = $1`,
      [id],
    )
  )[0];
const UNTIL_TOMORROW = { scored_at: null, next_score_at: TOMORROW, fresh: true, stale_since: null };

describe.each([
  ['a refund that is no number', NO_NUMBER],
  ['a refund without its lines', NO_LINES],
])('of a page with %s', (_what, refunds) => {
  it('the others are scored, and that one is told of once and left until tomorrow', async () => {
    const [broken, ...others] = await addCustomers(line, 5);
    await addOrders(line, 4);
    await setRefunds(broken!, refunds);
    await line.deps.upkeep.rescoreAll(line.shopId);
    expect(await refresh()).toEqual({ outcome: 'done', read: 5, saved: 4 });
    expect(told.map(({ customerId }) => customerId)).toEqual([broken]);
    expect(JSON.stringify(told.map(({ err }) => err.message))).not.toContain('whispered');
    expect(await standing(broken!)).toEqual(UNTIL_TOMORROW);
    for (const id of others) expect(await standing(id)).toMatchObject({ scored_at: NOW });

    // The shop is through with its new rules, and neither the pass nor a tick comes back to it.
    expect(await pending()).toBe(false);
    expect(await refresh()).toEqual({ outcome: 'done', read: 0, saved: 0 });
    expect(await tick(deps, {})).toEqual({ fired: 0 });
    expect(told).toHaveLength(1);

    await line.moveTo(TOMORROW);
    await refresh();
    expect(told.filter(({ customerId }) => customerId === broken)).toHaveLength(2);
  });

  it('an event’s own score says so, run again too, and the next event is heard', async () => {
    const [broken, fine] = await addCustomers(line, 2);
    await addOrders(line, 4);
    await setRefunds(broken!, refunds);
    await line.rows('UPDATE customer SET stale_since = now()');
    const score = (customerId: string) => scoreCustomer(deps, { shopId: line.shopId, customerId });
    const both = async () =>
      (await Promise.all([score(broken!), score(fine!)])).map(({ outcome }) => outcome);
    expect(await both()).toEqual(['unreadable', 'scored']);
    expect(await both()).toEqual(['unreadable', 'scored']);
    expect(await standing(broken!)).toEqual(UNTIL_TOMORROW);
    expect(await line.deps.upkeep.staleCustomers(10)).toEqual([]);

    await setRefunds(broken!, []);
    await line.rows('UPDATE customer SET stale_seq = stale_seq + 1, stale_since = now() WHERE id = $1', [
      broken,
    ]);
    expect(await line.deps.upkeep.staleCustomers(10)).toMatchObject([{ id: broken }]);
    expect(await both()).toEqual(['scored', 'scored']);
    expect(await standing(broken!)).toMatchObject({ scored_at: NOW, fresh: true });
  });
});

it('is left out of the scores by a model as well', async () => {
  const buyers = await addBuyers(line, { buyers: 300, days: 420, until: NOW });
  await fit(line);
  await setRefunds(buyers[0]!, NO_NUMBER);
  expect(await refresh()).toMatchObject({ read: 300, saved: 299 });
  expect(await pending()).toBe(false);
  expect(await refresh()).toMatchObject({ read: 0 });
  expect(told).toHaveLength(1);
  expect(await line.rows('SELECT 1 FROM customer_prediction')).toHaveLength(299);
});

it.each(['unreadable', 'score_page_save', 'SET refresh_after'])(
  'a pass that was killed at %s is made good by the next',
  async (killedAt) => {
    const [broken] = await addCustomers(line, 5);
    await addOrders(line, 4);
    await setRefunds(broken!, NO_NUMBER);
    await line.deps.upkeep.rescoreAll(line.shopId);
    const marks: Record<string, string> = { score_page_save: 'FROM score_page' };
    line.beforeStatement = (text) => {
      if (text.includes(marks[killedAt] ?? killedAt)) throw new Error('killed');
    };
    await expect(refresh()).rejects.toThrow('killed');
    line.beforeStatement = null;
    await refresh();
    expect(await standing(broken!)).toEqual(UNTIL_TOMORROW);
    expect(await line.rows('SELECT 1 FROM customer WHERE scored_at = $1', [NOW])).toHaveLength(4);
    expect(await pending()).toBe(false);
  },
);

it('is left to an event, or to new rules, that came meanwhile', async () => {
  const [broken] = await addCustomers(line, 1);
  const before = await standing(broken!);
  const putOff = (staleSeq: number, rulesSeq: number) =>
    line.deps.scores.putOff(line.shopId, [{ customerId: broken!, staleSeq }], { until: TOMORROW, rulesSeq });
  await putOff(0, 0);
  await putOff(1, 7);
  expect(await standing(broken!)).toEqual(before);
  await putOff(1, 0);
  expect(await standing(broken!)).toEqual(UNTIL_TOMORROW);
});
