import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { editionText } from '#app/domain/surveys/live-surveys.ts';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { createShopperTokens } from '#app/infra/page-token.ts';
import { fillDueShop } from './lib/due-shop.ts';
import { fire, percentile, type Shot } from './lib/load.ts';
import { SECRET } from './lib/database.ts';
import { startStack, type Stack } from './lib/stack.ts';

/**
 * npm run bench:answers — answers through mailed links at a steady rate, against a bare Node server with one insert at
 * the same rate, in the same run on the same database: first the web process alone, then with the worker at all that
 * follows from the answers on the same cores.
 */
const RATE = 200;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 20);
const COUNT = RATE * SECONDS * 2;
const WARM_UP = 400;
const BAR_P99_MS = 50;
/** As mails and their pages carry it. */
const EDITION = editionText({ surveyId: null, kind: 'delivery', version: PRESETS.delivery.version });

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

  const shots = links.map((path, index) => answerShot(path, index));
  await fire(ports.bare, bareShots(WARM_UP), { connections: 32 });
  await fire(ports.web, shots.slice(0, WARM_UP), { connections: 8 });
  const paced = { connections: 64, perSecond: RATE };
  const bare = await fire(ports.bare, bareShots(RATE * SECONDS), paced);
  const half = WARM_UP + RATE * SECONDS;
  const alone = await fire(ports.web, shots.slice(WARM_UP, half), paced);
  // The answers so far wait for the worker; it begins with them.
  await start('worker');
  const beside = await fire(ports.web, shots.slice(half), paced);
  const failed = alone.failed + beside.failed;
  const { rows } = await pool.query(
    `SELECT count(*)::int AS n FROM survey_response WHERE shop_id = $1 AND NOT unfinished`,
    [shopId],
  );
  const ok = (good: boolean) => (good ? 'ok' : 'MISSED');
  const of = (list: number[], share: number) => percentile(list, share);
  const ms = (value: number) => value.toFixed(1);
  const row = ({ latenciesMs }: { latenciesMs: number[] }) =>
    `${ms(of(latenciesMs, 0.5))} / ${ms(of(latenciesMs, 0.99))}`;
  const p99 = of(alone.latenciesMs, 0.99);
  console.table({
    'bare server at 200/s, p50 / p99, ms': { value: row(bare), bar: '-', verdict: '' },
    'answer at 200/s, p50 / p99, ms': {
      value: row(alone),
      bar: `p99 < ${BAR_P99_MS}`,
      verdict: ok(p99 < BAR_P99_MS),
    },
    'the same with the worker on the same cores': { value: row(beside), bar: '-', verdict: '' },
    'p50 as a multiple of the bare server': {
      value: (of(alone.latenciesMs, 0.5) / of(bare.latenciesMs, 0.5)).toFixed(1),
      bar: '-',
      verdict: '',
    },
    'answers refused': { value: String(failed), bar: '0', verdict: ok(failed === 0) },
    stored: { value: String(rows[0].n), bar: String(links.length), verdict: ok(rows[0].n === links.length) },
  });
  if (failed > 0 || rows[0].n !== links.length) process.exitCode = 1;
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
    `INSERT INTO survey_link (shop_id, token_hash, invitation_id, kind, edition, customer_id, order_id, issued_at, expires_at)
     SELECT $1, l.hash, l.invitation, 'delivery', $6, l.customer, l.order_id, now(), now() + interval '60 days'
     FROM unnest($2::bytea[], $3::uuid[], $4::uuid[], $5::text[]) AS l(hash, invitation, customer, order_id)`,
    [
      shopId,
      made.map(({ hash }) => hash),
      made.map(({ id }) => id),
      made.map(({ customer_id }) => customer_id),
      made.map(({ order_id }) => order_id),
      EDITION,
    ],
  );
  await pool.query('ANALYZE');
  return made.map(({ token }) => `/s/${shopId}/${token}`);
}

/** Mostly content, one in ten low with a comment, so that cases and apologies follow as on an ordinary day. */
function answerShot(path: string, index: number): Shot {
  const low = index % 10 === 0;
  const form: Record<string, string> = low
    ? { _edition: EDITION, rating: '1', comment_low: 'The box was open.' }
    : { _edition: EDITION, rating: '5' };
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
