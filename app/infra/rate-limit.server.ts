import { createHmac } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from './env.server.ts';
import type { Log } from './log.server.ts';
import { connectRedis } from './queue/backend.server.ts';

/** How many requests one caller may make, machine time. */
const BUDGETS = {
  /** Any shopper page from one client address. */
  pageByAddress: { points: 120, seconds: 60 },
  /** Surveys looked for by one customer behind the app proxy, where every address is Shopify's. */
  pageBySubject: { points: 60, seconds: 60 },
  /** Submitted answers from one client address. */
  answerByAddress: { points: 30, seconds: 60 },
  /** Submitted answers to one link, or by one customer. */
  answerBySubject: { points: 10, seconds: 60 },
  /** Steps on the way to an answer: whoever tries out values must still be able to send the form. */
  stepByAddress: { points: 240, seconds: 60 },
  stepBySubject: { points: 40, seconds: 60 },
  /**
   * Answers and steps of visitors of one shop's pages, of whom nothing is known. The address that the storefront names
   * can be made up, so this is what keeps a made-up crowd from filling the table.
   */
  visitByShop: { points: 1200, seconds: 60 },
  /** Pages that the visitors behind one address look at, those of one customer, and those of all customers of one shop. */
  pixelByAddress: { points: 240, seconds: 60 },
  pixelByCustomer: { points: 60, seconds: 60 },
  pixelByShop: { points: 6_000, seconds: 60 },
  /** Files for an answer: five pictures at once, and what is recorded anew. */
  uploadByAddress: { points: 40, seconds: 60 },
  uploadBySubject: { points: 12, seconds: 60 },
  /** Tests of surveys that the staff of one shop mail. */
  testMailByShop: { points: 20, seconds: 3_600 },
  /** Requests with a token that turned out wrong, from one client address. */
  guessByAddress: { points: 20, seconds: 600 },
} as const;

export type BudgetName = keyof typeof BUDGETS;

export type RateLimitOutcome = { outcome: 'allowed' } | { outcome: 'limited'; retryAfterSeconds: number };

export interface RateLimit {
  /**
   * Counts one request against each key; limited when one of them is used up. A null
   * key is not counted: behind no trusted proxy the client's address is not known.
   */
  consume(keys: Partial<Record<BudgetName, string | null>>): Promise<RateLimitOutcome>;
  close(): void;
}

/**
 * Rate limits in memory, or shared through Redis when REDIS_URL is set (then memory
 * stands in while Redis is away: a limit must not take the shop's surveys down).
 * Keys are kept as keyed hashes, so that no address or token is stored.
 */
export function createRateLimit(options: {
  config: Pick<Config, 'redisUrl' | 'queuePrefix' | 'hashKey'>;
  log: Log;
}): RateLimit {
  const { config, log } = options;
  const redis = config.redisUrl === undefined ? undefined : connectRedis(config.redisUrl, 'limit', log);
  const limiters = new Map(
    (Object.keys(BUDGETS) as BudgetName[]).map((name) => {
      const { points, seconds: duration } = BUDGETS[name];
      const memory = new RateLimiterMemory({ points, duration });
      const limiter = redis
        ? new RateLimiterRedis({
            storeClient: redis,
            keyPrefix: `${config.queuePrefix}:limit:${name}`,
            points,
            duration,
            insuranceLimiter: memory,
          })
        : memory;
      return [name, limiter];
    }),
  );

  return {
    async consume(keys) {
      for (const [name, key] of Object.entries(keys) as [BudgetName, string | null | undefined][]) {
        const limiter = limiters.get(name);
        if (key === null || key === undefined || !limiter) continue;
        const hashed = createHmac('sha256', config.hashKey).update(`limit:${key}`).digest('base64url');
        try {
          await limiter.consume(hashed);
        } catch (refusal) {
          if (!(refusal instanceof RateLimiterRes)) throw refusal;
          return {
            outcome: 'limited',
            retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
          };
        }
      }
      return { outcome: 'allowed' };
    },
    close() {
      redis?.disconnect();
    },
  };
}
