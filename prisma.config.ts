import { defineConfig } from 'prisma/config';
import { PrismaPg } from './app/infra/db/prisma-adapter.server.ts';

/**
 * Without DATABASE_URL Prisma falls back to downloading a native engine. The placeholder
 * lets `prisma generate` run with neither database nor download; it can never connect.
 */
const PLACEHOLDER = 'postgresql://unset:unset@127.0.0.1:1/unset';
process.env.DATABASE_URL ??= PLACEHOLDER;

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  experimental: { adapter: true },
  engine: 'js',
  // Only commands that talk to a database call this.
  adapter: async () => {
    const connectionString = process.env.DATABASE_URL;
    if (!connectionString || connectionString === PLACEHOLDER) {
      throw new Error(
        'DATABASE_URL is not set, so there is no database to migrate. ' +
          'Set it, for example DATABASE_URL=postgresql://user:password@127.0.0.1:5432/aftercare, and run the command again.',
      );
    }
    endWithoutWaiting();
    // The migration lock belongs to a session, so everything runs on one connection.
    return new PrismaPg({ connectionString, max: 1, allowExitOnIdle: true });
  },
});

/**
 * The schema engine never clears the 10 s timer of its migration lock, so a command that
 * is done in one second would end after eleven. While a lock is really waited for, the
 * connection keeps the process alive and the timer still fires.
 */
function endWithoutWaiting(): void {
  const ENGINE_LOCK_TIMEOUT_MS = 10_000;
  const setTimer = globalThis.setTimeout;
  const setTimerThatMayBeLeft = (run: () => void, delayMs?: number, ...rest: unknown[]) => {
    const timer: unknown = setTimer(run, delayMs, ...rest);
    return delayMs === ENGINE_LOCK_TIMEOUT_MS ? (timer as NodeJS.Timeout).unref() : timer;
  };
  globalThis.setTimeout = Object.assign(setTimerThatMayBeLeft, setTimer) as typeof setTimeout;
}
