import type { Pool } from 'pg';
import { seenAt } from './score-again.ts';

export interface SiteVisit {
  /** What the beacon names the shop by, beside its id. */
  account: string;
  /** Of Shopify's customer, `c:<id>`. */
  customerKey: string;
  /** Whatever Shopify calls the event, as a UUID. */
  eventId: string;
  kind: 'page' | 'help' | 'product';
}

/** What customers look at in the store, counted by day. */
export interface SiteVisitsRepo {
  /** Whether beacons of an installed shop name it so. */
  isAccount(shopId: string, account: string): Promise<boolean>;
  /**
   * Counts one visit of a stored customer now, business time, once for each event of the last day; the customer was seen.
   * `nobody`: no such customer, or erased. `moved`: merged or erased in the same moment, so that it is to be tried again.
   * `busy`: somebody else works on the customer, for longer than a visit is worth waiting for; nothing was counted.
   */
  note(
    shopId: string,
    visit: SiteVisit,
  ): Promise<'noted' | 'known_before' | 'nobody' | 'moved' | 'busy' | 'unknown_account'>;
}

/** Anybody may come through this door, so it never waits for long, and takes no connection from the other doors. */
const LONGEST_WAIT_MS = 500;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * In one round trip. The customer's lock comes before the row's: whoever merges or erases them holds it, and the row is
 * read anew once it is free (FOR UPDATE), so that nothing is written about a person who is gone. When they were last seen
 * is written once an hour at most: scores count in days, and each page would leave a dead copy of the customer's row.
 */
const NOTE = `
  WITH home AS MATERIALIZED (
    SELECT id, set_config('lock_timeout', '${LONGEST_WAIT_MS}', true) FROM shop WHERE id = $1 AND pixel_account = $2 AND status = 'installed'
  ), meant AS MATERIALIZED (
    SELECT today.id, lock_customers($1, ARRAY[today.key]) AS held FROM home, customer c
    CROSS JOIN LATERAL current_customer_id($1, c.id) AS who(id)
    JOIN customer today ON today.shop_id = $1 AND today.id = who.id
    WHERE c.shop_id = $1 AND c.key = $3 AND today.redacted_at IS NULL
  ), person AS MATERIALIZED (
    SELECT c.id FROM meant JOIN customer c ON c.shop_id = $1 AND c.id = meant.id
    WHERE c.merged_into_id IS NULL AND c.redacted_at IS NULL FOR UPDATE OF c
  ), fresh AS (
    INSERT INTO site_event (shop_id, id) SELECT $1, $4 FROM person ON CONFLICT (shop_id, id) DO NOTHING RETURNING id
  ), counted AS (
    INSERT INTO site_day AS d (shop_id, customer_id, day, views, product_views, help_views)
    SELECT $1, person.id, (business_now() AT TIME ZONE 'UTC')::date, ($5::text <> 'product')::int,
      ($5 = 'product')::int, ($5 = 'help')::int FROM person, fresh
    ON CONFLICT (shop_id, customer_id, day) DO UPDATE SET views = d.views + excluded.views,
      product_views = d.product_views + excluded.product_views, help_views = d.help_views + excluded.help_views
  ), seen AS (
    UPDATE customer c SET ${seenAt('business_now()')} FROM person, fresh WHERE c.shop_id = $1 AND c.id = person.id
      AND (c.last_seen_at IS NULL OR c.last_seen_at < business_now() - interval '1 hour')
  )
  SELECT CASE WHEN NOT EXISTS (SELECT FROM home) THEN 'unknown_account' WHEN NOT EXISTS (SELECT FROM meant) THEN 'nobody'
    WHEN NOT EXISTS (SELECT FROM person) THEN 'moved' WHEN EXISTS (SELECT FROM fresh) THEN 'noted'
    ELSE 'known_before' END AS outcome`;

export function createSiteVisitsRepo(pool: Pool): SiteVisitsRepo {
  return {
    async isAccount(shopId, account) {
      const { rowCount } = await pool.query({
        name: 'site_account',
        text: `SELECT 1 FROM shop WHERE id = $1 AND pixel_account = $2 AND status = 'installed'`,
        values: [shopId, account],
      });
      return rowCount === 1;
    },

    async note(shopId, { account, customerKey, eventId, kind }) {
      const values = [shopId, account, customerKey, eventId, kind];
      try {
        const { rows } = await pool.query({ name: 'site_visit', text: NOTE, values });
        return rows[0].outcome;
      } catch (error) {
        if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return 'busy';
        throw error;
      }
    },
  };
}
