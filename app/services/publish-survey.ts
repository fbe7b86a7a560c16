import { checkDefinition, type Finding } from '../domain/surveys/check-definition.ts';
import type { Deps } from './deps.ts';
import { readSentDraft, whyNot, type RefusedDraft, type SentDraft } from './save-survey-draft.ts';

export type PublishSurveyOutcome =
  | { outcome: 'published'; version: number; revision: number; sentence: string }
  /** What has to be put right first. */
  | { outcome: 'blocked'; findings: Finding[] }
  | RefusedDraft;

/** Makes what the editor shows the next version, which shoppers are asked from now on. */
export async function publishSurvey(
  deps: Pick<Deps, 'surveyDrafts' | 'clock'>,
  input: SentDraft & { staffId: string },
): Promise<PublishSurveyOutcome> {
  const read = await readSentDraft(deps, input);
  if (read.outcome !== 'ok') return read;
  const { definition } = read;
  const at = await deps.clock.now();
  const findings = checkDefinition(definition, at).filter(({ severity }) => severity === 'error');
  if (findings.length > 0) return { outcome: 'blocked', findings };
  const { shopId, surveyId, revision, staffId } = input;
  const done = await deps.surveyDrafts.publish(shopId, surveyId, { revision, definition, staffId, at });
  if (done.outcome !== 'published') return whyNot(deps, input);
  return { ...done, sentence: `Version ${done.version} is published` };
}
