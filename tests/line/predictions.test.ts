import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { purchaseModelSchema } from '#app/domain/prediction/purchase-model.ts';
import { DEFAULT_SETTINGS } from '#app/domain/shop-settings/settings.ts';
import { predictCustomer, UNPREDICTED, type PresentModel } from '#app/services/predict-customer.ts';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { scoreCustomer } from '#app/services/score-customer.ts';
import { scoreInputsOf } from '#app/services/score-inputs.ts';
import { scoreRow } from '#app/services/score-row.ts';
import { tick } from '#app/services/tick.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addBuyers, addOrderRows, fit, newestRun } from './model-scenes.ts';

const database = useTestDatabase();
const NOW = at('2026-03-02T09:00:00');
const later = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

let line: LineHarness;
let buyers: string[];
beforeEach(async () => {
  line = await createLine(database, NOW);
  buyers = await addBuyers(line, { buyers: 300, days: 420, until: NOW });
  // Known to every score here; the daily figures of a shop of orders alone say little else.
  await line.rows('UPDATE shop SET typical_gap_days = 30, stats_at = $1', [later(300)]);
});

const predictions = () =>
  line.rows<{ customer_id: string; none_probability: number }>(
    'SELECT p.*, next_order_on::text AS next_order_on FROM customer_prediction p ORDER BY customer_id',
  );
const standings = () =>
  line.rows(
    'SELECT id, high_risk, value_at_risk_minor, main_reason_key, health::float, score_reasons FROM customer ORDER BY id',
  );

describe('predictions of customers', () => {
  it('are stored with the score, by the pass as after an event', async () => {
    await fit(line);
    const [run] = [await newestRun(line)];
    expect(await refreshScores(line.deps, line)).toMatchObject({ saved: 300 });
    const [byPass, standing] = [await predictions(), await standings()];
    expect(byPass).toHaveLength(300);
    expect(new Set(byPass.map((row) => row['model_run_id' as never]))).toEqual(new Set([run.id]));
    const chances = byPass.map((row) => row.none_probability);
    expect(Math.min(...chances)).toBeLessThan(0.3);
    expect(Math.max(...chances)).toBeGreaterThan(0.9);
    expect(standing.some((row) => row['high_risk'])).toBe(true);
    // Low health or not: the list says why.
    for (const row of standing) if (row['high_risk']) expect(row['main_reason_key']).not.toBeNull();

    await line.rows('DELETE FROM customer_prediction');
    await line.rows('UPDATE customer SET high_risk = false, value_at_risk_minor = 0, main_reason_key = NULL');
    for (const customerId of buyers) await scoreCustomer(line.deps, { shopId: line.shopId, customerId });
    expect(await predictions()).toEqual(byPass);
    expect(await standings()).toEqual(standing);
  });

  it('move every night, and are left alone where nothing moved', async () => {
    await fit(line);
    await refreshScores(line.deps, line);
    const before = await predictions();
    const versions = () =>
      line.rows('SELECT customer_id, xmin FROM customer_prediction ORDER BY customer_id');
    const untouched = await versions();
    await line.rows('UPDATE customer SET next_score_at = business_now()');
    expect(await refreshScores(line.deps, line)).toMatchObject({ saved: 300 });
    expect(await versions()).toEqual(untouched);
    await line.moveTo(later(1));
    expect(await tick(line.deps, {})).toEqual({ fired: 300 });
    const after = await predictions();
    const silent = after.filter((row, n) => row.none_probability > before[n]!.none_probability);
    // Nobody ordered: whoever was active is a little less likely to.
    expect(silent.length).toBeGreaterThan(100);
  });

  it('are none without a purchase, and gone with the last one', async () => {
    await fit(line);
    await refreshScores(line.deps, line);
    const [one] = buyers;
    await line.rows('UPDATE orders SET cancelled_at = placed_at WHERE customer_id = $1', [one]);
    await scoreCustomer(line.deps, { shopId: line.shopId, customerId: one! });
    expect(await predictions()).toHaveLength(299);
    expect((await predictions()).some((row) => row.customer_id === one)).toBe(false);
  });

  it('of a model that is hidden are gone at once, and with the next score what they led to', async () => {
    await fit(line);
    await refreshScores(line.deps, line);
    // Nobody ordered for two years: there is nothing to be judged by.
    await line.moveTo(later(730));
    expect(await fit(line)).toEqual({ outcome: 'hidden' });
    expect(await predictions()).toEqual([]);
    await refreshScores(line.deps, line);
    expect(await predictions()).toEqual([]);
    expect(await line.rows('SELECT DISTINCT high_risk FROM customer')).toEqual([{ high_risk: false }]);
    const reasons = JSON.stringify((await standings()).map((row) => row['score_reasons']));
    expect(reasons).not.toContain('predicted_clv');
  });

  it('go on by a model of the version before, until the next fit', async () => {
    await fit(line);
    await line.rows(
      `UPDATE model_run SET version = 'purchase-1', parameters = parameters - 'keptShare' - 'value' - 'openDays'
         || '{"version": "purchase-1"}'`,
    );
    await refreshScores(line.deps, line);
    expect(await predictions()).toHaveLength(300);
  });

  it('of everybody else are made where one customer cannot be scored', async () => {
    await fit(line);
    const [broken] = buyers;
    await line.rows(
      `UPDATE orders SET refunded_minor = 1, doc = '{"refunds": [{"amountMinor": "much", "lines": []}]}' WHERE customer_id = $1`,
      [broken],
    );
    expect(await refreshScores(line.deps, line)).toMatchObject({ read: 300, saved: 299 });
    expect((await predictions()).map(({ customer_id: id }) => id)).not.toContain(broken);
  });

  it('of a shop that cannot be read keep no other shop waiting', async () => {
    const nextPage = () => Promise.reject(new Error('no such page'));
    const deps = { ...line.deps, scorePass: { ...line.deps.scorePass, nextPage } };
    expect(await tick(deps, {})).toEqual({ fired: 0 });
    expect(await tick(line.deps, {})).toEqual({ fired: 300 });
  });

  it('are none while staff do not want to see them, and there again when they do', async () => {
    await fit(line);
    await refreshScores(line.deps, line);
    const before = [await predictions(), await standings()];
    const choose = async (shown: boolean) => {
      await line.rows(
        `UPDATE shop SET settings = jsonb_build_object('predictions', jsonb_build_object('purchases', $1::boolean))`,
        [shown],
      );
      await line.deps.upkeep.rescoreAll(line.shopId);
      await refreshScores(line.deps, line);
    };
    await choose(false);
    expect(await predictions()).toEqual([]);
    expect(await line.rows('SELECT DISTINCT high_risk FROM customer')).toEqual([{ high_risk: false }]);
    await choose(true);
    expect([await predictions(), await standings()]).toEqual(before);
  });

  it('are there for 10,000 orders, all on one day or one a day, without a number that is none', async () => {
    await fit(line);
    const [often, sameDay] = [line.deps.newId(), line.deps.newId()];
    await addOrderRows(
      line,
      Array.from({ length: 10_000 }, (_, n) => ({
        ...{
          orderId: `often-${n}`,
          customerId: often,
          at: new Date(NOW.getTime() - (n % 400) * DAY_MS - n * 1_000),
        },
      })),
    );
    await addOrderRows(
      line,
      Array.from({ length: 50 }, (_, n) => ({ orderId: `same-${n}`, customerId: sameDay, at: later(-100) })),
    );
    await refreshScores(line.deps, line);
    const rows = (await predictions()).filter(({ customer_id: id }) => id === often || id === sameDay);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(JSON.stringify(row)).not.toMatch(/null|NaN|Infinity/);
  });
});

