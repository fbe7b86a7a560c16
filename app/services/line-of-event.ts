import { orderIdOf } from '../domain/core/apply-order-fact.ts';
import type { Identity } from '../domain/core/people.ts';
import type { DomainEvent } from '../domain/core/events.ts';
import type { StoredEvent } from '../infra/db/line.repo.server.ts';
import type { Line } from '../infra/db/lock-line.server.ts';
import { personOf } from './identify-person.ts';

/** The order and the person an event is about, as far as it says so itself. */
export interface EventLine {
  line: Line & { customerKey: string | null; sourceAt: Date | null };
  identity: Identity;
}

/** Whose line an event belongs to, before any lock is taken. */
export function lineOf(
  { stored, event }: { stored: StoredEvent; event: DomainEvent },
  keyedHash: (text: string) => string,
): EventLine {
  const fact = event.kind === 'fact' ? event.fact : null;
  const person = fact ? personOf(fact, stored.shop.id, keyedHash) : { customerKey: null, customerFact: null };
  return {
    identity: { eventId: stored.id, ...person },
    line: {
      id: stored.id,
      orderId: fact ? orderIdOf(fact) : event.kind === 'points_due' ? event.orderId : stored.orderId || null,
      customerKey: person.customerKey,
      customerId: stored.customerId,
      sourceAt: fact?.kind === 'order' ? fact.order.sourceUpdatedAt : null,
    },
  };
}
