/** Which surveys a shop asks: its own where it has any of a kind, else the preset. */
import type { LiveSurvey } from '../core/state.ts';
import type { SurveyKind } from './contract.ts';
import { conditionsOf } from './check/places.ts';
import type { Definition } from './definition.ts';

/** One version of one survey; without an id, of the preset. */
export interface SurveyEdition {
  surveyId: string | null;
  version: number;
}

const PRESET = 'preset';

/** As surfaces carry it. */
export function editionText({ surveyId, version }: SurveyEdition): string {
  return `${surveyId ?? PRESET}.${version}`;
}

/** null: not an edition, as of a page that was made by hand. */
export function parseEdition(text: unknown): SurveyEdition | null {
  const match = /^(preset|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})$/.exec(String(text ?? ''));
  if (!match) return null;
  return { surveyId: match[1] === PRESET ? null : (match[1] ?? null), version: Number(match[2]) };
}

/** What may be asked of a kind, first choice first; the preset stands for a shop that has none of its own. */
export function editionsOf(
  live: readonly LiveSurvey[],
  kind: SurveyKind,
  presetVersion: number,
): SurveyEdition[] {
  const own = live.filter((survey) => survey.kind === kind);
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
