import { useTestDatabase } from '#tests/setup/database.ts';
import { describeLocalFirst } from './local-suite.ts';
import { describeQueue } from './queue-suite.ts';
import { describeUpkeep } from './upkeep-suite.ts';

const database = useTestDatabase({ keepBetweenTests: true });

const config = () => ({
  databaseUrl: database.url,
  redisUrl: undefined,
  queuePrefix: 'unused',
  migrateQueue: true,
});
describeQueue('PostgreSQL', config);
describeLocalFirst('PostgreSQL', config);
describeUpkeep('PostgreSQL', config);
