import { DAY_MS } from '#app/domain/core/calendar.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';
import type { Compute } from '#app/services/computations.ts';
import { fitModel, requestFit } from '#app/services/fit-model.ts';
import { compute, type LineHarness } from '#tests/fakes/line.ts';

export interface BoughtOrder {
  orderId: string;
  customerId: string;
  at: Date;
  netMinor?: number;
  totalMinor?: number;
  refunds?: { amountMinor: number; lines: { netMinor: number }[] }[];
  test?: boolean;
  unpaid?: boolean;
  cancelled?: boolean;
}

/** Orders as rows, and the customers of those who have none. */
export async function addOrderRows(line: LineHarness, orders: readonly BoughtOrder[]): Promise<void> {
  await line.rows(
    `INSERT INTO customer (shop_id, id, key, created_at, stale_seq, next_score_at)
     SELECT DISTINCT $1::uuid, id, 'c:' || id, business_now(), 1, business_now() FROM unnest($2::uuid[]) id ON CONFLICT DO NOTHING`,
    [line.shopId, orders.map(({ customerId }) => customerId)],
  );
  const rows = orders.map((order) => ({
    ...{ test: false, unpaid: false, cancelled: false, netMinor: 2_000, refunds: [], ...order },
    totalMinor: order.totalMinor ?? (order.netMinor ?? 2_000) + 490,
  }));
  await line.rows(
    `INSERT INTO orders (shop_id, order_id, customer_id, currency, placed_at, paid_at, cancelled_at, subtotal_minor, total_minor,
       refunded_minor, test, doc, source_updated_at)
     SELECT $1, o."orderId", o."customerId", 'EUR', o.at, CASE WHEN NOT o.unpaid THEN o.at END, CASE WHEN o.cancelled THEN o.at END,
       o."netMinor", o."totalMinor", (SELECT coalesce(sum((r ->> 'amountMinor')::bigint), 0) FROM jsonb_array_elements(o.refunds) r),
       o.test, jsonb_build_object('refunds', o.refunds), o.at
     FROM jsonb_to_recordset($2) AS o("orderId" text, "customerId" uuid, at timestamptz, "netMinor" bigint, "totalMinor" bigint,
       refunds jsonb, test boolean, unpaid boolean, cancelled boolean)`,
    [line.shopId, JSON.stringify(rows)],
  );
}

/**
 * Buyers whose gaps are exponential at rates that differ, and some of whom leave after each order: a shop of which a
 * model can be learnt. @returns their ids
 */
export async function addBuyers(
  line: LineHarness,
  { buyers, days, until }: { buyers: number; days: number; until: Date },
): Promise<string[]> {
  const random = seededRandom(7);
  const ids = Array.from({ length: buyers }, () => line.deps.newId());
  const orders = ids.flatMap((customerId, index) => {
    const gapDays = 8 * 8 ** random();
    const made: BoughtOrder[] = [];
    for (let ago = days * random(); ago > 0; ago += gapDays * Math.log(1 - random())) {
      const netMinor = Math.round(1_000 + 4_000 * random());
      const at = new Date(until.getTime() - ago * DAY_MS);
      made.push({ orderId: `${index}-${made.length}`, customerId, at, netMinor });
      if (random() < 0.25) break;
    }
    return made;
  });
  await addOrderRows(line, orders);
  return ids;
}

/** Plans a fit and makes it. */
export async function fit(line: LineHarness, how: Compute = compute) {
  await requestFit(line.deps, { shopId: line.shopId, kind: 'purchases' });
  return fitModel({ ...line.deps, compute: how }, { shopId: line.shopId, kind: 'purchases' });
}

export const newestRun = async (line: LineHarness) =>
  (await line.deps.modelRuns.newest(line.shopId, 'purchases', 1))[0]!;

/** What is stored of the fit: everything but its moments. */
export const fitted = async (line: LineHarness) =>
  (
    await line.rows(
      `SELECT status, seed, as_of, data, parameters, report, reason FROM model_run WHERE status <> 'running'
       ORDER BY started_at DESC, id DESC LIMIT 1`,
    )
  )[0]!;
