import { useTestDatabase } from '#tests/setup/database.ts';
import { describeQueue } from './queue-suite.ts';

const database = useTestDatabase({ keepBetweenTests: true });

describeQueue('PostgreSQL', () => ({
  databaseUrl: database.url,
  redisUrl: undefined,
  queuePrefix: 'unused',
  migrateQueue: true,
}));
