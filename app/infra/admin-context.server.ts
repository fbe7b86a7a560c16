import { authenticate } from '../shopify.server.ts';
import { AppError } from '../domain/core/app-error.ts';
import { deps } from './deps.server.ts';
import type { ShopView } from './db/reads/views.ts';

/** How long a process trusts that it has noted a member of staff; the database limits writes on its own. */
const TOUCH_EVERY_MS = 15 * 60_000;
const touched = new Map<string, number>();
const TOUCHED_MAX = 10_000;

/**
 * Who is asking, for every admin route: authenticates the request (and answers it itself when
 * it can't), finds the shop, notes the member of staff.
 * `redirect` is the only safe way to redirect inside the embedded app.
 * @throws Response while signing in; AppError when the shop is unknown
 */
export async function adminContext(request: Request) {
  const { session, sessionToken, redirect } = await authenticate.admin(request);
  const services = deps();
  const known = await services.admin.shop(session.shop);
  const shop = known?.status === 'installed' ? known : await installNow(session);
  if (!shop) {
    throw new AppError(
      'shop_unknown',
      'Aftercare has no record of this shop. Uninstall the app in your Shopify admin, then install it again.',
      { expose: true },
    );
  }
  const person = session.onlineAccessInfo?.associated_user;
  const staffId = String(sessionToken?.sub ?? person?.id ?? 'unknown');
  const name = [person?.first_name, person?.last_name].filter(Boolean).join(' ');
  await touch(shop.id, staffId, name || `Staff ${staffId.slice(-4)}`);
  /** Of whoever is signed in, as Shopify says it; kept nowhere. */
  const staffEmail = person?.email ?? null;
  return { ...services, shop, shopId: shop.id, staffId, staffEmail, redirect, now: new Date(shop.now) };
}

/**
 * A session that the shop's row knows nothing of: a page's loaders run side by side, and one may
 * find the fresh session before the exchange of the other has noted the shop; or the exchange
 * could store its session and then failed to note the shop, and there is no other one before the
 * session expires. Noting it twice is harmless.
 */
async function installNow(session: { shop: string; scope?: string | undefined }) {
  const services = deps();
  const scopes = session.scope?.split(',').filter(Boolean) ?? [];
  await services.noteInstalled({ shopDomain: session.shop, scopes });
  return services.admin.shop(session.shop);
}

async function touch(shopId: string, userId: string, name: string): Promise<void> {
  const key = `${shopId}:${userId}`;
  const at = performance.now();
  const last = touched.get(key);
  if (last !== undefined && at - last < TOUCH_EVERY_MS) return;
  if (touched.size >= TOUCHED_MAX) touched.clear();
  touched.set(key, at);
  await deps().acts.touchStaff(shopId, { userId, name });
}

/** What every page needs to write money and times the shop's way. */
export function pageBasics(shop: ShopView) {
  return { currency: shop.currency, timeZone: shop.timeZone, now: shop.now, shopName: shop.name };
}
