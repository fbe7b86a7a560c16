import type { SurveyKind } from '../domain/core/state.ts';
import { ANSWER_DAYS, KINDS } from '../domain/experiments/experiment.ts';
import { baseRateOf, PACE_DAYS } from '../domain/experiments/sample-size.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { Definition } from '../domain/surveys/definition.ts';
import { PRESETS } from '../domain/surveys/presets.ts';
import type { OwnSurveyRow } from '../infra/db/reads/own-survey-views.ts';
import type { Deps } from './deps.ts';

/** Whose own rate is looked at: mails of so many days. */
const RATE_DAYS = 90;

/** A survey that an arm may ask. */
export interface EditionChoice {
  /** null: the preset. */
  surveyId: string | null;
  version: number;
  name: string;
  incentive: boolean;
}

/** What an experiment on a kind of survey starts from. */
export interface KindChoice {
  kind: SurveyKind;
  enabled: boolean;
  /** As in the settings; null: it has no days. */
  delayDays: number | null;
  rate: { rate: number; assumed: boolean; delivered: number };
  /** People who were asked in the last PACE_DAYS. */
  askedLately: number;
  /** What everybody is asked now comes first; empty: what is asked now depends on the order. */
  editions: EditionChoice[];
  /** Its answers are stored without the person: nobody could tell which arm they came from. */
  personless: boolean;
}

/** Why no experiment can be made of it, or started; null: one can. */
export function obstacleOf({ enabled, personless }: KindChoice): string | null {
  if (!enabled) return 'This survey is switched off in the settings: switch it on, then try again.';
  if (!personless) return null;
  return 'The answers to this survey are stored without the person, so nobody could tell which arm they came from.';
}

/** The kinds that can be experimented with, as the shop has them now. */
export async function experimentChoices(
  deps: Pick<Deps, 'admin' | 'surveys'>,
  shop: { id: string; settings: unknown },
  now: Date,
): Promise<KindChoice[]> {
  const { surveys } = parseSettings(shop.settings);
  const own = await deps.admin.ownSurveys(shop.id, now);
  return Promise.all(
    KINDS.wording.map(async (kind) => {
      const span = { answerDays: ANSWER_DAYS, days: RATE_DAYS, paceDays: PACE_DAYS };
      const recent = await deps.admin.recentRate(shop.id, kind, span);
      const policy: { enabled: boolean; delayDays?: number } = surveys[kind];
      return {
        kind,
        enabled: policy.enabled,
        delayDays: policy.delayDays ?? null,
        rate: { ...baseRateOf(recent), delivered: recent.delivered },
        askedLately: recent.askedLately,
        ...(await editionsFor(deps, shop.id, kind, own)),
      };
    }),
  );
}

/** Surveys that may stand in for each other: asked of everybody, at any time, by name. */
async function editionsFor(
  deps: Pick<Deps, 'surveys'>,
  shopId: string,
  kind: SurveyKind,
  own: readonly OwnSurveyRow[],
): Promise<Pick<KindChoice, 'editions' | 'personless'>> {
  const rows = own.filter((row) => row.kind === kind && (row.status === 'live' || row.status === 'paused'));
  const preset = choiceOf(PRESETS[kind], null, PRESETS[kind].version);
  if (rows.length === 0) return { editions: [preset], personless: false };
  const live = await Promise.all(
    rows
      .filter(({ status }) => status === 'live')
      .map(async ({ id, liveVersion }) => ({
        ...{ id, version: liveVersion ?? 0 },
        definition: await deps.surveys.version(shopId, id, liveVersion ?? 0),
      })),
  );
  const choices = live.map(({ id, version, definition }) =>
    definition && forEverybody(definition) ? choiceOf(definition, id, version) : null,
  );
  return {
    // Where the first one is for some orders only, no single survey is what is asked now.
    editions: choices[0] ? [...choices.filter((choice) => choice !== null), preset] : [],
    personless: live.some(({ definition }) => definition && definition.identity !== 'identified'),
  };
}

/** Answers without a person cannot be put down to an arm. */
function forEverybody({ target, schedule, identity }: Definition): boolean {
  return !target && !schedule?.from && !schedule?.until && identity === 'identified';
}

function choiceOf({ name, incentive }: Definition, surveyId: string | null, version: number): EditionChoice {
  return { surveyId, version, name, incentive: incentive !== undefined };
}
