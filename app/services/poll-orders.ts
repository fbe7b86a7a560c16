import type { OrderOutcome, OrdersOutcome } from '../infra/shopify/operations.server.ts';
import type { Deps } from './deps.ts';

/** Polled again each time, because Shopify's own clock and index lag a little. */
const OVERLAP_MS = 10 * 60_000;

/** Machine time that one poll waits for throttled shops: for each, and for all of them, because other upkeep stands behind it. */
const PATIENCE_PER_SHOP_MS = 60_000;
const PATIENCE_MS = 180_000;

type PollDeps = Pick<Deps, 'upkeep' | 'shopify' | 'producer' | 'newId' | 'clock' | 'wait' | 'log'>;

interface PolledShop {
  shopId: string;
  domain: string;
  since: Date;
  /** Milliseconds that may still be waited. */
  patienceMs: number;
}

/**
 * Asks Shopify for orders that changed since the last poll: webhooks may never come
 * (Shopify gives up after 4 hours). What is new enters as an event at the same door.
 * The watermark of a shop that does not answer to the end stays at the last order that
 * was handled, and the next poll goes on from there.
 */
export async function pollOrders(deps: PollDeps, _input: object): Promise<{ shops: number; orders: number }> {
  const shops = await deps.upkeep.installedShops();
  let orders = 0;
  let patienceMs = PATIENCE_MS;
  for (const { shopId, domain, polledUntil } of shops) {
    const now = await deps.clock.now();
    const since = polledUntil ? new Date(polledUntil.getTime() - OVERLAP_MS) : now;
    const allowedMs = Math.min(PATIENCE_PER_SHOP_MS, patienceMs);
    const polled = await pollShop(deps, { shopId, domain, since, patienceMs: allowedMs });
    patienceMs -= polled.waitedMs;
    orders += polled.found;
    await deps.upkeep.setPolledUntil(shopId, polled.toTheEnd ? now : polled.handledUntil);
  }
  return { shops: shops.length, orders };
}

interface Polled {
  /** How many orders were new. */
  found: number;
  toTheEnd: boolean;
  /** Change of the last order that was handled: they come in the order of their changes. */
  handledUntil: Date;
  waitedMs: number;
}

async function pollShop(deps: PollDeps, shop: PolledShop): Promise<Polled> {
  const { shopId, domain, since } = shop;
  const polled: Polled = { found: 0, toTheEnd: false, handledUntil: since, waitedMs: 0 };
  const ask = patient(deps, shop, polled);
  const giveUp = (outcome: string) => {
    const { waitedMs } = polled;
    deps.log.warn(
      { shopId, outcome, waitedMs },
      'Orders could not be polled to the end; the next poll goes on from there.',
    );
    return polled;
  };
  let cursor: string | null = null;
  do {
    const place: { since: Date; cursor: string | null } = { since, cursor };
    const page: OrdersOutcome = await ask(() => deps.shopify.ordersUpdatedSince(domain, place));
    if (page.kind !== 'page') return giveUp(page.kind);
    for (const { orderId, updatedAt } of page.orders) {
      if (!(await deps.upkeep.isOrderKnown(shopId, orderId, updatedAt))) {
        const whole: OrderOutcome = await ask(() => deps.shopify.orderAsWebhook(domain, orderId));
        if (whole.kind === 'throttled' || whole.kind === 'retryable' || whole.kind === 'reauthorise')
          return giveUp(whole.kind);
        if (await take(deps, shopId, orderId, whole)) polled.found += 1;
      }
      polled.handledUntil = updatedAt;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { ...polled, toTheEnd: true };
}

/** @returns whether the order became a new event */
async function take(
  deps: PollDeps,
  shopId: string,
  orderId: string,
  whole: Extract<OrderOutcome, { kind: 'order' | 'gone' | 'refused' }>,
): Promise<boolean> {
  if (whole.kind === 'refused') {
    // Asking again would change nothing, and the orders behind this one must not wait for it.
    const { reason } = whole;
    deps.log.error({ shopId, orderId, reason }, 'The poll skips an order that Shopify does not hand out.');
  }
  if (whole.kind !== 'order') return false;
  const eventId = deps.newId();
  const { body, updatedAt } = whole;
  if (!(await deps.upkeep.storePolledOrder(shopId, { eventId, orderId, updatedAt, body }))) return false;
  await deps.producer.enqueue([{ name: 'event.process', payload: { shopId, eventId } }]);
  return true;
}

/** Asks until the answer is not "throttled" any more, or the shop's patience is over. */
function patient(deps: Pick<Deps, 'wait'>, shop: PolledShop, polled: Polled) {
  return async <Answer extends OrdersOutcome | OrderOutcome>(
    question: () => Promise<Answer>,
  ): Promise<Answer> => {
    for (;;) {
      const answer = await question();
      if (answer.kind !== 'throttled') return answer;
      if (polled.waitedMs + answer.retryAfterMs > shop.patienceMs) return answer;
      polled.waitedMs += answer.retryAfterMs;
      await deps.wait(answer.retryAfterMs);
    }
  };
}
