import { describe, expect, it } from 'vitest';
import { createLog } from './log.server.ts';
import { createRateLimit } from './rate-limit.server.ts';

const log = createLog({ level: 'silent', process: 'test' });
const config = { redisUrl: undefined, queuePrefix: 'aftercare', hashKey: 'k'.repeat(32) };

describe('createRateLimit', () => {
  it('lets a subject answer 10 times a minute and says when to come back', async () => {
    const limit = createRateLimit({ config, log });
    for (let request = 0; request < 10; request += 1) {
      expect(await limit.consume({ answerBySubject: 'link-1' })).toEqual({ outcome: 'allowed' });
    }
    const refused = await limit.consume({ answerBySubject: 'link-1' });
    expect(refused).toMatchObject({ outcome: 'limited', retryAfterSeconds: expect.any(Number) });
    expect(await limit.consume({ answerBySubject: 'link-2' })).toEqual({ outcome: 'allowed' });
  });

  it('does not count where the address is not known', async () => {
    const limit = createRateLimit({ config, log });
    for (let request = 0; request < 200; request += 1) {
      expect(await limit.consume({ answerByAddress: null })).toEqual({ outcome: 'allowed' });
    }
  });

  it('gives each customer behind the app proxy 60 pages a minute of their own', async () => {
    const limit = createRateLimit({ config, log });
    const outcomes = [];
    for (let request = 0; request < 61; request += 1) {
      outcomes.push((await limit.consume({ pageBySubject: 'customer:a:1' })).outcome);
    }
    expect(outcomes).toEqual([...Array.from({ length: 60 }, () => 'allowed'), 'limited']);
    expect(await limit.consume({ pageBySubject: 'customer:b:1' })).toEqual({ outcome: 'allowed' });
  });

  it('limits when any of the keys is used up', async () => {
    const limit = createRateLimit({ config, log });
    const outcomes = [];
    for (let request = 0; request < 31; request += 1) {
      outcomes.push(
        (await limit.consume({ answerByAddress: '203.0.113.9', answerBySubject: `s${request}` })).outcome,
      );
    }
    expect(outcomes).toEqual([...Array.from({ length: 30 }, () => 'allowed'), 'limited']);
  });
});
