import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { PURCHASE_MODEL_VERSION } from '#app/domain/prediction/purchase-model.ts';
import { SATISFACTION_MODEL_VERSION } from '#app/domain/prediction/satisfaction-model.ts';
import type { PurchaseFitInput } from '#app/services/fit-purchases.ts';
import { fitModel, giveUpFit, planPredictions, requestFit } from '#app/services/fit-model.ts';
import { purchaseRecord } from '#app/services/purchase-records.ts';
import { reconcile } from '#app/services/reconcile.ts';
import { scoreInputsOf } from '#app/services/score-inputs.ts';
import { studyPurchases } from '#app/services/study-purchases.ts';
import { compute, createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addBuyers, addOrderRows, fit, fitted, newestRun, type BoughtOrder } from './model-scenes.ts';

const database = useTestDatabase();
const NOW = at('2026-03-02T09:00:00');
const daysBefore = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
});

const purchases = () => ({ shopId: line.shopId, kind: 'purchases' }) as const;
const shopOfBuyers = () => addBuyers(line, { buyers: 300, days: 420, until: NOW });

describe('a fit', () => {
  it('is kept with its proof, and is the same again from the same data', async () => {
    await shopOfBuyers();
    expect(await fit(line)).toEqual({ outcome: 'kept' });
    const once = await fitted(line);
    expect(once).toMatchObject({
      ...{ status: 'kept', seed: 1, as_of: NOW, reason: null },
      data: { test: 0, withoutCustomer: 0 },
      report: { verdict: { shown: true, level: 'own' } },
    });
    await line.rows(`UPDATE orders SET order_id = 'r' || reverse(order_id)`);
    expect(await fit(line)).toEqual({ outcome: 'kept' });
    expect(await fitted(line)).toEqual(once);
    expect(await line.rows('SELECT count(*)::int AS runs FROM model_run')).toEqual([{ runs: 2 }]);
  });

  it('of a worker that stopped is made by the next as it would have been, whatever came since', async () => {
    await shopOfBuyers();
    await fit(line);
    const undisturbed = await fitted(line);
    await requestFit(line.deps, purchases());
    expect(await line.deps.modelRuns.claim(line.shopId, 'purchases', 300)).toMatchObject({
      asOf: NOW,
      seed: 1,
    });
    // Killed here. Until its time is over nobody else begins.
    expect(await fitModel({ ...line.deps, compute }, purchases())).toEqual({ outcome: 'nothing' });
    expect(await requestFit(line.deps, purchases())).toEqual({ outcome: 'under_way' });
    await line.moveTo(new Date(NOW.getTime() + 3 * DAY_MS));
    const later = new Date(NOW.getTime() + DAY_MS);
    await addOrderRows(line, [{ orderId: 'later', customerId: line.deps.newId(), at: later }]);
    const firstOf = (what: string) => `order_id IN (SELECT order_id FROM orders ORDER BY order_id ${what})`;
    await line.rows(`UPDATE orders SET cancelled_at = $1 WHERE ${firstOf('LIMIT 40')}`, [later]);
    await line.rows(
      `UPDATE orders SET refunded_minor = total_minor, doc = jsonb_build_object('refunds', jsonb_build_array(jsonb_build_object(
         'createdAt', $1::timestamptz, 'amountMinor', total_minor, 'lines', '[]'::jsonb))) WHERE ${firstOf('LIMIT 90 OFFSET 40')}`,
      [later],
    );
    await line.rows(
      `UPDATE model_run SET lease_until = now() - interval '1 minute' WHERE status = 'running'`,
    );
    line.jobs.length = 0;
    await reconcile(line.deps, {});
    expect(line.jobs).toContainEqual({ name: 'model.fit', payload: expect.objectContaining(purchases()) });
    expect(await fitModel({ ...line.deps, compute }, purchases())).toEqual({ outcome: 'kept' });
    expect(await fitted(line)).toEqual(undisturbed);
  });

  it('that cannot be made is tried again, then said, and the last one stays', async () => {
    await shopOfBuyers();
    await fit(line);
    const kept = await newestRun(line);
    const broken = async () => Promise.reject(new Error('out of memory'));
    await expect(fit(line, broken)).rejects.toThrow('out of memory');
    await expect(fit(line, broken)).rejects.toThrow('out of memory');
    const { id: runId } = await newestRun(line);
    await giveUpFit(line.deps, { shopId: line.shopId, runId, error: 'out of memory' });
    const failed = await newestRun(line);
    expect(failed).toMatchObject({
      status: 'failed',
      reason: 'The model could not be fitted: out of memory',
    });
    const [buyer] = await line.rows<{ id: string }>('SELECT id FROM customer LIMIT 1');
    expect(await line.deps.scores.load(line.shopId, [buyer!.id])).toMatchObject({ modelRunId: kept.id });
  });

  it('is hidden with the reason where too little is known, without being tried', async () => {
    const never = async () => Promise.reject(new Error('not to be called'));
    expect(await fit(line, never)).toEqual({ outcome: 'hidden' });
    expect(await newestRun(line)).toMatchObject({
      reason: '0 customers are too few to learn from or to check by; 100 are needed.',
      data: { reason: { code: 'too_few_buyers', buyers: 0, needed: 100 }, orders: 0, startsOn: null },
    });
    await addBuyers(line, { buyers: 40, days: 60, until: NOW });
    // Of tests long ago, and of a day that names no beginning: 20 buyers make one.
    await addOrderRows(line, [{ orderId: 'old', customerId: line.deps.newId(), at: daysBefore(400) }]);
    expect(await fit(line, never)).toEqual({ outcome: 'hidden' });
    const { data } = await newestRun(line);
    const missing = 74 - Number(data['openDays']);
    expect(missing).toBeGreaterThan(30);
    const startsOn = new Date(NOW.getTime() + missing * DAY_MS).toISOString().slice(0, 10);
    expect(data['startsOn']).toBe(startsOn);
    // Ten days and more buyers later it is the same day.
    await line.moveTo(new Date(NOW.getTime() + 10 * DAY_MS));
    await addOrderRows(
      line,
      Array.from({ length: 60 }, (_, n) => ({
        ...{ orderId: `new-${n}`, customerId: line.deps.newId(), at: new Date(NOW.getTime() + n * 1e7) },
      })),
    );
    expect(await fit(line, never)).toEqual({ outcome: 'hidden' });
    expect((await newestRun(line)).data['startsOn']).toBe(startsOn);
  });

  it.each<[string, (n: number) => Partial<BoughtOrder> & { at: Date }]>([
    ['everybody once', (n) => ({ at: daysBefore(1 + (n % 300)) })],
    ['all on one day', () => ({ at: daysBefore(200) })],
    ['all free', (n) => ({ at: daysBefore(1 + (n % 300)), netMinor: 0, totalMinor: 0 })],
    ['only in the future', (n) => ({ at: new Date(NOW.getTime() + (1 + n) * DAY_MS) })],
  ])('is hidden where there is nothing to learn: %s', async (_what, bought) => {
    const orders = Array.from({ length: 200 }, (_, n) => ({
      ...{ orderId: `${n}`, customerId: line.deps.newId() },
      ...bought(n),
    }));
    await addOrderRows(line, orders);
    expect(await fit(line)).toEqual({ outcome: 'hidden' });
    expect((await newestRun(line)).reason).toMatch(/^\S.*\.$/);
  });

  it('says what was left out of it', async () => {
    const mine = line.deps.newId();
    const order = (orderId: string, more: Partial<BoughtOrder>) => ({
      ...{ orderId, customerId: mine, at: daysBefore(10) },
      ...more,
    });
    await addOrderRows(line, [
      order('a', {}),
      order('b', { test: true, cancelled: true }),
      order('c', { cancelled: true, unpaid: true }),
      order('d', { unpaid: true }),
      order('e', { at: new Date(NOW.getTime() + DAY_MS) }),
      order('f', {}),
    ]);
    await line.rows(`UPDATE orders SET customer_id = NULL WHERE order_id = 'f'`);
    await fit(line);
    expect((await newestRun(line)).data).toMatchObject({
      ...{ orders: 5, used: 1, test: 1, cancelled: 1, unpaid: 1, withoutCustomer: 1 },
      ...{ buyers: 1, openDays: null },
    });
  });

  it('knows staff by the domains of their addresses, and leaves their orders out', async () => {
    const [ana, ben] = [line.deps.newId(), line.deps.newId()];
    await addOrderRows(line, [
      { orderId: 'a', customerId: ana, at: daysBefore(10) },
      { orderId: 'b', customerId: ben, at: daysBefore(9) },
      { orderId: 'c', customerId: ben, at: daysBefore(8), cancelled: true },
      { orderId: 'd', customerId: line.deps.newId(), at: daysBefore(7) },
    ]);
    await line.rows(`UPDATE customer SET email = 'ana@post.example' WHERE id = $1`, [ana]);
    await line.rows(`UPDATE customer SET email = 'Ben@NORD.example' WHERE id = $1`, [ben]);
    const counts = async () => {
      await fit(line);
      return (await newestRun(line)).data;
    };
    expect(await counts()).toMatchObject({ used: 3, cancelled: 1, staff: null, buyers: 3 });
    await line.rows(`UPDATE shop SET settings = '{"staffEmailDomains": "nord.example, other.example"}'`);
    expect(await counts()).toMatchObject({ used: 2, cancelled: 1, staff: 1, buyers: 2 });
    const draw = (staffDomains: string[]) =>
      line.deps.modelData.drawBuyers(line.shopId, NOW, { seed: 1, limit: 10, staffDomains });
    expect(await draw(['nord.example'])).not.toContain(ben);
    expect(await draw([])).toContain(ben);
  });

  it('is none of a shop that left', async () => {
    await requestFit(line.deps, purchases());
    await line.rows(`UPDATE shop SET status = 'uninstalled'`);
    expect(await fitModel({ ...line.deps, compute }, purchases())).toEqual({ outcome: 'nothing' });
    // Nor is one planned, not even by who began before: the shop's rows may have been erased since.
    await line.rows('DELETE FROM model_run');
    await planPredictions(line.deps, line);
    expect(await line.rows('SELECT 1 FROM model_run')).toEqual([]);
  });
});

