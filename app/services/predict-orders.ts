import { careLimits } from '../domain/flows/proactive-care.ts';
import { awaitsRating } from '../domain/prediction/awaits-rating.ts';
import { keptSatisfactionModelSchema } from '../domain/prediction/satisfaction-model.ts';
import { carePolicy, parseSettings } from '../domain/shop-settings/settings.ts';
import type { Compute } from './computations.ts';
import type { Deps } from './deps.ts';
import { SENT_ORDERS } from './study-satisfaction.ts';

/**
 * Predicts of a shop's open orders whether their rating will be a low one: on their way, or delivered lately, and rated by
 * nobody yet. What was predicted of others goes. Run again it changes nothing but what time and news have moved. An order
 * that is likely to disappoint becomes an event, the likeliest first, once a day until a case was opened for it, and no more of
 * them than a few for each case that the day has room for; whether somebody looks after it is decided there.
 */
export async function predictOrders(
  deps: Pick<Deps, 'modelRuns' | 'sentOrders' | 'shops' | 'clock' | 'producer'> & { compute: Compute },
  { shopId }: { shopId: string },
): Promise<{ outcome: 'no_model' } | { outcome: 'predicted'; orders: number; stored: number }> {
  const shop = await deps.shops.byId(shopId);
  const runId = shop?.status === 'installed' ? await deps.sentOrders.presentRun(shopId) : null;
  const parameters = runId && (await deps.modelRuns.parameters(shopId, runId));
  const model = parameters && keptSatisfactionModelSchema.safeParse(parameters).data;
  if (!runId || !model) return { outcome: 'no_model' };
  const now = await deps.clock.now();
  const orders = await deps.sentOrders.recent(shopId, now, SENT_ORDERS);
  const open = new Map(
    orders.filter((order) => awaitsRating(order, now)).map((order) => [order.orderId, order]),
  );
  const forecasts = await deps.compute('dissatisfaction', {
    ...{ model, orders, orderIds: [...open.keys()], asOf: now },
  });
  const predictions = forecasts.map(({ orderId, stage, probability, reasons }) => ({
    ...{ orderId, stage },
    customerId: open.get(orderId)!.customerId,
    lowProbability: Number(probability.toFixed(4)),
    reasons: reasons.map(([reason, step]) => [reason, Number(step.toFixed(3))]),
  }));
  const care = careLimits(carePolicy(parseSettings(shop!.settings)));
  const { stored, eventIds } = await deps.sentOrders.predict(shopId, predictions, {
    ...{ modelRunId: runId, now, care },
  });
  await deps.producer.enqueue(
    eventIds.map((eventId) => ({ name: 'event.process', payload: { shopId, eventId } })),
  );
  return { outcome: 'predicted', orders: predictions.length, stored };
}
