import type pg from 'pg';
import { afterEach } from 'vitest';
import { AppError } from '#app/domain/core/app-error.ts';
import { buildDeps, type Built } from '#app/infra/deps.server.ts';
import { readConfig } from '#app/infra/env.server.ts';
import type { OutgoingMail, MailOutcome } from '#app/infra/messages/mailer.server.ts';
import type { Job } from '#app/infra/queue/jobs.ts';
import type { DiscountOutcome } from '#app/infra/shopify/operations.server.ts';
import { COMPUTATIONS, type Compute } from '#app/services/computations.ts';
import { fitModel } from '#app/services/fit-model.ts';
import { predictOrders } from '#app/services/predict-orders.ts';
import { processEvent, processEvents } from '#app/services/process-event.ts';
import { runAction } from '#app/services/run-action.ts';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { runImport } from '#app/services/run-import.ts';
import { scoreCustomer } from '#app/services/score-customer.ts';
import { tick } from '#app/services/tick.ts';
import { ingestWebhook } from '#app/services/ingest-webhook.ts';
import { jsonBytes } from '#tests/factories/shopify-payloads.ts';

/** A configuration that is complete and points at nothing real but the database. */
export function testConfig(databaseUrl: string) {
  return readConfig({
    AFTERCARE_MODE: 'test',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: 'test-key',
    SHOPIFY_API_SECRET: 'test-secret',
    APP_URL: 'http://127.0.0.1:3000',
    TOKEN_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    HASH_KEY: 'test-hash-key-of-more-than-32-characters',
    SMTP_URL: 'smtp://127.0.0.1:2525',
    MAIL_FROM: 'Shop care <care@example.com>',
    LOG_LEVEL: 'silent',
    SIMULATED_CLOCK: 'true',
  });
}

export interface LineHarness {
  deps: Built;
  shopId: string;
  mails: (OutgoingMail & { at: Date })[];
  discounts: { code: string }[];
  /** What the next mails answer; empty = sent. */
  mailOutcomes: MailOutcome[];
  discountOutcomes: DiscountOutcome[];
  /** Jobs that were handed to the queue and not run yet. */
  jobs: Job[];
  moveTo(at: Date): Promise<void>;
  /** Ends its connections before the test does, for tests with many harnesses. */
  close(): Promise<void>;
  /** Stores a webhook as if it had come with a good signature. */
  receive(
    topic: string,
    payload: object,
    options?: { webhookId?: string; triggeredAt?: Date; domain?: string },
  ): Promise<string>;
  /** Runs every job and due row until nothing is open, so many at once; what fails and may be tried again is. */
  settle(workers?: number): Promise<void>;
  /** Moves the business clock from one due timer to the next, settling at each. */
  playTo(at: Date): Promise<void>;
  /** Called before each SQL statement of the services, and before each call to the outside; may throw, as a killed process would. */
  beforeStatement: ((text: string) => void) | null;
  rows<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
}

/** Harnesses that still hold connections; the end of each test closes them. */
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

export const SHOP_DOMAIN = 'line-test.myshopify.com';

/** The real services on a real database; only the queue, Shopify and SMTP are stood in for, and each can be made to fail. */
export async function createLine(
  database: { url: string; pool: pg.Pool },
  startAt: Date,
): Promise<LineHarness> {
  const built = buildDeps(testConfig(database.url), 'test');
  const { pool } = database;
  const harness = {
    mails: [],
    discounts: [],
    mailOutcomes: [],
    discountOutcomes: [],
    jobs: [],
    beforeStatement: null,
  } as unknown as LineHarness;
  watchStatements(built.pool, (text) => harness.beforeStatement?.(text));
  let open = true;
  const close = async () => {
    if (open) await built.close();
    open = false;
  };
  opened.push(close);
  const keep = (jobs: Job[]) => {
    harness.beforeStatement?.('(enqueue)');
    harness.jobs.push(...jobs);
  };
  const deps: Built = {
    ...built,
    producer: {
      ...built.producer,
      enqueue: async (jobs: Job[]) => keep(jobs),
      enqueueAgain: async (jobs: Job[]) => keep(jobs),
    },
    mailer: {
      close: () => undefined,
      async send(mail) {
        harness.beforeStatement?.('(mail)');
        const outcome = harness.mailOutcomes.shift() ?? { kind: 'sent' as const, messageId: mail.actionId };
        if (outcome.kind === 'sent') harness.mails.push({ ...mail, at: await built.clock.now() });
        return outcome;
      },
    },
    shopify: {
      ...built.shopify,
      createDiscountCode: async (_shop, input) => discountOf(harness, input.code),
      createReferralDiscount: async (_shop, input) => discountOf(harness, input.code),
      createRewardDiscount: async (_shop, input) => discountOf(harness, input.code),
    },
  };
  const moveTo = async (at: Date) => {
    await pool.query(
      `INSERT INTO business_clock (id, now_at) VALUES (1, $1)
       ON CONFLICT (id) DO UPDATE SET now_at = excluded.now_at, seq = business_clock.seq + 1`,
      [at],
    );
  };
  await moveTo(startAt);
  const { shopId } = await deps.shops.install(deps.newId(), {
    domain: SHOP_DOMAIN,
    scopes: '',
    now: startAt,
  });
  await deps.shops.saveProfile(shopId, {
    name: 'Line Test',
    email: 'shop@example.com',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
  });
  let sequence = 0;
  return Object.assign(harness, {
    deps,
    shopId,
    moveTo,
    close,
    async receive(
      topic: string,
      payload: object,
      options: { webhookId?: string; triggeredAt?: Date; domain?: string } = {},
    ) {
      const stored = await ingestWebhook(deps, {
        shopDomain: options.domain ?? SHOP_DOMAIN,
        topic,
        webhookId: options.webhookId ?? `webhook-${(sequence += 1)}`,
        sourceEventId: null,
        apiVersion: '2026-10',
        triggeredAt: options.triggeredAt ?? (await deps.clock.now()),
        body: jsonBytes(payload),
      });
      return stored.eventId;
    },
    settle: (workers = 1) => settle(harness, workers),
    async playTo(at: Date) {
      await settle(harness, 1);
      for (;;) {
        const { rows } = await pool.query(
          `SELECT min(due_at) AS next FROM (
             SELECT due_at FROM timer WHERE status = 'open' UNION ALL SELECT due_at FROM action WHERE status = 'pending'
           ) due WHERE due_at > business_now()`,
        );
        const next: Date | null = rows[0].next;
        await moveTo(next && next < at ? next : at);
        await settle(harness, 1);
        if (!next || next >= at) return;
      }
    },
    rows: async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await pool.query<Row>(sql, values)).rows,
  });
}

