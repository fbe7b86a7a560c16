import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { Definition } from '../domain/surveys/definition.ts';
import type { ResolvedSurvey } from '../domain/surveys/logic.ts';
import { sampleView, type SampleOrder } from '../domain/surveys/sample-orders.ts';
import type { TestedDraft } from '../infra/db/survey-drafts.repo.server.ts';
import { brandOf, type RenderableSurvey } from './survey-context.ts';

/** What a page of a test carries as its edition: no answer is ever read by it. */
const EDITION = 'test';

/** How a draft is tried out. */
export interface TestedAs {
  sample: SampleOrder;
  /** Language tag. */
  language: string;
}

/** A draft as it would be asked about a sample order: of nobody, so that nothing of anybody is looked up. */
export function testedSurvey(
  shop: Pick<TestedDraft['shop'], 'name' | 'settings'>,
  definition: Definition,
  { sample, language }: TestedAs,
): RenderableSurvey & { resolved: ResolvedSurvey } {
  const brand = brandOf(shop);
  const targetHours = parseSettings(shop.settings).cases.detractorTargetHours;
  const about = { locale: language, brandName: brand.name, targetHours, edition: EDITION };
  return { ...sampleView(definition, sample, about), brand };
}
