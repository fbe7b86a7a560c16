import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import type { Job } from '#app/infra/queue/jobs.ts';
import { createAnswersRepo } from '#app/infra/db/answers.repo.server.ts';
import { createLinksRepo } from '#app/infra/db/links.repo.server.ts';
import { createSubscriptionsRepo } from '#app/infra/db/subscriptions.repo.server.ts';
import { createOpenSurveysRepo } from '#app/infra/db/open-surveys.repo.server.ts';
import { createSurveysRepo } from '#app/infra/db/surveys.repo.server.ts';
import { createUploadsRepo } from '#app/infra/db/uploads.repo.server.ts';
import type { Config } from '#app/infra/env.server.ts';
import { createShopperTokens } from '#app/infra/page-token.ts';

/** What the survey services need, on a real database; queued jobs are kept for looking at. */
export function surveyDeps(pool: Pool) {
  const jobs: Job[] = [];
  let limited: string | null = null;
  return {
    answers: createAnswersRepo(pool),
    links: createLinksRepo(pool),
    subscriptions: createSubscriptionsRepo(pool),
    openSurveys: createOpenSurveysRepo(pool),
    surveys: createSurveysRepo(pool),
    uploads: createUploadsRepo(pool),
    tokens: createShopperTokens('a key of at least thirty-two characters'),
    producer: {
      enqueue: async (more: Job[]) => void jobs.push(...more),
      enqueueAgain: async (more: Job[]) => void jobs.push(...more),
    },
    rateLimit: {
      consume: async (keys: Record<string, string | null | undefined>) =>
        limited && keys[limited]
          ? ({ outcome: 'limited', retryAfterSeconds: 7 } as const)
          : ({ outcome: 'allowed' } as const),
      close: () => undefined,
    },
    clock: {
      now: async () => (await pool.query('SELECT business_now() AS now')).rows[0].now as Date,
    },
    config: { appUrl: 'https://app.example.com' } as Config,
    newId: uuidv7,
    keyedHash: (text: string) => createHash('sha256').update(text).digest('base64url'),
    jobs,
    /** From now on this budget is used up. */
    limitOn: (budget: string) => {
      limited = budget;
    },
  };
}
export type SurveyDeps = ReturnType<typeof surveyDeps>;

export const NOW = new Date('2026-03-10T12:00:00Z');

export async function setNow(pool: Pool, now: Date): Promise<void> {
  await pool.query(
    'INSERT INTO business_clock (id, now_at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET now_at = $1',
    [now],
  );
}

/** An installed shop with one customer. */
export async function aShop(pool: Pool, domain = 'moss.myshopify.com') {
  await setNow(pool, NOW);
  const shopId = uuidv7();
  const customerId = uuidv7();
  await pool.query(
    `INSERT INTO shop (id, domain, status, name, settings, installed_at)
     VALUES ($1, $2, 'installed', 'Moss & Fern', '{"brandColor": "#0a7d4f"}', $3)`,
    [shopId, domain, NOW],
  );
  await pool.query(
    `INSERT INTO customer (shop_id, id, key, shopify_id, email, locale, created_at)
     VALUES ($1, $2, 'c:9007199254740993', '9007199254740993', 'ada@example.com', 'en', $3)`,
    [shopId, customerId, NOW],
  );
  return { shopId, customerId, shopifyCustomerId: '9007199254740993', domain };
}

export async function anOrder(
  pool: Pool,
  shopId: string,
  customerId: string | null,
  orderId: string,
  dates: { placed: string; delivered?: string },
): Promise<void> {
  await pool.query(
    `INSERT INTO orders (shop_id, order_id, customer_id, name, currency, placed_at, delivered_at, source_updated_at)
     VALUES ($1, $2, $3, $4, 'EUR', $5, $6, $5)`,
    [shopId, orderId, customerId, `#${orderId.slice(-4)}`, dates.placed, dates.delivered ?? null],
  );
}

/** A sent invitation with its link; the token is what the mail carries. */
export async function aLink(
  pool: Pool,
  deps: SurveyDeps,
  about: {
    shopId: string;
    customerId: string;
    orderId: string;
    kind: SurveyKind;
    sequence?: number;
    edition?: string;
  },
): Promise<{ token: string; invitationId: string }> {
  const invitationId = uuidv7();
  const { shopId, customerId, orderId, kind, sequence = 0, edition } = about;
  await pool.query(
    `INSERT INTO survey_invitation (shop_id, id, kind, customer_id, order_id, sequence, status, channel, first_due_at, due_at, sent_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'sent', 'email', $7, $7, $7)`,
    [shopId, invitationId, kind, customerId, orderId, sequence, NOW],
  );
  const { token, hash } = deps.tokens.newLinkToken();
  await deps.links.insert(shopId, {
    ...{ tokenHash: hash, invitationId, kind, customerId, orderId, edition },
    days: 60,
  });
  return { token, invitationId };
}

/** Every row of every table as text: what a read must leave as it was. */
export async function everyRow(pool: Pool): Promise<Record<string, string[]>> {
  const { rows: tables } = await pool.query(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  const found: Record<string, string[]> = {};
  for (const { tablename } of tables) {
    const { rows } = await pool.query(`SELECT t::text AS row FROM "${tablename}" t ORDER BY 1`);
    found[tablename] = rows.map(({ row }) => row);
  }
  return found;
}
