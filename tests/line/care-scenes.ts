import { SATISFACTION_MODEL_VERSION } from '#app/domain/prediction/satisfaction-model.ts';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { careLimits } from '#app/domain/flows/proactive-care.ts';
import { carePolicy, parseSettings } from '#app/domain/shop-settings/settings.ts';
import type { LineHarness } from '#tests/fakes/line.ts';
import { at, delivered, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { addOrderRows } from './model-scenes.ts';
import { answerOnPage, hear, until, type Scene } from './scenes.ts';

export interface Foreseen {
  orderId: string;
  customerId: string;
  lowProbability?: number;
  stage?: 'on_its_way' | 'delivered';
}

/** A model of dissatisfaction that was kept for these stages, or hidden. @returns its id */
export async function aModel(
  line: LineHarness,
  { stages = ['delivered', 'on_its_way'], status = 'kept' }: { stages?: string[]; status?: string } = {},
): Promise<string> {
  const id = line.deps.newId();
  await line.rows(
    `INSERT INTO model_run (shop_id, id, kind, version, seed, status, as_of, started_at, finished_at, parameters, report)
     SELECT $1, $2, 'satisfaction', '${SATISFACTION_MODEL_VERSION}', 1, $3, now, now, now, $4,
       '{"model": {"baseRate": 0.1}, "onItsWay": {"model": {"baseRate": 0.2}}}'
     FROM business_now() AS now`,
    [line.shopId, id, status, JSON.stringify({ shownStages: stages })],
  );
  return id;
}

/** Stores predictions as the daily work does, and hands on the events they become. @returns how many */
export async function foresee(
  line: LineHarness,
  modelRunId: string,
  ...orders: readonly Foreseen[]
): Promise<number> {
  const predictions = orders.map(({ lowProbability = 0.62, stage = 'delivered', ...about }) => ({
    ...about,
    ...{ lowProbability, stage, reasons: [['lateness', 1.4] as const, ['basket', -0.2] as const] },
  }));
  const now = await line.deps.clock.now();
  const shop = await line.deps.shops.byId(line.shopId);
  const care = careLimits(carePolicy(parseSettings(shop!.settings)));
  const by = { modelRunId, now, care };
  const { eventIds } = await line.deps.sentOrders.predict(line.shopId, predictions, by);
  for (const eventId of eventIds)
    line.jobs.push({ name: 'event.process', payload: { shopId: line.shopId, eventId } });
  return eventIds.length;
}

export interface Said {
  status?: string;
  low?: boolean;
  at?: Date;
  kind?: string;
}

let orders = 0;
/** A customer with one order of six days ago; of a customer who is there already, another one. */
export async function anOrderOf(
  line: LineHarness,
  customerId: string = line.deps.newId(),
): Promise<Foreseen> {
  const orderId = `${7_000 + (orders += 1)}`;
  const placedAt = new Date((await line.deps.clock.now()).getTime() - 6 * DAY_MS);
  await addOrderRows(line, [{ orderId, customerId, at: placedAt }]);
  await line.rows(`UPDATE orders SET name = '#' || order_id`);
  return { orderId, customerId };
}

/** Stores an answer about an order as it is, without what would follow from it. */
export async function answerAbout(line: LineHarness, orderId: string, more: Said = {}): Promise<void> {
  const { status = 'verified', low = false, at: answeredAt = null, kind = 'delivery' } = more;
  await line.rows(
    `INSERT INTO survey_response (shop_id, id, answer_key, kind, customer_id, order_id, surface, status, metric, rating, route, answers, answered_at)
     SELECT $1, gen_random_uuid(), $7 || ':' || order_id, $7::text, customer_id, order_id, 'hosted_page', $3, 'csat_delivery', $4, $5, '{}',
       coalesce($6::timestamptz, business_now())
     FROM orders WHERE order_id = $2`,
    [line.shopId, orderId, status, low ? 1 : 5, low ? 'low' : 'high', answeredAt, kind],
  );
}

/** The shop's settings, all others at their defaults. */
export const chosen = (line: LineHarness, over: object) =>
  line.rows(`UPDATE shop SET settings = $1 RETURNING id`, [JSON.stringify(over)]);

export const casesOf = (line: LineHarness) =>
  line.rows<{ id: string; order_id: string; source_kind: string }>(
    'SELECT id, order_id, source_kind FROM support_case ORDER BY number',
  );

/** Ada's order was delivered, and is likely to get a low rating: the line has still to decide what follows. */
const foreseen: Scene = async (line) => {
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
  await line.moveTo(at('2026-03-05T15:00:00'));
  await hear(line, ...delivered);
  await line.settle();
  const [customer] = await line.rows<{ id: string }>('SELECT id FROM customer');
  await foresee(line, await aModel(line), { orderId: ORDER_ID, customerId: customer!.id });
};

/** A case that is opened for a prediction, from the event to the answer that the customer gives after all. */
export const CARE_SCENES: Record<string, Scene> = {
  'an unhappy customer that is foreseen': foreseen,
  open_care_case: until('open_care_case', foreseen),
  close_care_case: until('close_care_case', async (line) => {
    await foreseen(line);
    await line.settle();
    await answerOnPage(line, 'usage', { rating: 5 });
  }),
  'close_care_case, taken up': until('close_care_case', async (line) => {
    await foreseen(line);
    await line.settle();
    await line.rows(`UPDATE support_case SET status = 'acknowledged', owner_id = '7' RETURNING id`);
    await answerOnPage(line, 'usage', { rating: 5 });
  }),
  // The case is there already, and becomes the answer's.
  'open_case, foreseen': until('open_case', async (line) => {
    await foreseen(line);
    await line.settle();
    await answerOnPage(line, 'usage', { rating: 2 });
  }),
};
