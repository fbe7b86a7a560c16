import type { VisitSurveyKind } from '../domain/surveys/contract.ts';
import { HOUR_MS } from '../domain/core/calendar.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { planSurface } from '../domain/surveys/surfaces.ts';
import { isUuid, limitReads } from './open-survey.ts';
import { PAGE_TOKEN_HOURS } from './page-door.ts';
import { surveyFor } from './survey-context.ts';
import type { RenderableSurvey } from './survey-context.ts';
import type { Deps } from './deps.ts';

export type OfferVisitOutcome =
  | ({ outcome: 'open'; visitId: string; pageToken: string } & RenderableSurvey)
  | { outcome: 'none'; reason: string }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

/** A visitor of the storefront, as Shopify's signature and the page name them. */
export interface Visitor {
  shopDomain: string;
  /** Shopify's; null: nobody is logged in. */
  customerId: string | null;
  kind: VisitSurveyKind;
  /** As the shopper's browser gave it to the storefront, so it can be made up; null: not known. */
  address: string | null;
}

/**
 * The survey about a visit for whoever is on the storefront, with the token its POST needs. Reads only.
 * @param input.visitId of an earlier page of the same visit; what is no such id is ignored, and a new one made
 */
export async function offerToVisitor(
  deps: Pick<Deps, 'openSurveys' | 'surveys' | 'tokens' | 'rateLimit' | 'newId'>,
  input: Visitor & { visitId: string | null; locale: string | null },
): Promise<OfferVisitOutcome> {
  const { kind, customerId, locale, address } = input;
  const limited = await limitReads(deps, { pageByAddress: address && `visitor:${address}` });
  if (limited) return limited;
  const shop = await deps.openSurveys.shopByDomain(input.shopDomain);
  if (shop?.status !== 'installed') return none('shop_uninstalled');
  if (!parseSettings(shop.settings).surveys[kind].enabled) return none('survey_off');
  const { now } = shop;
  const visitId = input.visitId !== null && isUuid(input.visitId) ? input.visitId : deps.newId();
  const survey = await surveyFor(deps, shop, {
    ...{ kind, locale, now, orderId: '', visitId },
    person: customerId === null ? null : { shopifyId: customerId },
  });
  if (!survey) return none('not_targeted');
  // Files are kept with an order, and a visit has none.
  if (survey.view.labels.files) return none('not_here');
  if (!planSurface(survey.view.questions, 'theme').completesHere) return none('not_here');
  const claims = visitClaims(shop.id, { customerId, kind, visitId, edition: survey.view.edition });
  const expiresAt = new Date(now.getTime() + PAGE_TOKEN_HOURS * HOUR_MS);
  return { outcome: 'open', visitId, pageToken: deps.tokens.issuePageToken(claims, expiresAt), ...survey };
}

/** What a visit's page token is good for. No order's id reads like a visit's, so neither token opens the other door. */
export function visitClaims(
  shopId: string,
  about: { customerId: string | null; kind: VisitSurveyKind; visitId: string; edition: string | null },
) {
  const { customerId, kind, visitId, edition } = about;
  return { shopId, customerId: customerId ?? '', orderId: `visit:${visitId}`, kind, edition };
}

function none(reason: string): OfferVisitOutcome {
  return { outcome: 'none', reason };
}
