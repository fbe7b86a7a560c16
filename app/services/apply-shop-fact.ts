import { NOT_INSTALLED } from '../domain/core/actions.ts';
import type { Fact } from '../domain/core/facts.ts';
import type { StoredEvent } from '../infra/db/line.repo.server.ts';
import type { Deps } from './deps.ts';
import { customerKey, guestKey, orderKey, pseudonymOf, tombstoneKey } from './identify-person.ts';
import type { ProcessOutcome } from './process-event.ts';

/** Facts about the shop itself, or about who a person is: they go past the customer's line. */
export type ShopFact = Extract<
  Fact,
  {
    kind:
      | 'app_uninstalled'
      | 'scopes_updated'
      | 'data_request'
      | 'customer_redact'
      | 'shop_redact'
      | 'customer_merged';
  }
>;

const SHOP_FACTS: readonly Fact['kind'][] = [
  'app_uninstalled',
  'scopes_updated',
  'data_request',
  'customer_redact',
  'shop_redact',
  'customer_merged',
];

export function isShopFact(fact: Fact): fact is ShopFact {
  return SHOP_FACTS.includes(fact.kind);
}

type ShopFactDeps = Pick<Deps, 'intake' | 'shops' | 'privacy' | 'clock' | 'newId' | 'keyedHash' | 'producer'>;

/**
 * Applies a fact about the shop. Each of these is safe to run again: the event is
 * marked last, and every step asks for the state it wants.
 * Compliance topics are served for uninstalled shops too.
 */
export async function applyShopFact(
  deps: ShopFactDeps,
  stored: StoredEvent,
  fact: ShopFact,
): Promise<ProcessOutcome> {
  const reason = await apply(deps, stored, fact);
  if (reason) {
    await deps.intake.markIgnored(stored.shop.id, stored.id, reason);
    return { outcome: 'ignored', reason };
  }
  await deps.intake.markProcessed(stored.shop.id, stored.id);
  return { outcome: 'processed', actionIds: [], scored: false };
}

/** @returns why the fact changes nothing, else null */
async function apply(
  deps: ShopFactDeps,
  { shop, ...stored }: StoredEvent,
  fact: ShopFact,
): Promise<string | null> {
  const now = await deps.clock.now();
  const isInstalled = shop.status === 'installed';
  switch (fact.kind) {
    case 'app_uninstalled': {
      const at = stored.occurredAt ?? fact.occurredAt ?? stored.receivedAt;
      if (shop.status === 'unknown' || shop.status === 'redacted') return NOT_INSTALLED;
      // A late notice of an earlier uninstall must not wipe a fresh installation.
      if (!(await deps.shops.uninstall(shop.id, at)))
        return 'The uninstall is older than the present installation.';
      return null;
    }
    case 'scopes_updated':
      if (!isInstalled) return NOT_INSTALLED;
      if (shop.exchangedAt && (stored.occurredAt ?? stored.receivedAt) < shop.exchangedAt)
        return 'The scopes are older than those of the last sign-in.';
      await deps.shops.setScopes(shop.id, fact.scopes);
      return null;
    case 'data_request':
      await deps.privacy.recordDataRequest(shop.id, {
        id: stored.id,
        subject: subjectOf(deps, shop.id, fact),
        requestedAt: now,
      });
      return null;
    case 'customer_redact':
      await deps.privacy.redactCustomer(shop.id, {
        requestId: stored.id,
        subject: subjectOf(deps, shop.id, fact),
        email: fact.email,
        guestKey: (email) => guestKey(shop.id, email, deps.keyedHash),
        orderKey,
        tombstone: (key) => tombstoneKey(shop.id, key, deps.keyedHash),
        pseudonym: (customerId) => pseudonymOf(shop.id, customerId, deps.keyedHash),
        now,
      });
      return null;
    case 'shop_redact':
      // Sent 48 hours after an uninstall; a shop that came back keeps its data.
      if (isInstalled) return 'The shop has installed the app again.';
      await deps.privacy.redactShop(shop.id, { requestId: stored.id, now });
      return null;
    case 'customer_merged': {
      if (!isInstalled) return NOT_INSTALLED;
      if (/fail|error|progress/i.test(fact.status))
        return `The merge did not happen: Shopify reports "${fact.status}".`;
      const [keptKey, deletedKey] = [customerKey(fact.keptId), customerKey(fact.deletedId)];
      const merged = await deps.privacy.mergeCustomers(shop.id, {
        eventId: stored.id,
        keptKey,
        deletedKey,
        keptShopifyId: fact.keptId,
        deletedShopifyId: fact.deletedId,
        tombstones: [keptKey, deletedKey].map((key) => tombstoneKey(shop.id, key, deps.keyedHash)),
        newId: deps.newId,
        now,
      });
      if (!merged) return 'One of the merged customers was erased on request.';
      await deps.producer.enqueue([
        { name: 'customer.score', payload: { shopId: shop.id, customerId: merged.keptId } },
        ...merged.eventIds.map((eventId) => ({
          name: 'event.process' as const,
          payload: { shopId: shop.id, eventId },
        })),
      ]);
      return null;
    }
  }
}

function subjectOf(
  deps: Pick<Deps, 'keyedHash'>,
  shopId: string,
  fact: Extract<ShopFact, { kind: 'data_request' | 'customer_redact' }>,
) {
  const keys = fact.orderIds.map(orderKey);
  if (fact.email?.trim()) keys.unshift(guestKey(shopId, fact.email, deps.keyedHash));
  if (fact.customerId) keys.unshift(customerKey(fact.customerId));
  return { keys, shopifyId: fact.customerId, orderIds: fact.orderIds };
}
