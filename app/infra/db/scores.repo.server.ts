import type { Pool } from 'pg';
import type { AnswerInput, OrderInput } from '../../domain/scoring/inputs.ts';
import type { ScorePoint } from '../../domain/scoring/history.ts';
import type { ShopState } from '../../domain/core/state.ts';
import type { StoredAnswers } from '../../domain/surveys/stored-answers.ts';
import { groupCommit } from './group-commit.ts';
import { toShop } from './line-rows.ts';

/** What scoring reads about one customer, as of one moment. */
export interface ScoreSource {
  customerId: string;
  /** Compared when the score is stored: a newer event means a newer score is on its way. */
  staleSeq: number;
  tier: string;
  /** One entry per response, with all of its ratings. */
  answers: (Pick<AnswerInput, 'id' | 'answeredAt' | 'orderId'> & { answers: StoredAnswers })[];
  orders: StoredOrder[];
  lastHistory: ScorePoint | null;
}

/** An order as stored; what its refunds come to is worked out from them. */
export type StoredOrder = Omit<OrderInput, 'refundedNetMinor'> & {
  approvedAt: Date | null;
  totalMinor: number;
  /** null = none. */
  refunds: { amountMinor: number; lines: { netMinor: number }[] }[] | null;
};

export interface ScoreRow {
  customerId: string;
  staleSeq: number;
  csi: number | null;
  csiCoverage: number;
  segment: string | null;
  health: number | null;
  healthCoverage: number;
  band: string | null;
  flagged: boolean;
  reasons: unknown;
  mainReason: string | null;
  mainReasonKey: string | null;
  version: string;
  valueAtRiskMinor: number;
  revenueYearMinor: number;
  orderCount: number;
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
  tier: string;
  /** null: time alone changes nothing any more. */
  nextScoreAt: Date | null;
  writeHistory: boolean;
}

const LOAD = `
  SELECT business_now() AS now, to_json(s) AS shop, (SELECT json_agg(j) FROM (
    SELECT c.id AS "customerId", c.stale_seq AS "staleSeq", c.tier,
      (SELECT json_agg(json_build_object('id', r.id, 'answeredAt', r.answered_at, 'orderId', nullif(r.order_id, ''), 'answers', r.answers))
       FROM survey_response r WHERE r.shop_id = $1 AND r.customer_id = c.id AND r.status = 'verified') AS answers,
      (SELECT json_agg(json_build_object('orderId', o.order_id, 'createdAt', o.placed_at, 'paid', o.paid_at IS NOT NULL,
         'cancelled', o.cancelled_at IS NOT NULL, 'netMinor', o.subtotal_minor, 'discountMinor', o.discount_minor,
         'paidMinor', CASE WHEN o.paid_at IS NULL THEN 0 ELSE o.total_minor END, 'refundedMinor', o.refunded_minor, 'totalMinor', o.total_minor,
         'refunds', CASE WHEN o.refunded_minor > 0 THEN o.doc -> 'refunds' END,
         'approvedAt', o.approved_at))
       FROM orders o WHERE o.shop_id = $1 AND o.customer_id = c.id AND o.placed_at IS NOT NULL AND NOT o.test) AS orders,
      (SELECT json_build_object('csi', h.csi, 'health', h.health, 'band', h.band, 'version', h.version, 'segment', h.segment)
       FROM score_history h WHERE h.shop_id = $1 AND h.customer_id = c.id ORDER BY h.at DESC LIMIT 1) AS "lastHistory"
    FROM customer c WHERE c.shop_id = $1 AND c.id = ANY($2) AND c.merged_into_id IS NULL) j) AS customers
  FROM shop s WHERE s.id = $1`;

/**
 * A row that an event made stale meanwhile is left for that event's own job: no lock is needed.
 * The limit cuts nothing: without it PostgreSQL takes the set for 100 rows and reads the table.
 */
const SAVE = `
  WITH given AS (SELECT * FROM jsonb_to_recordset($2) AS j(customer_id uuid, stale_seq bigint, csi numeric,
    csi_coverage float8, segment text, health numeric, health_coverage float8, band text, flagged boolean, reasons jsonb,
    main_reason text, main_reason_key text, version text, value_at_risk_minor bigint, revenue_year_minor bigint,
    order_count int, first_order_at timestamptz, last_order_at timestamptz, tier text, next_score_at timestamptz,
    write_history boolean) LIMIT jsonb_array_length($2)
  ), j AS (
    SELECT given.*, extract(epoch FROM now() - old.stale_since)::float8 AS lag_seconds
    FROM given JOIN customer old ON old.shop_id = $1 AND old.id = given.customer_id
  ), scored AS (
    UPDATE customer c SET csi = j.csi, csi_coverage = j.csi_coverage, segment = j.segment, health = j.health,
      health_coverage = j.health_coverage, band = j.band, flagged = j.flagged, score_reasons = j.reasons,
      main_reason = j.main_reason, main_reason_key = j.main_reason_key, score_version = j.version, scored_at = $3,
      value_at_risk_minor = j.value_at_risk_minor, revenue_year_minor = j.revenue_year_minor, order_count = j.order_count,
      first_order_at = j.first_order_at, last_order_at = j.last_order_at,
      tier_since = CASE WHEN c.tier = j.tier THEN c.tier_since ELSE $3 END, tier = j.tier,
      scored_seq = j.stale_seq, stale_since = NULL, next_score_at = j.next_score_at
    FROM j WHERE c.shop_id = $1 AND c.id = j.customer_id AND c.stale_seq = j.stale_seq
    RETURNING c.id, j.lag_seconds
  ), history AS (
    INSERT INTO score_history (shop_id, customer_id, at, csi, csi_coverage, segment, health, health_coverage, band, reasons, version)
    SELECT $1, j.customer_id, $3, j.csi, j.csi_coverage, j.segment, j.health, j.health_coverage, j.band, j.reasons, j.version
    FROM j JOIN scored s ON s.id = j.customer_id WHERE j.write_history
    ON CONFLICT (shop_id, customer_id, at) DO UPDATE SET csi = excluded.csi, csi_coverage = excluded.csi_coverage,
      segment = excluded.segment, health = excluded.health, health_coverage = excluded.health_coverage,
      band = excluded.band, reasons = excluded.reasons, version = excluded.version
  )
  SELECT id, lag_seconds FROM scored`;

