import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import type { CsiOutcome, LearnedCsiWeights } from '#app/domain/prediction/csi-weights.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import type { CsiWeightsFitInput } from '#app/services/fit-csi-weights.ts';
import { exportPredictions } from '#app/services/export-predictions.ts';
import { fitModel, requestFit } from '#app/services/fit-model.ts';
import { showPredictions } from '#app/services/show-predictions.ts';
import { studyCsiWeights } from '#app/services/study-csi-weights.ts';
import { compute, createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addOrderRows, type BoughtOrder } from './model-scenes.ts';

/** Weights of the index that are learnt from who bought again. */

const database = useTestDatabase();
const NOW = at('2026-11-02T09:00:00');
const daysBefore = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
});

const kind = () => ({ shopId: line.shopId, kind: 'csi_weights' }) as const;
const fit = async () => {
  await requestFit(line.deps, kind());
  return fitModel({ ...line.deps, compute }, kind());
};
const shop = () => ({ shop: { id: line.shopId, settings: {} } });
const shown = async () =>
  (await showPredictions({ admin: createAdminReads(database.pool) }, shop())).csiWeights;

/** What a fit by this seed learns from. */
async function studied(seed: number): Promise<CsiOutcome[]> {
  let read: CsiWeightsFitInput | undefined;
  const look = async (_name: string, input: CsiWeightsFitInput) => {
    read = input;
    return compute('csiWeights', input);
  };
  const run = { id: line.deps.newId(), asOf: NOW, seed, horizonDays: null, staffDomains: [] };
  const known = (await line.deps.shops.byId(line.shopId))!;
  await studyCsiWeights({ ...line.deps, compute: look as typeof compute }, known, run);
  return read!.outcomes;
}

interface Rated {
  customerId: string;
  daysAgo: number;
  metric: string;
  rating: number;
}

async function addAnswers(answers: readonly Rated[]): Promise<void> {
  const rows = answers.map((answer, n) => ({ ...answer, n, at: daysBefore(answer.daysAgo) }));
  await line.rows(
    `INSERT INTO survey_response (shop_id, id, answer_key, kind, customer_id, order_id, surface, status, metric, rating, route,
       answers, answered_at)
     SELECT $1, gen_random_uuid(), 'a' || r.n, 'relationship', r."customerId", '', 'hosted_page', 'verified', r.metric, r.rating,
       'middle', jsonb_build_object('ratings', jsonb_build_object('q', r.rating), 'metrics', jsonb_build_object('q', r.metric)), r.at
     FROM jsonb_to_recordset($2) AS r(n int, "customerId" uuid, metric text, rating int, at timestamptz)`,
    [line.shopId, JSON.stringify(rows)],
  );
}

/** Customers who rate delivery and NPS; delivery alone decides who buys again. */
async function aShopOf(customers: number): Promise<void> {
  const random = seededRandom(5);
  const orders: BoughtOrder[] = [];
  const answers: Rated[] = [];
  for (let n = 0; n < customers; n += 1) {
    const customerId = line.deps.newId();
    const daysAgo = 91 + Math.floor(500 * random());
    const delivery = 1 + Math.floor(5 * random());
    const order = (ago: number) => ({ orderId: `${n}-${orders.length}`, customerId, at: daysBefore(ago) });
    orders.push(order(daysAgo + 5));
    answers.push({ customerId, daysAgo, metric: 'csat_delivery', rating: delivery });
    answers.push({ customerId, daysAgo, metric: 'nps', rating: Math.floor(11 * random()) });
    if (random() < 0.1 + 0.16 * (delivery - 1)) orders.push(order(daysAgo - 30));
  }
  await addOrderRows(line, orders);
  await addAnswers(answers);
}

