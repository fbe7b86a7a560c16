import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { PixelShop } from '../infra/db/pixels.repo.server.ts';
import type { PixelOutcome } from '../infra/shopify/pixel-operations.ts';
import type { Deps } from './deps.ts';

/** Shops of one turn; the rest comes next turn. */
const SHOPS = 50;

/** Without these Shopify refuses the pixel. */
const SCOPES = ['write_pixels', 'read_customer_events'];

/** Machine minutes until Shopify is told again: what runs may be removed there, what failed may pass or has to be mended. */
const MINUTES = { running: 24 * 60, passing: 10, standing: 6 * 60 };

/** Shopify, or the way there, is down: the turn ends, since other upkeep stands behind it. */
const MOST_PASSING = 3;

const UNGRANTED =
  'the permission to see visits was not granted. Open Aftercare from the list of apps and accept its permissions.';

type ConnectDeps = Pick<Deps, 'pixels' | 'shopify' | 'shops' | 'tokens' | 'log'>;

/**
 * Switches the web pixel of each installed shop on, or tells Shopify what changed: a new installation, new settings or
 * scopes. Safe to run at any time; each shop is told again daily, so that a pixel which got lost comes back.
 * @returns how many shops' pixels were looked at; those behind too many failures come when their claim is over
 */
export async function connectPixels(deps: ConnectDeps, _input: object): Promise<{ shops: number }> {
  const due = await deps.pixels.due(() => deps.tokens.newLinkToken().token, SHOPS);
  let shops = 0;
  let passing = 0;
  for (const shop of due) {
    if (passing >= MOST_PASSING) break;
    if ((await connect(deps, shop)) === 'retryable') passing += 1;
    shops += 1;
  }
  return { shops };
}

/** @returns how Shopify answered, or that it was not asked */
async function connect(
  deps: ConnectDeps,
  { shopId, domain, account, claimedUntil, ...shop }: PixelShop,
): Promise<PixelOutcome['kind'] | 'ungranted'> {
  if (!SCOPES.every((scope) => shop.scopes.includes(scope))) {
    const minutes = MINUTES.standing;
    await deps.pixels.settle(shopId, { claimedUntil, pixelId: null, problem: UNGRANTED, minutes });
    return 'ungranted';
  }
  const { helpPages } = parseSettings(shop.settings).visits;
  const answer = await deps.shopify.activatePixel(domain, {
    pixelId: shop.pixelId,
    settings: { accountID: `${shopId}.${account}`, ...(helpPages === null ? {} : { helpPages }) },
  });
  if (answer.kind === 'done') {
    const { pixelId } = answer;
    await deps.pixels.settle(shopId, { claimedUntil, pixelId, problem: null, minutes: MINUTES.running });
    return answer.kind;
  }
  if (answer.kind === 'throttled') await deps.shops.throttle(shopId, answer.retryAfterMs);
  const reason = answer.kind === 'throttled' ? 'Shopify asks to wait a moment.' : answer.reason;
  const passes = answer.kind === 'throttled' || answer.kind === 'retryable';
  deps.log.warn(
    { shopId, outcome: answer.kind, reason },
    'Shopify did not take the web pixel; it is told again.',
  );
  await deps.pixels.settle(shopId, {
    claimedUntil,
    // What Shopify refuses does not run; what it did not hear of runs as before.
    pixelId: answer.kind === 'refused' ? null : shop.pixelId,
    problem: reason,
    minutes: passes ? MINUTES.passing : MINUTES.standing,
  });
  return answer.kind;
}
