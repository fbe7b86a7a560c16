import { describe, expect, it } from 'vitest';
import { createRateLimit } from '#app/infra/rate-limit.server.ts';
import { useTestRedis } from '#tests/setup/redis.ts';
import { silentLog, until } from './harness.ts';

const redis = useTestRedis();
const hashKey = 'k'.repeat(32);

describe('rate limits while Redis is away', () => {
  it('are kept in memory', async () => {
    const limit = createRateLimit({
      config: { redisUrl: 'redis://127.0.0.1:1', queuePrefix: 'aftercare', hashKey },
      log: silentLog,
    });
    const outcomes = [];
    for (let request = 0; request < 11; request += 1) {
      outcomes.push((await limit.consume({ answerBySubject: 'link' })).outcome);
    }
    limit.close();
    expect(outcomes).toEqual([...Array.from({ length: 10 }, () => 'allowed'), 'limited']);
  });
});

describe.skipIf(!redis)('rate limits on Redis', () => {
  it('are shared by the processes', async () => {
    const config = { redisUrl: redis?.url, queuePrefix: redis?.prefix ?? '', hashKey };
    const [first, second] = [
      createRateLimit({ config, log: silentLog }),
      createRateLimit({ config, log: silentLog }),
    ];
    // Until its connection stands a process counts in its own memory, up to 10 more.
    for (let request = 0; request < 25; request += 1) await first.consume({ answerBySubject: 'link' });
    await until('the refusal in the other process', async () => {
      return (await second.consume({ answerBySubject: 'link' })).outcome === 'limited';
    });
    let requests = 0;
    const other = await until('the limit of a fresh subject', async () => {
      requests += 1;
      const limit = requests % 2 ? first : second;
      return (await limit.consume({ answerBySubject: 'other' })).outcome === 'limited' && requests;
    });
    expect(other).toBe(11);
    first.close();
    second.close();
  });
});
