import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { SurveyView } from '../domain/surveys/contract.ts';
import { planSurface } from '../domain/surveys/surfaces.ts';
import type { SurveyShop } from '../infra/db/links.repo.server.ts';
import { limitReads } from './open-survey.ts';
import { brandOf, surveyFor } from './survey-context.ts';
import type { SurveyBrand } from './survey-context.ts';
import type { Deps } from './deps.ts';

export type ClosedKiosk = 'expired' | 'shop_uninstalled';

export type OpenKioskOutcome =
  | {
      outcome: 'open';
      shopId: string;
      brand: SurveyBrand;
      /** The same survey in each of its languages, the one it begins in first. */
      views: SurveyView[];
    }
  | { outcome: ClosedKiosk; brand: SurveyBrand | null }
  | { outcome: 'rate_limited'; retryAfterSeconds: number };

type KioskDeps = Pick<Deps, 'openSurveys' | 'tokens' | 'rateLimit'>;

/** The address of a kiosk: the shop's Shopify name and the token. */
export interface KioskLink {
  shopName: string;
  token: string;
  /** Address of the device, null where it can't be believed. */
  client: string | null;
}

/** The survey of a shop's kiosk. Reads only. */
export async function openKiosk(
  deps: KioskDeps & Pick<Deps, 'surveys'>,
  link: KioskLink,
): Promise<OpenKioskOutcome> {
  const limited = await limitReads(deps, { pageByAddress: link.client });
  if (limited) return limited;
  const found = await kioskShop(deps, link);
  if (found.outcome !== 'found') return found;
  const { shop } = found;
  const brand = brandOf(shop);
  const { now } = shop;
  const viewIn = (locale: string | null) =>
    surveyFor(deps, shop, { kind: 'storefront', orderId: '', person: null, locale, now });
  if (!parseSettings(shop.settings).surveys.storefront.enabled) return { outcome: 'shop_uninstalled', brand };
  const first = await viewIn(null);
  if (!first || !planSurface(first.view.questions, 'kiosk').completesHere)
    return { outcome: 'expired', brand };
  const { languages, defaultLanguage } = first.resolved.definition;
  const order = [defaultLanguage, ...languages.filter((language) => language !== defaultLanguage)];
  const surveys = await Promise.all(order.map(viewIn));
  const views = surveys.flatMap((survey) => (survey ? [shownAtKiosk(survey.view)] : []));
  return { outcome: 'open', shopId: shop.id, brand, views };
}

/** The shop whose kiosk link this is, or why there is none. */
export async function kioskShop(
  deps: KioskDeps,
  { shopName, token, client }: KioskLink,
): Promise<
  | { outcome: 'found'; shop: SurveyShop & { now: Date } }
  | { outcome: ClosedKiosk; brand: SurveyBrand | null }
  | { outcome: 'rate_limited'; retryAfterSeconds: number }
> {
  const isName = /^[a-z0-9][a-z0-9-]{0,99}$/.test(shopName);
  const shop = isName ? await deps.openSurveys.shopByDomain(`${shopName}.myshopify.com`) : null;
  const isOurs =
    shop !== null &&
    shop.status !== 'redacted' &&
    deps.tokens.isKioskToken(token, shop.id, parseSettings(shop.settings).surveys.storefront.kioskLink);
  if (!isOurs) {
    const guesses = await deps.rateLimit.consume({ guessByAddress: client });
    if (guesses.outcome === 'limited')
      return { outcome: 'rate_limited', retryAfterSeconds: guesses.retryAfterSeconds };
    // Who guesses links learns nothing about the shop. An old link is one that nobody could guess.
    return { outcome: 'expired', brand: null };
  }
  if (shop.status !== 'installed') return { outcome: 'shop_uninstalled', brand: brandOf(shop) };
  return { outcome: 'found', shop };
}

/** What a kiosk can't ask is passed over, as where the answer is known: conditions may still ask whether it was passed. */
function shownAtKiosk(view: SurveyView): SurveyView {
  const { linked } = planSurface(view.questions, 'kiosk');
  const questions = view.questions.map((question) =>
    linked.includes(question.id) ? { ...question, silent: true as const } : question,
  );
  return { ...view, questions };
}
