import type { Pool } from 'pg';
import type { SurveyKind } from '../../domain/surveys/contract.ts';
import type { EarlierAnswer } from '../../domain/surveys/earlier-answer.ts';
import type { Claim } from './answers.repo.server.ts';
import { EARLIER } from './links.repo.server.ts';
import type { SurveyShop } from './links.repo.server.ts';

/** An order as the choice of a survey sees it. */
export interface AskableOrder {
  orderId: string;
  name: string;
  placedAt: Date | null;
  deliveredAt: Date | null;
  cancelled: boolean;
  test: boolean;
  /** Kinds of which the newest due survey was answered; one that only has steps is still open. */
  answered: SurveyKind[];
  /** What there is of each kind, answered or only begun. */
  earlier: Partial<Record<SurveyKind, EarlierAnswer>>;
}

export interface OpenSurveysRepo {
  /** The shop behind a domain that Shopify signed; null when it never installed the app. */
  shopByDomain(domain: string): Promise<(SurveyShop & { /** Business time. */ now: Date }) | null>;
  /** A logged-in customer with the 20 newest orders and, if named, `orderId`; null: not known here. */
  customerOrders(
    shopId: string,
    shopifyCustomerId: string,
    orderId: string | null,
  ): Promise<{ locale: string | null; redacted: boolean; orders: AskableOrder[] } | null>;
  /**
   * What an unproven visitor of a thank-you or order-status page may cause us to look at. `claimed` is what
   * the visitor answered or began, by kind: as a claim, or, where the order is known to be theirs, at any door.
   */
  claimedOrder(
    shopId: string,
    claim: Omit<Claim, 'kind' | 'keys'>,
  ): Promise<{ delivered: boolean; redacted: boolean; claimed: AskableOrder['earlier'] }>;
}

const SHOP_BY_DOMAIN = `
  SELECT id, domain, status, coalesce(name, domain) AS name, settings, live_surveys AS "liveSurveys",
    business_now() AS now
  FROM shop WHERE domain = $1`;

/** An answer counts for the newest repeat of its survey that was due, as it will be stored. */
const CUSTOMER_ORDERS = `
  SELECT c.locale, c.redacted_at IS NOT NULL AS redacted, coalesce((
    SELECT json_agg(o ORDER BY o."placedAt" DESC NULLS LAST, o."orderId" DESC) FROM (
      SELECT o.order_id AS "orderId", o.name, o.placed_at AS "placedAt", o.delivered_at AS "deliveredAt",
        o.cancelled_at IS NOT NULL AS cancelled, o.test, coalesce(a.answered, '{}') AS answered, a.earlier
      FROM orders o
      CROSS JOIN LATERAL (
        SELECT array_agg(r.kind) FILTER (WHERE NOT r.unfinished) AS answered,
          json_object_agg(r.kind, ${EARLIER}) AS earlier
        FROM survey_response r
        WHERE r.shop_id = o.shop_id AND r.order_id = o.order_id AND r.customer_id IS NOT NULL AND r.held_reason IS NULL
          AND r.answer_key = r.kind || ':' || o.order_id || ':' || coalesce((
            SELECT max(i.sequence) FROM survey_invitation i
            WHERE i.shop_id = o.shop_id AND i.order_id = o.order_id AND i.kind = r.kind
              AND (i.sequence = 0 OR i.due_at <= business_now())), 0)) a
      WHERE o.shop_id = c.shop_id AND o.customer_id = c.id AND ($3::text IS NULL OR o.order_id = $3)
      ORDER BY o.placed_at DESC NULLS LAST LIMIT 20) o), '[]') AS orders
  FROM customer c
  WHERE c.shop_id = $1 AND c.shopify_id = $2 AND c.merged_into_id IS NULL`;

const CLAIMED_ORDER = `
  SELECT
    EXISTS (SELECT FROM orders o WHERE o.shop_id = $1 AND o.order_id = $2 AND o.delivered_at <= business_now()) AS delivered,
    EXISTS (SELECT FROM orders o CROSS JOIN LATERAL current_customer_id($1, o.customer_id) AS who(id)
      JOIN customer c ON c.shop_id = $1 AND c.id = who.id
      WHERE o.shop_id = $1 AND o.order_id = $2 AND c.redacted_at IS NOT NULL)
      OR EXISTS (SELECT FROM tombstone WHERE shop_id = $1 AND subject_key = ANY($5::text[])) AS redacted,
    (SELECT coalesce(json_object_agg(r.kind, ${EARLIER} ORDER BY r.unfinished DESC), '{}') FROM survey_response r
      WHERE r.shop_id = $1 AND r.order_id = $2 AND r.held_reason IS NULL
      AND (r.answer_key = r.kind || ':' || $2 || ':u:' || $3
        OR r.answer_key = r.kind || ':' || $2 || ':0' AND EXISTS (
          SELECT FROM orders o JOIN customer n ON n.shop_id = $1 AND n.shopify_id = $4
          WHERE o.shop_id = $1 AND o.order_id = $2
            AND current_customer_id($1, n.id) = current_customer_id($1, o.customer_id)))) AS claimed`;

export function createOpenSurveysRepo(pool: Pool): OpenSurveysRepo {
  return {
    async shopByDomain(domain) {
      const { rows } = await pool.query({ name: 'survey_shop', text: SHOP_BY_DOMAIN, values: [domain] });
      return rows[0] ?? null;
    },

    async customerOrders(shopId, shopifyCustomerId, orderId) {
      const values = [shopId, shopifyCustomerId, orderId];
      const { rows } = await pool.query({ name: 'survey_orders', text: CUSTOMER_ORDERS, values });
      const row = rows[0];
      if (!row) return null;
      const orders = (row.orders as AskableOrder[]).map((order) => ({
        ...order,
        placedAt: order.placedAt && new Date(order.placedAt),
        deliveredAt: order.deliveredAt && new Date(order.deliveredAt),
        earlier: order.earlier ?? {},
      }));
      return { locale: row.locale, redacted: row.redacted, orders };
    },

    async claimedOrder(shopId, { orderId, claimant, claimedBy, tombstones }) {
      const { rows } = await pool.query({
        name: 'survey_claimed',
        text: CLAIMED_ORDER,
        values: [shopId, orderId, claimant, claimedBy, tombstones],
      });
      return rows[0];
    },
  };
}
