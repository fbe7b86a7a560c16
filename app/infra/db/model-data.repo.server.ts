import type { Pool } from 'pg';
import { cancelledBy, closedBy, paidBy, verifiedBy } from './as-of-sql.ts';
import { courseOf, type SettledCase } from './case-course.ts';
import type { StoredResponse } from './score-sources.ts';

/** The counted orders of one buyer, as far as models of purchases read them. */
export interface BuyerOrders {
  customerId: string;
  orders: {
    createdAt: Date;
    netMinor: number;
    totalMinor: number;
    /** Those made by then; null = none. */
    refunds: { amountMinor: number; lines: { netMinor: number }[] }[] | null;
  }[];
}

/** What a shop's orders are, up to a moment; those that are left out by the reason that is met first. */
export interface OrderCounts {
  orders: number;
  used: number;
  test: number;
  cancelled: number;
  unpaid: number;
  withoutCustomer: number;
  staff: number;
  /** Buyers of those that are used. */
  buyers: number;
  /** When the buyer came by whom the shop counts as open; null: not yet. */
  openedAt: Date | null;
}

/** What models are fitted on. */
export interface ModelDataRepo {
  /**
   * @param openingBuyers by how many buyers a shop counts as open
   * @param staffDomains of the e-mail addresses of staff, whose orders are left out
   */
  orderCounts(
    shopId: string,
    until: Date,
    rules: { openingBuyers: number; staffDomains: readonly string[] },
  ): Promise<OrderCounts>;
  /** Buyers by lot, which the seed decides, up to `limit`; the same ones as long as there are no more. Staff are none. */
  drawBuyers(
    shopId: string,
    until: Date,
    draw: { seed: number; limit: number; staffDomains: readonly string[] },
  ): Promise<string[]>;
  /** Customers with an answer up to `until` that counted at the run's moment, by lot. */
  drawRaters(
    shopId: string,
    until: Date,
    draw: { asOf: Date; seed: number; limit: number },
  ): Promise<string[]>;
  /** The answers by which they are drawn. */
  answersOf(
    shopId: string,
    customerIds: string[],
    until: Date,
    asOf: Date,
  ): Promise<{ customerId: string; answers: StoredResponse[] }[]>;
  /** Cases that had been closed for so many days at a moment and of whose opening all is known; the latest ones up to `limit`. */
  settledCases(
    shopId: string,
    until: Date,
    which: { closedDays: number; limit: number },
  ): Promise<SettledCase[]>;
  /** The orders of these customers that were paid by a moment, and neither cancelled by then nor tests. */
  buyerOrders(shopId: string, customerIds: string[], until: Date): Promise<BuyerOrders[]>;
}

/** SQL: an order that counts as a purchase, as in scoring. */
const counted = (at: string) =>
  `o.customer_id IS NOT NULL AND ${paidBy(at)} AND NOT ${cancelledBy(at)} AND NOT o.test`;

/** SQL: whose orders are left out as those of staff; looked for only where the shop names domains. */
const staff = (domains: string) =>
  `(SELECT c.id FROM customer c WHERE ${domains}::text[] <> '{}' AND c.shop_id = $1 AND lower(split_part(c.email, '@', 2)) = ANY(${domains}))`;
const notStaff = (domains: string) => `o.customer_id NOT IN ${staff(domains)}`;

const COUNTS = `
  SELECT count(*)::int AS orders, count(*) FILTER (WHERE ${counted('$2')} AND ${notStaff('$4')})::int AS used, count(*) FILTER (WHERE o.test)::int AS test,
    count(*) FILTER (WHERE NOT o.test AND ${cancelledBy('$2')})::int AS cancelled,
    count(*) FILTER (WHERE NOT o.test AND NOT ${cancelledBy('$2')} AND NOT ${paidBy('$2')})::int AS unpaid,
    count(*) FILTER (WHERE NOT o.test AND NOT ${cancelledBy('$2')} AND ${paidBy('$2')} AND o.customer_id IS NULL)::int
      AS "withoutCustomer",
    count(*) FILTER (WHERE ${counted('$2')} AND NOT ${notStaff('$4')})::int AS staff,
    (SELECT count(DISTINCT o.customer_id)::int FROM orders o
     WHERE o.shop_id = $1 AND o.placed_at <= $2 AND ${counted('$2')} AND ${notStaff('$4')}) AS buyers,
    (SELECT min(o.placed_at) FROM orders o
     WHERE o.shop_id = $1 AND o.placed_at <= $2 AND ${counted('$2')} AND ${notStaff('$4')}
     GROUP BY o.customer_id ORDER BY 1 OFFSET $3 - 1 LIMIT 1) AS "openedAt"
  FROM orders o WHERE o.shop_id = $1 AND o.placed_at <= $2`;

