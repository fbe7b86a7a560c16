import { z } from 'zod';
import { HOLD_REASONS } from '../domain/surveys/hold-reasons.ts';
import type { Deps } from './deps.ts';
import { processEvent } from './process-event.ts';

const id = z.uuid('This answer is not known.');

/** What the buttons of the responses page send. */
const commandSchema = z.discriminatedUnion(
  'act',
  [
    z.object({
      act: z.literal('quarantine'),
      id,
      reason: z.enum(HOLD_REASONS, 'Choose why the answer should not count.'),
    }),
    z.object({ act: z.literal('restore'), id }),
  ],
  'This act is not known.',
);

export type ModerateAnswerOutcome =
  | { outcome: 'changed'; act: 'quarantine' | 'restore'; responseId: string; sentence: string }
  | { outcome: 'refused'; field: 'reason' | null; sentence: string };

const DONE = { quarantine: 'Answer quarantined', restore: 'Answer restored' };
const ALREADY = {
  quarantine: 'This answer is in quarantine already.',
  restore: 'This answer is not in quarantine any more.',
};
const GONE = 'This answer no longer exists, or its customer was erased on request.';
const WAITING = 'The last change to this answer is still on its way. Try again in a moment.';

type ModerateDeps = Parameters<typeof processEvent>[0] & Pick<Deps, 'acts' | 'log'>;

/**
 * Holds an answer back, or lets one that is held back count again as what it is found to be. The
 * act is an event of its own, decided here and now so that the page shows what came of it; if that
 * fails, or the process dies first, the queue or the sweep decides it. Done twice it is done once.
 */
export async function moderateAnswer(
  deps: ModerateDeps,
  input: { shopId: string; staffId: string; command: unknown },
): Promise<ModerateAnswerOutcome> {
  const parsed = commandSchema.safeParse(input.command);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path[0] === 'reason' ? 'reason' : null;
    return { outcome: 'refused', field, sentence: issue?.message ?? 'This act is not known.' };
  }
  const { shopId, staffId } = input;
  const { act, id: responseId } = parsed.data;
  const eventId = deps.newId();
  const stored = await deps.acts.moderateAnswer(shopId, responseId, {
    eventId,
    kind: act,
    reason: parsed.data.act === 'quarantine' ? parsed.data.reason : null,
    staffId,
    at: await deps.clock.now(),
  });
  if (stored === 'gone') return refuse(GONE);
  if (stored === 'already') return refuse(ALREADY[act]);
  if (stored === 'waiting') return refuse(WAITING);
  const reason = await decideNow(deps, shopId, eventId);
  return reason ? refuse(reason) : { outcome: 'changed', act, responseId, sentence: DONE[act] };
}

/** @returns why nothing changed, null when it did or when the queue will see to it */
async function decideNow(deps: ModerateDeps, shopId: string, eventId: string): Promise<string | null> {
  try {
    const done = await processEvent(deps, { shopId, eventId });
    return done.outcome === 'ignored' || done.outcome === 'unreadable' ? done.reason : null;
  } catch (error) {
    deps.log.warn({ err: error, shopId, eventId }, 'an act on an answer is left to the queue');
    await deps.producer.enqueue([{ name: 'event.process', payload: { shopId, eventId } }]);
    return null;
  }
}

const refuse = (sentence: string): ModerateAnswerOutcome => ({ outcome: 'refused', field: null, sentence });
