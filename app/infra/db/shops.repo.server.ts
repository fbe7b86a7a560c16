import type { Pool } from 'pg';
import { NOT_INSTALLED } from '../../domain/core/actions.ts';
import type { ShopState } from '../../domain/core/state.ts';
import { toShop } from './line-rows.ts';

export interface ShopProfile {
  name: string;
  email: string | null;
  currency: string;
  timeZone: string;
}

/** Shops are the root of the tenants: looked up by domain at the doors, by id everywhere else. */
export interface ShopsRepo {
  byDomain(domain: string): Promise<ShopState | null>;
  byId(shopId: string): Promise<ShopState | null>;
  /**
   * Installed now, or still: keeps the first install time of an installation that goes on, and
   * notes `now` as the last token exchange. Events of the last 2 days of machine time that
   * were ignored because the app was not installed are received again; reconcile finds them.
   * At every exchange, because one of them may be ignored while this runs.
   */
  install(
    newShopId: string,
    install: { domain: string; scopes: string; now: Date },
  ): Promise<{ shopId: string; fresh: boolean }>;
  saveProfile(shopId: string, profile: ShopProfile): Promise<void>;
  /**
   * Ends the installation and forgets the tokens.
   * @param at business time of the uninstall
   * @returns false, and changes nothing, when tokens were exchanged after it
   */
  uninstall(shopId: string, at: Date): Promise<boolean>;
  setScopes(shopId: string, scopes: string[]): Promise<void>;
  /** Machine time: no action of the shop is tried before. */
  throttle(shopId: string, milliseconds: number): Promise<void>;
  /** Milliseconds until Shopify may be asked again for this shop; 0 = now. */
  throttledFor(shopId: string): Promise<number>;
}

export function createShopsRepo(pool: Pool): ShopsRepo {
  const one = async (where: string, value: string) => {
    const { rows } = await pool.query(`SELECT to_json(s) AS shop FROM shop s WHERE ${where}`, [value]);
    return rows[0] ? toShop(rows[0].shop) : null;
  };
  return {
    byDomain: (domain) => one('s.domain = $1', domain),
    byId: (shopId) => one('s.id = $1', shopId),

    async install(newShopId, { domain, scopes, now }) {
      const { rows } = await pool.query(
        `WITH home AS (
           INSERT INTO shop AS s (id, domain, status, scopes, installed_at, exchanged_at)
           VALUES ($1, $2, 'installed', $3, $4, $4)
           ON CONFLICT (domain) DO UPDATE SET scopes = excluded.scopes, uninstalled_at = NULL, status = 'installed',
             installed_at = CASE WHEN s.status = 'installed' THEN s.installed_at ELSE excluded.installed_at END,
             exchanged_at = greatest(s.exchanged_at, excluded.exchanged_at),
             pixel_due_at = CASE WHEN s.status = 'installed' AND s.scopes = excluded.scopes AND s.pixel_problem IS NULL
               THEN s.pixel_due_at ELSE now() END
           RETURNING id, (installed_at = $4 OR name IS NULL) AS fresh
         ), again AS (
           UPDATE event e SET status = 'received', reason = NULL, processed_at = NULL, attempts = 0 FROM home
           WHERE e.shop_id = home.id AND e.status = 'ignored' AND e.reason = $5
             AND e.processed_at > now() - interval '2 days'
         )
         SELECT id, fresh FROM home`,
        [newShopId, domain, scopes, now, NOT_INSTALLED],
      );
      return { shopId: rows[0].id, fresh: rows[0].fresh };
    },

    async saveProfile(shopId, profile) {
      await pool.query('UPDATE shop SET name = $2, email = $3, currency = $4, time_zone = $5 WHERE id = $1', [
        shopId,
        profile.name,
        profile.email,
        profile.currency,
        profile.timeZone,
      ]);
    },

    async uninstall(shopId, at) {
      const { rows } = await pool.query(
        `WITH gone AS (
           UPDATE shop SET status = 'uninstalled', uninstalled_at = $2, pixel_id = NULL, pixel_problem = NULL,
             pixel_on_since = NULL, rules_seq = rules_seq + (pixel_on_since IS NOT NULL)::int
           WHERE id = $1 AND (exchanged_at IS NULL OR exchanged_at <= $2) RETURNING domain
         ), forgotten AS (
           DELETE FROM shopify_session USING gone WHERE shop_domain = gone.domain
         )
         SELECT domain FROM gone`,
        [shopId, at],
      );
      return rows.length === 1;
    },

    async setScopes(shopId, scopes) {
      await pool.query('UPDATE shop SET scopes = $2, pixel_due_at = now() WHERE id = $1', [
        shopId,
        scopes.join(','),
      ]);
    },

    async throttle(shopId, milliseconds) {
      await pool.query(
        `UPDATE shop SET throttled_until = greatest(throttled_until, now() + $2 * interval '1 millisecond') WHERE id = $1`,
        [shopId, milliseconds],
      );
    },

    async throttledFor(shopId) {
      const { rows } = await pool.query(
        `SELECT greatest(0, extract(epoch FROM throttled_until - now()) * 1000)::int AS ms FROM shop WHERE id = $1`,
        [shopId],
      );
      return rows[0]?.ms ?? 0;
    },
  };
}
