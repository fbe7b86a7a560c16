import { beforeEach, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { changeSettings } from '#app/services/change-settings.ts';
import { fitModel, planPredictions, requestFit } from '#app/services/fit-model.ts';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { showForecast } from '#app/services/show-forecast.ts';
import { showPredictions } from '#app/services/show-predictions.ts';
import { compute, createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addBuyers, fit, newestRun } from './model-scenes.ts';

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
  expect(line.jobs).toEqual([{ name: 'model.fit', payload: { shopId: line.shopId, kind: 'purchases' } }]);
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
  const staff = async () => (await newestRun(line)).data['staff'];
  await name('other.example');
  await makeFit();
  expect(await staff()).toBeGreaterThan(0);
  await fit(line);
  expect(await staff()).toBe(0);
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
