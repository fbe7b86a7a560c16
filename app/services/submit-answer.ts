import type { SurveyKind } from '../domain/surveys/contract.ts';
import { SCANNER_RULES } from '../domain/surveys/scanners.ts';
import { acceptAnswer } from './accept-answer.ts';
import type { SentAnswers, SubmitAnswerOutcome } from './accept-answer.ts';
import { claimOf } from './identify-person.ts';
import { isUuid, occasionOf, openLink } from './open-survey.ts';
import type { ClosedLink, OpenLinkOutcome } from './open-survey.ts';
import { limitAnswers } from './limit-answers.ts';
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
  | 'clock'
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
  const link = hash && (await deps.links.find(input.shopId, hash));
  if (!link || link.state !== 'open' || link.shop.status !== 'installed') return closedNow(deps, input);
  const { shop, customerId, orderId } = link;
  return acceptAnswer(
    deps,
    { ...input, ...occasionOf(link), edition: link.edition ?? input.edition, shop, surface: 'hosted_page' },
    {
      save: (answer) =>
        deps.answers.storeByLink(
          shop.id,
          { tokenHash: hash, customerId, orderId, rules: SCANNER_RULES },
          answer,
        ),
      // Another post was faster, or the person was erased a moment ago.
      refused: () => closedNow(deps, input),
    },
  );
}

/** An answer by a customer whom Shopify names (the storefront's signature, an account's token), with the token of a page. */
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
    /** The storefront, unless said. */
    surface?: 'customer_account';
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
  const claims = { shopId: shop.id, customerId, orderId, kind, edition: input.edition ?? null };
  const token = deps.tokens.checkPageToken(input.pageToken, claims, await deps.clock.now());
  if (token !== 'valid') return closed(token === 'expired' ? 'expired' : 'forbidden');
  const limited = await limitAnswers(deps, `customer:${shop.id}:${customerId}`, null, input.isStep);
  if (limited) return limited;
  return acceptAnswer(
    deps,
    { ...input, shop, person: { shopifyId: customerId }, surface: input.surface ?? 'storefront' },
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
  input: SentAnswers & {
    shopDomain: string;
    /** Shopify's. */
    customerId: string | null;
    kind: SurveyKind;
    orderId: string;
    locale: string | null;
    client: string | null;
  },
): Promise<SubmitAnswerOutcome> {
  const { kind, orderId, locale } = input;
  const shop = await deps.openSurveys.shopByDomain(input.shopDomain);
  if (!shop || shop.status === 'redacted') return { outcome: 'not_found', brand: null, locale };
  if (shop.status !== 'installed') return { outcome: 'shop_uninstalled', brand: brandOf(shop), locale };
  const claim = claimOf(deps, shop.id, input);
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
    { ...input, shop, person: null, surface: 'checkout' },
    {
      save: (answer) => deps.answers.storeClaim(shop.id, { ...claim, kind }, answer),
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
