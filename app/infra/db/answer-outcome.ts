/**
 * stored = first answer, updated = a later one, unchanged = the same answer again, already_answered = there is one that
 * stays, refused = the door is closed.
 */
export type StoredAnswer =
  | {
      outcome: 'stored' | 'updated';
      responseId: string;
      /** null: nothing follows now. It was a step, or what has counted already. */
      eventId: string | null;
    }
  | { outcome: 'unchanged' }
  | { outcome: 'already_answered' }
  | { outcome: 'refused' }
  /** It names files that are not its sender's. */
  | { outcome: 'unknown_uploads'; questionIds: string[] };

/** A row of the functions that store an answer with its person. */
interface StoredRow {
  admitted: boolean;
  answered: boolean | null;
  response_id: string | null;
  event_id: string | null;
  revision: number;
}

/** What such a row says. */
export function outcomeOf(row: StoredRow): StoredAnswer {
  if (row.answered) return { outcome: 'already_answered' };
  if (!row.admitted) return { outcome: 'refused' };
  if (row.response_id === null) return { outcome: 'unchanged' };
  return {
    outcome: row.revision === 1 ? 'stored' : 'updated',
    responseId: row.response_id,
    eventId: row.event_id,
  };
}

/** Without an id: nobody is to be led to the answer. */
export function unnamedOutcome(
  outcome: 'refused' | 'answered' | 'held' | 'stored' | 'updated' | 'unchanged',
): StoredAnswer {
  if (outcome === 'answered') return { outcome: 'already_answered' };
  return outcome === 'refused' ? { outcome } : { outcome: 'unchanged' };
}
