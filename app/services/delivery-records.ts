import type { DeliveryRecord, RatedDelivery } from '../domain/prediction/satisfaction-record.ts';
import { normaliseRating } from '../domain/scoring/known.ts';
import type { ScoreMetric } from '../domain/scoring/inputs.ts';
import type { SentOrder } from '../infra/db/sent-orders.repo.server.ts';

/** As in app/domain/surveys/delivered.ts: such a fulfilment carries nothing. */
const VOID_STATUSES = new Set(['cancelled', 'error', 'failure']);

/**
 * Orders in the words of the prediction of dissatisfaction. What is told of the customer's past is what was known when
 * the order was placed, so that nothing of what came of the order gets into its own prediction. Webhooks tell no seller;
 * what goes by category is the product of the greatest value. Takes one sort, however many orders one customer has.
 * @param orders in the order in which they were placed
 */
export function ratedDeliveries(orders: readonly SentOrder[]): RatedDelivery[] {
  const answers = ratingsInTime(orders);
  const lastAnswers = new Map<string, number>();
  const placed = new Map<string, number>();
  let next = 0;
  return orders.map((order) => {
    for (; next < answers.length && answers[next]!.at < order.placedAt; next += 1)
      lastAnswers.set(answers[next]!.customerId, answers[next]!.score);
    const { customerId } = order;
    const earlierOrders = customerId === null ? null : (placed.get(customerId) ?? 0);
    const lastAnswer = customerId === null ? null : (lastAnswers.get(customerId) ?? null);
    if (customerId !== null) placed.set(customerId, earlierOrders! + 1);
    return {
      record: { ...recordOf(order), earlierOrders, lastAnswer },
      low: order.answers.length > 0 ? order.answers.some(({ low }) => low) : null,
      answeredAt: earliest(order.answers.map(({ at }) => at)),
      lowAt: earliest(order.answers.filter(({ low }) => low).map(({ at }) => at)),
    };
  });
}

const earliest = (moments: readonly Date[]): Date | null =>
  moments.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null);

function recordOf(order: SentOrder): DeliveryRecord {
  const parcels = order.fulfillments
    .filter(({ status }) => !VOID_STATUSES.has(status ?? ''))
    .map(({ createdAt }) => createdAt);
  const [mostWorth] = [...order.lines].sort((a, b) => b.netMinor - a.netMinor);
  const [firstPromise] = [...order.promises].sort((a, b) => a.toldAt.getTime() - b.toldAt.getTime());
  return {
    id: order.orderId,
    orderedAt: order.placedAt,
    promisedAt: firstPromise?.promisedAt ?? null,
    ...(firstPromise && { promiseToldAt: firstPromise.toldAt }),
    shippedAt: earliest(parcels),
    deliveredAt: order.deliveredAt,
    items: Math.max(
      1,
      order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    ),
    valueMinor: order.valueMinor,
    freightMinor: order.freightMinor,
    category: mostWorth?.productId ?? null,
    seller: null,
    region: order.countryCode,
    parcels,
  };
}

/** What customers said of their orders, 0-100, as it came; never before the order, so that none is its own past. */
function ratingsInTime(orders: readonly SentOrder[]): { customerId: string; at: Date; score: number }[] {
  return orders
    .flatMap(({ customerId, placedAt, answers }) =>
      answers.flatMap(({ at, metric, rating }) => {
        const score = metric && rating !== null ? normaliseRating(metric as ScoreMetric, rating) : null;
        if (customerId === null || score === null) return [];
        return { customerId, at: at > placedAt ? at : placedAt, score };
      }),
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}
