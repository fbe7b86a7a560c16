import { ignored, NOTHING, type Changes } from './actions.ts';
import type { ResponseState, Snapshot } from './state.ts';

const GONE = 'The answer was erased before it was read.';
const ERASED = 'The customer was erased on request; their answers stay as they are.';

/**
 * Staff hold an answer back: it counts in no score from now on. What followed from it stays, since
 * a case that was opened may be about a real complaint all the same.
 */
export function decideHeld(responseId: string, snapshot: Snapshot): Changes {
  const response = find(responseId, snapshot);
  if (!response) return ignored(GONE);
  if (response.status === 'quarantined') return ignored('The answer is held back already.');
  return { ...NOTHING, responses: [{ ...response, status: 'quarantined' }], rescore: true };
}

/**
 * Staff let an answer count again. `release` takes it out of quarantine and `judge` decides on it as on
 * one that has just come; what followed from it before is not done a second time, since the keys of
 * the actions are the same.
 */
export function decideRestored(
  responseId: string,
  snapshot: Snapshot,
  rules: { release: (held: ResponseState) => ResponseState; judge: (seen: Snapshot) => Changes },
): Changes {
  const held = find(responseId, snapshot);
  if (!held) return ignored(GONE);
  if (held.status !== 'quarantined') return ignored('The answer is not held back any more.');
  if (snapshot.customer?.redactedAt) return ignored(ERASED);
  const released = rules.release(held);
  const responses = snapshot.responses.map((entry) => (entry === held ? released : entry));
  const changes = rules.judge({ ...snapshot, responses });
  // A claim that nothing confirms yet changes nothing when it is judged, but it is a claim again.
  if (changes.responses.some((entry) => entry.id === responseId)) return changes;
  return { ...changes, responses: [...changes.responses, released], rescore: true };
}

function find(responseId: string, { responses }: Snapshot): ResponseState | undefined {
  return responses.find((entry) => entry.id === responseId);
}
