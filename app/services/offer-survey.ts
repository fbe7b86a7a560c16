import { chooseOpenSurvey } from '../domain/surveys/choose-open-survey.ts';
import type { SurveyKind } from '../domain/surveys/contract.ts';
import { HOUR_MS } from '../domain/core/calendar.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { editionText } from '../domain/surveys/live-surveys.ts';
import { planSurface } from '../domain/surveys/surfaces.ts';
import { fieldsOf } from '../domain/surveys/stored-answers.ts';
import { claimOf } from './identify-person.ts';
import { limitReads } from './open-survey.ts';
import { surveyFor } from './survey-context.ts';
import type { RenderableSurvey } from './survey-context.ts';
import type { Deps } from './deps.ts';

/** Business hours for which a page may be left open before its token no longer counts. */
const PAGE_TOKEN_HOURS = 2;

export type OfferOutcome =
  | ({
      outcome: 'open';
      order: { id: string; name: string };
      pageToken: string | null;
      /** What earlier steps have stored, by field; of the person only who is proven to be that person. */
      given: Record<string, string | string[]>;
    } & RenderableSurvey)
  | { outcome: 'none'; reason: string }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

/** The survey open for a customer who is logged in at the storefront, with the token its POST needs. Reads only. */
export async function offerToCustomer(
  deps: Pick<Deps, 'openSurveys' | 'surveys' | 'tokens' | 'rateLimit' | 'clock'>,
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
  const now = await deps.clock.now();
  const wish = { kind: input.kind, named: input.orderId !== null };
  const choice = chooseOpenSurvey(customer.orders, parseSettings(shop.settings).surveys, now, wish);
  if (choice.outcome === 'none') return choice;
  const { kind, order } = choice;
  const survey = await surveyFor(deps, shop, {
    kind,
    orderId: order.orderId,
    person: { shopifyId: input.customerId },
    locale: input.locale ?? customer.locale,
  });
  if (!survey) return none('not_targeted');
  if (!planSurface(survey.view.questions, input.surface ?? 'theme').completesHere) return none('not_here');
  const { edition } = survey.view;
  const claims = { shopId: shop.id, customerId: input.customerId, orderId: order.orderId, kind, edition };
  const begun = order.given[kind];
  return {
    outcome: 'open',
    order: { id: order.orderId, name: order.name },
    pageToken: deps.tokens.issuePageToken(claims, new Date(now.getTime() + PAGE_TOKEN_HOURS * HOUR_MS)),
    // The same name may stand for another question in another edition.
    given: begun && editionText(begun.to) === edition ? fieldsOf(begun.answers) : {},
    ...survey,
  };
}

/**
 * The survey for a thank-you or order-status page. Nothing proves that the order is the visitor's, so all it
 * tells is whether the order was delivered, by which of two surveys it asks.
 */
export async function offerAtCheckout(
  deps: Pick<Deps, 'openSurveys' | 'surveys' | 'tokens' | 'rateLimit' | 'keyedHash'>,
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
  const { orderId, locale } = input;
  const survey = await surveyFor(deps, shop, { kind, orderId, person: null, locale });
  if (!survey) return none('not_targeted');
  if (!planSurface(survey.view.questions, 'checkout').completesHere) return none('not_here');
  return { outcome: 'open', order: { id: orderId, name: '' }, pageToken: null, given: {}, ...survey };
}

function none(reason: string): OfferOutcome {
  return { outcome: 'none', reason };
}
