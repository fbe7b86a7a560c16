import { askedAtCheckout } from '../domain/surveys/choose-open-survey.ts';
import type { SurveyKind } from '../domain/surveys/contract.ts';
import { isKept, revisionSeen, stepsTaken } from '../domain/surveys/earlier-answer.ts';
import { HOUR_MS } from '../domain/core/calendar.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { planSurface } from '../domain/surveys/surfaces.ts';
import { chooseToAsk } from './choose-to-ask.ts';
import { claimOf } from './identify-person.ts';
import { limitReads } from './open-survey.ts';
import { PAGE_TOKEN_HOURS } from './page-door.ts';
import { surveyFor } from './survey-context.ts';
import type { RenderableSurvey } from './survey-context.ts';
import type { Deps } from './deps.ts';

export type OfferOutcome =
  | ({
      outcome: 'open';
      order: { id: string; name: string };
      pageToken: string;
      /** What earlier steps have stored, by field; of the person only who is proven to be that person. */
      given: Record<string, string | string[]>;
      /** Address of the page that asks what this surface cannot; absent where there is no such question. */
      continueAt?: string;
    } & RenderableSurvey)
  | { outcome: 'none'; reason: string }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

/**
 * The survey open for a customer who is logged in at the storefront or in an account, with the token its POST needs; an
 * account leads on to a page that asks what it cannot. Reads only.
 */
export async function offerToCustomer(
  deps: Pick<Deps, 'openSurveys' | 'surveys' | 'tokens' | 'rateLimit' | 'config'>,
  input: {
    shopDomain: string;
    customerId: string | null;
    kind: SurveyKind | null;
    orderId: string | null;
    locale: string | null;
    /** The storefront, unless said. */
    surface?: 'customer_account';
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
  const { now } = shop;
  const choice = await chooseToAsk(deps, shop, customer.orders, {
    wish: { kind: input.kind, named: input.orderId !== null },
    person: { shopifyId: input.customerId },
    locale: input.locale ?? customer.locale,
    // Only the store's page about an order asks again what was sent off.
    asksAgain: input.surface === undefined,
  });
  if (choice.outcome === 'none') return choice;
  const { kind, order, survey } = choice;
  const earlier = order.earlier[kind];
  if (survey.view.identity) return none('not_here');
  const plan = planSurface(survey.view.questions, input.surface ?? 'theme');
  if (!plan.completesHere && !plan.leadsOn) return none('not_here');
  const { edition, locale } = survey.view;
  const about = { customerId: input.customerId, orderId: order.orderId, kind, edition };
  const expiresAt = new Date(now.getTime() + PAGE_TOKEN_HOURS * HOUR_MS);
  const claims = { shopId: shop.id, ...about };
  const pageToken = deps.tokens.issuePageToken(claims, expiresAt, revisionSeen(earlier));
  const linked = plan.leadsOn && plan.linked.length > 0;
  const page = linked && { ...about, shopDomain: input.shopDomain, locale, pageToken };
  return {
    outcome: 'open',
    order: { id: order.orderId, name: order.name },
    pageToken,
    given: stepsTaken(earlier, survey.edition),
    ...(page && { continueAt: addressOf(deps, shop.id, deps.tokens.issueContinuation(shop.id, page)) }),
    ...survey,
  };
}

/** Where the hosted page stands on which a customer goes on (services/continue-survey.ts). */
const addressOf = ({ config }: Pick<Deps, 'config'>, shopId: string, token: string) =>
  `${config.appUrl}/s/${shopId}/page/${token}`;

/**
 * The survey for a thank-you or order-status page. Nothing proves that the order is the visitor's, so all it
 * tells is whether the order was delivered, by which of two surveys it asks.
 */
export async function offerAtCheckout(
  deps: Pick<Deps, 'openSurveys' | 'surveys' | 'tokens' | 'rateLimit' | 'keyedHash' | 'newId'>,
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
  const kind = askedAtCheckout(input.page, order.delivered);
  if (!parseSettings(shop.settings).surveys[kind].enabled) return none('survey_off');
  const { orderId, locale } = input;
  const survey = await surveyFor(deps, shop, {
    ...{ kind, orderId, person: null, locale, now: shop.now },
    reachable: input.customerId !== null,
  });
  if (isKept(order.claimed[kind], survey?.edition, null)) return none('already_answered');
  if (!survey) return none('not_targeted');
  if (survey.view.identity) return none('not_here');
  if (!planSurface(survey.view.questions, 'checkout').completesHere) return none('not_here');
  // It proves nothing: it tells the page from another one, so that the page may change what it has sent off.
  const pageToken = deps.newId();
  return { outcome: 'open', order: { id: orderId, name: '' }, pageToken, given: {}, ...survey };
}

function none(reason: string): OfferOutcome {
  return { outcome: 'none', reason };
}
