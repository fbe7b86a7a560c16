import { z } from 'zod';
import { definitionSchema, MAX_NAME, type Definition } from '../domain/surveys/definition.ts';
import { PRESET_LIBRARY } from '../domain/surveys/preset-library.ts';
import { MAX_OWN_SURVEYS } from '../domain/surveys/live-surveys.ts';
import { PRESETS } from '../domain/surveys/presets.ts';
import type { Deps } from './deps.ts';

const commandSchema = z.union([z.object({ preset: z.string() }), z.object({ copyOf: z.uuid() })]);

/** Said where one more than may be is wanted. */
export const NO_ROOM = `There are ${MAX_OWN_SURVEYS} surveys already, as many as a shop may have. Archive one that you no longer need, then try again.`;

export type CreateSurveyOutcome =
  | { outcome: 'created'; surveyId: string; copied: boolean; sentence: string }
  | { outcome: 'refused'; sentence: string };

/** Makes a draft of a preset, or of what another survey's draft says now. Nobody is asked it before it is published. */
export async function createSurvey(
  deps: Pick<Deps, 'surveyDrafts' | 'clock' | 'newId'>,
  input: { shopId: string; command: unknown },
): Promise<CreateSurveyOutcome> {
  const parsed = commandSchema.safeParse(input.command);
  if (!parsed.success) return { outcome: 'refused', sentence: 'Choose what to start from.' };
  const command = parsed.data;
  const copied = 'copyOf' in command;
  const draft = copied ? await copyOf(deps, input.shopId, command.copyOf) : presetOf(command.preset);
  if (!draft) return { outcome: 'refused', sentence: 'This survey is not there any more. Reload the page.' };
  const surveyId = deps.newId();
  const at = await deps.clock.now();
  const survey = { id: surveyId, kind: draft.kind, draft, at };
  if ((await deps.surveyDrafts.create(input.shopId, survey, MAX_OWN_SURVEYS)) === 'full') {
    return { outcome: 'refused', sentence: NO_ROOM };
  }
  return { outcome: 'created', surveyId, copied, sentence: copied ? 'Survey duplicated' : 'Survey created' };
}

/** By its kind, or its id in the library. */
function presetOf(id: string): Definition | null {
  const preset = Object.values(PRESETS).find(({ kind }) => kind === id);
  return preset ?? PRESET_LIBRARY.find((entry) => entry.id === id)?.definition ?? null;
}

async function copyOf(
  deps: Pick<Deps, 'surveyDrafts'>,
  shopId: string,
  surveyId: string,
): Promise<Definition | null> {
  const stored = await deps.surveyDrafts.load(shopId, surveyId);
  if (!stored) return null;
  const definition = definitionSchema.parse(stored.draft);
  const name = `Copy of ${definition.name}`.slice(0, MAX_NAME);
  return definitionSchema.parse({ ...definition, name, version: 1 });
}
