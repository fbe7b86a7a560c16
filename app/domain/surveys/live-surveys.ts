/** Which surveys a shop asks: its own where it has any of a kind, else the preset. */
import type { LiveSurvey } from '../core/state.ts';
import { SURVEY_KINDS } from './contract.ts';
import type { SurveyKind } from './contract.ts';
import { conditionsOf } from './check/places.ts';
import type { Definition } from './definition.ts';
import { openingAt } from './opening.ts';

/** One version of one survey; without an id, of the preset. */
export interface SurveyEdition {
  surveyId: string | null;
  version: number;
  /** A reward was promised where it was shown: it travels with the edition, so that the answer is marked as it was asked. */
  promised?: true;
  /** Whose preset it is, so that a page alone says what was asked; absent: of an older page, or not a preset. */
  kind?: SurveyKind;
}

/** The name that presets had before they said of which kind they are. */
const PRESET = 'preset';
const EDITION = new RegExp(
  String.raw`^(${[PRESET, ...SURVEY_KINDS].join('|')}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})(p?)$`,
);

/** As surfaces carry it. */
export function editionText({ surveyId, version, promised, kind }: SurveyEdition): string {
  return `${surveyId ?? kind ?? PRESET}.${version}${promised ? 'p' : ''}`;
}

/** null: not an edition, as of a page that was made by hand. */
export function parseEdition(text: unknown): SurveyEdition | null {
  const [, name, version, promised] = EDITION.exec(String(text ?? '')) ?? [];
  if (name === undefined) return null;
  const kind = SURVEY_KINDS.find((each) => each === name);
  return {
    surveyId: kind || name === PRESET ? null : name,
    version: Number(version),
    ...(promised === 'p' && { promised: true as const }),
    ...(kind && { kind }),
  };
}

/** Whether two editions have the same questions, whatever was promised. */
export function sameQuestions(a: SurveyEdition, b: SurveyEdition): boolean {
  return a.surveyId === b.surveyId && a.version === b.version;
}

/** How many surveys of its own a shop may have, archived ones aside: all that are live stand in the shop's row. */
export const MAX_OWN_SURVEYS = 50;

/**
 * What may be asked of a kind, first choice first; the preset stands for a shop that has none of its own. One whose
 * time has not come, or is over, counts as not there: before and after it the preset is asked as if there were none.
 * @param now business time; null: of whenever, as a mailed link that names no edition
 */
export function editionsOf(
  live: readonly LiveSurvey[],
  kind: SurveyKind,
  presetVersion: number,
  now: Date | null,
): SurveyEdition[] {
  const own = live.filter(
    (survey) => survey.kind === kind && (now === null || openingAt(survey, now) === 'open'),
  );
  if (own.length === 0) return [{ surveyId: null, version: presetVersion }];
  return own
    .filter(({ paused }) => !paused)
    .toSorted((a, b) => a.position - b.position)
    .map(({ id, version }) => ({ surveyId: id, version }));
}

/** What has to be looked up before the survey can be shown; a preset needs nothing. */
export function factsNeeded(definition: Definition): { order: boolean; profileKeys: string[] } {
  const { questions } = definition;
  return {
    order:
      conditionsOf(definition).some(({ tests }) => tests.some((test) => test.if === 'fact')) ||
      questions.some(({ type, askOnOrder }) => type === 'line_rating' || askOnOrder !== undefined),
    profileKeys: questions.flatMap((question) =>
      'profileKey' in question && question.profileKey !== undefined ? [question.profileKey] : [],
    ),
  };
}
