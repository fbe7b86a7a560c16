import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { createShopperTokens } from '#app/infra/page-token.ts';
import { fillDueShop } from './lib/due-shop.ts';
import { fire, percentile, type Shot } from './lib/load.ts';
import { SECRET, startStack, type Stack } from './lib/stack.ts';

/**
 * npm run bench:answers — answers through mailed links at a steady rate, with the worker running, against a bare
 * Node server with one insert at the same rate, in the same run on the same database.
 */
const RATE = 200;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 20);
const COUNT = RATE * SECONDS;
const WARM_UP = 400;
const BAR_P99_MS = 50;

const stack = await startStack('aftercare_bench_answers');
try {
  await main(stack);
} finally {
  await stack.close();
}

async function main({ pool, shopId, ports, env, start }: Stack) {
  await fillDueShop(pool, shopId, COUNT + WARM_UP);
  // Their surveys were sent; nothing is due.
  await pool.query(`UPDATE timer SET status = 'fired'`);
  await pool.query(`UPDATE survey_invitation SET status = 'sent', sent_at = due_at`);
  const links = await mailedLinks(pool, shopId, env);
  await start('bare');
  await start('web');
  await start('worker');

  const shots = links.map((path, index) => answerShot(path, index));
  await fire(ports.bare, bareShots(WARM_UP), { connections: 32 });
  await fire(ports.web, shots.slice(0, WARM_UP), { connections: 8 });
  const bare = await fire(ports.bare, bareShots(COUNT), { connections: 64, perSecond: RATE });
  const app = await fire(ports.web, shots.slice(WARM_UP), { connections: 64, perSecond: RATE });
  const { rows } = await pool.query(
    `SELECT count(*)::int AS n FROM survey_response WHERE shop_id = $1 AND NOT unfinished`,
    [shopId],
  );
  const ok = (good: boolean) => (good ? 'ok' : 'MISSED');
  const of = (list: number[], share: number) => percentile(list, share);
  const p99 = of(app.latenciesMs, 0.99);
  const ms = (value: number) => value.toFixed(1);
  console.table({
    'bare server at 200/s, p50 / p99, ms': {
      value: `${ms(of(bare.latenciesMs, 0.5))} / ${ms(of(bare.latenciesMs, 0.99))}`,
      bar: '-',
      verdict: '',
    },
    'answer at 200/s, p50, ms': { value: ms(of(app.latenciesMs, 0.5)), bar: '-', verdict: '' },
    'answer at 200/s, p99, ms': { value: ms(p99), bar: `< ${BAR_P99_MS}`, verdict: ok(p99 < BAR_P99_MS) },
    'p50 as a multiple of the bare server': {
      value: (of(app.latenciesMs, 0.5) / of(bare.latenciesMs, 0.5)).toFixed(1),
      bar: '-',
      verdict: '',
    },
    'answers sent / refused': {
      value: `${app.sent} / ${app.failed}`,
      bar: '0 refused',
      verdict: ok(app.failed === 0),
    },
    stored: { value: String(rows[0].n), bar: String(links.length), verdict: ok(rows[0].n === links.length) },
  });
  if (app.failed > 0 || rows[0].n !== links.length) process.exitCode = 1;
}

/** One link per customer, as the mail about the newest order carried it. @returns paths of the hosted pages */
async function mailedLinks(pool: pg.Pool, shopId: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const tokens = createShopperTokens(env['HASH_KEY'] ?? '');
  const { rows } = await pool.query<{ id: string; customer_id: string; order_id: string }>(
    `SELECT DISTINCT ON (customer_id) id, customer_id, order_id FROM survey_invitation WHERE shop_id = $1
     ORDER BY customer_id, due_at DESC`,
    [shopId],
  );
  const made = rows.map((row) => ({ ...row, ...tokens.newLinkToken() }));
  await pool.query(
    `INSERT INTO survey_link (shop_id, token_hash, invitation_id, kind, customer_id, order_id, issued_at, expires_at)
     SELECT $1, l.hash, l.invitation, 'delivery', l.customer, l.order_id, now(), now() + interval '60 days'
     FROM unnest($2::bytea[], $3::uuid[], $4::uuid[], $5::text[]) AS l(hash, invitation, customer, order_id)`,
    [
      shopId,
      made.map(({ hash }) => hash),
      made.map(({ id }) => id),
      made.map(({ customer_id }) => customer_id),
      made.map(({ order_id }) => order_id),
    ],
  );
  await pool.query('ANALYZE');
  return made.map(({ token }) => `/s/${shopId}/${token}`);
}

/** Mostly content, one in ten low with a comment, so that cases and apologies follow as on an ordinary day. */
function answerShot(path: string, index: number): Shot {
  const low = index % 10 === 0;
  const form: Record<string, string> = low
    ? { rating: '1', comment_low: 'The box was open.' }
    : { rating: '5' };
  return {
    path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent':
        'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
    },
    body: Buffer.from(new URLSearchParams(form).toString()),
  };
}

function bareShots(count: number): Shot[] {
  const body = Buffer.from(new URLSearchParams({ rating: '5' }).toString());
  const signature = createHmac('sha256', SECRET).update(body).digest('base64');
  return Array.from({ length: count }, (_, index) => ({
    path: '/',
    headers: { 'x-shopify-hmac-sha256': signature, 'x-shopify-webhook-id': String(index) },
    body,
  }));
}
