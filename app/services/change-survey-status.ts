import { z } from 'zod';
import { MAX_OWN_SURVEYS } from '../domain/surveys/live-surveys.ts';
import type { SurveyStatus } from '../infra/db/survey-drafts.repo.server.ts';
import { NO_ROOM } from './create-survey.ts';
import type { Deps } from './deps.ts';

const ACTS = ['pause', 'resume', 'archive', 'restore'] as const;
type Act = (typeof ACTS)[number];

const commandSchema = z.object({
  act: z.enum(ACTS),
  id: z.uuid(),
  /** Of a restored one: what it was before, where that is known. */
  to: z.enum(['draft', 'live', 'paused']).optional(),
});

export type ChangeSurveyStatusOutcome =
  | { outcome: 'changed'; act: Act; surveyId: string; before: SurveyStatus; sentence: string }
  | { outcome: 'refused'; sentence: string };

const FROM: Record<Act, readonly SurveyStatus[]> = {
  pause: ['live'],
  resume: ['paused'],
  archive: ['draft', 'live', 'paused'],
  restore: ['archived'],
};
const DONE: Record<Act, string> = {
  pause: 'Survey paused',
  resume: 'Survey resumed',
  archive: 'Survey archived',
  restore: 'Survey restored',
};

/**
 * Stops a survey from being asked, or has it asked again. A paused one keeps the preset of its kind away, an archived
 * one does not. Restored without a word on what it was, it is paused, or a draft if it was never published.
 */
export async function changeSurveyStatus(
  deps: Pick<Deps, 'surveyDrafts' | 'clock'>,
  input: { shopId: string; command: unknown },
): Promise<ChangeSurveyStatusOutcome> {
  const command = commandSchema.safeParse(input.command);
  if (!command.success) return refuse('This act is not known. Reload the page and try again.');
  const { act, id } = command.data;
  const stored = await deps.surveyDrafts.load(input.shopId, id);
  if (!stored) return refuse('This survey is not there any more. Reload the page.');
  const restored = command.data.to ?? (stored.liveVersion === null ? 'draft' : 'paused');
  const to = { pause: 'paused', resume: 'live', archive: 'archived', restore: restored } as const;
  const change = { from: FROM[act], to: to[act], at: await deps.clock.now() };
  const changed = await deps.surveyDrafts.setStatus(input.shopId, id, change, MAX_OWN_SURVEYS);
  if (changed === 'full') return refuse(NO_ROOM);
  if (changed === 'stale')
    return refuse('This survey was changed meanwhile. Look at its status, then try again.');
  return { outcome: 'changed', act, surveyId: id, before: stored.status, sentence: DONE[act] };
}

const refuse = (sentence: string): ChangeSurveyStatusOutcome => ({ outcome: 'refused', sentence });
