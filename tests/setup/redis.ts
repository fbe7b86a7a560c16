/** Redis for tests that run on it: one prefix per worker, emptied after the file. */
import { Redis } from 'ioredis';
import { afterAll } from 'vitest';
import { requireOrSkip } from './require-or-skip.ts';

export interface TestRedis {
  url: string;
  /** Starts every key of this worker; a valid QUEUE_PREFIX. */
  prefix: string;
}

/**
 * The Redis server of REDIS_URL, or undefined (said) when there is none:
 *
 *     const redis = useTestRedis();
 *     describe.skipIf(!redis)('on Redis', …)
 */
export function useTestRedis(): TestRedis | undefined {
  const url = requireOrSkip('REDIS_URL', 'REDIS_URL=redis://127.0.0.1:6379 npm test');
  if (!url) return undefined;
  const prefix = `aftercare-test-${process.ppid}-${process.env.VITEST_POOL_ID ?? '0'}`;
  afterAll(() => deleteKeys(url, prefix));
  return { url, prefix };
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  try {
    let cursor = '0';
    do {
      const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 500);
      if (keys.length > 0) await redis.unlink(...keys);
      cursor = next;
    } while (cursor !== '0');
  } finally {
    redis.disconnect();
  }
}
