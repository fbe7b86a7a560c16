import type { SurveyKind } from '../domain/surveys/contract.ts';
import { acceptAnswer } from './accept-answer.ts';
import type { SubmitAnswerOutcome } from './accept-answer.ts';
import { claimOf } from './identify-person.ts';
import { isUuid, openLink } from './open-survey.ts';
import type { ClosedLink } from './open-survey.ts';
import { brandOf } from './survey-context.ts';
import type { Deps } from './deps.ts';

type SubmitDeps = Pick<
  Deps,
  'answers' | 'links' | 'openSurveys' | 'tokens' | 'producer' | 'rateLimit' | 'clock' | 'newId' | 'keyedHash'
>;

/** An answer, or a step of one, from the hosted page. The link takes steps until the last one. */
export async function submitByLink(
  deps: SubmitDeps,
  input: { shopId: string; token: string; client: string | null; submission: unknown; isStep?: boolean },
): Promise<SubmitAnswerOutcome> {
  const hash = isUuid(input.shopId) ? deps.tokens.hashLinkToken(input.token) : null;
  const limited = await limit(deps, hash && `link:${hash.toString('hex')}`, input.client, input.isStep);
  if (limited) return limited;
  const link = hash && (await deps.links.find(input.shopId, hash));
  if (!link || link.state !== 'open' || link.shop.status !== 'installed') return closedNow(deps, input);
  const { shop, customerId, orderId } = link;
  return acceptAnswer(
    deps,
    { shop, kind: link.kind, locale: link.locale, surface: 'hosted_page', ...input },
    {
      save: (answer) => deps.answers.storeByLink(shop.id, { tokenHash: hash, customerId, orderId }, answer),
      // Another post was faster, or the person was erased a moment ago.
      refused: () => closedNow(deps, input),
    },
  );
}

/** An answer from the storefront, by a customer whom Shopify's signature names and with the token of a page. */
export async function submitByProxy(
  deps: SubmitDeps,
  input: {
    shopDomain: string;
    customerId: string;
    kind: SurveyKind;
    orderId: string;
    pageToken: string;
    locale: string | null;
    submission: unknown;
  },
): Promise<SubmitAnswerOutcome> {
  const { customerId, kind, orderId, locale } = input;
  const shop = await deps.openSurveys.shopByDomain(input.shopDomain);
  if (!shop || shop.status === 'redacted') return { outcome: 'not_found', brand: null, locale };
  const closed = (outcome: ClosedLink | 'survey_off' | 'forbidden'): SubmitAnswerOutcome => ({
    outcome,
    brand: brandOf(shop),
    locale,
  });
  if (shop.status !== 'installed') return closed('shop_uninstalled');
  const claims = { shopId: shop.id, customerId, orderId, kind };
  const token = deps.tokens.checkPageToken(input.pageToken, claims, await deps.clock.now());
  if (token !== 'valid') return closed(token === 'expired' ? 'expired' : 'forbidden');
  const limited = await limit(deps, `customer:${shop.id}:${customerId}`, null);
  if (limited) return limited;
  return acceptAnswer(
    deps,
    { shop, kind, locale, surface: 'storefront', submission: input.submission },
    {
      save: (answer) =>
        deps.answers.storeForCustomer(shop.id, { kind, orderId, shopifyCustomerId: customerId }, answer),
      refused: async () => closed('not_found'),
    },
  );
}

/**
 * An answer from a thank-you or order-status page: the token proves the shop, at most the customer, never the
 * order. A claim, until the order is known to be that customer's; from then on a later answer replaces it.
 */
export async function submitAtCheckout(
  deps: SubmitDeps,
  input: {
    shopDomain: string;
    customerId: string | null;
    kind: SurveyKind;
    orderId: string;
    locale: string | null;
    client: string | null;
    submission: unknown;
  },
): Promise<SubmitAnswerOutcome> {
  const { kind, orderId, locale } = input;
  const shop = await deps.openSurveys.shopByDomain(input.shopDomain);
  if (!shop || shop.status === 'redacted') return { outcome: 'not_found', brand: null, locale };
  if (shop.status !== 'installed') return { outcome: 'shop_uninstalled', brand: brandOf(shop), locale };
  const claim = claimOf(deps, shop.id, input);
  const limited = await limit(deps, `order:${shop.id}:${orderId}:${claim.claimant}`, input.client);
  if (limited) return limited;
  return acceptAnswer(
    deps,
    { shop, kind, locale, surface: 'checkout', submission: input.submission },
    {
      save: (answer) => deps.answers.storeClaim(shop.id, { ...claim, kind }, answer),
      refused: async () => ({ outcome: 'redacted', brand: brandOf(shop), locale }),
    },
  );
}

/** Why a link is closed by now. `open` can't be: it was refused because it is not. */
async function closedNow(
  deps: SubmitDeps,
  input: { shopId: string; token: string },
): Promise<SubmitAnswerOutcome> {
  const now = await openLink(deps, { ...input, client: null });
  return now.outcome === 'open'
    ? { outcome: 'already_answered', brand: now.brand, locale: now.view.locale }
    : now;
}

/**
 * @param subject the link, customer or order that is answered for
 * @param client the shopper's address; null where it is not known, or is Shopify's (behind the app proxy)
 * @param isStep steps have a budget of their own
 */
async function limit(
  deps: Pick<Deps, 'rateLimit'>,
  subject: string | null,
  client: string | null,
  isStep = false,
) {
  const verdict = await deps.rateLimit.consume(
    isStep
      ? { stepBySubject: subject, stepByAddress: client }
      : { answerBySubject: subject, answerByAddress: client },
  );
  if (verdict.outcome === 'allowed') return null;
  return { outcome: 'rate_limited', retryAfterSeconds: verdict.retryAfterSeconds } as const;
}
