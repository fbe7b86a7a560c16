import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { QueueConfig } from '#app/infra/queue/backend.server.ts';
import type { Job } from '#app/infra/queue/jobs.ts';
import type { ClosableProducer } from '#app/infra/queue/producer.server.ts';
import type { Workers } from '#app/infra/queue/runtime.server.ts';
import { openProducer, openWorkers, SHOP_ID, signal, until, withQueue } from './harness.ts';

const refreshJob: Job = { name: 'score.refresh', payload: { shopId: SHOP_ID } };
const fitJob: Job = { name: 'model.fit', payload: { shopId: SHOP_ID, kind: 'purchases' } };

/** Upkeep of one shop that takes long, the same for both backends. */
export function describeUpkeep(backend: string, readConfig: () => QueueConfig) {
  describe(`long upkeep on ${backend}`, () => {
    let config: QueueConfig;
    let producer: ClosableProducer;
    let workers: Workers | undefined;
    const isEmpty = () =>
      withQueue(config, 'upkeep', async (queue) => {
        const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
        return Object.values(counts).every((count) => count === 0);
      });

    beforeAll(() => {
      config = readConfig();
    });
    afterEach(async () => {
      await workers?.close();
      await producer.close();
      await withQueue(config, 'upkeep', (queue) => queue.obliterate({ force: true }));
      workers = undefined;
    });

    it('comes in parts, between which others have their turn, and stays one job however often it is asked for', async () => {
      producer = openProducer(config);
      const ran: string[] = [];
      const [first, go] = [signal(), signal()];
      workers = await openWorkers(config, {
        'score.refresh': async (_payload, { delayJob }) => {
          ran.push('part');
          first.resolve();
          await go.promise;
          if (ran.filter((name) => name === 'part').length < 3) await delayJob(100);
        },
        reconcile: async () => void ran.push('other'),
      });
      await producer.enqueue([refreshJob]);
      await first.promise;
      // As the tick does while the shop's scores are still due.
      await producer.enqueue([refreshJob, { name: 'reconcile', payload: {} }]);
      await producer.flush();
      go.resolve();
      await until('the end of all parts', async () => ran.length === 4 && (await isEmpty()));
      expect(ran.at(-1)).toBe('part');
      expect(ran.toSorted()).toEqual(['other', 'part', 'part', 'part']);
    });

    it('is tried again, and given up with its payload', async () => {
      producer = openProducer(config);
      const [attempts, given] = [[] as number[], signal<Job>()];
      workers = await openWorkers(
        config,
        {
          'model.fit': async (_payload, { attempt }) => {
            attempts.push(attempt);
            throw new Error('The data are of no use.');
          },
        },
        { onExhausted: async (job) => given.resolve(job) },
      );
      await producer.enqueue([fitJob]);
      for (const tries of [1, 2]) {
        await until(`try ${tries}`, async () => attempts.length >= tries);
        await until('the next try', () =>
          withQueue(
            config,
            'upkeep',
            async (queue) => (await queue.getJobCounts('delayed'))['delayed'] === 1,
          ),
        );
        await withQueue(config, 'upkeep', (queue) => queue.promoteJobs());
      }
      expect(await given.promise).toEqual(fitJob);
      expect(attempts).toEqual([1, 2, 3]);
    });
  });
}
