import { createHash } from 'node:crypto';
import type { SiteVisit } from '../infra/db/site-visits.repo.server.ts';
import { customerKey } from './identify-person.ts';
import type { Deps } from './deps.ts';

/** What a beacon of the web pixel says. Anybody who can log in to the store, or saw its pages, can make one up. */
export interface SiteBeacon {
  /** `<shop id>.<secret>`, as the pixel's settings have it. */
  account: string;
  /** Shopify's customer id, decimal text. */
  customer: string;
  /** Shopify's id of the event. */
  event: string;
  kind: SiteVisit['kind'];
}

export type NoteSiteVisitOutcome =
  /** Also when nobody is stored who could have been there, so that who guesses learns nothing, and when it was dropped. */
  | { outcome: 'noted' }
  | { outcome: 'unknown_account' }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

const ACCOUNT = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.([\w-]{16,64})$/;

/**
 * Counts a page or product that a known customer looked at, and that they were seen now. The time is the app's own: of the
 * browser's clock nothing is believed.
 * @param client address of the visitor, null where it can't be believed
 */
export async function noteSiteVisit(
  deps: Pick<Deps, 'siteVisits' | 'rateLimit'>,
  beacon: SiteBeacon,
  client: string | null,
): Promise<NoteSiteVisitOutcome> {
  const [, shopId, account] = ACCOUNT.exec(beacon.account) ?? [];
  const byAddress = await deps.rateLimit.consume({ pixelByAddress: client && `ip:${client}` });
  if (byAddress.outcome === 'limited') return refused(byAddress);
  if (shopId === undefined || account === undefined) return { outcome: 'unknown_account' };
  // Whoever knows the shop's id alone must not use up what its customers may send.
  if (!(await deps.siteVisits.isAccount(shopId, account))) return { outcome: 'unknown_account' };
  const limit = await deps.rateLimit.consume({
    pixelByCustomer: `customer:${shopId}:${beacon.customer}`,
    pixelByShop: `shop:${shopId}`,
  });
  if (limit.outcome === 'limited') return refused(limit);
  const visit: SiteVisit = {
    account,
    customerKey: customerKey(beacon.customer),
    eventId: asUuid(beacon.event),
    kind: beacon.kind,
  };
  let noted = await deps.siteVisits.note(shopId, visit);
  // The second look finds who the customer is by now.
  if (noted === 'moved') noted = await deps.siteVisits.note(shopId, visit);
  return { outcome: noted === 'unknown_account' ? 'unknown_account' : 'noted' };
}

const refused = ({ retryAfterSeconds }: { retryAfterSeconds: number }) => ({
  ...{ outcome: 'rate_limited' as const, retryAfterSeconds },
});

/** Ids of events have no fixed form; their hash takes the same room each. */
const asUuid = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
