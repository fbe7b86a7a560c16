import type { Queue } from 'bullmq';
import type { JobName } from './jobs.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Repeating upkeep, machine time. */
const EVERY: readonly [name: JobName, everyMs: number][] = [
  ['reconcile', 30 * SECOND],
  ['products.refresh', MINUTE],
  ['pixels.connect', MINUTE],
  ['orders.poll', HOUR],
  ['data.purge', 24 * HOUR],
];

/**
 * Makes sure that each repeating job is planned exactly once, however many workers
 * start, and that one which the app no longer has is gone.
 */
export async function startSchedulers(upkeep: Queue): Promise<void> {
  const wanted = new Set<string>(EVERY.map(([name]) => name));
  for (const known of await upkeep.getJobSchedulers()) {
    if (!wanted.has(known.key)) await upkeep.removeJobScheduler(known.key);
  }
  for (const [name, everyMs] of EVERY) {
    await upkeep.upsertJobScheduler(
      name,
      { every: everyMs },
      { name, data: {}, opts: { attempts: 1, removeOnComplete: true, removeOnFail: true } },
    );
  }
}
