import type { Estimate } from '../domain/reports/estimate.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import { parseSettings, type ShopSettings } from '../domain/shop-settings/settings.ts';
import { SURVEY_KINDS, type SurveyKind } from '../domain/surveys/contract.ts';
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

/** The four presets with what became of them in the last 90 days of business time. */
export async function showSurveys(
  deps: Pick<Deps, 'admin'>,
  input: { shop: ShopView; now: Date },
): Promise<{ settings: ShopSettings; surveys: SurveyPageEntry[] }> {
  const since = new Date(input.now.getTime() - WINDOW_DAYS * 86_400_000);
  const funnels = await deps.admin.funnels(input.shop.id, since);
  return {
    settings: parseSettings(input.shop.settings),
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
