import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { orderPayload, jsonBytes } from '#tests/factories/shopify-payloads.ts';
import { fire, percentile, type Shot } from './lib/load.ts';
import { SECRET, SHOP } from './lib/database.ts';
import { startStack, type Stack } from './lib/stack.ts';

/**
 * npm run bench:ingest — intake through the whole production stack against a bare Node
 * server with one insert, in the same run on the same database.
 */
const COUNT = Number(process.env['BENCH_COUNT'] ?? 4_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const CONNECTIONS = 32;
/** Added to every score by design; taken off the lag that is reported. */
const DEBOUNCE_MS = 5_000;

let sequence = 0;

const stack = await startStack('aftercare_bench_ingest');
try {
  await main(stack);
} finally {
  await stack.close();
}

async function main({ pool, shopId, ports, start, stop }: Stack) {
  const ratios: number[] = [];
  const rates: { bare: number; app: number }[] = [];
  let sent = 0;
  let failed = 0;
  await start('web');
  await start('bare');
  // Both warm up before anything counts.
  sent += await warm(ports.web);
  await fire(ports.bare, orders(500), { connections: CONNECTIONS });
  for (let round = 0; round < ROUNDS; round += 1) {
    const bare = await fire(ports.bare, orders(COUNT), { connections: CONNECTIONS });
    const app = await fire(ports.web, orders(COUNT), { connections: CONNECTIONS });
    sent += app.sent;
    failed += app.failed + bare.failed;
    rates.push({ bare: bare.sent / bare.seconds, app: app.sent / app.seconds });
    ratios.push(app.sent / app.seconds / (bare.sent / bare.seconds));
  }
  await stop('bare');

  const steady = await fire(ports.web, orders(200 * 10), { connections: 64, perSecond: 200 });
  sent += steady.sent;
  failed += steady.failed;

  // What piled up goes first, so that the lag below is of an ordinary day.
  await start('worker');
  await drained(pool);
  await pool.query('DELETE FROM survey_invitation');
  const before = Number((await pool.query('SELECT count(*) FROM customer')).rows[0].count);
  const watch = watchLag(pool);
  const paced = await fire(ports.web, orders(50 * 20), { connections: 32, perSecond: 50 });
  sent += paced.sent;
  failed += paced.failed;
  await drained(pool);
  const lags = await watch.stop();

  const stored = (
    await pool.query(
      `SELECT count(*)::int AS n, count(DISTINCT dedupe_key)::int AS d FROM event WHERE shop_id = $1 AND source = 'shopify'`,
      [shopId],
    )
  ).rows[0];
  const customers = Number((await pool.query('SELECT count(*) FROM customer')).rows[0].count) - before;
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  const ok = (good: boolean) => (good ? 'ok' : 'MISSED');
  const ratio = median(ratios);
  const p99 = percentile(steady.latenciesMs, 0.99);
  const p95 = percentile(lags, 0.95);
  const lost = sent - stored.d;
  const double = stored.n - stored.d;
  console.table({
    'bare server, webhooks/s': { value: median(rates.map((r) => r.bare)).toFixed(0), bar: '-', verdict: '' },
    'whole stack, webhooks/s': { value: median(rates.map((r) => r.app)).toFixed(0), bar: '-', verdict: '' },
    'stack / bare (median of rounds)': { value: ratio.toFixed(2), bar: '>= 0.50', verdict: ok(ratio >= 0.5) },
    'acknowledgement p50 at 200/s, ms': {
      value: percentile(steady.latenciesMs, 0.5).toFixed(1),
      bar: '-',
      verdict: '',
    },
    'acknowledgement p99 at 200/s, ms': { value: p99.toFixed(1), bar: '< 100', verdict: ok(p99 < 100) },
    'webhook to score p50 at 50/s, s': { value: percentile(lags, 0.5).toFixed(2), bar: '-', verdict: '' },
    'webhook to score p95 at 50/s, s': { value: p95.toFixed(2), bar: '< 3', verdict: ok(p95 < 3) },
    'customers scored meanwhile': {
      value: String(lags.length),
      bar: String(customers),
      verdict: ok(lags.length >= customers),
    },
    'webhooks sent / refused': { value: `${sent} / ${failed}`, bar: '0 refused', verdict: ok(failed === 0) },
    'lost / double': { value: `${lost} / ${double}`, bar: '0 / 0', verdict: ok(lost === 0 && double === 0) },
  });
}

async function warm(port: number): Promise<number> {
  const result = await fire(port, orders(500), { connections: CONNECTIONS });
  return result.sent;
}

/** Signed orders/create of as many different customers, about 9 kB each like Shopify's own. */
function orders(count: number): Shot[] {
  return Array.from({ length: count }, () => {
    sequence += 1;
    const id = String(9_007_199_254_000_000n + BigInt(sequence));
    const createdAt = new Date();
    const payload = orderPayload({
      id,
      name: `#${sequence}`,
      createdAt,
      customer: { id: `7${id}`, email: `c${sequence}@example.com`, firstName: 'Bench', createdAt },
      financialStatus: 'paid',
      lines: [1, 2, 3].map((n) => ({ id: `${n}${id}`, title: `Product ${n}`, unitPriceMinor: 1_990 })),
    });
    const body = Buffer.from(
      jsonBytes({ ...payload, note: 'x'.repeat(Math.max(0, 9_000 - JSON.stringify(payload).length)) }),
    );
    return { path: '/webhooks/shopify', headers: headersFor(body), body };
  });
}

function headersFor(body: Buffer): Record<string, string> {
  return {
    'x-shopify-topic': 'orders/create',
    'x-shopify-shop-domain': SHOP,
    'x-shopify-webhook-id': randomUUID(),
    'x-shopify-event-id': randomUUID(),
    'x-shopify-api-version': '2026-10',
    'x-shopify-triggered-at': new Date().toISOString(),
    'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
  };
}

async function drained(pool: Stack['pool']): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(
      `SELECT EXISTS (SELECT FROM event WHERE status = 'received')
         OR EXISTS (SELECT FROM customer WHERE stale_seq <> scored_seq AND merged_into_id IS NULL) AS open`,
    );
    if (!rows[0].open) return;
    await wait(100);
  }
}

/** Machine time from the arrival of each order to its customer's first score, less the debounce; sorted, in seconds. */
function watchLag(pool: Stack['pool']) {
  const startedAt = new Date();
  return {
    async stop(): Promise<number[]> {
      const { rows } = await pool.query(
        `SELECT extract(epoch FROM c.scored_at - e.created_at)::float8 AS seconds FROM event e
         JOIN customer c ON c.shop_id = e.shop_id AND c.id = e.customer_id
         WHERE e.source = 'shopify' AND e.created_at >= $1 AND c.scored_at IS NOT NULL`,
        [startedAt],
      );
      return rows.map((row) => Math.max(0, row.seconds - DEBOUNCE_MS / 1000)).sort((a, b) => a - b);
    },
  };
}
