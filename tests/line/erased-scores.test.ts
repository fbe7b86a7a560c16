import { beforeEach, expect, it } from 'vitest';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { scoreCustomer } from '#app/services/score-customer.ts';
import { tick } from '#app/services/tick.ts';
import { customerRedactPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, runJob, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { profileOf } from './profile-scenes.ts';
import { answer, asked, hear } from './scenes.ts';
import { addCustomers, addOrders } from './score-scenes.ts';

/** An erasure ends what is made of a person by itself: scores, bands, reasons and predictions. */

const database = useTestDatabase();
const redact = {
  topic: 'customers/redact',
  payload: customerRedactPayload({
    ...{ shopId: '548380009', shopDomain: SHOP_DOMAIN, customerId: ADA.id, email: ADA.email },
    orderIds: [ORDER_ID],
  }),
};

let line: LineHarness;
let ada: string;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
  await asked(line);
  await answer(line, { rating: 1 });
  await line.settle();
  ada = await profileOf(line, ADA.id);
});

/** Everything that says what is thought of the person. */
const profile = async () => ({
  score: (
    await line.rows(
      `SELECT csi, csi_coverage, segment, health, health_coverage, band, flagged, high_risk, score_reasons, main_reason,
         main_reason_key, value_at_risk_minor::int, score_version, scored_at, next_score_at, stale_seq = scored_seq AS fresh
       FROM customer WHERE id = $1`,
      [ada],
    )
  )[0],
  predictions: (
    await line.rows(
      `SELECT 1 FROM customer_prediction WHERE customer_id = $1 UNION ALL SELECT 1 FROM order_prediction WHERE customer_id = $1`,
      [ada],
    )
  ).length,
  reasons: await line.rows(`SELECT DISTINCT reasons FROM score_history WHERE customer_id = $1`, [ada]),
});
const NOTHING = {
  score: {
    ...{ csi: null, csi_coverage: 0, segment: null, health: null, health_coverage: 0, band: null },
    ...{ flagged: false, high_risk: false, score_reasons: null, main_reason: null, main_reason_key: null },
    ...{ value_at_risk_minor: 0, score_version: null, scored_at: null, next_score_at: null, fresh: true },
  },
  predictions: 0,
  reasons: [{ reasons: [] }],
};

it('takes the profile of the person with it, and nothing makes it again', async () => {
  expect(await profile()).toMatchObject({ score: { band: 'critical' }, predictions: 2 });
  await hear(line, redact);
  await line.settle();
  expect(await profile()).toEqual(NOTHING);

  // Neither the night, nor new rules, nor an event about an order that is still kept right.
  await line.rows('UPDATE customer SET next_score_at = business_now() WHERE id = $1', [ada]);
  await line.deps.upkeep.rescoreAll(line.shopId);
  expect((await line.deps.dueWork.look(1)).scores).toBe(true);
  await refreshScores(line.deps, line);
  expect(await line.rows('SELECT 1 FROM shop WHERE rules_seq <> refreshed_seq')).toEqual([]);
  expect((await line.deps.dueWork.look(1)).scores).toBe(false);
  expect(await line.deps.scores.dueShops(10)).toEqual([]);
  await line.rows('UPDATE customer SET stale_seq = stale_seq + 1, stale_since = now() WHERE id = $1', [ada]);
  expect(await line.deps.upkeep.staleCustomers(10)).toEqual([]);
  expect(await scoreCustomer(line.deps, { shopId: line.shopId, customerId: ada })).toEqual({
    outcome: 'not_found',
  });
  await hear(line, {
    topic: 'orders/updated',
    payload: order({ updatedAt: at('2026-04-17T00:00:00') }),
  });
  await line.settle();
  await tick(line.deps, {});
  const { score, ...rest } = await profile();
  expect({ score: { ...score, next_score_at: null, fresh: true }, ...rest }).toEqual(NOTHING);
});

it.each([
  'UPDATE customer t',
  'UPDATE score_history',
  'DELETE FROM customer_prediction',
  'next_score_at = NULL, stale_since',
])('is all or nothing: killed at "%s" it is done by the next try', async (killedAt) => {
  const before = await profile();
  await line.receive(redact.topic, redact.payload);
  const job = line.jobs.shift()!;
  line.beforeStatement = (text) => {
    if (text.includes(killedAt)) throw new Error('killed');
  };
  await runJob(line, job).catch(() => undefined);
  line.beforeStatement = null;
  expect(await profile()).toEqual(before);
  await runJob(line, job);
  await runJob(line, job);
  expect(await profile()).toEqual(NOTHING);
});

it('wins over a score that was read before it and comes to be stored after', async () => {
  const others = await addCustomers(line, 1);
  await addOrders(line, 1);
  // Never scored before, so that nothing but the erasure stands between.
  await line.rows('UPDATE customer SET scored_at = NULL, next_score_at = business_now()');
  const { nextPage } = line.deps.scorePass;
  const late: typeof nextPage = async (...given) => {
    const page = await nextPage(...given);
    await hear(line, redact);
    await line.settle();
    return page;
  };
  const deps = { ...line.deps, scorePass: { ...line.deps.scorePass, nextPage: late } };
  await refreshScores(deps, line);
  expect(await profile()).toEqual(NOTHING);
  expect(
    await line.rows('SELECT 1 FROM customer WHERE id = $1 AND scored_at IS NOT NULL', [others[0]]),
  ).toHaveLength(1);
});

it('keeps the orders of the person out of what is predicted of orders', async () => {
  await hear(line, redact);
  await line.settle();
  const told = { orderId: ORDER_ID, customerId: ada, stage: 'delivered', lowProbability: 0.9, reasons: [] };
  const by = { modelRunId: line.deps.newId(), now: await line.deps.clock.now(), care: null };
  expect(await line.deps.sentOrders.predict(line.shopId, [told], by)).toMatchObject({ stored: 0 });
  expect((await profile()).predictions).toBe(0);
});