describe('the weights of the index', () => {
  it('are learnt and shown beside the default, and nothing is scored by them', async () => {
    await aShopOf(900);
    const rules = () => line.rows('SELECT rules_seq, settings FROM shop');
    const before = await rules();
    expect(await shown()).toBeNull();
    expect(await fit()).toEqual({ outcome: 'kept' });
    const view = (await shown())!;
    const report = view.part.ended!.report as Extract<LearnedCsiWeights, { outcome: 'learned' }>;
    expect(report).toMatchObject({ outcome: 'learned', n: 900, known: { nps: 900, product: 0 } });
    expect(report.weights.delivery).toBeGreaterThan(report.weights.nps);
    expect(report.intervals.delivery.low).toBeGreaterThan(view.defaults.delivery);
    expect(view.defaults).toEqual({ nps: 0.3, product: 0.25, support: 0.2, delivery: 0.15, purchase: 0.1 });
    expect(report.heldOut!.low).toBeGreaterThan(0);
    expect(await rules()).toEqual(before);
    const csv = await exportPredictions({ admin: createAdminReads(database.pool) }, shop());
    expect(csv).toContain(`index weights,delivery,learnt,${report.weights.delivery}\r\n`);

    // The same data give the same weights.
    expect(await fit()).toEqual({ outcome: 'kept' });
    expect((await shown())!.part.ended!.report).toEqual(report);
  });

  it('are not learnt from too few, and the page says why', async () => {
    await aShopOf(40);
    expect(await fit()).toEqual({ outcome: 'hidden' });
    expect((await shown())!.part.ended).toMatchObject({
      report: { outcome: 'not_enough', reason: 'few_customers', n: 40 },
      run: { reason: '40 customers rated you at least 90 days ago; 200 are needed to learn weights from.' },
    });
  });

  it('are learnt from one answer of each, by lot: the last is mostly that of who did not come again', async () => {
    const buyers = Array.from({ length: 300 }, () => line.deps.newId());
    // Bought and answered three times, and never again.
    const [first, second, third] = [400, 340, 280];
    const each = (daysAgo: number) =>
      buyers.map((customerId, n) => ({
        order: { orderId: `${n}-${daysAgo}`, customerId, at: daysBefore(daysAgo + 5) },
        answer: { customerId, daysAgo, metric: 'nps', rating: 8 },
      }));
    const all = [first, second, third].flatMap(each);
    await addOrderRows(
      line,
      all.map(({ order }) => order),
    );
    await addAnswers(all.map(({ answer }) => answer));
    const found = await studied(1);
    expect(found).toHaveLength(300);
    const times = (daysAgo: number) =>
      found.filter(({ at: drawn }) => drawn.getTime() === daysBefore(daysAgo).getTime()).length;
    for (const daysAgo of [first, second, third]) expect(Math.abs(times(daysAgo) - 100)).toBeLessThan(30);
    expect(found.filter(({ repurchased }) => repurchased)).toHaveLength(times(first) + times(second));
    expect(await studied(1)).toEqual(found);
    const moments = (outcomes: CsiOutcome[]) => outcomes.map(({ at: drawn }) => drawn.getTime());
    expect(moments(await studied(2))).not.toEqual(moments(found));
  });

  it('know nothing of the future: the index after one of the answers whose 90 days are over', async () => {
    const customerId = line.deps.newId();
    const order = (orderId: string, daysAgo: number, more: Partial<BoughtOrder> = {}) => ({
      ...{ orderId, customerId, at: daysBefore(daysAgo) },
      ...more,
    });
    const outcomes = async (orders: BoughtOrder[], seed = 1) => {
      await line.rows('DELETE FROM orders');
      await addOrderRows(line, [order('first', 300), ...orders]);
      return studied(seed);
    };
    expect(await outcomes([])).toEqual([]);
    await addAnswers([
      { customerId, daysAgo: 200, metric: 'nps', rating: 8 },
      { customerId, daysAgo: 150, metric: 'csat_delivery', rating: 5 },
      { customerId, daysAgo: 89, metric: 'nps', rating: 0 },
    ]);
    const drawn = new Map<number, { outcome: CsiOutcome; seed: number }>();
    for (let seed = 1; drawn.size < 2; seed += 1) {
      const [outcome, ...others] = await studied(seed);
      expect(others).toEqual([]);
      drawn.set(outcome!.at.getTime(), { outcome: outcome!, seed });
    }
    const components = { nps: 80, product: null, support: null, delivery: null, purchase: null };
    expect(drawn.get(daysBefore(200).getTime())!.outcome).toEqual({
      ...{ at: daysBefore(200), components, repurchased: false, settledAt: daysBefore(110) },
    });
    const last = drawn.get(daysBefore(150).getTime())!;
    expect(last.outcome).toEqual({
      ...{ at: daysBefore(150), components: { ...components, delivery: 100 } },
      ...{ repurchased: false, settledAt: daysBefore(60) },
    });
    const again = async (one: BoughtOrder) => (await outcomes([one], last.seed))[0]!.repurchased;
    expect(await again(order('within', 60))).toBe(true);
    expect(await again(order('before', 151))).toBe(false);
    expect(await again(order('after', 59))).toBe(false);
    expect(await again(order('cancelled', 100, { cancelled: true }))).toBe(false);
    expect(await again(order('unpaid', 100, { unpaid: true }))).toBe(false);
    expect(await again(order('test', 100, { test: true }))).toBe(false);
  });
});
