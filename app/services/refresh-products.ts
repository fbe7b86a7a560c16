import type { ProductsToFetch } from '../infra/db/products.repo.server.ts';
import type { Deps } from './deps.ts';

/** Products of one question; more of them with their collections would exceed what a query may cost. */
const AT_ONCE = 30;

/** One turn: shops, newest orders of each that are looked through, and products of each. The rest comes next turn. */
const LIMITS = { shops: 50, newestOrders: 200, perShop: 4 * AT_ONCE };

/** Machine hours until a product is looked at again; one that Shopify does not know rarely comes back. */
const HOURS = { found: 24, missing: 30 * 24 };

/** Machine minutes until a shop is asked again: after a failure that passes, and after one that a person has to mend. */
const MINUTES = { passing: 10, standing: 6 * 60 };

/** Shopify, or the way there, is down: the turn ends, since other upkeep stands behind it. */
const MOST_PASSING = 3;

type RefreshDeps = Pick<Deps, 'products' | 'shopify' | 'shops' | 'log'>;

/**
 * Asks Shopify for picture, title and collections of the products that orders name, since webhooks do not tell them.
 * Safe to run at any time: a product is asked for again once its time is over, and an answer replaces the last one.
 * @returns how many products were stored, those that Shopify does not know (any more) among them
 */
export async function refreshProducts(deps: RefreshDeps, _input: object): Promise<{ products: number }> {
  let products = 0;
  let passing = 0;
  for (const shop of await deps.products.toFetch(LIMITS)) {
    const { stored, failure } = await refreshShop(deps, shop);
    products += stored;
    if (failure === 'retryable') passing += 1;
    if (passing >= MOST_PASSING) break;
  }
  return { products };
}

/** A throttled shop is never waited for: the next turn comes in a minute. */
async function refreshShop(
  deps: RefreshDeps,
  { shopId, domain, productIds }: ProductsToFetch,
): Promise<{ stored: number; failure: 'throttled' | 'retryable' | 'reauthorise' | 'refused' | null }> {
  for (let stored = 0; stored < productIds.length; stored += AT_ONCE) {
    const ids = productIds.slice(stored, stored + AT_ONCE);
    const answer = await deps.shopify.productsById(domain, ids);
    if (answer.kind === 'products') {
      await deps.products.save(shopId, answer, HOURS);
      continue;
    }
    if (answer.kind === 'throttled') await deps.shops.throttle(shopId, answer.retryAfterMs);
    else {
      const minutes = answer.kind === 'retryable' ? MINUTES.passing : MINUTES.standing;
      await deps.products.putOff(shopId, productIds.slice(stored), minutes);
      const { kind: outcome, reason } = answer;
      const sentence = `Pictures and collections of products could not be read; Shopify is asked again in ${minutes} minutes.`;
      deps.log.warn({ shopId, outcome, reason, products: productIds.length - stored }, sentence);
    }
    return { stored, failure: answer.kind };
  }
  return { stored: productIds.length, failure: null };
}
