import { beforeEach, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { changeSettings } from '#app/services/change-settings.ts';
import { fitModel, planPredictions, requestFit } from '#app/services/fit-model.ts';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { showForecast } from '#app/services/show-forecast.ts';
import { type PurchaseData, showPredictions } from '#app/services/show-predictions.ts';
import { compute, createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addBuyers, addOrderRows, fit, fitted, newestRun, type BoughtOrder } from './model-scenes.ts';

const database = useTestDatabase();
const NOW = at('2026-03-02T09:00:00');

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
  await addBuyers(line, { buyers: 300, days: 420, until: NOW });
  await line.rows('UPDATE shop SET typical_gap_days = 30, stats_at = $1', [
    new Date(NOW.getTime() + 300 * DAY_MS),
  ]);
});

const admin = () => createAdminReads(database.pool);
const shop = async () => (await line.deps.shops.byId(line.shopId))!;
const choose = (predictionHorizonDays: number) =>
  changeSettings(line.deps, { shopId: line.shopId, json: JSON.stringify({ predictionHorizonDays }) });
const makeFit = () => fitModel({ ...line.deps, compute }, { shopId: line.shopId, kind: 'purchases' });
const planned = () =>
  line.rows<{ horizon_days: number }>(`SELECT horizon_days FROM model_run WHERE status = 'running'`);

const plannedOrders = () =>
  line.rows(`SELECT horizon_days FROM model_run WHERE status = 'running' AND kind = 'purchases'`);

/** What the page of a customer says of the chance of no order, and by which proof. */
async function chanceOf(customerId: string) {
  const found = await showForecast(
    { ...line.deps, admin: admin() },
    { shop: { id: line.shopId, settings: (await shop()).settings }, customerId },
  );
  if (found?.predicted.outcome !== 'shown') throw new Error('Nothing is predicted of this customer.');
  const { horizonDays, prediction, proof, valueProof } = found.predicted;
  return { days: horizonDays, chance: prediction.noneProbability, proof, valueProof };
}

/** Of whom is sure to be lost, or to come, hardly anything changes with the days. */
async function somebody(): Promise<string> {
  const [likely] = await line.rows<{ customer_id: string }>(
    'SELECT customer_id FROM customer_prediction ORDER BY abs(none_probability - 0.5), customer_id LIMIT 1',
  );
  return likely!.customer_id;
}

/** Of a shop that opened so long ago: a quarter of the buyers come again and again, the others once. */
function ordersOfRegulars(openDays: number): BoughtOrder[] {
  const random = seededRandom(3);
  return Array.from({ length: 400 }, (_, index) => {
    const [customerId, first, gapDays] = [line.deps.newId(), openDays * random(), 6 + 8 * random()];
    const agos = [first];
    for (let ago = first - gapDays; index % 4 === 0 && ago > 0; ago -= gapDays * (0.5 + random()))
      agos.push(ago);
    return agos.map((ago, n) => ({
      ...{ orderId: `${index}-of-regulars-${n}`, customerId, at: new Date(NOW.getTime() - ago * DAY_MS) },
    }));
  }).flat();
}

/** What the list of customers rests on. */
const basis = () => admin().valueBasis(line.shopId);

it('another horizon is fitted at once, and no number of the one before is said to be of it', async () => {
  await fit(line);
  await refreshScores(line.deps, line);
  const one = await somebody();
  const before = await chanceOf(one);
  expect(before.days).toBe(90);

  line.jobs.length = 0;
  expect(await choose(30)).toEqual({ outcome: 'saved' });
  const [run] = await line.rows<{ id: string }>(`SELECT id FROM model_run WHERE status = 'running'`);
  expect(line.jobs).toEqual([
    { name: 'model.fit', payload: { shopId: line.shopId, kind: 'purchases', runId: run!.id } },
  ]);
  expect(await planned()).toEqual([{ horizon_days: 30 }]);
  expect(await chanceOf(one)).toEqual(before);
  const view = async () =>
    showPredictions({ admin: admin() }, { shop: { id: line.shopId, settings: (await shop()).settings } });
  expect(await view()).toMatchObject({ horizonDays: 30, purchases: { ended: { run: { horizonDays: 90 } } } });

  expect(await makeFit()).toEqual({ outcome: 'kept' });
  expect(await view()).toMatchObject({ horizonDays: 30, purchases: { ended: { run: { horizonDays: 30 } } } });
  // The new model counts already; this row is still the old one's, and so is its proof.
  expect(await chanceOf(one)).toEqual(before);
  expect(await basis()).toMatchObject({ settled: false });
  await refreshScores(line.deps, line);
  expect(await basis()).toMatchObject({ settled: true });
  const after = await chanceOf(one);
  expect(after.proof).not.toBe(before.proof);
  expect(after.days).toBe(30);
  expect(after.chance).toBeGreaterThan(before.chance);
  expect(await planned()).toEqual([]);
});

