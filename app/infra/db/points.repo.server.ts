import type { OrderState } from '../../domain/core/state.ts';
import type { PointsEntry } from '../../domain/loyalty/points.ts';
import { toOrder } from './line-rows.ts';
import { lockLines } from './lock-line.server.ts';
import type { Transaction } from './transactions.server.ts';

/** An order with every row posted for what was bought. */
export interface OrderLedger {
  customerId: string | null;
  order: OrderState;
  entries: PointsEntry[];
}

export interface Posting {
  orderId: string;
  customerId: string;
  actionId: string;
  entries: (PointsEntry & { id: string })[];
  approvedAt: Date | null;
  rescore: boolean;
  at: Date;
}

export interface PointsRepo {
  /**
   * Takes the locks of the orders and their customers, then reads the orders.
   * @param patienceMs how long to wait for each lock; null = for ever
   * @returns by action; null = the order is not known. Left out is what has to be looked at alone, see lockLines
   */
  lockAndLoad(
    shopId: string,
    transaction: Transaction,
    actions: readonly { actionId: string; orderId: string }[],
    patienceMs: number | null,
  ): Promise<Map<string, OrderLedger | null> | 'busy'>;
  /** Appends rows about different orders; a row that another try posted already is not posted again. */
  post(shopId: string, transaction: Transaction, postings: readonly Posting[]): Promise<void>;
}

const LOAD = `
  SELECT o.order_id, to_json(o) AS "order",
    (SELECT json_agg(json_build_object('lineId', p.line_id, 'bucket', p.bucket, 'points', p.points, 'reason', p.reason,
       'sourceKind', p.source_kind, 'sourceId', p.source_id) ORDER BY p.id)
     FROM points_entry p WHERE p.shop_id = $1 AND p.order_id = o.order_id AND p.source_kind = 'order_line') AS entries
  FROM orders o WHERE o.shop_id = $1 AND o.order_id = ANY($2::text[])`;

const POST = `
  WITH posted AS (
    INSERT INTO points_entry (shop_id, order_id, customer_id, action_id, at, id, line_id, source_kind, source_id, reason, bucket, points)
    SELECT $1, j.* FROM jsonb_to_recordset($2::jsonb) AS j(order_id text, customer_id uuid, action_id uuid, at timestamptz, id uuid,
      line_id text, source_kind text, source_id text, reason text, bucket text, points int)
    ON CONFLICT (shop_id, source_kind, source_id, reason) DO NOTHING
  ), given AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS j(order_id text, customer_id uuid, approved_at timestamptz, rescore boolean)
    LIMIT jsonb_array_length($3::jsonb)
  ), approved AS (
    UPDATE orders o SET approved_at = j.approved_at FROM given j
    WHERE o.shop_id = $1 AND o.order_id = j.order_id AND o.approved_at IS DISTINCT FROM j.approved_at
  )
  UPDATE customer c SET stale_seq = stale_seq + 1 FROM given j WHERE c.shop_id = $1 AND c.id = j.customer_id AND j.rescore`;

export function createPointsRepo(): PointsRepo {
  return {
    async lockAndLoad(shopId, transaction, actions, patienceMs) {
      const lines = actions.map(({ actionId, orderId }) => ({ id: actionId, orderId, customerId: null }));
      const held = await lockLines(transaction, shopId, lines, patienceMs);
      if (held === 'busy') return held;
      const mine = actions.filter(({ actionId }) => held.has(actionId));
      const values = [shopId, mine.map(({ orderId }) => orderId)];
      const { rows } = await transaction.query({ name: 'points_load', text: LOAD, values });
      const found = new Map(rows.map((row) => [row.order_id as string, row]));
      return new Map(
        mine.map(({ actionId, orderId }): [string, OrderLedger | null] => {
          const row = found.get(orderId);
          const { customerId } = held.get(actionId)!;
          return [
            actionId,
            row ? { customerId, order: toOrder(row.order), entries: row.entries ?? [] } : null,
          ];
        }),
      );
    },

    async post(shopId, transaction, postings) {
      if (postings.length === 0) return;
      const entries = postings.flatMap(({ orderId, customerId, actionId, at, entries: rows }) =>
        rows.map((entry) => ({
          ...{ order_id: orderId, customer_id: customerId, action_id: actionId, at },
          id: entry.id,
          line_id: entry.lineId,
          source_kind: entry.sourceKind,
          source_id: entry.sourceId,
          reason: entry.reason,
          bucket: entry.bucket,
          points: entry.points,
        })),
      );
      const orders = postings.map(({ orderId, customerId, approvedAt, rescore }) => ({
        ...{ order_id: orderId, customer_id: customerId, approved_at: approvedAt, rescore },
      }));
      const values = [shopId, JSON.stringify(entries), JSON.stringify(orders)];
      await transaction.query({ name: 'points_post', text: POST, values });
    },
  };
}
