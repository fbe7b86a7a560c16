import { parseDefinition, type Definition } from '../domain/surveys/definition.ts';
import type { SurveyKind } from '../domain/surveys/contract.ts';
import type { Deps } from './deps.ts';

/** Why what an editor sent was not taken; what it holds stays with the editor. */
export type RefusedDraft =
  /** `field` as a path, e.g. "questions.2.options.0.id". */
  | { outcome: 'invalid'; errors: { field: string; message: string }[] }
  /** Somebody else saved it; `revision` is theirs. */
  | { outcome: 'conflict'; revision: number; savedAt: string }
  | { outcome: 'gone' };

export type SaveSurveyDraftOutcome = { outcome: 'saved'; revision: number } | RefusedDraft;

/** What an editor sends: the whole definition as JSON, and the revision that it began with. */
export interface SentDraft {
  shopId: string;
  surveyId: string;
  revision: number;
  json: string;
}

/** Saves a draft unless somebody else did meanwhile. What shoppers see stays as it is. */
export async function saveSurveyDraft(
  deps: Pick<Deps, 'surveyDrafts' | 'clock'>,
  input: SentDraft,
): Promise<SaveSurveyDraftOutcome> {
  const read = await readSentDraft(deps, input);
  if (read.outcome !== 'ok') return read;
  const { shopId, surveyId, revision } = input;
  const at = await deps.clock.now();
  const saved = await deps.surveyDrafts.save(shopId, surveyId, { revision, draft: read.definition, at });
  return saved.outcome === 'saved' ? saved : whyNot(deps, input);
}

/** The definition that was sent, if it is one, and of the kind that this survey is. */
export async function readSentDraft(
  deps: Pick<Deps, 'surveyDrafts'>,
  input: SentDraft,
): Promise<{ outcome: 'ok'; definition: Definition } | RefusedDraft> {
  const stored = await deps.surveyDrafts.load(input.shopId, input.surveyId);
  if (!stored) return { outcome: 'gone' };
  if (stored.revision !== input.revision) return conflictWith(stored);
  const parsed = parseDefinition(parseJson(input.json, stored.kind));
  return parsed.outcome === 'ok' ? parsed : { outcome: 'invalid', errors: parsed.errors };
}

/** Why a change that fitted a moment ago does not fit any more. */
export async function whyNot(
  deps: Pick<Deps, 'surveyDrafts'>,
  { shopId, surveyId }: SentDraft,
): Promise<RefusedDraft> {
  const stored = await deps.surveyDrafts.load(shopId, surveyId);
  return stored ? conflictWith(stored) : { outcome: 'gone' };
}

const conflictWith = (stored: { revision: number; updatedAt: Date }): RefusedDraft => ({
  outcome: 'conflict',
  revision: stored.revision,
  savedAt: stored.updatedAt.toISOString(),
});

/** The kind stays as it was when the survey was made: answers and figures hang on it. */
function parseJson(json: string, kind: SurveyKind): unknown {
  try {
    return { ...JSON.parse(json), kind };
  } catch {
    // Only a broken or forged form gets here; the definition's schema says what is missing.
    return undefined;
  }
}