function discountOf(harness: LineHarness, code: string): DiscountOutcome {
  harness.beforeStatement?.('(shopify)');
  const outcome = harness.discountOutcomes.shift();
  if (outcome && outcome.kind !== 'done') return outcome;
  const existedBefore = harness.discounts.some((discount) => discount.code === code);
  if (!existedBefore) harness.discounts.push({ code });
  return { kind: 'done', discountId: `gid://shopify/DiscountCodeNode/${code}`, existedBefore };
}

const SHORT_WAIT_MS = 100;
/** A job that keeps failing is a failure of the test. */
const MAX_TRIES = 8;

async function settle(harness: LineHarness, workers: number): Promise<void> {
  const tries = new Map<string, number>();
  const work = async () => {
    for (let job = harness.jobs.shift(); job; job = harness.jobs.shift()) {
      try {
        const { waitMs } = await runJob(harness, job);
        // A short wait is for another job of the same queue: this one goes behind it.
        if (waitMs > 0 && waitMs < SHORT_WAIT_MS) harness.jobs.push(job);
      } catch (error) {
        const key = JSON.stringify(job);
        const tried = (tries.get(key) ?? 0) + 1;
        if (tried >= MAX_TRIES || !(error instanceof AppError && error.retryable)) throw error;
        tries.set(key, tried);
        harness.jobs.push(job);
      }
    }
  };
  for (;;) {
    await Promise.all(Array.from({ length: workers }, work));
    if ((await tick(harness.deps, {})).fired === 0 && harness.jobs.length === 0) return;
  }
}

/** What a worker does in a thread, here and now. */
export const compute = (async (name: keyof typeof COMPUTATIONS, input: never) =>
  COMPUTATIONS[name](input)) as Compute;

/** One job as the worker would run it. @returns for how long it has to be put off, 0 = it is through */
export async function runJob({ deps }: Pick<LineHarness, 'deps'>, job: Job): Promise<{ waitMs: number }> {
  if (job.name === 'event.process') await processEvent(deps, job.payload);
  else if (job.name === 'events.process') await processEvents(deps, job.payload);
  else if (job.name === 'customer.score') await scoreCustomer(deps, job.payload);
  else if (job.name === 'answers.import') await runImport(deps, job.payload);
  else if (job.name === 'score.refresh') {
    if ((await refreshScores(deps, job.payload)).outcome === 'more') return { waitMs: 1 };
  } else if (job.name === 'model.fit') await fitModel({ ...deps, compute }, job.payload);
  else if (job.name === 'orders.predict' || job.name === 'orders.follow')
    await predictOrders({ ...deps, compute }, job.payload);
  else if (job.name === 'action.run') {
    const ran = await runAction(deps, job.payload);
    if (ran.outcome === 'wait') return { waitMs: ran.waitMs };
  }
  return { waitMs: 0 };
}

/** Shows each statement of the pool's connections to `look` before it is sent; what that throws is the statement's error. */
function watchStatements(pool: pg.Pool, look: (text: string) => void): void {
  pool.on('connect', (client) => {
    const send = client.query.bind(client) as (...args: unknown[]) => unknown;
    const watched = (...args: unknown[]): unknown => {
      const [query] = args;
      try {
        look(typeof query === 'string' ? query : (query as { text: string }).text);
      } catch (error) {
        const callback = args.at(-1);
        if (typeof callback !== 'function') return Promise.reject(error as Error);
        process.nextTick(callback as (error: unknown) => void, error);
        return undefined;
      }
      return send(...args);
    };
    client.query = watched as typeof client.query;
  });
}