it('a fit is due weekly, and of purchases when a shop with a model has a fifth more orders', async () => {
  const due = async (kind = 'purchases') => {
    line.jobs.length = 0;
    await planPredictions(line.deps, line);
    const planned = line.jobs.some((job) => job.name === 'model.fit' && job.payload.kind === kind);
    await line.rows(`DELETE FROM model_run WHERE status = 'running'`);
    return planned;
  };
  expect(await due()).toBe(true);
  await fit(line);
  expect(await due()).toBe(false);
  // A model of another version goes on predicting, and is fitted anew at once.
  await line.rows(`UPDATE model_run SET version = 'purchase-1' WHERE kind = 'purchases'`);
  expect(await due()).toBe(true);
  await line.rows(`UPDATE model_run SET version = $1 WHERE kind = 'purchases'`, [PURCHASE_MODEL_VERSION]);
  await addBuyers(line, { buyers: 10, days: 50, until: NOW });
  expect(await due()).toBe(false);
  const [{ orders }] = (await line.rows<{ orders: number }>(
    'SELECT count(*)::int AS orders FROM orders',
  )) as [{ orders: number }];
  const keptAt = (share: number) =>
    line.rows(`UPDATE model_run SET status = 'kept', data = jsonb_build_object('orders', $1::int)`, [
      Math.floor(orders * share),
    ]);
  await keptAt(0.9);
  expect(await due()).toBe(false);
  await keptAt(0.8);
  expect(await due()).toBe(true);
  // Satisfaction reads a part of the orders: those that were sent, of two years, the newest.
  await line.rows(`INSERT INTO model_run (shop_id, id, kind, version, seed, status, as_of, started_at, data)
    SELECT shop_id, gen_random_uuid(), 'satisfaction', '${SATISFACTION_MODEL_VERSION}', seed, status, as_of, started_at, '{"orders": 1}' FROM model_run`);
  expect(await due('satisfaction')).toBe(false);
  // Orders that are not placed yet have not come.
  await keptAt(0.9);
  const soon = new Date(NOW.getTime() + DAY_MS);
  await addOrderRows(
    line,
    Array.from({ length: Math.ceil(0.3 * orders) }, (_, n) => ({
      ...{ orderId: `soon-${n}`, customerId: line.deps.newId(), at: soon },
    })),
  );
  expect(await due()).toBe(false);
  await keptAt(1);
  await line.moveTo(new Date(NOW.getTime() + 7 * DAY_MS));
  expect(await due()).toBe(true);
});

