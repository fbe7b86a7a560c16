import { parseSettings } from '../domain/shop-settings/settings.ts';
import { isAskedOnPages } from '../domain/surveys/choose-open-survey.ts';
import type { SurveyKind } from '../domain/surveys/contract.ts';
import { acceptAnswer } from './accept-answer.ts';
import { answerUnseen } from './answer-unseen.ts';
import type { SentAnswers, SubmitAnswerOutcome } from './accept-answer.ts';
import { claimOf } from './identify-person.ts';
import { isUuid, occasionOf, openLink } from './open-survey.ts';
import type { OpenLinkOutcome } from './open-survey.ts';
import { limitAnswers } from './limit-answers.ts';
import { openPageDoor } from './page-door.ts';
import { saveByLink } from './save-by-link.ts';
import { brandOf } from './survey-context.ts';
import type { Deps } from './deps.ts';

type SubmitDeps = Pick<
  Deps,
  | 'answers'
  | 'links'
  | 'openSurveys'
  | 'surveys'
  | 'tokens'
  | 'producer'
  | 'rateLimit'
  | 'newId'
  | 'keyedHash'
>;

/** An answer, or a step of one, from the hosted page. The link takes steps until the last one. */
export async function submitByLink(
  deps: SubmitDeps,
  input: SentAnswers & { shopId: string; token: string; client: string | null },
): Promise<SubmitAnswerOutcome> {
  const hash = isUuid(input.shopId) ? deps.tokens.hashLinkToken(input.token) : null;
  const limited = await limitAnswers(
    deps,
    hash && `link:${hash.toString('hex')}`,
    input.client,
    input.isStep,
  );
  if (limited) return limited;
  const unseen = hash && (await answerUnseen(deps, { ...input, tokenHash: hash }));
  if (unseen) return unseen;
  const link = hash && (await deps.links.find(input.shopId, hash));
  if (!link || link.state !== 'open' || link.shop.status !== 'installed') return closedNow(deps, input);
  const { shop } = link;
  return acceptAnswer(
    deps,
    { ...input, ...occasionOf(link), edition: link.edition ?? input.edition, shop, surface: 'hosted_page' },
    {
      save: (answer) => saveByLink(deps, { link, token: input.token, tokenHash: hash }, answer),
      // Another post was faster, or the person was erased a moment ago.
      refused: () => closedNow(deps, input),
    },
  );
}

/** An answer by a customer whom Shopify names (the storefront's signature, an account's token), with a page's token. */
export async function submitByCustomer(
  deps: SubmitDeps,
  input: SentAnswers & {
    shopDomain: string;
    /** Shopify's. */
    customerId: string;
    kind: SurveyKind;
    orderId: string;
    pageToken: string;
    locale: string | null;
    /** The storefront, unless said; the hosted page is one that an account led to. */
    surface?: 'customer_account' | 'hosted_page';
    /** The shopper's address where it is known; behind the app proxy it is Shopify's. */
    client?: string | null;
  },
): Promise<SubmitAnswerOutcome> {
  const { customerId, kind, orderId, edition = null, surface = 'storefront', client = null } = input;
  const door = await openPageDoor(deps, input, (shopId) => ({ shopId, customerId, orderId, kind, edition }));
  if (door.outcome !== 'open') return door;
  const { shop, closed } = door;
  // Unlike a mailed link, a page that an account led to is no promise.
  if (!isAskedOnPages(kind) || !parseSettings(shop.settings).surveys[kind].enabled)
    return closed('survey_off');
  const limited = await limitAnswers(deps, `customer:${shop.id}:${customerId}`, client, input.isStep);
  if (limited) return limited;
  // The store asks again on the page of an order. A page that asks once must not replace what was sent off elsewhere.
  const page = surface === 'storefront' ? deps.tokens.pageOf(input.pageToken) : null;
  const about = { kind, orderId, shopifyCustomerId: customerId, page };
  // What stands under the hosted page came by mail, as the funnel counts it.
  const cameFrom = surface === 'hosted_page' ? 'customer_account' : surface;
  return acceptAnswer(
    deps,
    { ...input, shop, now: shop.now, person: { shopifyId: customerId }, surface },
    {
      save: (answer) => deps.answers.storeForCustomer(shop.id, about, { ...answer, surface: cameFrom }),
    },
  );
}

/**
 * An answer from a thank-you or order-status page: the token proves the shop, at most the customer, never the
 * order. A claim, until the order is known to be that customer's. The same page may change what it has sent off.
 */
export async function submitAtCheckout(
  deps: SubmitDeps,
  input: SentAnswers & {
    shopDomain: string;
    /** Shopify's. */
    customerId: string | null;
    kind: SurveyKind;
    orderId: string;
    locale: string | null;
    client: string | null;
    /** As the offer had it; without one nothing that was sent off is changed. */
    pageToken?: string | null;
  },
): Promise<SubmitAnswerOutcome> {
  const { kind, orderId, locale } = input;
  const shop = await deps.openSurveys.shopByDomain(input.shopDomain);
  if (!shop || shop.status === 'redacted') return { outcome: 'not_found', brand: null, locale };
  if (shop.status !== 'installed') return { outcome: 'shop_uninstalled', brand: brandOf(shop), locale };
  if (!isAskedOnPages(kind)) return { outcome: 'survey_off', brand: brandOf(shop), locale };
  const claim = claimOf(deps, shop.id, input);
  const pageMark = input.pageToken ? deps.tokens.pageOf(input.pageToken).mark : null;
  const limited = await limitAnswers(
    deps,
    `order:${shop.id}:${orderId}:${claim.claimant}`,
    input.client,
    input.isStep,
  );
  if (limited) return limited;
  return acceptAnswer(
    deps,
    // Nothing proves whose order it is, so the survey is that of a stranger.
    { ...input, shop, now: shop.now, person: null, surface: 'checkout' },
    {
      save: (answer) => deps.answers.storeClaim(shop.id, { ...claim, kind, pageMark }, answer),
      refused: async () => ({ outcome: 'redacted', brand: brandOf(shop), locale }),
    },
  );
}

/** Why a link is closed by now. `open` can't be: it was refused because it is not. */
export async function closedNow(
  deps: Parameters<typeof openLink>[0],
  input: { shopId: string; token: string },
): Promise<Exclude<OpenLinkOutcome, { outcome: 'open' }>> {
  const now = await openLink(deps, { ...input, client: null });
  return now.outcome === 'open'
    ? { outcome: 'already_answered', brand: now.brand, locale: now.view.locale }
    : now;
}
