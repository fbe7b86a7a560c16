import type { WebhookDelivery } from '../infra/shopify/read-webhook.ts';
import type { Deps } from './deps.ts';

export type IngestOutcome = { outcome: 'stored' | 'duplicate'; eventId: string };

/**
 * Stores one verified delivery and hands its id to the queue. Once this returns the
 * delivery is safe: if the queue loses the id, reconcile finds the row.
 * Throws when it could not be stored; the route then answers 5xx and Shopify sends it again.
 */
export async function ingestWebhook(
  deps: Pick<Deps, 'intake' | 'producer' | 'newId'>,
  delivery: WebhookDelivery,
): Promise<IngestOutcome> {
  const stored = await deps.intake.storeWebhook({
    ...delivery,
    eventId: deps.newId(),
    newShopId: deps.newId(),
  });
  if (stored.duplicate) return { outcome: 'duplicate', eventId: stored.eventId };
  void deps.producer.enqueue([
    { name: 'event.process', payload: { shopId: stored.shopId, eventId: stored.eventId } },
  ]);
  return { outcome: 'stored', eventId: stored.eventId };
}
