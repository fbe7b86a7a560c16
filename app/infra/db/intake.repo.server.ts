import type { Pool } from 'pg';
import { groupCommit } from './group-commit.ts';

/** Storing what arrives: one row per delivery, its bytes beside it. */

export interface IncomingWebhook {
  eventId: string;
  /** Shop's row id for shops not heard of before. */
  newShopId: string;
  shopDomain: string;
  topic: string;
  webhookId: string;
  sourceEventId: string | null;
  apiVersion: string | null;
  triggeredAt: Date | null;
  body: Uint8Array;
}

export type StoredWebhook = { shopId: string; eventId: string; duplicate: boolean };

/**
 * Several deliveries in one statement: what comes in the same few milliseconds shares one
 * round trip and one commit. A repeated delivery only counts itself on the first row.
 * 30 days is how long bytes are kept (machine time: it is a matter of storage, not of business).
 */
const STORE = `
  WITH incoming AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
      $8::timestamptz[], $9::bytea[]) AS i(event_id, new_shop_id, domain, topic, webhook_id, source_event_id, api_version,
      triggered_at, body)
  ), known AS (
    SELECT i.*, s.id AS shop_id FROM incoming i LEFT JOIN shop s ON s.domain = i.domain
  ), new_shop AS (
    INSERT INTO shop (id, domain, status)
    SELECT DISTINCT ON (domain) new_shop_id, domain, 'unknown' FROM known WHERE shop_id IS NULL
    ON CONFLICT (domain) DO UPDATE SET domain = excluded.domain RETURNING id, domain
  ), placed AS (
    SELECT k.event_id, k.topic, k.webhook_id, k.source_event_id, k.api_version, k.triggered_at, k.body,
      coalesce(k.shop_id, n.id) AS shop_id
    FROM known k LEFT JOIN new_shop n ON n.domain = k.domain
  ), stored AS (
    INSERT INTO event AS e (shop_id, id, source, topic, dedupe_key, source_event_id, api_version, occurred_at, received_at,
      duplicates)
    SELECT DISTINCT ON (shop_id, webhook_id) shop_id, event_id, 'shopify', topic, webhook_id, source_event_id, api_version,
      triggered_at, business_now(), count(*) OVER (PARTITION BY shop_id, webhook_id) - 1 FROM placed
    ON CONFLICT (shop_id, source, dedupe_key) DO UPDATE SET duplicates = e.duplicates + 1 + excluded.duplicates
    RETURNING e.shop_id, e.id, e.dedupe_key
  ), bodies AS (
    INSERT INTO raw_body (shop_id, event_id, body, expires_at)
    SELECT p.shop_id, p.event_id, p.body, now() + interval '30 days'
    FROM placed p JOIN stored s ON s.shop_id = p.shop_id AND s.id = p.event_id
  )
  SELECT p.event_id AS asked_id, s.shop_id, s.id FROM placed p
  JOIN stored s ON s.shop_id = p.shop_id AND s.dedupe_key = p.webhook_id`;

export interface IntakeRepo {
  /** Resolves once the delivery is committed; those that arrive together share a statement. */
  storeWebhook(webhook: IncomingWebhook): Promise<StoredWebhook>;
  /** Marks an event that changes nothing here, with the reason. */
  markIgnored(shopId: string, eventId: string, reason: string): Promise<void>;
  markProcessed(shopId: string, eventId: string): Promise<void>;
  /** Marks an event that could not be decided; it stays to be looked at and replayed. */
  markFailed(shopId: string, eventId: string, error: string): Promise<void>;
  /** Counts a failed try that will be made again. */
  markAttempt(shopId: string, eventId: string, error: string): Promise<void>;
}

export function createIntakeRepo(pool: Pool): IntakeRepo {
  return {
    storeWebhook: groupCommit((webhooks) => storeAll(pool, webhooks)),

    async markIgnored(shopId, eventId, reason) {
      await pool.query(
        `UPDATE event SET status = 'ignored', reason = $3, error = NULL, attempts = attempts + 1, processed_at = now()
         WHERE shop_id = $1 AND id = $2 AND status = 'received'`,
        [shopId, eventId, reason],
      );
    },

    async markProcessed(shopId, eventId) {
      await pool.query(
        `UPDATE event SET status = 'processed', error = NULL, attempts = attempts + 1, processed_at = now()
         WHERE shop_id = $1 AND id = $2 AND status = 'received'`,
        [shopId, eventId],
      );
    },

    async markFailed(shopId, eventId, error) {
      await pool.query(
        `UPDATE event SET status = 'failed', error = $3, attempts = attempts + 1, processed_at = now()
         WHERE shop_id = $1 AND id = $2 AND status = 'received'`,
        [shopId, eventId, error.slice(0, 2_000)],
      );
    },

    async markAttempt(shopId, eventId, error) {
      await pool.query(
        `UPDATE event SET attempts = attempts + 1, error = $3 WHERE shop_id = $1 AND id = $2 AND status = 'received'`,
        [shopId, eventId, error.slice(0, 2_000)],
      );
    },
  };
}

async function storeAll(pool: Pool, webhooks: IncomingWebhook[]): Promise<StoredWebhook[]> {
  const column = <Value>(pick: (webhook: IncomingWebhook) => Value) => webhooks.map(pick);
  const values = [
    column((w) => w.eventId),
    column((w) => w.newShopId),
    column((w) => w.shopDomain),
    column((w) => w.topic),
    column((w) => w.webhookId),
    column((w) => w.sourceEventId),
    column((w) => w.apiVersion),
    column((w) => w.triggeredAt),
    column((w) => Buffer.from(w.body.buffer, w.body.byteOffset, w.body.byteLength)),
  ];
  const { rows } = await pool.query({ name: 'intake_store', text: STORE, values });
  const byAsked = new Map(rows.map((row) => [row.asked_id as string, row]));
  return webhooks.map((webhook) => {
    const row = byAsked.get(webhook.eventId);
    if (!row)
      throw new Error(`The delivery ${webhook.webhookId} was not stored; Shopify will send it again.`);
    return { shopId: row.shop_id, eventId: row.id, duplicate: row.id !== webhook.eventId };
  });
}
