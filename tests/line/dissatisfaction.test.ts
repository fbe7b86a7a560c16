import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';
import { ratedDeliveries } from '#app/services/delivery-records.ts';
import { fitModel, planPredictions, requestFit } from '#app/services/fit-model.ts';
import { predictOrders } from '#app/services/predict-orders.ts';
import { processEvent } from '#app/services/process-event.ts';
import { compute, createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, life } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';

const database = useTestDatabase();
const NOW = at('2026-03-02T09:00:00');
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
});

interface Sent {
  id: string;
  placedDaysAgo: number;
  lateDays?: number;
  delivered?: boolean;
  /** Sent in two parcels, the second of which left some days after the first. */
  secondAfterDays?: number;
  /** 1-5; absent: nobody answered. */
  rating?: number;
  customerId?: string;
  channel?: string;
  shipped?: boolean;
  cancelled?: boolean;
  assumed?: boolean;
}

/** Promised within 5 days; shipped after one, where anything is to be shipped. */
async function addSent(orders: readonly Sent[]): Promise<void> {
  const rows = orders.map((order) => {
    const { id, placedDaysAgo, lateDays = 0, delivered = true, shipped = true, channel = 'web' } = order;
    const shippedAt = ago(placedDaysAgo - 1).toISOString();
    const event = { happenedAt: shippedAt, estimatedDeliveryAt: ago(placedDaysAgo - 5).toISOString() };
    return {
      ...{ id, channel, customerId: order.customerId ?? line.deps.newId(), placedAt: ago(placedDaysAgo) },
      ...{ cancelledAt: order.cancelled ? ago(placedDaysAgo) : null, assumed: order.assumed ?? false },
      deliveredAt: delivered ? ago(placedDaysAgo - 5 - lateDays) : null,
      doc: {
        lines: [{ lineId: '1', productId: '7', quantity: 2, netMinor: 4_000, requiresShipping: shipped }],
        fulfillments: [0, order.secondAfterDays ?? []].flat().map((after, n) => ({
          ...{ fulfillmentId: `${n}`, status: 'success', lineIds: ['1'] },
          createdAt: ago(placedDaysAgo - 1 - after).toISOString(),
        })),
        ...{ shipmentEvents: [event], refunds: [], shippingMinor: 490 },
      },
      rating: order.rating ?? null,
      answeredAt: ago(placedDaysAgo - 7 - lateDays),
    };
  });
  const json = JSON.stringify(rows);
  await line.rows(
    `INSERT INTO orders (shop_id, order_id, customer_id, currency, channel, country_code, placed_at, paid_at, cancelled_at, delivered_at,
       delivered_assumed, subtotal_minor, total_minor, doc, source_updated_at)
     SELECT $1, id, "customerId", 'EUR', channel, 'DE', "placedAt", "placedAt", "cancelledAt", "deliveredAt", assumed, 4000, 4490, doc, "placedAt"
     FROM jsonb_to_recordset($2) AS o(id text, channel text, "customerId" uuid, "placedAt" timestamptz, "cancelledAt" timestamptz,
       "deliveredAt" timestamptz, assumed boolean, doc jsonb)`,
    [line.shopId, json],
  );
  await line.rows(
    `INSERT INTO survey_response (shop_id, id, answer_key, kind, customer_id, order_id, surface, status, metric, rating, route, answers, answered_at)
     SELECT $1, gen_random_uuid(), 'delivery:' || id, 'delivery', "customerId", id, 'hosted_page', 'verified', 'csat_delivery', rating,
       CASE WHEN rating <= 2 THEN 'low' ELSE 'high' END, '{}', "answeredAt"
     FROM jsonb_to_recordset($2) AS o(id text, "customerId" uuid, rating int, "answeredAt" timestamptz) WHERE rating IS NOT NULL`,
    [line.shopId, json],
  );
}

/**
 * Who waits too long is unhappy more often than not, others once in twenty times; a third gets two parcels, and nearly
 * half of them are unhappy with that. The second leaves with the first, so that it is known on the way, or `later`.
 */
function ratedOrders(count: number, { later = false } = {}): Sent[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, (_, n) => {
    const lateDays = random() < 0.25 ? 2 + Math.floor(10 * random()) : -Math.floor(3 * random());
    const twoParcels = random() < 0.33;
    const wrong = Number(lateDays > 0) * 0.6 + Number(twoParcels) * 0.4;
    const low = random() < Math.min(0.9, 0.05 + wrong);
    return {
      id: `rated-${n}`,
      placedDaysAgo: 30 + Math.floor(500 * random()),
      ...(twoParcels && { secondAfterDays: later ? 3.5 : 0 }),
      lateDays,
      rating: low ? 1 : 5,
    };
  });
}

const satisfaction = () => ({ shopId: line.shopId, kind: 'satisfaction' }) as const;
const fit = async () => {
  await requestFit(line.deps, satisfaction());
  return fitModel({ ...line.deps, compute }, satisfaction());
};
const predict = () => predictOrders({ ...line.deps, compute }, line);
const stored = () =>
  line.rows<{ order_id: string; low_probability: number; reasons: [string, number][] }>(
    'SELECT order_id, stage, low_probability, reasons FROM order_prediction ORDER BY low_probability DESC, order_id',
  );

