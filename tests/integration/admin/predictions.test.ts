import { beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { createScoresRepo } from '#app/infra/db/scores.repo.server.ts';
import { createStaffActs } from '#app/infra/db/staff-acts.repo.server.ts';
import { choosePrediction } from '#app/services/choose-prediction.ts';
import { exportPredictions } from '#app/services/export-predictions.ts';
import { showForecast } from '#app/services/show-forecast.ts';
import { showOrderForecasts } from '#app/services/show-order-forecasts.ts';
import { showPredictions } from '#app/services/show-predictions.ts';
import { aPurchaseReport } from '#tests/factories/prediction-reports.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aCustomer, anAnswer, anOrder, aShop, daysAgo, insert, NOW, setClock } from './seed.ts';

const database = useTestDatabase();
const pool = () => database.pool;
let shopId: string;
const reads = () => createAdminReads(pool());
const deps = () => ({ admin: reads(), scores: createScoresRepo(pool()) });
const shop = (settings: unknown = {}) => ({ id: shopId, settings });

beforeEach(async () => {
  await setClock(pool());
  shopId = await aShop(pool());
});

async function aRun(more: Record<string, unknown> = {}): Promise<string> {
  const id = uuidv7();
  const ended = { finished_at: NOW, report: aPurchaseReport(), parameters: {} };
  await insert(pool(), 'model_run', {
    ...{ shop_id: shopId, id, kind: 'purchases', version: 'purchase-1', seed: 1, status: 'kept' },
    horizon_days: 90,
    ...{ as_of: daysAgo(1), started_at: daysAgo(1), data: { orders: 1_320, used: 1_200, test: 4 } },
    ...ended,
    ...more,
  });
  return id;
}

const predicted = (customerId: string, runId: string, clv: number | null = 4_000) =>
  insert(pool(), 'customer_prediction', {
    ...{ shop_id: shopId, customer_id: customerId, model_run_id: runId, as_of: NOW, level: 'own' },
    ...{ none_probability: 0.72, expected_purchases: 0.4, purchases_low: 0, purchases_high: 1 },
    ...{ clv_minor: clv, clv_low_minor: clv && 0, clv_high_minor: clv && clv * 2 },
    ...{ next_order_on: '2026-12-24', typical_gap_days: 41.5 },
  });

describe('the page of predictions', () => {
  it('keeps the last good fit beside a failed one and one under way', async () => {
    const kept = await aRun();
    const failed = await aRun({
      status: 'failed',
      started_at: NOW,
      report: null,
      parameters: null,
      reason: 'No memory.',
    });
    const running = { status: 'running', started_at: NOW, finished_at: null, report: null, parameters: null };
    await aRun({ ...running, lease_until: daysAgo(1) });
    await insert(pool(), 'model_run', {
      ...{ shop_id: await aShop(pool()), id: uuidv7(), kind: 'purchases', version: 'purchase-1', seed: 1 },
      ...{ status: 'hidden', as_of: NOW, started_at: NOW, reason: 'Of another shop.' },
    });
    const { purchases, runs, satisfaction } = await showPredictions(deps(), { shop: shop() });
    expect(purchases.ended).toMatchObject({
      run: { id: kept },
      data: { used: 1_200, test: 4, unpaid: 0, reason: null },
    });
    expect(purchases.ended?.report?.verdict).toEqual(aPurchaseReport().verdict);
    expect(purchases.failed?.id).toBe(failed);
    expect(purchases.running).toMatchObject({ waits: true, status: 'running' });
    expect(runs).toHaveLength(3);
    expect(satisfaction).toBeNull();
  });

  it('takes a back-test of an unknown form for none, and a shop without fits for nothing', async () => {
    expect((await showPredictions(deps(), { shop: shop() })).purchases).toMatchObject({
      ended: null,
      running: null,
    });
    await aRun({ report: { version: 'of before' }, data: {} });
    expect((await showPredictions(deps(), { shop: shop() })).purchases.ended?.report).toBeNull();
  });

  it('exports every figure behind the charts', async () => {
    const report = aPurchaseReport({ wantedDays: 180 });
    await aRun({ report });
    const lines = (await exportPredictions(deps(), { shop: shop() })).split('\r\n');
    expect(lines).toContain('back-test,orders,predictedDays,90');
    expect(lines).toContain('back-test,orders,wantedDays,180');
    expect(lines[0]).toBe('\ufeffPart,Row,Figure,Value');
    expect(lines).toContain(`comparison,${report.model.name},auc,${report.model.auc}`);
    expect(lines).toContain(`deciles,1,actual,${report.deciles[0]!.actual}`);
    expect(lines.filter((line) => line.startsWith('calibration,'))).toHaveLength(
      3 * report.calibration.length,
    );
  });

  it('is hidden by choice, which has everybody scored again, and shown again', async () => {
    await aRun();
    await aCustomer(pool(), shopId);
    const acts = { acts: createStaffActs(pool()) };
    const row = async () =>
      (await pool().query('SELECT settings, rules_seq FROM shop WHERE id = $1', [shopId])).rows[0];
    const before = await row();
    expect(await choosePrediction(acts, { shop: shop(), choice: 'purchases', shown: false })).toMatchObject({
      outcome: 'chosen',
      shown: false,
    });
    const hidden = await row();
    expect(Number(hidden.rules_seq)).toBe(Number(before.rules_seq) + 1);
    const { purchases } = await showPredictions(deps(), { shop: shop(hidden.settings) });
    expect(purchases.hiddenByStaff).toBe(true);
    await choosePrediction(acts, { shop: shop(hidden.settings), choice: 'purchases', shown: true });
    const shown = await row();
    expect((await showPredictions(deps(), { shop: shop(shown.settings) })).purchases.hiddenByStaff).toBe(
      false,
    );
    expect(await choosePrediction(acts, { shop: shop(), choice: 'weather', shown: true })).toMatchObject({
      outcome: 'refused',
    });
  });
});

describe('what is expected of a customer', () => {
  const forecast = (customerId: string, settings: unknown = {}) =>
    showForecast(deps(), { shop: shop(settings), customerId });

  it('comes with its proof, its tier among the others, and what explains it', async () => {
    const runId = await aRun();
    await pool().query('UPDATE shop SET pixel_on_since = $2 WHERE id = $1', [shopId, daysAgo(50)]);
    const ana = await aCustomer(pool(), shopId, { last_seen_at: daysAgo(40) });
    await predicted(ana, runId, 9_000);
    for (let others = 0; others < 19; others += 1)
      await predicted(await aCustomer(pool(), shopId), runId, 1_000 + others);
    for (const [id, days] of [
      ['501', 130],
      ['502', 90],
      ['503', 80],
    ] as const) {
      const paid = {
        customer_id: ana,
        placed_at: daysAgo(days),
        paid_at: daysAgo(days),
        subtotal_minor: 5_000,
      };
      await anOrder(pool(), shopId, id, { ...paid, delivered_at: daysAgo(days - 3) });
    }
    await insert(pool(), 'support_case', {
      ...{
        shop_id: shopId,
        id: uuidv7(),
        number: 1,
        source_kind: 'staff',
        source_id: 's1',
        customer_id: ana,
      },
      ...{
        status: 'open',
        severity: 2,
        title: 'Late',
        issue_type: 'delivery',
        opened_at: daysAgo(3),
        due_at: daysAgo(2),
      },
    });
    const found = await forecast(ana);
    expect(found?.predicted).toMatchObject({
      ...{ outcome: 'shown', valueTier: 'A', horizonDays: 90, proof: expect.stringMatching(/^Shown: /) },
      prediction: { noneProbability: 0.72, clvMinor: 9_000, nextOrderOn: '2026-12-24', typicalGapDays: 41.5 },
    });
    const signs = Object.fromEntries(
      found!.warning.indicators.flatMap((one) => one.signs.map(({ key, value }) => [key, value])),
    );
    expect(signs).toMatchObject({
      contacts: 1,
      unresolved_hours: 72,
      days_since_visit: 40,
      csat_mean: null,
      worst_review: null,
    });
    expect(signs.gaps_since_order).toBeCloseTo(80 / 25, 5);
    expect(found?.signs.signs.find(({ key }) => key === 'fast_adoption')).toMatchObject({
      value: 37,
      present: false,
    });
    expect(found?.trajectory).toMatchObject({ outcome: 'not_enough', reason: 'few_days' });
    expect(found).toMatchObject({ valuePredicted: true, groups: ['active'] });
    expect(found?.referral).toMatchObject({ score: null, basis: 'rule' });
  });

  it('is absent with the reason: never fitted, hidden by the test or the team, not scored yet', async () => {
    const ana = await aCustomer(pool(), shopId);
    const reasonNow = async (settings?: unknown) => {
      const found = (await forecast(ana, settings))?.predicted;
      return found?.outcome === 'hidden' ? found.reason : found?.outcome;
    };
    expect(await reasonNow()).toBe('No model has been fitted on your orders yet.');
    const runId = await aRun();
    expect(await reasonNow()).toMatch(/^Nothing is predicted before the first paid order/);
    await predicted(ana, runId, null);
    expect(await reasonNow()).toBe('shown');
    expect((await forecast(ana))?.valuePredicted).toBe(false);
    expect(await reads().valueBasis(shopId)).toEqual({ horizonDays: 90, settled: true });
    await pool().query(`UPDATE model_run SET parameters = '{"value": {"shown": false}}'`);
    expect(await reads().valueBasis(shopId)).toEqual({ horizonDays: null, settled: true });
    expect(await reasonNow({ predictions: { purchases: false } })).toBe(
      'Your team has hidden the predictions of orders.',
    );
    await aRun({ status: 'hidden', started_at: NOW, reason: 'Too few buyers.' });
    expect(await reasonNow()).toBe('Too few buyers.');
    expect(await forecast(uuidv7())).toBeNull();
  });

  it('reads of the orders by a code no more than tells whether they were kept', async () => {
    const ana = await aCustomer(pool(), shopId);
    const friendId = await aCustomer(pool(), shopId);
    await insert(pool(), 'referral_code', {
      ...{ shop_id: shopId, id: uuidv7(), customer_id: ana, code: 'FRIEND-1', issued_at: NOW },
    });
    const refund = { refundId: 'r1', orderId: '801', amountMinor: 100, lines: [] };
    const dispute = { disputeId: 'd1', orderId: '801', type: 'inquiry', status: 'won' };
    await anOrder(pool(), shopId, '801', {
      ...{ customer_id: friendId, paid_at: daysAgo(19), delivered_at: daysAgo(15), financial_status: 'paid' },
      doc: {
        ...{ lines: [{ lineId: 'l1', quantity: 1 }], fulfillments: [{ fulfillmentId: 'f1' }] },
        refunds: [{ ...refund, createdAt: daysAgo(10) }],
        disputes: [{ ...dispute, initiatedAt: daysAgo(9), sourceUpdatedAt: daysAgo(8) }],
      },
    });
    await pool().query(`UPDATE orders SET discount_codes = '{FRIEND-1}' WHERE order_id = '801'`);
    expect((await reads().forecast(shopId, ana)).referral).toEqual({
      invited: true,
      redeemed: [
        {
          friendId,
          order: {
            ...{ paidAt: daysAgo(19), cancelledAt: null, deliveredAt: daysAgo(15), test: false },
            ...{ financialStatus: 'paid', totalMinor: 12_900, lines: [{ lineId: 'l1', quantity: 1 }] },
            refunds: [{ ...refund, createdAt: daysAgo(10) }],
            disputes: [{ ...dispute, initiatedAt: daysAgo(9), sourceUpdatedAt: daysAgo(8) }],
          },
        },
      ],
    });
  });

  it('names the orders that may disappoint, until somebody has rated them', async () => {
    const runId = await aRun({ kind: 'satisfaction', report: { model: { baseRate: 0.1 } } });
    const ana = await aCustomer(pool(), shopId);
    const chances = [
      ['701', 0.6],
      ['702', 0.25],
      ['703', 0.12],
      ['704', 0.7],
    ] as const;
    for (const [id, low] of chances) {
      await anOrder(pool(), shopId, id, { customer_id: ana });
      await insert(pool(), 'order_prediction', {
        ...{
          shop_id: shopId,
          order_id: id,
          customer_id: ana,
          model_run_id: runId,
          as_of: NOW,
          low_probability: low,
        },
        reasons: [
          ['lateness', 1.2],
          ['value', -0.3],
          ['parcels', 0.4],
        ],
      });
    }
    await anAnswer(pool(), shopId, { order_id: '704', customer_id: ana });
    const about = { customerId: ana };
    const found = await showOrderForecasts(deps(), { shop: shop(), about });
    expect(found.map(({ orderId, level }) => [orderId, level]).toSorted()).toEqual([
      ['701', 'likely'],
      ['702', 'raised'],
    ]);
    expect(found[0]).toMatchObject({ reasons: ['lateness', 'parcels'], usualShare: 0.1 });
    expect(await showOrderForecasts(deps(), { shop: shop(), about: { orderId: '701' } })).toHaveLength(1);
    expect(
      await showOrderForecasts(deps(), { shop: shop({ predictions: { satisfaction: false } }), about }),
    ).toEqual([]);
  });
});
