/** With whom answers are stored (docs/decisions/025), and at which doors a survey may be asked that keeps the person out. */
import type { Identity, SurveyKind } from './contract.ts';
import { isVisitKind } from './contract.ts';
import type { Definition } from './definition.ts';

/** Versions that were published before there was a choice name none: theirs are identified. */
export function identityOf({ identity }: { identity?: Definition['identity'] }): Identity {
  return identity ?? 'identified';
}

/**
 * Whether answers without the person may come through this door. A mailed link is a secret of its own, and a visit names
 * nobody; at all other doors the answer would stand under the order and the customer who are logged in.
 */
export function mayStayUnnamed(door: { kind: SurveyKind; surface: string }, identity: Identity): boolean {
  return identity === 'identified' || door.surface === 'hosted_page' || isVisitKind(door.kind);
}
