import { SURVEY_PRESETS } from '../domain/surveys/presets.ts';
import { surveyView } from '../domain/surveys/view.ts';
import type { SurveyKind, SurveyView } from '../domain/surveys/contract.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { SurveyShop } from '../infra/db/links.repo.server.ts';

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

export function brandOf(shop: SurveyShop): SurveyBrand {
  const settings = parseSettings(shop.settings);
  return { name: settings.brandName ?? shop.name, colour: settings.brandColor };
}

/** The current version of a survey in the shopper's language, with the merchant's name and colour. */
export function renderableSurvey(
  shop: SurveyShop,
  kind: SurveyKind,
  locale: string | null,
): RenderableSurvey {
  const brand = brandOf(shop);
  const targetHours = parseSettings(shop.settings).cases.detractorTargetHours;
  return { view: surveyView(SURVEY_PRESETS[kind], { locale, brandName: brand.name, targetHours }), brand };
}
