import { z } from 'zod';
import type { Deps } from './deps.ts';

const commandSchema = z.object({ id: z.uuid(), act: z.enum(['up', 'down']) });

export type MoveSurveyOutcome =
  | { outcome: 'moved'; surveyId: string; act: 'up' | 'down'; sentence: string }
  | { outcome: 'refused'; sentence: string };

/** Of several live surveys of a kind the first that fits the order is asked: this changes which comes first. */
export async function moveSurvey(
  deps: Pick<Deps, 'surveyDrafts'>,
  input: { shopId: string; command: unknown },
): Promise<MoveSurveyOutcome> {
  const command = commandSchema.safeParse(input.command);
  if (!command.success) return refuse('This act is not known. Reload the page and try again.');
  const { id, act } = command.data;
  const moved = await deps.surveyDrafts.move(input.shopId, id, act);
  if (!moved) return refuse('It cannot be moved further that way. Reload the page.');
  return { outcome: 'moved', surveyId: id, act, sentence: 'Order changed' };
}

const refuse = (sentence: string): MoveSurveyOutcome => ({ outcome: 'refused', sentence });
