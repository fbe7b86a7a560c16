import { z } from 'zod';
import { applyAct, type CaseAct } from '../domain/cases/transitions.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { Deps } from './deps.ts';

const text = z.string().trim().max(4000, 'Keep it under 4,000 characters.').default('');

/** What the buttons of a case page send. */
export const caseCommandSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('acknowledge') }),
  z.object({ act: z.literal('assign') }),
  z.object({ act: z.literal('resolve'), resolution: text }),
  z.object({ act: z.literal('close'), rootCause: text }),
  z.object({ act: z.literal('reopen') }),
  z.object({ act: z.literal('note'), note: text }),
]);
export type CaseCommand = z.infer<typeof caseCommandSchema>;

export type UpdateCaseOutcome =
  | { outcome: 'changed'; sentence: string }
  | { outcome: 'refused'; field: 'resolution' | 'rootCause' | 'note' | null; sentence: string };

const DONE: Record<CaseCommand['act'], string> = {
  acknowledge: 'Case acknowledged',
  assign: 'Case assigned to you',
  resolve: 'Case resolved',
  close: 'Case closed',
  reopen: 'Case reopened',
  note: 'Note added',
};

const GONE = 'This case no longer exists.';
const MOVED =
  'Somebody else changed this case a moment ago. This page now shows its new state; try again if it still applies.';

/**
 * One act of a member of staff on a case: load, decide, save with its trace. What follows from it for the customer is
 * decided by the line, from the event that was stored with it.
 */
export async function updateCase(
  deps: Pick<Deps, 'acts' | 'clock' | 'producer'>,
  input: { shopId: string; staffId: string; caseId: string; command: unknown },
): Promise<UpdateCaseOutcome> {
  const parsed = caseCommandSchema.safeParse(input.command);
  if (!parsed.success) return refuse(parsed.error.issues[0]?.message ?? 'This act is not known.');
  const { shopId, staffId, caseId } = input;
  const command = parsed.data;
  const current = await deps.acts.loadCase(shopId, caseId);
  if (!current) return refuse(GONE);
  const at = await deps.clock.now();
  const trace = { staffId, at, kind: command.act, text: wordsOf(command) };

  if (command.act === 'note') {
    if (!command.note) return { outcome: 'refused', field: 'note', sentence: 'Write the note first.' };
    return (await deps.acts.addNote(shopId, caseId, trace)) ? done(command) : refuse(GONE);
  }
  if (command.act === 'assign') {
    if (current.ownerId === staffId) return done(command);
    return (await deps.acts.assignCase(shopId, caseId, trace))
      ? done(command)
      : refuse('A closed case keeps its owner. Reopen it first.');
  }

  const decision = applyAct(current.state, await actOf(deps, shopId, command), at);
  if (decision.outcome === 'refused') {
    const field =
      decision.reason === 'resolution_missing'
        ? 'resolution'
        : decision.reason === 'root_cause_missing'
          ? 'rootCause'
          : null;
    return { outcome: 'refused', field, sentence: decision.sentence };
  }
  const eventId = await deps.acts.saveCase(shopId, caseId, current.state.status, decision.case, trace);
  if (!eventId) return refuse(MOVED);
  if (command.act !== 'acknowledge')
    await deps.producer.enqueue([{ name: 'event.process', payload: { shopId, eventId } }]);
  return done(command);
}

async function actOf(
  deps: Pick<Deps, 'acts'>,
  shopId: string,
  command: Exclude<CaseCommand, { act: 'note' | 'assign' }>,
): Promise<CaseAct> {
  if (command.act !== 'reopen') return command;
  const settings = parseSettings(await deps.acts.loadSettings(shopId));
  return { act: 'reopen', targetHours: settings.cases.detractorTargetHours };
}

function wordsOf(command: CaseCommand): string | null {
  if (command.act === 'note') return command.note;
  if (command.act === 'resolve') return command.resolution;
  return command.act === 'close' ? command.rootCause : null;
}

const done = (command: CaseCommand): UpdateCaseOutcome => ({
  outcome: 'changed',
  sentence: DONE[command.act],
});
const refuse = (sentence: string): UpdateCaseOutcome => ({ outcome: 'refused', field: null, sentence });