it('fits read of every buyer what scoring reads of them', async () => {
  const order = fc.record({
    minutesAgo: fc.integer({ min: 1, max: 60 * 24 * 200 }),
    netMinor: fc.integer({ min: 0, max: 90_000 }),
    extraMinor: fc.integer({ min: 0, max: 900 }),
    ...{ test: fc.boolean(), unpaid: fc.boolean(), cancelled: fc.boolean() },
    refunds: fc.array(
      fc.record({
        amountMinor: fc.integer({ min: 1, max: 9_000 }),
        lines: fc.array(fc.record({ netMinor: fc.integer({ min: 0, max: 5_000 }) }), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    buyer: fc.integer({ min: 0, max: 2 }),
  });
  const run = { id: line.deps.newId(), asOf: NOW, seed: 1, horizonDays: 90, staffDomains: [] };
  await fc.assert(
    fc.asyncProperty(
      fc.array(order, { maxLength: 12 }),
      fc.constantFrom('Europe/Berlin', 'Pacific/Auckland', 'America/Los_Angeles'),
      async (orders, timeZone) => {
        await line.rows('DELETE FROM orders');
        // As many as a shop begins with, of long enough ago that there is something to read.
        const buyers = Array.from({ length: 20 }, () => line.deps.newId());
        await addOrderRows(line, [
          ...buyers.map((customerId, n) => ({ orderId: `first-${n}`, customerId, at: daysBefore(300) })),
          ...orders.map(({ minutesAgo, extraMinor, buyer, ...one }, n) => ({
            ...{ ...one, orderId: `${n}`, customerId: buyers[buyer]!, totalMinor: one.netMinor + extraMinor },
            at: new Date(NOW.getTime() - minutesAgo * 60_000),
          })),
        ]);
        let read: PurchaseFitInput | undefined;
        const shop = { ...(await line.deps.shops.byId(line.shopId))!, timeZone };
        const look = async (_name: string, input: PurchaseFitInput) => {
          read = input;
          return compute('purchases', input);
        };
        await studyPurchases({ ...line.deps, compute: look as typeof compute }, shop, run);
        const loaded = (await line.deps.scores.load(line.shopId, buyers))!;
        const scored = loaded.sources.flatMap((source) => {
          const { orders: known } = scoreInputsOf(source, shop);
          const counted = known.filter((one) => one.paid && !one.cancelled && one.createdAt <= NOW);
          const records = counted.map((one) => purchaseRecord(one, timeZone));
          return records.length > 0 ? [{ id: source.customerId, orders: records.sort(byDayAndValue) }] : [];
        });
        const histories = read!.histories.map(({ id, orders: records }) => ({
          id,
          orders: records.toSorted(byDayAndValue),
        }));
        const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
        expect(histories.sort(byId)).toEqual(scored.sort(byId));
      },
    ),
    { numRuns: 25 },
  );
});

type Record_ = { day: number; valueMinor: number | null };
const byDayAndValue = (a: Record_, b: Record_) => a.day - b.day || a.valueMinor! - b.valueMinor!;
