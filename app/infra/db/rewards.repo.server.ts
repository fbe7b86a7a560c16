import type { Pool } from 'pg';
import type { Reward } from '../../domain/surveys/definition.ts';
import { lockCustomer } from './lock-line.server.ts';
import { withTransaction } from './pool.server.ts';
import { changing } from './survey-drafts.repo.server.ts';

/** What completing a survey earned. */
export interface StoredReward {
  /** gone: the budget was used up, so there is nothing. */
  status: 'reserved' | 'confirmed' | 'gone';
  kind: Reward['kind'];
  /** Percent, minor units of `currency`, or points. */
  worth: number;
  currency: string;
  /** null for points. */
  code: string | null;
  /** null for points. */
  expiresAt: Date | null;
}

export interface NewReward extends Omit<StoredReward, 'status'> {
  actionId: string;
  surveyId: string;
  responseId: string;
  customerId: string;
  orderId: string | null;
  issuedAt: Date;
  /** How many the survey may give in all. */
  budget: number;
  /** Id of the row in the ledger, for points. */
  entryId: string;
}

/** Rewards for completing surveys, and the budgets that they come from. */
export interface RewardsRepo {
  /** What this action reserved, gave, or found gone; null: nothing, or it was taken back. */
  ofAction(shopId: string, actionId: string): Promise<StoredReward | null>;
  /**
   * Takes one out of the survey's budget, in one conditional update under the customer's lock. Points are posted in the
   * same statement and are given by that; a code is reserved, and stays so until it is confirmed or released.
   * `given`: the answer has its reward already.
   */
  reserve(shopId: string, reward: NewReward): Promise<'reserved' | 'gone' | 'given'>;
  confirm(shopId: string, actionId: string, nodeId: string): Promise<void>;
  /** Gives one back to the budget. */
  release(shopId: string, actionId: string): Promise<void>;
}

const OPEN = `('reserved', 'confirmed')`;

const RESERVE = `
  WITH kept AS (
    UPDATE survey SET rewards_given = rewards_given + 1
    WHERE shop_id = $1 AND id = $3::uuid AND rewards_given < $12::int AND NOT EXISTS (
      SELECT FROM survey_reward WHERE shop_id = $1 AND response_id = $4::uuid AND status IN ${OPEN})
    RETURNING rewards_given
  ), reward AS (
    INSERT INTO survey_reward AS r (shop_id, id, survey_id, response_id, customer_id, order_id, kind, worth, currency, code,
      issued_at, expires_at, status)
    SELECT $1, $2, $3, $4::uuid, $5::uuid, $6::text, $7, $8::bigint, $9, $10, $11::timestamptz, $13,
      CASE WHEN NOT EXISTS (SELECT FROM kept) THEN 'gone' WHEN $10::text IS NULL THEN 'confirmed' ELSE 'reserved' END
    ON CONFLICT (shop_id, response_id) DO UPDATE SET id = excluded.id, survey_id = excluded.survey_id,
      customer_id = excluded.customer_id, kind = excluded.kind, worth = excluded.worth, currency = excluded.currency,
      code = excluded.code, issued_at = excluded.issued_at, expires_at = excluded.expires_at, status = excluded.status
    WHERE r.status NOT IN ${OPEN}
    RETURNING status
  ), posted AS (
    INSERT INTO points_entry (shop_id, id, customer_id, order_id, line_id, source_kind, source_id, reason, bucket, points, action_id, at)
    SELECT $1, $14, $5::uuid, coalesce($6::text, ''), '', 'survey_reward', $4::uuid::text, 'survey', 'approved', $8::bigint::int, $2,
      $11::timestamptz
    FROM kept WHERE $10::text IS NULL
    ON CONFLICT (shop_id, source_kind, source_id, reason) DO NOTHING
  )
  SELECT (SELECT status FROM reward) AS status, (SELECT rewards_given FROM kept) AS given`;

const RELEASE = `
  WITH released AS (
    UPDATE survey_reward SET status = 'released' WHERE shop_id = $1 AND id = $2 AND status = 'reserved' RETURNING survey_id
  )
  UPDATE survey s SET rewards_given = s.rewards_given - 1 FROM released r WHERE s.shop_id = $1 AND s.id = r.survey_id`;

export function createRewardsRepo(pool: Pool): RewardsRepo {
  /** The shop's row says whether there is anything left to promise. */
  const tellShop = (shopId: string) => changing(pool, shopId, async () => {});
  return {
    async ofAction(shopId, actionId) {
      const { rows } = await pool.query({
        name: 'reward_of_action',
        text: `SELECT status, kind, worth, currency, code, expires_at AS "expiresAt" FROM survey_reward
         WHERE shop_id = $1 AND id = $2 AND status <> 'released'`,
        values: [shopId, actionId],
      });
      return rows[0] ?? null;
    },

    async reserve(shopId, reward) {
      const { actionId, surveyId, responseId, customerId, orderId } = reward;
      const { kind, worth, currency, code, issuedAt, expiresAt, budget, entryId } = reward;
      const values = [
        ...[shopId, actionId, surveyId, responseId, customerId, orderId, kind, worth, currency, code],
        ...[issuedAt, budget, expiresAt, entryId],
      ];
      const row = await withTransaction(pool, async (client) => {
        await lockCustomer(client, shopId, customerId);
        return (await client.query({ name: 'reward_reserve', text: RESERVE, values })).rows[0];
      });
      if (row.status === null) return 'given';
      // After the reservation is committed: publishing takes the shop's lock first, and then the survey's.
      if (row.status === 'gone' || row.given >= budget) await tellShop(shopId);
      return row.status === 'gone' ? 'gone' : 'reserved';
    },

    async confirm(shopId, actionId, nodeId) {
      await pool.query(
        `UPDATE survey_reward SET status = 'confirmed', node_id = $3 WHERE shop_id = $1 AND id = $2`,
        [shopId, actionId, nodeId],
      );
    },

    async release(shopId, actionId) {
      const { rowCount } = await pool.query(RELEASE, [shopId, actionId]);
      if (rowCount === 1) await tellShop(shopId);
    },
  };
}
