import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerRedactPayload, disputePayload, orderPayload } from '#tests/factories/shopify-payloads.ts';
import { stateOf } from '#tests/fakes/line-state.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { customerOf, signalsOf } from './signals.ts';

const database = useTestDatabase();
const NOW = at('2026-03-08T09:00:00');
const DISPUTE = '9007199254740993999';
const BEGUN = at('2026-03-04T10:00:00');

interface Telling {
  topic: string;
  payload: object;
  triggeredAt: Date;
}
const paid: Telling = { topic: 'orders/paid', payload: order(), triggeredAt: at('2026-03-02T08:59:00') };
const told = (
  status: string,
  hour: number,
  over: Partial<Parameters<typeof disputePayload>[0]> = {},
): Telling => ({
  topic: hour === 0 ? 'disputes/create' : 'disputes/update',
  payload: disputePayload({ id: DISPUTE, orderId: ORDER_ID, status, initiatedAt: BEGUN, ...over }),
  triggeredAt: new Date(BEGUN.getTime() + hour * 3_600_000),
});
const LOST = [paid, told('needs_response', 0), told('under_review', 1), told('lost', 9)];
const WON = [...LOST, told('won', 20)];

async function play(tellings: readonly Telling[], workers = 1) {
  await resetDatabase(database.pool);
  const line = await createLine(database, NOW);
  for (const { topic, payload, triggeredAt } of tellings) await line.receive(topic, payload, { triggeredAt });
  await line.settle(workers);
  return line;
}

const payment = async (line: LineHarness) =>
  (await signalsOf(line, await customerOf(line, ADA.id))).known['payment'];
const orders = (line: LineHarness) => line.rows('SELECT order_id, chargeback_at FROM orders ORDER BY 1');
const FACT = { kind: 'payments', paidMinor: 13_630, refundedMinor: 0 };

describe('a chargeback', () => {
  it.each([
    ['open', 0, LOST.slice(0, 2)],
    ['lost', 0, LOST],
    ['won in the end', 100, WON],
    ['told before its order', 0, [LOST[1]!, paid]],
    ['that was a question of the bank only', 100, [paid, told('lost', 0, { type: 'inquiry' })]],
    ['that began as a question', 0, [paid, told('under_review', 0, { type: 'inquiry' }), told('lost', 5)]],
  ])('%s: payment is %d', async (_what, value, tellings) => {
    const line = await play(tellings);
    const known = await payment(line);
    expect(known).toMatchObject(value === 0 ? { value, fact: { chargebacks: 1 } } : { value });
    expect(await orders(line)).toEqual([{ order_id: ORDER_ID, chargeback_at: value === 0 ? BEGUN : null }]);
    await line.close();
  });

  it('lowers a score that is shown, and says so', async () => {
    const line = await play([paid]);
    await line.rows(`UPDATE shop SET typical_gap_days = 30, stats_at = '2030-01-01'`);
    await line.rows(
      `INSERT INTO survey_response (shop_id, id, answer_key, kind, customer_id, order_id, surface, status, metric, rating, route,
         answers, definition, answered_at) VALUES ($1, gen_random_uuid(), 'r', 'relationship', $2, '', 'hosted_page', 'verified',
         'nps', 8, 'middle', '{"ratings": {"rating": 8}, "metrics": {"rating": "nps"}}', 1, business_now())`,
      [line.shopId, await customerOf(line, ADA.id)],
    );
    const shown = async (status: string, hour: number) => {
      const { topic, payload, triggeredAt } = told(status, hour);
      await line.receive(topic, payload, { triggeredAt });
      await line.settle();
      const [row] = await line.rows<{ health: string; reasons: { key: string; fact?: object }[] }>(
        'SELECT health, score_reasons AS reasons FROM customer',
      );
      const fact = row!.reasons.find(({ key }) => key === 'payment')?.fact;
      return { health: Number(row!.health), fact };
    };
    const open = await shown('under_review', 0);
    expect(open.fact).toEqual({ ...FACT, chargebacks: 1 });
    const won = await shown('won', 5);
    expect(won.fact).toBeUndefined();
    expect(open.health).toBeLessThan(won.health);
    const rows = await line.rows('SELECT health::float8 AS health FROM score_history ORDER BY at');
    expect(rows.at(-1)).toEqual({ health: won.health });
    await line.close();
  });

  it('on a test order counts nowhere', async () => {
    const trial = { topic: 'orders/paid', payload: order({ test: true }), triggeredAt: paid.triggeredAt };
    const line = await play([trial, LOST[1]!]);
    expect(await payment(line)).toBeUndefined();
    await line.close();
  });

  it('leaves no trace of the person it was about once they are erased', async () => {
    const line = await play([paid]);
    const about = { shopId: '548380009', shopDomain: SHOP_DOMAIN, customerId: ADA.id, email: ADA.email };
    await line.receive('customers/redact', customerRedactPayload({ ...about, orderIds: [ORDER_ID] }));
    await line.settle();
    const { topic, payload } = LOST[1]!;
    await line.receive(topic, payload);
    await line.settle();
    const events = await line.rows(
      `SELECT e.status, b.event_id FROM event e LEFT JOIN raw_body b ON b.event_id = e.id WHERE e.topic LIKE 'disputes/%'`,
    );
    expect(events).toEqual([{ status: 'processed', event_id: null }]);
    await line.close();
  });

  it('of another order is its own', async () => {
    const second = orderPayload({
      ...{ id: '4400', createdAt: at('2026-03-01T10:00:00'), financialStatus: 'paid', customer: ADA },
      lines: [{ id: '4402', unitPriceMinor: 5_000 }],
    });
    const lost = told('lost', 9, { id: '77', orderId: '4400' });
    const line = await play([
      ...WON,
      lost,
      { topic: 'orders/paid', payload: second, triggeredAt: at('2026-03-01T10:00:00') },
    ]);
    expect(await orders(line)).toEqual([
      { order_id: '4400', chargeback_at: BEGUN },
      { order_id: ORDER_ID, chargeback_at: null },
    ]);
    await line.close();
  });
});

it('ends the same whatever the order, the number and the crowd of its tellings', async () => {
  const endOf = async (tellings: readonly Telling[], workers: number) => {
    const line = await play(tellings, workers);
    const end = await stateOf(line, ['orders', 'customers', 'invitations', 'timers']);
    await line.close();
    return end;
  };
  const twice = [...WON, ...WON, told('won', 20, { type: 'inquiry' })];
  const expected = await endOf(twice, 1);
  const arrivals = fc.shuffledSubarray(twice, { minLength: twice.length });
  await fc.assert(
    fc.asyncProperty(arrivals, fc.constantFrom(1, 4), async (tellings, workers) => {
      expect(await endOf(tellings, workers)).toEqual(expected);
    }),
    { numRuns: 15 },
  );
}, 120_000);
