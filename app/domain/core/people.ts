import { applyToCustomer } from './apply-customer-fact.ts';
import type { NewId } from './events.ts';
import type { CustomerFact } from './facts.ts';
import type { CustomerState, Snapshot } from './state.ts';

/** Who process-event found the event to be about: the customer's key, and since when we know them. */
export interface Identity {
  eventId: string;
  /** null = nobody is known yet (a shipment of an order not heard of). */
  customerKey: string | null;
  /** The customer as the event names them; null when it names nobody. */
  customerFact: CustomerFact | null;
}

interface Named {
  snapshot: Snapshot;
  identity: Identity;
  newId: NewId;
}

/** The event's customer once what the event says of them is known; null: nobody is known. */
export function customerAfter({ snapshot, identity, newId }: Named): CustomerState | null {
  const { customerFact, customerKey: key } = identity;
  // A merged customer's late events, or a guest's name for an order whose buyer is known by now, describe nobody stored.
  if (!customerFact || !key || (snapshot.customer && snapshot.customer.key !== key)) return snapshot.customer;
  return applyToCustomer(snapshot.customer, customerFact, { id: newId(), key, firstSeenAt: snapshot.now });
}

/**
 * An older version may name an account that the order no longer belongs to: it still tells of that account.
 * A guest's name for an order whose buyer is known tells of nobody, and so do late events of the merged.
 */
export function bystanderAfter({ snapshot, identity, newId }: Named): CustomerState | null {
  const { customer, named, now } = snapshot;
  const { customerFact, customerKey: key } = identity;
  if (!customerFact || !key?.startsWith('c:') || !customer || namesOwner(snapshot, key)) return null;
  if (named && named.key !== key) return null;
  return applyToCustomer(named, customerFact, { id: newId(), key, firstSeenAt: now });
}

/** Whether the person of this key is the one to whom the event's order belongs, under whatever key today. */
export function namesOwner({ customer, named }: Snapshot, key: string): boolean {
  return !customer || customer.key === key || named?.id === customer.id;
}
