import type { OrderState } from '../../domain/core/state.ts';
import type { PointsEntry } from '../../domain/loyalty/points.ts';
import { toOrder } from './line-rows.ts';
import type { Transaction } from './transactions.server.ts';
import { lockOrder } from './lock-line.server.ts';

export interface PointsRepo {
  /** Takes the order's and the customer's lock, then reads the order with every row posted for it. */
  lockAndLoad(
    shopId: string,
    transaction: Transaction,
    orderId: string,
  ): Promise<{ customerId: string | null; order: OrderState; entries: PointsEntry[] } | null>;
  /** Appends rows; a row that another try posted already is not posted again. */
  post(
    shopId: string,
    transaction: Transaction,
    posting: {
      orderId: string;
      customerId: string;
      actionId: string;
      entries: (PointsEntry & { id: string })[];
      approvedAt: Date | null;
      rescore: boolean;
      at: Date;
    },
  ): Promise<void>;
}

const LOAD = `
  SELECT to_json(o) AS "order",
    (SELECT json_agg(json_build_object('lineId', p.line_id, 'bucket', p.bucket, 'points', p.points, 'reason', p.reason,
       'sourceKind', p.source_kind, 'sourceId', p.source_id) ORDER BY p.id)
     FROM points_entry p WHERE p.shop_id = $1 AND p.order_id = $2) AS entries
  FROM orders o WHERE o.shop_id = $1 AND o.order_id = $2`;

const POST = `
  WITH posted AS (
    INSERT INTO points_entry (shop_id, order_id, customer_id, action_id, at, id, line_id, source_kind, source_id, reason, bucket, points)
    SELECT $1, $2, $3, $4, $5, j.* FROM jsonb_to_recordset($6) AS j(id uuid, line_id text, source_kind text, source_id text,
      reason text, bucket text, points int)
    ON CONFLICT (shop_id, source_kind, source_id, reason) DO NOTHING
  ), approved AS (
    UPDATE orders SET approved_at = $7 WHERE shop_id = $1 AND order_id = $2 AND approved_at IS DISTINCT FROM $7
  )
  UPDATE customer SET stale_seq = stale_seq + 1 WHERE shop_id = $1 AND id = $3 AND $8`;

export function createPointsRepo(): PointsRepo {
  return {
    async lockAndLoad(shopId, transaction, orderId) {
      const customerId = await lockOrder(transaction, shopId, orderId);
      const { rows } = await transaction.query({
        name: 'points_load',
        text: LOAD,
        values: [shopId, orderId],
      });
      const row = rows[0];
      if (!row) return null;
      return {
        customerId,
        order: toOrder(row.order),
        entries: row.entries ?? [],
      };
    },

    async post(shopId, transaction, posting) {
      const rows = posting.entries.map((entry) => ({
        id: entry.id,
        line_id: entry.lineId,
        source_kind: entry.sourceKind,
        source_id: entry.sourceId,
        reason: entry.reason,
        bucket: entry.bucket,
        points: entry.points,
      }));
      const { orderId, customerId, actionId, at, approvedAt, rescore } = posting;
      const values = [shopId, orderId, customerId, actionId, at, JSON.stringify(rows), approvedAt, rescore];
      await transaction.query({ name: 'points_post', text: POST, values });
    },
  };
}
