import type { ReturnFact } from './facts.ts';
import type { ReturnState } from './state.ts';

/** When this telling shows that goods come back; null: they were only announced, or refused. */
export function shownAt({ status, sourceUpdatedAt }: ReturnFact): Date | null {
  return status === 'processed' || status === 'closed' ? sourceUpdatedAt : null;
}

/** The returns once `fact` is known too: what is stored by it in the database, before it is. */
export function withReturn(stored: readonly ReturnState[], fact: ReturnFact): ReturnState[] {
  const before = stored.find(({ returnId }) => returnId === fact.returnId);
  const shown = shownAt(fact);
  if (!before) return [...stored, { ...fact, shownAt: shown }];
  const newer = fact.sourceUpdatedAt >= before.sourceUpdatedAt;
  const after: ReturnState = {
    returnId: fact.returnId,
    orderId: before.orderId ?? fact.orderId,
    status: newer ? fact.status : before.status,
    lines: fact.lines.length === 0 || (before.lines.length > 0 && !newer) ? before.lines : fact.lines,
    shownAt: shown && (!before.shownAt || shown < before.shownAt) ? shown : before.shownAt,
    sourceUpdatedAt: newer ? fact.sourceUpdatedAt : before.sourceUpdatedAt,
  };
  return stored.map((entry) => (entry === before ? after : entry));
}
