/**
 * npm run migrate: brings the database of DATABASE_URL up to date. Prisma does the work; before it,
 * the connection is tried, so that a wrong address is one sentence, and after it, its remark about
 * the adapter (which is how it is meant to run here) is left out.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createPool, describeDatabaseError } from '../app/infra/db/pool.server.ts';

/** What Prisma says about how it was set up, which is how it is meant to be. */
const REMARKS = [
  /^(Loaded Prisma config|Prisma config detected|Prisma schema loaded)/,
  /^WARNING: Your schema specifies the following datasource properties/,
  /^- url$/,
  /^The values from your schema will NOT be used/,
  /^We recommend you to remove those properties/,
  /^$/,
];

const url = process.env['DATABASE_URL'];
if (!url) {
  refuse(
    'DATABASE_URL is not set, so there is no database to migrate. ' +
      'Set it, for example DATABASE_URL=postgresql://user:password@127.0.0.1:5432/aftercare, and run the command again.',
  );
}
if (!/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? '')) {
  refuse('DATABASE_URL must be a PostgreSQL address such as postgresql://user@host:5432/aftercare.');
}
const pool = createPool(url, { max: 1, applicationName: 'aftercare-migrate' });
const problem = await pool.query('SELECT 1').then(
  () => null,
  (error: unknown) => describeDatabaseError(error, url),
);
await pool.end();
if (problem) refuse(problem);

const prisma = spawn(process.execPath, ['node_modules/prisma/build/index.js', 'migrate', 'deploy'], {
  stdio: ['ignore', 'pipe', 'pipe'],
});
for (const [from, to] of [
  [prisma.stdout, process.stdout],
  [prisma.stderr, process.stderr],
] as const) {
  createInterface({ input: from }).on('line', (line) => {
    if (!REMARKS.some((remark) => remark.test(line.trim()))) to.write(`${line}\n`);
  });
}
prisma.on('close', (code) => (process.exitCode = code ?? 1));

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
