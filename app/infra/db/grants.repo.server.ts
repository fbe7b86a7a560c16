import type { Pool } from 'pg';
import type { BeforeOffer } from '../../domain/flows/compensation.ts';
import { withTransaction } from './pool.server.ts';
import { lockCustomer } from './lock-line.server.ts';

export interface Grant {
  code: string;
  amountMinor: number;
  currency: string;
  expiresAt: Date;
}

/** Codes given away and the budget they come from. */
export interface GrantsRepo {
  /** What this action reserved, or has created already, on an earlier try. */
  ofAction(shopId: string, actionId: string): Promise<(Grant & { status: 'reserved' | 'confirmed' }) | null>;
  /**
   * What of the shop's earlier answers is still open, at most 100 offers: a budget goes to who
   * came first, not to whose worker was faster.
   */
  before(shopId: string, actionId: string): Promise<BeforeOffer>;
  /**
   * Revenue of the two months around a budget period, and what the period has reserved and
   * spent; minor units. Last month's is null only if the shop has no order before this month.
   */
  revenue(
    shopId: string,
    period: { key: string; thisMonthStart: Date; lastMonthStart: Date; countedUntil: Date },
  ): Promise<{ lastMonthMinor: number | null; thisMonthMinor: number; committedMinor: number }>;
  /**
   * Takes the amount out of the period's budget, in one conditional update under the
   * customer's lock. `recent_offer`: the customer had one after `notSince` meanwhile.
   */
  reserve(
    shopId: string,
    grant: Grant & {
      actionId: string;
      customerId: string;
      orderId: string | null;
      period: string;
      limitMinor: number;
      issuedAt: Date;
      notSince: Date;
    },
  ): Promise<'reserved' | 'budget_exhausted' | 'recent_offer'>;
  confirm(shopId: string, actionId: string, nodeId: string): Promise<void>;
  /** Gives the amount back to the budget. */
  release(shopId: string, actionId: string): Promise<void>;
  confirmed(shopId: string, actionId: string | null): Promise<Grant | null>;
  referralCode(shopId: string, customerId: string): Promise<string | null>;
  saveReferralCode(
    shopId: string,
    referral: { id: string; customerId: string; code: string; nodeId: string; now: Date },
  ): Promise<void>;
}

const REVENUE = `
  SELECT
    (SELECT coalesce(sum(greatest(0, total_minor - refunded_minor)),
         CASE WHEN EXISTS (SELECT FROM orders WHERE shop_id = $1 AND NOT test AND placed_at < $3) THEN 0 END)
       FROM orders WHERE shop_id = $1 AND NOT test AND paid_at IS NOT NULL
       AND cancelled_at IS NULL AND placed_at >= $2 AND placed_at < least($3::timestamptz, $5))::bigint AS last_month,
    (SELECT coalesce(sum(greatest(0, total_minor - refunded_minor)), 0) FROM orders WHERE shop_id = $1 AND NOT test
       AND paid_at IS NOT NULL AND cancelled_at IS NULL AND placed_at >= $3 AND placed_at < $5)::bigint AS this_month,
    (SELECT used_minor FROM budget WHERE shop_id = $1 AND purpose = 'recovery' AND period = $4) AS committed`;

/** An answer that is not processed yet, or whose offer is not decided yet. Event ids grow with time. */
const BEFORE = `
  SELECT EXISTS (SELECT FROM event e WHERE e.shop_id = $1 AND e.status = 'received' AND e.source = 'answer' AND e.id < a.event_id) AS answers,
    (SELECT count(*)::int FROM (
      SELECT FROM (
        SELECT id, shop_id, kind, event_id FROM action WHERE status = 'pending'
        UNION ALL SELECT id, shop_id, kind, event_id FROM action WHERE status = 'claimed'
        UNION ALL SELECT id, shop_id, kind, event_id FROM action WHERE status = 'waiting') b
      WHERE b.shop_id = $1 AND b.kind = a.kind AND b.event_id < a.event_id AND NOT EXISTS (
        SELECT FROM discount_grant g WHERE g.shop_id = $1 AND g.id = b.id AND g.status <> 'released') LIMIT 100) open) AS offers
  FROM action a WHERE a.shop_id = $1 AND a.id = $2`;

