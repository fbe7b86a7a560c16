import { ignored, NOT_INSTALLED } from '../domain/core/actions.ts';
import { orderIdOf } from '../domain/core/apply-order-fact.ts';
import { decide, namesOwner, type Identity } from '../domain/core/decide.ts';
import type { DomainEvent } from '../domain/core/events.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { ledgerDays } from '../domain/surveys/eligibility.ts';
import type { StoredEvent } from '../infra/db/line.repo.server.ts';
import { applyShopFact, isShopFact } from './apply-shop-fact.ts';
import type { Deps } from './deps.ts';
import { orderKey, personOf, tombstoneKey, tombstonesOf } from './identify-person.ts';
import { readEvent } from './read-event.ts';

export type ProcessOutcome =
  | { outcome: 'processed'; actionIds: string[]; scored: boolean }
  | { outcome: 'ignored' | 'unreadable'; reason: string }
  | { outcome: 'already_done' | 'not_found' };

type LineDeps = Pick<
  Deps,
  | 'line'
  | 'intake'
  | 'transactions'
  | 'producer'
  | 'newId'
  | 'keyedHash'
  | 'mapWebhook'
  | 'shops'
  | 'privacy'
  | 'clock'
  | 'metrics'
>;

/**
 * The middle of the line: one stored event + what is known + now -> decide() -> state and action rows in one
 * transaction -> the ids of the new actions to the queue. Run twice or cut off half-way, it gives the same rows.
 * @throws AppError (retryable) when the customer was merged while it ran
 */
export async function processEvent(
  deps: LineDeps,
  { shopId, eventId }: { shopId: string; eventId: string },
): Promise<ProcessOutcome> {
  const stored = await deps.line.findEvent(shopId, eventId);
  if (!stored) return { outcome: 'not_found' };
  if (stored.status !== 'received') return { outcome: 'already_done' };
  const done = await processStored(deps, stored);
  deps.metrics.countEvent(stored.source, done.outcome);
  return done;
}

async function processStored(deps: LineDeps, stored: StoredEvent): Promise<ProcessOutcome> {
  const read = readEvent(deps, stored);
  if (read.outcome === 'unreadable') {
    await deps.intake.markFailed(stored.shop.id, stored.id, read.reason);
    return read;
  }
  if (read.outcome !== 'read') return ignore(deps, stored, read.reason);
  const { event } = read;
  if (event.kind === 'fact' && isShopFact(event.fact)) return applyShopFact(deps, stored, event.fact);
  if (stored.shop.status !== 'installed') return ignore(deps, stored, NOT_INSTALLED);
  return decideAndSave(deps, stored, event);
}

async function decideAndSave(
  deps: LineDeps,
  stored: StoredEvent,
  event: DomainEvent,
): Promise<ProcessOutcome> {
  const { shop } = stored;
  const orderId =
    event.kind === 'fact'
      ? orderIdOf(event.fact)
      : event.kind === 'points_due'
        ? event.orderId
        : stored.orderId;
  const person =
    event.kind === 'fact'
      ? personOf(event.fact, shop.id, deps.keyedHash)
      : { customerKey: null, customerFact: null };
  const identity: Identity = { eventId: stored.id, ...person };
  const sourceAt =
    event.kind === 'fact' && event.fact.kind === 'order' ? event.fact.order.sourceUpdatedAt : null;

  const saved = await deps.transactions.run(async (transaction) => {
    const locked = await deps.line.lock(shop.id, transaction, {
      id: stored.id,
      orderId,
      customerKey: identity.customerKey,
      customerId: stored.customerId,
      sourceAt,
    });
    if (locked.status !== 'received') return null;
    const { snapshot, erased, ownerId } = await deps.line.snapshot(shop.id, transaction, {
      shop,
      customerId: locked.customerId,
      orderId,
      refId: stored.refId,
      customerKey: identity.customerKey,
      tombstones: tombstonesOf(deps, shop.id, identity.customerKey, orderId),
      ledgerDays: ledgerDays(parseSettings(shop.settings)),
    });
    if (erased && orderId && ownerId === null) {
      const tombstone = tombstoneKey(shop.id, orderKey(orderId), deps.keyedHash);
      await deps.privacy.eraseUnknownOrder(shop.id, transaction, { orderId, tombstone, now: snapshot.now });
    }
    const changes = erased ? ignored(ERASED) : decide(event, snapshot, identity, deps.newId);
    const customerId = changes.customer?.id ?? locked.customerId;
    const movedFrom = changes.order && ownerId && ownerId !== customerId ? ownerId : null;
    const result = await deps.transactions.save(
      shop.id,
      transaction,
      {
        id: stored.id,
        now: snapshot.now,
        customerId,
        orderId,
        ownerToldAt: identity.customerKey && namesOwner(snapshot, identity.customerKey) ? sourceAt : null,
        movedFrom,
        dropBody: erased || snapshot.customer?.redactedAt != null,
      },
      changes,
    );
    const moved = [changes.rescore ? customerId : null, changes.bystander?.id ?? null, movedFrom];
    return { ...result, changes, moved: moved.filter((id) => id !== null) };
  });
  if (!saved) return { outcome: 'already_done' };
  if (saved.changes.ignoredBecause) return { outcome: 'ignored', reason: saved.changes.ignoredBecause };

  await deps.producer.enqueue([
    ...saved.actionIds.map((actionId) => ({
      name: 'action.run' as const,
      payload: { shopId: shop.id, actionId },
    })),
    ...saved.moved.map((customerId) => ({
      name: 'customer.score' as const,
      payload: { shopId: shop.id, customerId },
    })),
  ]);
  return { outcome: 'processed', actionIds: saved.actionIds, scored: saved.moved.length > 0 };
}

const ERASED = 'The customer was erased on request; nothing about the person is stored again.';

async function ignore(
  deps: Pick<Deps, 'intake'>,
  stored: StoredEvent,
  reason: string,
): Promise<ProcessOutcome> {
  await deps.intake.markIgnored(stored.shop.id, stored.id, reason);
  return { outcome: 'ignored', reason };
}
