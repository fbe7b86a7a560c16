import type { Deps } from './deps.ts';

/** Polled again each time, because Shopify's own clock and index lag a little. */
const OVERLAP_MS = 10 * 60_000;

/**
 * Asks Shopify for orders that changed since the last poll: webhooks may never come
 * (Shopify gives up after 4 hours). What is new enters as an event at the same door.
 * A shop that is throttled or lost its token keeps its watermark and is polled next time.
 */
export async function pollOrders(
  deps: Pick<Deps, 'upkeep' | 'shopify' | 'producer' | 'newId' | 'clock' | 'log'>,
  _input: object,
): Promise<{ shops: number; orders: number }> {
  const shops = await deps.upkeep.installedShops();
  let orders = 0;
  for (const shop of shops) {
    const now = await deps.clock.now();
    const since = shop.polledUntil ? new Date(shop.polledUntil.getTime() - OVERLAP_MS) : now;
    const found = await pollShop(deps, shop, since);
    if (found === null) continue;
    orders += found;
    await deps.upkeep.setPolledUntil(shop.shopId, now);
  }
  return { shops: shops.length, orders };
}

/** @returns how many orders were new; null when Shopify did not answer to the end */
async function pollShop(
  deps: Pick<Deps, 'upkeep' | 'shopify' | 'producer' | 'newId' | 'log'>,
  shop: { shopId: string; domain: string },
  since: Date,
): Promise<number | null> {
  let found = 0;
  let cursor: string | null = null;
  do {
    const page = await deps.shopify.ordersUpdatedSince(shop.domain, { since, cursor });
    if (page.kind !== 'page') {
      deps.log.warn(
        { shopId: shop.shopId, outcome: page.kind },
        'Orders could not be polled; the next poll tries again.',
      );
      return null;
    }
    for (const order of page.orders) {
      if (await deps.upkeep.isOrderKnown(shop.shopId, order.orderId, order.updatedAt)) continue;
      const whole = await deps.shopify.orderAsWebhook(shop.domain, order.orderId);
      if (whole.kind === 'gone') continue;
      if (whole.kind !== 'order') return null;
      const eventId = deps.newId();
      const { body, updatedAt } = whole;
      if (
        await deps.upkeep.storePolledOrder(shop.shopId, { eventId, orderId: order.orderId, updatedAt, body })
      ) {
        found += 1;
        await deps.producer.enqueue([{ name: 'event.process', payload: { shopId: shop.shopId, eventId } }]);
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}
