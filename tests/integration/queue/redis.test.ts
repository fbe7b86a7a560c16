import { describe } from 'vitest';
import { useTestRedis } from '#tests/setup/redis.ts';
import { describeLocalFirst } from './local-suite.ts';
import { describeQueue } from './queue-suite.ts';
import { describeUpkeep } from './upkeep-suite.ts';

const redis = useTestRedis();

describe.skipIf(!redis)('with REDIS_URL', () => {
  const config = () => ({
    databaseUrl: 'postgresql://unused@127.0.0.1:1/unused',
    redisUrl: redis?.url,
    queuePrefix: redis?.prefix ?? 'unused',
    migrateQueue: false,
  });
  describeQueue('Redis', config);
  describeLocalFirst('Redis', config);
  describeUpkeep('Redis', config);
});
