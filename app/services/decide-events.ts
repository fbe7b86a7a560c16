import { ignored, type Changes } from '../domain/core/actions.ts';
import { decide } from '../domain/core/decide.ts';
import type { DomainEvent } from '../domain/core/events.ts';
import { namesOwner } from '../domain/core/people.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { ledgerDays } from '../domain/surveys/contact-caps.ts';
import type { SavedEvent } from '../infra/db/changes.repo.server.ts';
import type { LineSnapshot, StoredEvent } from '../infra/db/line.repo.server.ts';
import type { SharedWork, Transaction } from '../infra/db/transactions.server.ts';
import type { Deps } from './deps.ts';
import { lineOf, type EventLine } from './line-of-event.ts';
import { orderKey, tombstoneKey, tombstonesOf } from './identify-person.ts';

export type DecideDeps = Pick<Deps, 'line' | 'transactions' | 'newId' | 'keyedHash' | 'privacy'>;

/** An event that was read, with everything that is known of it before its line is locked. */
export interface ReadEvent {
  id: string;
  /** Travels with the event: a group outlives the call that led to it. */
  deps: DecideDeps;
  stored: StoredEvent;
  event: DomainEvent;
}

export type Decision =
  | {
      outcome: 'decided';
      changes: Changes;
      /** New and ready to run. */
      actionIds: string[];
      /** Customers whose score has to be computed again. */
      moved: string[];
    }
  | { outcome: 'already_done' };

/**
 * Decides an event: in one transaction with those that come at the same moment, if they are about different orders
 * and customers, else in one of its own (docs/decisions/020-shared-transactions.md).
 * @throws AppError (retryable) when the customer was merged while it ran; whatever decide() or the database throws
 */
export function decideEvent(read: ReadEvent): Promise<Decision> {
  return read.deps.transactions.share(decideTogether, read.stored.shop.id, read);
}

const decideTogether: SharedWork<ReadEvent, Decision> = async (shopId, transaction, events, patienceMs) => {
  const candidates = events.map((read) => ({ read, ...lineOf(read, read.deps.keyedHash) }));
  const lines = candidates.map(({ line }) => line);
  const held = await events[0]!.deps.line.lock(shopId, transaction, lines, patienceMs);
  if (held === 'busy') return events.map(() => 'alone');
  const open = candidates.flatMap((candidate) => {
    const line = held.get(candidate.line.id);
    return line?.status === 'received' ? [{ ...candidate, customerId: line.customerId }] : [];
  });
  const decided = await decideOpen(transaction, shopId, open);
  return lines.map(({ id }) => {
    // Decided by another worker meanwhile, or deleted by the shop's erasure.
    if (held.has(id) && held.get(id)?.status !== 'received') return { outcome: 'already_done' };
    return decided.get(id) ?? 'alone';
  });
};

type OpenEvent = EventLine & { read: ReadEvent; customerId: string | null };

/** Snapshots, decisions and rows of events whose locks are held; left out is one of several that cannot be decided. */
async function decideOpen(
  transaction: Transaction,
  shopId: string,
  events: readonly OpenEvent[],
): Promise<Map<string, Decision>> {
  const [first, newest] = [events[0], events.at(-1)];
  if (!first || !newest) return new Map();
  const { deps } = first.read;
  const { shop } = newest.read.stored;
  const snapshots = await deps.line.snapshots(
    shopId,
    transaction,
    events.map(({ read, line, customerId }) => ({
      ...{ eventId: line.id, customerId, orderId: line.orderId, customerKey: line.customerKey },
      refId: read.stored.refId,
      tombstones: tombstonesOf(deps, shopId, line.customerKey, line.orderId),
      foreseen: read.event.kind === 'unhappiness_predicted',
    })),
    { shop, ledgerDays: ledgerDays(parseSettings(shop.settings)) },
  );
  const toSave: SavedEvent[] = [];
  for (const event of events) {
    const known = snapshots.get(event.line.id)!;
    if (known.erased && known.ownerId === null) await eraseAgain(deps, transaction, shopId, event, known);
    try {
      toSave.push(savedEvent(event, known));
    } catch (error) {
      // One of several goes alone, and says there what is wrong with it.
      if (events.length === 1) throw error;
    }
  }
  const { now } = snapshots.get(first.line.id)!.snapshot;
  const actions = await deps.transactions.save(shopId, transaction, now, toSave);
  return new Map(
    toSave.map(({ id, customerId, movedFrom, changes }): [string, Decision] => {
      const moved = [changes.rescore ? customerId : null, changes.bystander?.id ?? null, movedFrom];
      const actionIds = actions.get(id) ?? [];
      return [
        id,
        { outcome: 'decided', changes, actionIds, moved: moved.filter((person) => person !== null) },
      ];
    }),
  );
}

const ERASED = 'The customer was erased on request; nothing about the person is stored again.';

function savedEvent({ read, line, identity, customerId }: OpenEvent, known: LineSnapshot): SavedEvent {
  const { snapshot, erased, ownerId } = known;
  const changes = erased ? ignored(ERASED) : decide(read.event, snapshot, identity, read.deps.newId);
  const decidedFor = changes.customer?.id ?? customerId;
  const namedOwner = identity.customerKey !== null && namesOwner(snapshot, identity.customerKey);
  return {
    id: line.id,
    customerId: decidedFor,
    orderId: line.orderId,
    ownerToldAt: namedOwner ? line.sourceAt : null,
    movedFrom: changes.order && ownerId && ownerId !== decidedFor ? ownerId : null,
    dropBody: erased || snapshot.customer?.redactedAt != null,
    changes,
  };
}

/** An order of which nothing was known but that it is to be forgotten. */
async function eraseAgain(
  deps: DecideDeps,
  transaction: Transaction,
  shopId: string,
  { line: { orderId } }: OpenEvent,
  { snapshot }: LineSnapshot,
): Promise<void> {
  if (!orderId) return;
  const tombstone = tombstoneKey(shopId, orderKey(orderId), deps.keyedHash);
  await deps.privacy.eraseUnknownOrder(shopId, transaction, { orderId, tombstone, now: snapshot.now });
}
