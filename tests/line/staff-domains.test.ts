import { beforeEach, expect, it } from 'vitest';
import { changeSettings } from '#app/services/change-settings.ts';
import { fitModel, planPredictions } from '#app/services/fit-model.ts';
import { compute, createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addBuyers, fit, newestRun } from './model-scenes.ts';

/** The model of orders leaves out the staff whom the settings name now, whoever asks for its fit. */

const database = useTestDatabase();
const NOW = at('2026-03-02T09:00:00');

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
  await addBuyers(line, { buyers: 300, days: 420, until: NOW });
  await line.rows(
    `UPDATE customer SET email = id || '@nord.example' WHERE id IN (SELECT id FROM customer LIMIT 3)`,
  );
  await fit(line);
});

const name = (staffEmailDomains: string | null) =>
  changeSettings(line.deps, { shopId: line.shopId, json: JSON.stringify({ staffEmailDomains }) });
const planned = async () =>
  (
    await line.rows<{ staff_domains: string[] }>(
      `SELECT staff_domains FROM model_run WHERE status = 'running' AND kind = 'purchases'`,
    )
  ).map((run) => run.staff_domains);
const makeFit = () => fitModel({ ...line.deps, compute }, { shopId: line.shopId, kind: 'purchases' });

it('other staff have a fit at once, and the same ones in other words have none', async () => {
  expect((await newestRun(line)).data['staff']).toBeNull();
  line.jobs.length = 0;
  expect(await name('nord.example, sued.example')).toEqual({ outcome: 'saved' });
  expect(line.jobs.map((job) => job.name)).toEqual(['model.fit']);
  expect(await planned()).toEqual([['nord.example', 'sued.example']]);
  await makeFit();
  expect((await newestRun(line)).data['staff']).toBeGreaterThan(0);
  expect(await planned()).toEqual([]);

  await name('SUED.example; nord.example');
  await planPredictions(line.deps, line);
  expect(await planned()).toEqual([]);
  // None are named any more: they are counted like anybody, which is another model as well.
  await name(null);
  expect(await planned()).toEqual([[]]);
  await makeFit();
  expect((await newestRun(line)).data['staff']).toBeNull();
  expect(await planned()).toEqual([]);
});

it('staff who are named while a fit is under way have their own after it', async () => {
  await name('nord.example');
  await name('sued.example');
  expect(await planned()).toEqual([['nord.example']]);
  await makeFit();
  expect(await planned()).toEqual([['sued.example']]);
  await makeFit();
  expect(await planned()).toEqual([]);
});

it('staff who are named have a fit with the daily work where nothing else asked for it, once', async () => {
  const set = (domains: string) =>
    line.rows(`UPDATE shop SET settings = jsonb_build_object('staffEmailDomains', $1::text)`, [domains]);
  await set('nord.example');
  await planPredictions(line.deps, line);
  expect(await planned()).toEqual([['nord.example']]);
  await planPredictions(line.deps, line);
  await makeFit();
  await planPredictions(line.deps, line);
  expect(await planned()).toEqual([]);
  // One domain less is a change as one more is.
  await set('nord.example sued.example');
  await planPredictions(line.deps, line);
  await makeFit();
  await set('nord.example');
  await planPredictions(line.deps, line);
  expect(await planned()).toEqual([['nord.example']]);
});
