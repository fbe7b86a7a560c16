import { beforeEach, expect, it } from 'vitest';
import { refundPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, BLANKET, delivered, MUG, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
  await hear(line, { topic: 'orders/paid', payload: order({ shippingMinor: 500 }) }, ...delivered);
  await line.settle();
});

const giveBack = (blankets: number) =>
  hear(line, {
    topic: 'refunds/create',
    payload: refundPayload({
      id: '701',
      orderId: ORDER_ID,
      createdAt: at('2026-03-08T09:00:00'),
      lines: [
        { id: '801', lineId: BLANKET, quantity: blankets, subtotalMinor: blankets * 4_990 },
        { id: '802', lineId: MUG, quantity: 3, subtotalMinor: 3_650 },
      ],
      amountMinor: blankets * 4_990 + 3_650,
    }),
  });
const purchase = async () => {
  const [row] = await line.rows(
    `SELECT approved_at IS NOT NULL AS counts, (SELECT sum(points)::int FROM points_entry) AS points FROM orders`,
  );
  return row;
};

it('a purchase of which one unit was kept counts', async () => {
  await giveBack(1);
  await line.playTo(at('2026-04-20T00:00:00'));
  expect(await purchase()).toEqual({ counts: true, points: 49 });
});

it('one that was returned whole does not, though its shipping fee stays paid', async () => {
  await giveBack(2);
  await line.playTo(at('2026-04-20T00:00:00'));
  expect(await purchase()).toEqual({ counts: false, points: 0 });
});

it('nor does one that is returned after its window was closed', async () => {
  await line.playTo(at('2026-04-20T00:00:00'));
  expect(await purchase()).toMatchObject({ counts: true });
  await giveBack(2);
  await line.settle();
  expect(await purchase()).toEqual({ counts: false, points: 0 });
});
