import { tick } from '#app/services/tick.ts';
import { updateCase } from '#app/services/update-case.ts';
import { returnPayload, returnStatusPayload } from '#tests/factories/shopify-payloads.ts';
import { runJob, type LineHarness } from '#tests/fakes/line.ts';
import { at, BLANKET, delivered, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { answer, asked, hear, type Scene } from './scenes.ts';

const settings = (line: LineHarness, over: object) =>
  line.rows(`UPDATE shop SET settings = $1 RETURNING id`, [JSON.stringify(over)]);

/** Staff have solved what a low answer told of: the line has still to decide when that is asked about. */
const resolved: Scene = async (line) => {
  await settings(line, { surveys: { support: { enabled: true } } });
  await asked(line);
  await answer(line, { rating: 1, comment_low: 'It came broken.' });
  await line.settle();
  const [opened] = await line.rows<{ id: string }>('SELECT id FROM support_case');
  for (const command of [{ act: 'acknowledge' }, { act: 'resolve', resolution: 'Sent again.' }])
    await updateCase(line.deps, { shopId: line.shopId, staffId: '7', caseId: opened!.id, command });
};

/** A return was closed by a delivery that names no order; whose it is stands in its row. */
const nameless: Scene = async (line) => {
  const goods = { id: '901', orderId: ORDER_ID, lines: [{ id: '902', lineId: BLANKET, quantity: 1 }] };
  await hear(line, { topic: 'orders/paid', payload: order() }, ...delivered);
  await line.settle();
  await line.moveTo(at('2026-03-10T12:00:00'));
  await line.settle();
  await line.receive('returns/approve', returnPayload(goods, 'open'));
  const { order_id: _order, ...payload } = returnStatusPayload(goods, 'closed');
  await line.receive('returns/close', payload);
  for (let job = line.jobs.shift(); job; job = line.jobs.shift()) await runJob(line, job);
  await tick(line.deps, {});
};

/** The customer's score was of a higher tier than the last one. */
const risen: Scene = async (line) => {
  await hear(line, { topic: 'orders/paid', payload: order() }, ...delivered);
  await line.playTo(at('2026-04-05T12:00:00'));
  await settings(line, { surveys: { milestone: { enabled: true } }, loyalty: { regularAt: 1, vipAt: 8 } });
  const [customer] = await line.rows<{ id: string }>('SELECT id FROM customer');
  const payload = { shopId: line.shopId, customerId: customer!.id };
  await runJob(line, { name: 'customer.score', payload });
};

/** What leads to a survey about a case, a return or a milestone, by the job that is next. */
export const TOUCHPOINT_SCENES: Record<string, Scene> = {
  'a case that is resolved': resolved,
  'a return that only names itself': nameless,
  'a milestone that is reached': risen,
};
