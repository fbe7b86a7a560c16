import { chooseOpenSurvey } from '../domain/surveys/choose-open-survey.ts';
import type { SurveyKind } from '../domain/surveys/contract.ts';
import { HOUR_MS } from '../domain/core/calendar.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { claimOf } from './identify-person.ts';
import { brandOf, renderableSurvey } from './survey-context.ts';
import type { RenderableSurvey, SurveyBrand } from './survey-context.ts';
import type { Deps } from './deps.ts';

/** Business hours for which a page may be left open before its token no longer counts. */
const PAGE_TOKEN_HOURS = 2;

export type ClosedLink = 'not_found' | 'expired' | 'already_answered' | 'redacted' | 'shop_uninstalled';

export type OpenLinkOutcome =
  | ({
      outcome: 'open';
      orderName: string;
      /** What earlier steps have stored, by question id. */
      given: Record<string, string | string[]>;
    } & RenderableSurvey)
  | { outcome: ClosedLink; brand: SurveyBrand | null; locale: string | null }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

/**
 * The survey behind a mailed link. Reads only: a mail scanner that opens every link changes nothing.
 * @param input.client address of the shopper, null where it can't be believed
 */
export async function openLink(
  deps: Pick<Deps, 'links' | 'tokens' | 'rateLimit'>,
  input: { shopId: string; token: string; client: string | null },
): Promise<OpenLinkOutcome> {
  const limited = await limitReads(deps, { pageByAddress: input.client });
  if (limited) return limited;
  const hash = isUuid(input.shopId) ? deps.tokens.hashLinkToken(input.token) : null;
  const link = hash && (await deps.links.find(input.shopId, hash));
  if (!link) {
    const guesses = await deps.rateLimit.consume({ guessByAddress: input.client });
    if (guesses.outcome === 'limited') return rateLimited(guesses.retryAfterSeconds);
    return { outcome: 'not_found', brand: null, locale: null };
  }
  const { shop, locale } = link;
  if (shop.status === 'redacted') return { outcome: 'redacted', brand: null, locale };
  const closed = (outcome: ClosedLink): OpenLinkOutcome => ({ outcome, brand: brandOf(shop), locale });
  if (link.state === 'redacted') return closed('redacted');
  if (shop.status !== 'installed') return closed('shop_uninstalled');
  if (link.state === 'used') return closed('already_answered');
  if (link.state === 'expired') return closed('expired');
  const { orderName, given } = link;
  return { outcome: 'open', orderName, given, ...renderableSurvey(shop, link.kind, locale) };
}

export type OfferOutcome =
  | ({ outcome: 'open'; order: { id: string; name: string }; pageToken: string | null } & RenderableSurvey)
  | { outcome: 'none'; reason: string }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

/** The survey open for a customer who is logged in at the storefront, with the token its POST needs. Reads only. */
export async function offerToCustomer(
  deps: Pick<Deps, 'openSurveys' | 'tokens' | 'rateLimit' | 'clock'>,
  input: {
    shopDomain: string;
    customerId: string | null;
    kind: SurveyKind | null;
    orderId: string | null;
    locale: string | null;
  },
): Promise<OfferOutcome> {
  if (!input.customerId) return none('not_logged_in');
  // The address of such a request is that of Shopify's proxy, the same for shoppers of all shops.
  const subject = `customer:${input.shopDomain}:${input.customerId}`;
  const limited = await limitReads(deps, { pageBySubject: subject });
  if (limited) return limited;
  const shop = await deps.openSurveys.shopByDomain(input.shopDomain);
  if (shop?.status !== 'installed') return none('shop_uninstalled');
  const customer = await deps.openSurveys.customerOrders(shop.id, input.customerId, input.orderId);
  if (!customer || customer.redacted) return none('no_order');
  const now = await deps.clock.now();
  const wish = { kind: input.kind, named: input.orderId !== null };
  const choice = chooseOpenSurvey(customer.orders, parseSettings(shop.settings).surveys, now, wish);
  if (choice.outcome === 'none') return choice;
  const { kind, order } = choice;
  const claims = { shopId: shop.id, customerId: input.customerId, orderId: order.orderId, kind };
  return {
    outcome: 'open',
    order: { id: order.orderId, name: order.name },
    pageToken: deps.tokens.issuePageToken(claims, new Date(now.getTime() + PAGE_TOKEN_HOURS * HOUR_MS)),
    ...renderableSurvey(shop, kind, input.locale ?? customer.locale),
  };
}

/**
 * The survey for a thank-you or order-status page. Nothing proves that the order is the visitor's, so all it
 * tells is whether the order was delivered, by which of two surveys it asks.
 */
export async function offerAtCheckout(
  deps: Pick<Deps, 'openSurveys' | 'tokens' | 'rateLimit' | 'keyedHash'>,
  input: {
    shopDomain: string;
    customerId: string | null;
    orderId: string;
    page: 'thank_you' | 'order_status';
    locale: string | null;
    client: string | null;
  },
): Promise<OfferOutcome> {
  const limited = await limitReads(deps, { pageByAddress: input.client });
  if (limited) return limited;
  const shop = await deps.openSurveys.shopByDomain(input.shopDomain);
  if (shop?.status !== 'installed') return none('shop_uninstalled');
  const order = await deps.openSurveys.claimedOrder(shop.id, claimOf(deps, shop.id, input));
  if (order.redacted) return none('no_order');
  const kind = input.page === 'order_status' && order.delivered ? 'delivery' : 'post_purchase';
  if (!parseSettings(shop.settings).surveys[kind].enabled) return none('survey_off');
  if (order.claimed.includes(kind)) return none('already_answered');
  return {
    outcome: 'open',
    order: { id: input.orderId, name: '' },
    pageToken: null,
    ...renderableSurvey(shop, kind, input.locale),
  };
}

function none(reason: string): OfferOutcome {
  return { outcome: 'none', reason };
}

/** Whether text can be the id of one of our rows; anything else would be an error of the database. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);
}

async function limitReads(
  deps: Pick<Deps, 'rateLimit'>,
  keys: { pageByAddress: string | null } | { pageBySubject: string },
) {
  const verdict = await deps.rateLimit.consume(keys);
  return verdict.outcome === 'allowed' ? null : rateLimited(verdict.retryAfterSeconds);
}

function rateLimited(retryAfterSeconds: number) {
  return { outcome: 'rate_limited', retryAfterSeconds } as const;
}
