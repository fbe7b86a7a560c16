import type { Pool } from 'pg';
import { lockCustomer } from './lock-line.server.ts';
import { SHOP } from './links.repo.server.ts';
import type { SurveyShop } from './links.repo.server.ts';
import { withTransaction } from './pool.server.ts';

/** What a customer may stop: the surveys alone, or every mail of this service but those about their own complaint. */
export type MailList = 'surveys' | 'all';

export interface SubscriptionsRepo {
  /** The shop and language behind an unsubscribe link, and what was stopped; null when customer or shop is unknown. */
  find(
    shopId: string,
    customerId: string,
  ): Promise<{ shop: SurveyShop; locale: string | null; stopped: MailList | null } | null>;
  /** Stops one list, once: a second time keeps the first date. */
  stop(shopId: string, customerId: string, list: MailList): Promise<void>;
  /** Takes back what was stopped by our own link; what the shop itself was told stays. */
  resume(shopId: string, customerId: string): Promise<void>;
}

const FIND = `
  SELECT ${SHOP}, c.locale,
    CASE WHEN c.unsubscribed_at IS NOT NULL THEN 'all' WHEN c.surveys_off_at IS NOT NULL THEN 'surveys' END AS stopped
  FROM current_customer_id($1, $2) AS who(id)
  JOIN customer c ON c.shop_id = $1 AND c.id = who.id
  JOIN shop s ON s.id = c.shop_id`;

const change = (what: string) => `
  UPDATE customer SET ${what}
  FROM current_customer_id($1, $2) AS who(id) WHERE customer.shop_id = $1 AND customer.id = who.id`;

const STOP: Record<MailList, string> = {
  surveys: change('surveys_off_at = coalesce(surveys_off_at, business_now())'),
  all: change('unsubscribed_at = coalesce(unsubscribed_at, business_now())'),
};

const RESUME = change('surveys_off_at = NULL, unsubscribed_at = NULL');

export function createSubscriptionsRepo(pool: Pool): SubscriptionsRepo {
  /** Under the customer's lock: a merge at the same time would leave the wish with the row that is merged away. */
  const changed = (shopId: string, customerId: string, statement: string) =>
    withTransaction(pool, async (client) => {
      await lockCustomer(client, shopId, customerId);
      await client.query(statement, [shopId, customerId]);
    });

  return {
    async find(shopId, customerId) {
      const { rows } = await pool.query(FIND, [shopId, customerId]);
      return rows[0] ?? null;
    },

    stop: (shopId, customerId, list) => changed(shopId, customerId, STOP[list]),

    resume: (shopId, customerId) => changed(shopId, customerId, RESUME),
  };
}
