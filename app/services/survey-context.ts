import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { SurveyKind, SurveyView } from '../domain/surveys/contract.ts';
import type { Definition } from '../domain/surveys/definition.ts';
import type { LiveSurvey } from '../domain/core/state.ts';
import type { SurveyEdition } from '../domain/surveys/live-surveys.ts';
import { editionsOf, editionText, factsNeeded } from '../domain/surveys/live-surveys.ts';
import { resolveSurvey } from '../domain/surveys/logic.ts';
import type { ResolvedSurvey } from '../domain/surveys/logic.ts';
import { factsMeet, NO_FACTS, orderFactsOf } from '../domain/surveys/order-facts.ts';
import { PRESETS } from '../domain/surveys/presets.ts';
import { surveyView } from '../domain/surveys/view.ts';
import type { SurveyFacts } from '../infra/db/surveys.repo.server.ts';
import type { Deps } from './deps.ts';

/** What a shopper's page shows besides the survey itself. */
export interface SurveyBrand {
  name: string;
  /** #rrggbb */
  colour: string;
}

export interface RenderableSurvey {
  view: SurveyView;
  brand: SurveyBrand;
}

/** The survey for one person and order, with what its answers are read by. */
export interface AskedSurvey extends RenderableSurvey {
  resolved: ResolvedSurvey;
  edition: SurveyEdition;
}

/** A shop as far as its surveys ask. */
export interface AskingShop {
  id: string;
  name: string;
  /** As stored; parse with shop-settings. */
  settings: unknown;
  liveSurveys: readonly LiveSurvey[];
}

export interface SurveyOccasion {
  kind: SurveyKind;
  orderId: string;
  /** By our id or Shopify's; null: not proven to be anybody, so that nothing of anybody is looked up. */
  person: { id: string } | { shopifyId: string } | null;
  locale: string | null;
}

export function brandOf(shop: Pick<AskingShop, 'name' | 'settings'>): SurveyBrand {
  const settings = parseSettings(shop.settings);
  return { name: settings.brandName ?? shop.name, colour: settings.brandColor };
}

/**
 * The survey of this kind that fits the order, in the shopper's language; null when none of the shop's does.
 * @param asked the edition that a page showed: answers are read by it, also when a newer one is live
 */
export async function surveyFor(
  deps: Pick<Deps, 'surveys'>,
  shop: AskingShop,
  occasion: SurveyOccasion,
  asked: SurveyEdition | null = null,
): Promise<AskedSurvey | null> {
  const editions = asked
    ? [asked]
    : editionsOf(shop.liveSurveys, occasion.kind, PRESETS[occasion.kind].version);
  let facts: SurveyFacts | null = null;
  for (const edition of editions) {
    const definition = await definitionOf(deps, shop.id, occasion.kind, edition);
    if (!definition) continue;
    const needed = factsNeeded(definition);
    if (occasion.person && (needed.order || needed.profileKeys.length > 0)) {
      facts ??= await deps.surveys.facts(shop.id, occasion, occasion.person);
    }
    const orderFacts = facts ? orderFactsOf(facts) : { ...NO_FACTS, locale: occasion.locale };
    if (!asked && definition.target && !factsMeet(definition.target, orderFacts)) continue;
    const resolved = resolveSurvey(definition, orderFacts, facts?.profile ?? {});
    // Everything is known, or nothing can be asked of this order.
    if (!asked && resolved.questions.every(({ silent }) => silent)) continue;
    const brand = brandOf(shop);
    const view = surveyView(resolved, {
      locale: occasion.locale,
      brandName: brand.name,
      targetHours: parseSettings(shop.settings).cases.detractorTargetHours,
      edition: editionText(edition),
      lineTitles: Object.fromEntries((facts?.order?.lines ?? []).map(({ lineId, title }) => [lineId, title])),
    });
    return { view, brand, resolved, edition };
  }
  return null;
}

/** null: the edition does not exist, or is of another kind. */
export async function definitionOf(
  deps: Pick<Deps, 'surveys'>,
  shopId: string,
  kind: SurveyKind,
  { surveyId, version }: SurveyEdition,
): Promise<Definition | null> {
  if (surveyId === null) return PRESETS[kind].version === version ? PRESETS[kind] : null;
  const definition = await deps.surveys.version(shopId, surveyId, version);
  return definition?.kind === kind ? definition : null;
}