const RESERVE = `
  WITH recent AS (
    SELECT FROM discount_grant WHERE shop_id = $1 AND purpose = 'recovery' AND status <> 'released'
      AND (id = $5 OR (customer_id = $6 AND issued_at > $12))
  ), kept AS (
    INSERT INTO budget AS b (shop_id, purpose, period, limit_minor, used_minor)
    SELECT $1, 'recovery', $2, $3, $4 WHERE $4 <= $3::bigint AND NOT EXISTS (SELECT FROM recent)
    ON CONFLICT (shop_id, purpose, period) DO UPDATE SET used_minor = b.used_minor + $4, limit_minor = $3
    WHERE b.used_minor + $4 <= $3
    RETURNING b.period
  ), granted AS (
    INSERT INTO discount_grant (shop_id, id, purpose, period, customer_id, order_id, code, amount_minor, currency, status,
    issued_at, expires_at)
    SELECT $1, $5, 'recovery', kept.period, $6, $7, $8, $4, $9, 'reserved', $10, $11 FROM kept
    ON CONFLICT (shop_id, id) DO UPDATE SET status = 'reserved', period = excluded.period, customer_id = excluded.customer_id,
      amount_minor = excluded.amount_minor, issued_at = excluded.issued_at, expires_at = excluded.expires_at
    RETURNING id
  )
  SELECT EXISTS (SELECT FROM granted) AS granted, EXISTS (SELECT FROM recent) AS recent`;

export function createGrantsRepo(pool: Pool): GrantsRepo {
  const ofAction: GrantsRepo['ofAction'] = async (shopId, actionId) => {
    const { rows } = await pool.query({
      name: 'grant_of_action',
      text: `SELECT status, code, amount_minor, currency, expires_at FROM discount_grant
       WHERE shop_id = $1 AND id = $2 AND status <> 'released'`,
      values: [shopId, actionId],
    });
    const row = rows[0];
    if (!row) return null;
    const { status, code, currency } = row;
    return { status, code, amountMinor: row.amount_minor, currency, expiresAt: row.expires_at };
  };
  return {
    ofAction,

    async confirmed(shopId, actionId) {
      const grant = actionId && (await ofAction(shopId, actionId));
      return grant && grant.status === 'confirmed' ? grant : null;
    },

    async before(shopId, actionId) {
      const { rows } = await pool.query({ name: 'grants_before', text: BEFORE, values: [shopId, actionId] });
      return rows[0] ?? { answers: false, offers: 0 };
    },

    async revenue(shopId, period) {
      const values = [shopId, period.lastMonthStart, period.thisMonthStart, period.key, period.countedUntil];
      const { rows } = await pool.query({ name: 'grants_revenue', text: REVENUE, values });
      return {
        lastMonthMinor: rows[0].last_month,
        thisMonthMinor: rows[0].this_month,
        committedMinor: rows[0].committed ?? 0,
      };
    },

    async reserve(shopId, g) {
      const budget = [g.period, g.limitMinor, g.amountMinor];
      const what = [
        g.actionId,
        g.customerId,
        g.orderId,
        g.code,
        g.currency,
        g.issuedAt,
        g.expiresAt,
        g.notSince,
      ];
      const row = await withTransaction(pool, async (client) => {
        await lockCustomer(client, shopId, g.customerId);
        const values = [shopId, ...budget, ...what];
        return (await client.query({ name: 'grant_reserve', text: RESERVE, values })).rows[0];
      });
      return row.granted ? 'reserved' : row.recent ? 'recent_offer' : 'budget_exhausted';
    },

    async confirm(shopId, actionId, nodeId) {
      await pool.query(
        `UPDATE discount_grant SET status = 'confirmed', node_id = $3 WHERE shop_id = $1 AND id = $2`,
        [shopId, actionId, nodeId],
      );
    },

    async release(shopId, actionId) {
      await pool.query(
        `WITH released AS (
           UPDATE discount_grant SET status = 'released' WHERE shop_id = $1 AND id = $2 AND status = 'reserved'
           RETURNING purpose, period, amount_minor
         )
         UPDATE budget b SET used_minor = b.used_minor - r.amount_minor FROM released r
         WHERE b.shop_id = $1 AND b.purpose = r.purpose AND b.period = r.period`,
        [shopId, actionId],
      );
    },

    async referralCode(shopId, customerId) {
      const { rows } = await pool.query(
        'SELECT code FROM referral_code WHERE shop_id = $1 AND customer_id = $2',
        [shopId, customerId],
      );
      return rows[0]?.code ?? null;
    },

    async saveReferralCode(shopId, referral) {
      await pool.query(
        `INSERT INTO referral_code (shop_id, id, customer_id, code, discount_node_id, issued_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [shopId, referral.id, referral.customerId, referral.code, referral.nodeId, referral.now],
      );
    },
  };
}
