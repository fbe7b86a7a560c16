import type { Pool } from 'pg';

/** A shop whose pixel is to be looked at. */
export interface PixelShop {
  shopId: string;
  domain: string;
  /** As Shopify granted them. */
  scopes: string[];
  /** By what its beacons name it. */
  account: string;
  /** Names this claim: when it runs out, machine time. */
  claimedUntil: Date;
  /** Shopify's, while it is switched on. */
  pixelId: string | null;
  /** As stored. */
  settings: unknown;
}

/** The web pixel of each shop, as far as Shopify was told. */
export interface PixelsRepo {
  /**
   * Installed shops whose pixel is due, which get an account if they have none. They are not due again for 5 minutes of
   * machine time, in which whoever asked tells Shopify.
   * @param newAccount a secret, made for each shop
   */
  due(newAccount: () => string, limit: number): Promise<PixelShop[]>;
  /**
   * How it went. A pixel that begins or ends to run has everybody scored again: whether silence says anything depends on it.
   * @param end.claimedUntil as `due` told it; whoever wished for something else since, or claimed it anew, keeps their time
   * @param end.minutes machine time until Shopify is told again
   */
  settle(
    shopId: string,
    end: { claimedUntil: Date; pixelId: string | null; problem: string | null; minutes: number },
  ): Promise<void>;
}

const DUE = `
  WITH found AS (
    SELECT id, row_number() OVER () AS place FROM (
      SELECT id FROM shop WHERE status = 'installed' AND pixel_due_at <= now()
        AND (throttled_until IS NULL OR throttled_until <= now())
      ORDER BY pixel_due_at, id LIMIT $1 FOR UPDATE SKIP LOCKED) due
  )
  UPDATE shop s SET pixel_due_at = now() + interval '5 minutes',
    pixel_account = coalesce(s.pixel_account, ($2::text[])[found.place::int])
  FROM found WHERE s.id = found.id
  RETURNING s.id AS "shopId", s.domain, s.scopes, s.pixel_account AS account, s.pixel_id AS "pixelId", s.settings,
    s.pixel_due_at AS "claimedUntil"`;

const SETTLE = `
  WITH pixel AS (
    SELECT CASE WHEN $2::text IS NULL THEN NULL WHEN pixel_id IS NULL THEN business_now()
      ELSE coalesce(pixel_on_since, business_now()) END AS on_since
    FROM shop WHERE id = $1 FOR UPDATE
  )
  UPDATE shop s SET pixel_id = $2, pixel_problem = $3, pixel_on_since = pixel.on_since,
    rules_seq = s.rules_seq + (s.pixel_on_since IS DISTINCT FROM pixel.on_since)::int,
    pixel_due_at = CASE WHEN s.pixel_due_at = $5 THEN now() + $4 * interval '1 minute' ELSE s.pixel_due_at END
  FROM pixel WHERE s.id = $1 AND s.status = 'installed'`;

export function createPixelsRepo(pool: Pool): PixelsRepo {
  return {
    async due(newAccount, limit) {
      const { rows } = await pool.query(DUE, [limit, Array.from({ length: limit }, newAccount)]);
      return rows.map(({ scopes, ...row }) => ({ ...row, scopes: scopes.split(',').filter(Boolean) }));
    },

    async settle(shopId, { claimedUntil, pixelId, problem, minutes }) {
      await pool.query(SETTLE, [shopId, pixelId, problem, minutes, claimedUntil]);
    },
  };
}
