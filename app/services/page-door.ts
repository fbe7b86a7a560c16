import type { SurveyShop } from '../infra/db/links.repo.server.ts';
import type { PageClaims } from '../infra/page-token.ts';
import type { ClosedLink } from './open-survey.ts';
import { brandOf } from './survey-context.ts';
import type { SurveyBrand } from './survey-context.ts';
import type { Deps } from './deps.ts';

/** Business hours for which a page may be left open before its token no longer counts. */
export const PAGE_TOKEN_HOURS = 2;

export interface ClosedDoor {
  outcome: ClosedLink | 'survey_off' | 'forbidden';
  brand: SurveyBrand | null;
  locale: string | null;
}

/** The shop as of business now, and what is said to who comes too late after all. */
export interface OpenDoor {
  outcome: 'open';
  shop: SurveyShop & { now: Date };
  closed: (outcome: ClosedDoor['outcome']) => ClosedDoor;
}

/**
 * What everything that a page of the store or of an account sends goes through: the shop has the app, and the token is that
 * of a page that was shown to the same visitor.
 * @param claimsOf what the page was good for, in the shop of this id
 */
export async function openPageDoor(
  deps: Pick<Deps, 'openSurveys' | 'tokens'>,
  { shopDomain, pageToken, locale }: { shopDomain: string; pageToken: string; locale: string | null },
  claimsOf: (shopId: string) => PageClaims,
): Promise<OpenDoor | ClosedDoor> {
  const shop = await deps.openSurveys.shopByDomain(shopDomain);
  if (!shop || shop.status === 'redacted') return { outcome: 'not_found', brand: null, locale };
  const closed: OpenDoor['closed'] = (outcome) => ({ outcome, brand: brandOf(shop), locale });
  if (shop.status !== 'installed') return closed('shop_uninstalled');
  const token = deps.tokens.checkPageToken(pageToken, claimsOf(shop.id), shop.now);
  if (token !== 'valid') return closed(token === 'expired' ? 'expired' : 'forbidden');
  return { outcome: 'open', shop, closed };
}