describe('the value of 90 days ago', () => {
  it('is what the same model says of what was known then, whenever it is asked', async () => {
    await fit(line);
    const run = await newestRun(line);
    const parameters = await line.deps.modelRuns.parameters(line.shopId, run.id);
    const present: PresentModel = { runId: run.id, model: purchaseModelSchema.parse(parameters) };
    const { shop, sources } = (await line.deps.scores.load(line.shopId, buyers))!;
    // Its last moment in Berlin: what was bought on that day was known.
    const thatDay = at('2025-12-02T22:59:59');
    const forecasts = sources.map((source) => {
      const { orders } = scoreInputsOf(source, shop);
      const asOf = (now: Date) =>
        predictCustomer(source.customerId, orders, { shop, marginShare: 0.4, present, now });
      return { now: asOf(NOW), then: asOf(thatDay) };
    });
    const known = forecasts.filter(({ now }) => now?.predictedClv);
    expect(known.length).toBeGreaterThan(50);
    expect(known.length).toBeLessThan(forecasts.length);
    for (const { now, then } of forecasts) {
      if (!now?.predictedClv) continue;
      const { before90DaysMinor } = now.predictedClv;
      expect(Math.round(before90DaysMinor)).toBe(then!.row.clvMinor);
      // Unrounded, too, where that day had a day to be compared with.
      if (then!.predictedClv) expect(before90DaysMinor).toBe(then!.predictedClv.nowMinor);
    }
  });

  it('is a part of health, and leaves the score the same whatever the order of the orders', async () => {
    await fit(line);
    const run = await newestRun(line);
    const parameters = await line.deps.modelRuns.parameters(line.shopId, run.id);
    const present: PresentModel = { runId: run.id, model: purchaseModelSchema.parse(parameters) };
    const { shop, sources } = (await line.deps.scores.load(line.shopId, buyers))!;
    const context = { shop, settings: DEFAULT_SETTINGS, present, now: NOW };
    const rows = sources.map((source) => scoreRow(source, context));
    expect(
      rows.filter(({ reasons }) => JSON.stringify(reasons).includes('predicted_clv')).length,
    ).toBeGreaterThan(20);
    expect(
      sources.map((source) => scoreRow({ ...source, orders: source.orders.toReversed() }, context)),
    ).toEqual(rows);
    const without = scoreRow(sources[0]!, { ...context, present: null });
    expect(without).toMatchObject(UNPREDICTED);
  });
});
