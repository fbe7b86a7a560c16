import type { Estimate } from '../domain/reports/estimate.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import { parseSettings, type ShopSettings } from '../domain/shop-settings/settings.ts';
import { SURVEY_KINDS, type SurveyKind } from '../domain/surveys/contract.ts';
import { PRESET_LIBRARY } from '../domain/surveys/preset-library.ts';
import { PRESETS } from '../domain/surveys/presets.ts';
import type { OwnSurveyRow } from '../infra/db/reads/own-survey-views.ts';
import type { ShopView, SurveyFunnel } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';

const WINDOW_DAYS = 90;

export interface SurveyPageEntry extends SurveyFunnel {
  kind: SurveyKind;
  /** suppressed + deferred + sent + offered: everyone for whom a decision was taken. */
  eligible: number;
  suppressedTotal: number;
  /** Share 0-1 of those sent and offered that were answered. */
  rate: Estimate;
}

/** What a survey of one's own may start from. */
export interface PresetChoice {
  /** As `createSurvey` takes it. */
  id: string;
  kind: SurveyKind;
  name: string;
  /** null: it is asked as long as the shop has none of its own. */
  about: string | null;
}

const PRESET_CHOICES: PresetChoice[] = [
  ...Object.values(PRESETS).map(({ kind, name }) => ({ id: kind, kind, name, about: null })),
  ...PRESET_LIBRARY.map(({ id, about, definition: { kind, name } }) => ({ id, kind, name, about })),
];

/** The shop's own surveys, and each kind with what became of it in the last 90 days of business time. */
export async function showSurveys(
  deps: Pick<Deps, 'admin'>,
  input: { shop: ShopView; now: Date },
): Promise<{
  settings: ShopSettings;
  own: OwnSurveyRow[];
  surveys: SurveyPageEntry[];
  presets: PresetChoice[];
}> {
  const since = new Date(input.now.getTime() - WINDOW_DAYS * 86_400_000);
  const [funnels, own] = await Promise.all([
    deps.admin.funnels(input.shop.id, since),
    deps.admin.ownSurveys(input.shop.id, since),
  ]);
  return {
    settings: parseSettings(input.shop.settings),
    own,
    presets: PRESET_CHOICES,
    surveys: SURVEY_KINDS.map((kind) =>
      entryOf(
        kind,
        funnels.find((funnel) => funnel.kind === kind),
      ),
    ),
  };
}

function entryOf(kind: SurveyKind, funnel: SurveyFunnel | undefined): SurveyPageEntry {
  const known = funnel ?? {
    scheduled: 0,
    suppressed: [],
    deferred: 0,
    sent: 0,
    offered: 0,
    answered: 0,
    lastAnswerAt: null,
  };
  const suppressedTotal = known.suppressed.reduce((sum, entry) => sum + entry.count, 0);
  const asked = known.sent + known.offered;
  return {
    ...known,
    kind,
    suppressedTotal,
    eligible: suppressedTotal + known.deferred + asked,
    rate: shareEstimate(known.answered, asked),
  };
}