describe('a low rating', () => {
  it('is predicted of open orders, by what a shop’s own answers taught', async () => {
    await addSent(ratedOrders(2_000));
    await addSent([
      { id: 'late', placedDaysAgo: 20, lateDays: 9 },
      { id: 'on-time', placedDaysAgo: 12 },
      { id: 'waiting', placedDaysAgo: 14, delivered: false },
      { id: 'assumed', placedDaysAgo: 12, assumed: true },
      { id: 'rated', placedDaysAgo: 20, lateDays: 9, rating: 5 },
      { id: 'long-ago', placedDaysAgo: 80 },
      { id: 'lost', placedDaysAgo: 90, delivered: false },
      { id: 'cancelled', placedDaysAgo: 12, cancelled: true },
      { id: 'at-the-till', placedDaysAgo: 12, channel: 'pos' },
      { id: 'a-download', placedDaysAgo: 12, shipped: false },
    ]);
    expect(await predict()).toEqual({ outcome: 'no_model' });
    expect(await fit()).toEqual({ outcome: 'kept' });
    expect(line.jobs).toContainEqual({ name: 'orders.predict', payload: { shopId: line.shopId } });
    expect(await predict()).toEqual({ outcome: 'predicted', orders: 4, stored: 4 });
    const rows = await stored();
    expect(rows.map(({ order_id: id }) => id).sort()).toEqual(['assumed', 'late', 'on-time', 'waiting']);
    const of = (id: string) => rows.find((row) => row.order_id === id)!;
    expect(of('late').low_probability).toBeGreaterThan(0.4);
    expect(of('on-time').low_probability).toBeLessThan(0.15);
    expect(of('late').reasons[0]![0]).toBe('lateness');
    expect(of('late').reasons.every(([, step]) => step > 0)).toBe(true);
    // What was not seen to arrive is still on its way.
    expect(of('assumed').low_probability).toBeGreaterThan(of('on-time').low_probability);

    expect(await predict()).toEqual({ outcome: 'predicted', orders: 4, stored: 0 });
    await line.rows(`UPDATE orders SET delivered_at = $1 WHERE order_id = 'waiting'`, [NOW]);
    const waiting = of('waiting');
    await predict();
    expect((await stored()).find((row) => row.order_id === 'waiting')).not.toEqual(waiting);

    // What was rated meanwhile, or is waited for no longer, is predicted no more.
    await line.moveTo(new Date(NOW.getTime() + 16 * DAY_MS));
    expect(await predict()).toMatchObject({ outcome: 'predicted', orders: 2 });
    expect((await stored()).map(({ order_id: id }) => id).sort()).toEqual(['assumed', 'waiting']);
    await line.rows(`UPDATE orders SET cancelled_at = $1`, [NOW]);
    expect(await predict()).toEqual({ outcome: 'predicted', orders: 0, stored: 0 });
    expect(await stored()).toEqual([]);
  });

  it('that is likely becomes an event, unless nobody is to be looked after or to see it', async () => {
    await addSent(ratedOrders(2_000));
    await addSent([
      { id: 'late', placedDaysAgo: 20, lateDays: 9 },
      { id: 'on-time', placedDaysAgo: 12 },
    ]);
    await fit();
    await line.rows(
      `INSERT INTO customer (shop_id, id, key, created_at, stale_seq, next_score_at)
       SELECT shop_id, customer_id, 'c:' || customer_id, business_now(), 1, business_now() FROM orders WHERE order_id IN ('late', 'on-time')`,
    );
    const foreseen = async (settings: object) => {
      await line.rows('UPDATE shop SET settings = $1', [JSON.stringify(settings)]);
      line.jobs.length = 0;
      await predict();
      expect(line.jobs.every(({ name }) => name === 'event.process')).toBe(true);
      const events = await line.rows(
        `SELECT id, order_id, customer_id IS NOT NULL AS named FROM event WHERE topic = 'unhappiness.predicted'`,
      );
      expect(line.jobs.map(({ payload }) => payload)).toEqual(
        events.map(({ id }) => ({ shopId: line.shopId, eventId: id })),
      );
      return events.map(({ order_id: orderId, named }) => [orderId, named]);
    };
    expect(await foreseen({ proactiveCare: { enabled: false } })).toEqual([]);
    expect(await foreseen({ predictions: { satisfaction: false } })).toEqual([]);
    expect(await foreseen({})).toEqual([['late', true]]);
    expect((await stored())[0]).toMatchObject({ order_id: 'late', stage: 'delivered' });
  });

  it('is predicted stage by stage: of none on its way where only delivered ones proved it', async () => {
    await addSent(ratedOrders(1_400, { later: true }));
    await addSent([
      { id: 'late', placedDaysAgo: 20, lateDays: 9 },
      { id: 'waiting', placedDaysAgo: 14, delivered: false },
    ]);
    expect(await fit()).toEqual({ outcome: 'kept' });
    const [run] = await line.deps.modelRuns.newest(line.shopId, 'satisfaction', 1);
    expect(run!.report).toMatchObject({ verdict: { shown: true }, onItsWay: { verdict: { shown: false } } });
    expect(await predict()).toEqual({ outcome: 'predicted', orders: 1, stored: 1 });
    expect((await stored()).map(({ order_id: id }) => id)).toEqual(['late']);
  });

  it('is not predicted while too few answered, or by nothing that tells', async () => {
    await addSent(ratedOrders(60));
    await addSent([{ id: 'late', placedDaysAgo: 20, lateDays: 9 }]);
    expect(await fit()).toEqual({ outcome: 'hidden' });
    await line.rows('DELETE FROM survey_response');
    await addSent(
      ratedOrders(900).map((order, n) => ({
        ...order,
        id: `chance-${n}`,
        lateDays: 0,
        rating: n % 10 === 0 ? 1 : 5,
      })),
    );
    expect(await fit()).toEqual({ outcome: 'hidden' });
    expect(await predict()).toEqual({ outcome: 'no_model' });
    expect(await stored()).toEqual([]);
    const runs = await line.deps.modelRuns.newest(line.shopId, 'satisfaction', 2);
    expect(runs.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('not surely better'),
      expect.stringContaining('Not enough data: too few orders were rated'),
    ]);
  });

  it('of a model that is hidden is gone with it, and asked for daily of one that is kept', async () => {
    await addSent(ratedOrders(2_000));
    await addSent([{ id: 'late', placedDaysAgo: 20, lateDays: 9 }]);
    await fit();
    await predict();
    const daily = async () => {
      line.jobs.length = 0;
      await planPredictions(line.deps, line);
      return line.jobs.some(({ name }) => name === 'orders.predict');
    };
    expect(await daily()).toBe(true);
    await line.rows('DELETE FROM survey_response');
    expect(await fit()).toEqual({ outcome: 'hidden' });
    expect(await stored()).toEqual([]);
    expect(await daily()).toBe(false);
  });

  it('knows of the customer what was known when the order was placed, and nothing of what came of it', async () => {
    const customerId = line.deps.newId();
    await addSent([
      { id: '1', placedDaysAgo: 100, customerId, rating: 5 },
      { id: '2', placedDaysAgo: 60, customerId, rating: 1 },
      { id: '3', placedDaysAgo: 55, customerId, rating: 2 },
    ]);
    const orders = await line.deps.sentOrders.recent(line.shopId, NOW, { days: 730, limit: 10 });
    const records = ratedDeliveries(orders);
    expect(records.map(({ record }) => [record.id, record.earlierOrders, record.lastAnswer])).toEqual([
      ['1', 0, null],
      ['2', 1, 100],
      // The answer to the second came after the third was placed.
      ['3', 2, 100],
    ]);
    expect(records.map(({ low }) => low)).toEqual([false, true, true]);
    const before = await line.deps.sentOrders.recent(line.shopId, ago(56), { days: 730, limit: 10 });
    expect(ratedDeliveries(before).map(({ low }) => low)).toEqual([false, null]);
  });

  it('knows when parcels were sent, the promise was told and each answer was given', async () => {
    await addSent([{ id: '1', placedDaysAgo: 60, secondAfterDays: 7, rating: 5 }]);
    await line.rows(
      `INSERT INTO survey_response (shop_id, id, answer_key, kind, order_id, surface, status, metric, rating, route, answers, answered_at)
       VALUES ($1, gen_random_uuid(), 'usage:1', 'usage', '1', 'hosted_page', 'verified', 'csat_product', 1, 'low', '{}', $2)`,
      [line.shopId, ago(20)],
    );
    const orders = await line.deps.sentOrders.recent(line.shopId, NOW, { days: 730, limit: 10 });
    expect(ratedDeliveries(orders)).toMatchObject([
      {
        record: {
          promisedAt: ago(55),
          promiseToldAt: ago(59),
          parcels: [ago(59), ago(52)],
          shippedAt: ago(59),
        },
        ...{ low: true, answeredAt: ago(53), lowAt: ago(20) },
      },
    ]);
  });
});

it('is predicted again once an order was shipped, delivered or promised anew, but not in a simulated life', async () => {
  await hear(line, ...life);
  const [event] = await line.rows<{ id: string }>(
    `SELECT id FROM event WHERE topic = 'fulfillment_events/create' LIMIT 1`,
  );
  const [paid] = await line.rows<{ id: string }>(`SELECT id FROM event WHERE topic = 'orders/paid' LIMIT 1`);
  const followed = async (eventId: string, simulatedClock: boolean) => {
    await line.rows(`UPDATE event SET status = 'received' WHERE id = $1`, [eventId]);
    line.jobs.length = 0;
    const config = { ...line.deps.config, simulatedClock };
    await processEvent({ ...line.deps, config }, { shopId: line.shopId, eventId });
    return line.jobs.filter(({ name }) => name === 'orders.follow');
  };
  expect(await followed(event!.id, false)).toEqual([
    { name: 'orders.follow', payload: { shopId: line.shopId } },
  ]);
  expect(await followed(event!.id, true)).toEqual([]);
  expect(await followed(paid!.id, false)).toEqual([]);
});