export interface ScoresRepo {
  /** null when there is no such shop; customers that are gone or merged are left out. */
  load(
    shopId: string,
    customerIds: string[],
  ): Promise<{ now: Date; shop: ShopState; sources: ScoreSource[] } | null>;
  /** @returns the customers stored (fewer than given when events came meanwhile), and how long each event had waited */
  save(
    shopId: string,
    rows: ScoreRow[],
    now: Date,
  ): Promise<{ customerId: string; lagSeconds: number | null }[]>;
  /** Customers whose score may change by time alone, by shop, oldest first. */
  due(limit: number): Promise<{ shopId: string; customerIds: string[] }[]>;
}

/** Customers that are scored one by one at the same time share their statements. */
export function createScoresRepo(pool: Pool): ScoresRepo {
  const load: ScoresRepo['load'] = async (shopId, customerIds) => {
    const { rows } = await pool.query({ name: 'scores_load', text: LOAD, values: [shopId, customerIds] });
    const row = rows[0];
    if (!row) return null;
    return { now: row.now, shop: toShop(row.shop), sources: (row.customers ?? []).map(toSource) };
  };
  const save: ScoresRepo['save'] = async (shopId, rows, now) => {
    if (rows.length === 0) return [];
    const json = JSON.stringify(rows.map(toSnakeCase));
    const result = await pool.query({ name: 'scores_save', text: SAVE, values: [shopId, json, now] });
    return result.rows.map((row) => ({ customerId: row.id, lagSeconds: row.lag_seconds }));
  };
  type Loaded = Awaited<ReturnType<ScoresRepo['load']>>;
  const loadTogether = groupCommit(
    async (items: { shopId: string; customerId: string }[]): Promise<Loaded[]> => {
      const ids = [...new Set(items.map(({ customerId }) => customerId))];
      const loaded = await load(items[0]!.shopId, ids);
      return items.map(
        ({ customerId }) =>
          loaded && {
            ...loaded,
            sources: loaded.sources.filter((source) => source.customerId === customerId),
          },
      );
    },
    { gather: true, keyOf: ({ shopId }) => shopId },
  );
  const saveTogether = groupCommit(
    async (items: { shopId: string; row: ScoreRow; now: Date }[]) => {
      const { shopId, now } = items[0]!;
      const stored = await save(shopId, newestRows(items.map(({ row }) => row)), now);
      return items.map(({ row }) => stored.filter(({ customerId }) => customerId === row.customerId));
    },
    { gather: true, keyOf: ({ shopId, now }) => `${shopId} ${now.getTime()}` },
  );
  return {
    async load(shopId, customerIds) {
      const [customerId] = customerIds;
      if (customerIds.length !== 1 || customerId === undefined) return load(shopId, customerIds);
      return loadTogether({ shopId, customerId });
    },

    async save(shopId, rows, now) {
      const [row] = rows;
      if (rows.length !== 1 || row === undefined) return save(shopId, rows, now);
      return saveTogether({ shopId, row, now });
    },

    async due(limit) {
      const { rows } = await pool.query({
        name: 'scores_due',
        text: `SELECT shop_id, array_agg(id) AS ids FROM (
            SELECT shop_id, id FROM customer
            WHERE merged_into_id IS NULL AND next_score_at IS NOT NULL AND next_score_at <= (SELECT business_now())
            ORDER BY next_score_at LIMIT $1) due GROUP BY shop_id`,
        values: [limit],
      });
      return rows.map((row) => ({ shopId: row.shop_id, customerIds: row.ids }));
    },
  };
}

/** One row per customer: of two scores made at once, the one that has seen more events. */
function newestRows(rows: readonly ScoreRow[]): ScoreRow[] {
  const newest = new Map<string, ScoreRow>();
  for (const row of rows) {
    if ((newest.get(row.customerId)?.staleSeq ?? -1) < row.staleSeq) newest.set(row.customerId, row);
  }
  // In one order, so that two statements at once do not wait for each other.
  return [...newest.values()].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
}

interface SourceRow extends Omit<ScoreSource, 'answers' | 'orders'> {
  answers: (Omit<ScoreSource['answers'][number], 'answeredAt'> & { answeredAt: string })[] | null;
  orders:
    | (Omit<ScoreSource['orders'][number], 'createdAt' | 'approvedAt' | 'chargeback'> & {
        createdAt: string;
        approvedAt: string | null;
      })[]
    | null;
}

function toSource(row: SourceRow): ScoreSource {
  return {
    ...row,
    answers: (row.answers ?? []).map((answer) => ({
      ...answer,
      answeredAt: new Date(answer.answeredAt),
    })),
    orders: (row.orders ?? []).map((order) => ({
      ...order,
      createdAt: new Date(order.createdAt),
      // No financial status tells of a chargeback; it would have to come from Shopify's disputes.
      chargeback: false,
      approvedAt: order.approvedAt ? new Date(order.approvedAt) : null,
    })),
  };
}

function toSnakeCase(row: ScoreRow): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
