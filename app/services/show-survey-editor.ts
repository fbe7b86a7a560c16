import { parseSettings } from '../domain/shop-settings/settings.ts';
import { definitionSchema, type Definition } from '../domain/surveys/definition.ts';
import type {
  OwnSurveyRow,
  SoldCollection,
  SoldProduct,
  StoredDraft,
} from '../infra/db/reads/own-survey-views.ts';
import type { ShopView } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';
import { brandOf, type SurveyBrand } from './survey-context.ts';

export interface EditedSurvey extends Omit<StoredDraft, 'draft'> {
  definition: Definition;
}

export interface SurveyEditorPage {
  survey: EditedSurvey;
  /** Live and paused ones of the same kind, the first that is asked first. */
  others: OwnSurveyRow[];
  /** Whether the kind is switched on at all. */
  enabled: boolean;
  brand: SurveyBrand;
  targetHours: number;
  products: SoldProduct[];
  /** Where a test goes unless another address is entered: to whoever asks, or to the shop. */
  testTo: string;
  collections: SoldCollection[];
}

/** One survey with what its preview, its conditions and the question before publishing need; null: there is none. */
export async function showSurveyEditor(
  deps: Pick<Deps, 'admin'>,
  input: { shop: ShopView; surveyId: string; now: Date; staffEmail: string | null },
): Promise<SurveyEditorPage | null> {
  const { shop, surveyId, now } = input;
  const [stored, own, products, collections] = await Promise.all([
    deps.admin.storedDraft(shop.id, surveyId),
    deps.admin.ownSurveys(shop.id, now),
    deps.admin.soldProducts(shop.id),
    deps.admin.soldCollections(shop.id),
  ]);
  if (!stored) return null;
  const { draft, ...rest } = stored;
  const settings = parseSettings(shop.settings);
  const asked = own.filter(({ status }) => status === 'live' || status === 'paused');
  return {
    survey: { ...rest, definition: definitionSchema.parse(draft) },
    others: asked.filter(({ id, kind }) => kind === stored.kind && id !== surveyId),
    enabled: settings.surveys[stored.kind].enabled,
    brand: brandOf(shop),
    targetHours: settings.cases.detractorTargetHours,
    products,
    testTo: input.staffEmail ?? settings.replyTo ?? '',
    collections,
  };
}