const DRAW = `
  SELECT customer_id AS id FROM orders o WHERE o.shop_id = $1 AND o.placed_at <= $2 AND ${counted('$2')} AND ${notStaff('$5')}
  GROUP BY customer_id ORDER BY md5($3::text || ':' || customer_id) LIMIT $4`;

/** SQL: what counts of the answers up to $2 at the run's moment. */
const heard = (asOf: string) => `r.customer_id IS NOT NULL AND r.answered_at <= $2 AND ${verifiedBy(asOf)}`;

const DRAW_RATERS = `
  SELECT r.customer_id AS id FROM survey_response r WHERE r.shop_id = $1 AND ${heard('$5')}
  GROUP BY r.customer_id ORDER BY md5($3::text || ':' || r.customer_id) LIMIT $4`;

const ANSWERS = `
  SELECT r.customer_id AS "customerId", json_agg(json_build_object('id', r.id, 'kind', r.kind, 'answeredAt', r.answered_at,
    'orderId', nullif(r.order_id, ''), 'answers', r.answers)) AS answers
  FROM survey_response r WHERE r.shop_id = $1 AND r.customer_id = ANY($3::uuid[]) AND ${heard('$4')} GROUP BY r.customer_id`;

/** A refund without a time was made at an unknown one: it counts at any. */
const REFUNDS = `(SELECT json_agg(r ORDER BY n) FROM jsonb_array_elements(o.doc -> 'refunds') WITH ORDINALITY AS list(r, n)
      WHERE coalesce((r ->> 'createdAt')::timestamptz <= $3, true))`;

const ORDERS = `
  SELECT o.customer_id AS "customerId", json_agg(json_build_object('createdAt', o.placed_at, 'netMinor', o.subtotal_minor,
    'totalMinor', o.total_minor, 'refunds', CASE WHEN o.refunded_minor > 0 THEN ${REFUNDS} END)) AS orders
  FROM unnest($2::uuid[]) AS given(id) JOIN orders o ON o.shop_id = $1 AND o.customer_id = given.id
  WHERE o.placed_at <= $3 AND ${counted('$3')} GROUP BY o.customer_id ORDER BY o.customer_id`;

const SETTLED_AT = `(${closedBy('$2')} + $3::int * interval '1 day')`;
const SETTLED = `
  SELECT ${courseOf('s.at')}, s.at AS "settledAt"
  FROM support_case k CROSS JOIN LATERAL (SELECT ${SETTLED_AT} AS at) s LEFT JOIN orders o ON o.shop_id = $1 AND o.order_id = k.order_id
  WHERE k.shop_id = $1 AND k.opened_severity IS NOT NULL AND s.at <= $2
  ORDER BY k.opened_at DESC, k.id LIMIT $4`;

export function createModelDataRepo(pool: Pool): ModelDataRepo {
  const draw = async (statement: string, values: unknown[]) =>
    (await pool.query<{ id: string }>(statement, values)).rows.map(({ id }) => id);
  return {
    orderCounts: async (shopId, until, { openingBuyers, staffDomains }) =>
      (await pool.query(COUNTS, [shopId, until, openingBuyers, staffDomains])).rows[0],

    drawBuyers: (shopId, until, { seed, limit, staffDomains }) =>
      draw(DRAW, [shopId, until, seed, limit, staffDomains]),

    drawRaters: (shopId, until, { asOf, seed, limit }) =>
      draw(DRAW_RATERS, [shopId, until, seed, limit, asOf]),

    async answersOf(shopId, customerIds, until, asOf) {
      const { rows } = await pool.query(ANSWERS, [shopId, until, customerIds, asOf]);
      return rows.map(({ customerId, answers }) => ({
        customerId,
        answers: answers.map((answer: { answeredAt: string }) => ({
          ...answer,
          answeredAt: new Date(answer.answeredAt),
        })),
      }));
    },

    settledCases: async (shopId, until, { closedDays, limit }) =>
      (await pool.query(SETTLED, [shopId, until, closedDays, limit])).rows,

    async buyerOrders(shopId, customerIds, until) {
      const { rows } = await pool.query(ORDERS, [shopId, customerIds, until]);
      return rows.map(({ customerId, orders }) => ({
        customerId,
        orders: orders.map((order: { createdAt: string }) => ({
          ...order,
          createdAt: new Date(order.createdAt),
        })),
      }));
    },
  };
}