it('a horizon that is chosen while a fit is under way has its own fit after it', async () => {
  expect(await choose(60)).toEqual({ outcome: 'saved' });
  expect(await choose(180)).toEqual({ outcome: 'saved' });
  expect(await planned()).toEqual([{ horizon_days: 60 }]);
  await makeFit();
  expect(await planned()).toEqual([{ horizon_days: 180 }]);
  await makeFit();
  expect(await planned()).toEqual([]);
  expect(await newestRun(line)).toMatchObject({ report: { horizonDays: 180 } });
});

it('a chosen horizon is fitted with the daily work where nothing else asked for it', async () => {
  await fit(line);
  await line.rows(`UPDATE shop SET settings = '{"predictionHorizonDays": 120}'`);
  await planPredictions(line.deps, line);
  expect(await planned()).toContainEqual({ horizon_days: 120 });
});

it.each([30, null])(
  'a model of 90 days is called that, whatever its run was planned for: %s',
  async (plannedFor) => {
    await fit(line);
    await refreshScores(line.deps, line);
    // As while a new version of the app comes up: the one before planned the run, or fitted it.
    await line.rows('UPDATE model_run SET horizon_days = $1', [plannedFor]);
    expect((await chanceOf(await somebody())).days).toBe(90);
    expect(await basis()).toEqual({ horizonDays: 90, settled: true });
    const { runs, fitted } = (await admin().modelRuns(line.shopId)).purchases;
    expect([runs[0]!.horizonDays, fitted!.run.horizonDays]).toEqual([90, 90]);
    await planPredictions(line.deps, line);
    expect(await plannedOrders()).toEqual([]);
    // What was asked for and not fitted is still due.
    await line.rows(`UPDATE shop SET settings = '{"predictionHorizonDays": 30}'`);
    await planPredictions(line.deps, line);
    expect(await plannedOrders()).toEqual([{ horizon_days: 30 }]);
  },
);

it('a fit that was planned before the days could be chosen is for 90', async () => {
  await choose(30);
  await line.rows('UPDATE model_run SET horizon_days = NULL');
  expect(await makeFit()).toEqual({ outcome: 'kept' });
  expect((await admin().modelRuns(line.shopId)).purchases.fitted?.run.horizonDays).toBe(90);
  // The days that were chosen have their fit next.
  expect(await planned()).toEqual([{ horizon_days: 30 }]);
});

it('a fit leaves out the staff who were named when it was planned, whoever makes it', async () => {
  await line.rows(
    `UPDATE customer SET email = id || '@nord.example' WHERE id IN (SELECT id FROM customer LIMIT 3)`,
  );
  const name = (domain: string) =>
    changeSettings(line.deps, { shopId: line.shopId, json: JSON.stringify({ staffEmailDomains: domain }) });
  await name('nord.example');
  await requestFit(line.deps, { shopId: line.shopId, kind: 'purchases' });
  const staff = async () => ((await fitted(line))['data'] as PurchaseData).staff;
  await name('other.example');
  await makeFit();
  expect(await staff()).toBeGreaterThan(0);
  await fit(line);
  expect(await staff()).toBe(0);
});

it('a young shop is predicted for as many days as could be judged, and fitted no oftener for that', async () => {
  await line.rows('DELETE FROM orders');
  await addOrderRows(line, ordersOfRegulars(100));
  expect(await fit(line)).toEqual({ outcome: 'kept' });
  const [run] = await line.rows<{ horizon_days: number; days: number; report: Record<string, unknown> }>(
    `SELECT horizon_days, (parameters ->> 'horizonDays')::int AS days, report FROM model_run WHERE kind = 'purchases'`,
  );
  expect(run!.days).toBeLessThan(40);
  expect(run).toMatchObject({ horizon_days: 90, report: { horizonDays: run!.days, wantedDays: 90 } });
  // What the settings want was asked for already.
  await planPredictions(line.deps, line);
  expect(await plannedOrders()).toEqual([]);
  await refreshScores(line.deps, line);
  expect(await basis()).toEqual({ horizonDays: run!.days, settled: true });
  expect((await chanceOf(await somebody())).days).toBe(run!.days);
  // Another choice has its fit, though it can come to no more.
  await choose(180);
  expect(await plannedOrders()).toEqual([{ horizon_days: 180 }]);
  await makeFit();
  expect(await plannedOrders()).toEqual([]);
  expect((await chanceOf(await somebody())).days).toBe(run!.days);
});

it('settings that are not about the horizon have nothing fitted, and no other number of days is one', async () => {
  await fit(line);
  await changeSettings(line.deps, { shopId: line.shopId, json: JSON.stringify({ brandName: 'Nord' }) });
  expect(await choose(45)).toMatchObject({
    outcome: 'invalid',
    errors: [{ field: 'predictionHorizonDays', message: 'must be 30, 60, 90, 120, 180 days' }],
  });
  expect(await planned()).toEqual([]);
});
