import { uuidv7 } from 'uuidv7';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { QueueConfig } from '#app/infra/queue/backend.server.ts';
import type { ClosableProducer } from '#app/infra/queue/producer.server.ts';
import type { Workers } from '#app/infra/queue/runtime.server.ts';
import { actionJob, openProducer, openWorkers, scoreJob, signal, until, withQueue } from './harness.ts';

/** What a worker's own work leads to, the same for both backends: run here first, the queue for what comes again. */
export function describeLocalFirst(backend: string, readConfig: () => QueueConfig) {
  describe(`jobs that a worker leads to, beside a queue on ${backend}`, () => {
    let config: QueueConfig;
    let producer: ClosableProducer;
    let workers: Workers | undefined;
    const counts = () =>
      withQueue(config, 'actions', (queue) => queue.getJobCounts('waiting', 'active', 'delayed'));

    beforeAll(() => {
      config = readConfig();
    });
    const open = async (
      ...args: Parameters<typeof openWorkers> extends [unknown, ...infer Rest] ? Rest : never
    ) => {
      producer = openProducer(config);
      workers = await openWorkers(config, ...args);
      producer.offerFirst(workers.offer);
      return workers;
    };
    afterEach(async () => {
      await workers?.close();
      await producer.close();
      await withQueue(config, 'actions', (queue) => queue.obliterate({ force: true }));
      await withQueue(config, 'scoring', (queue) => queue.obliterate({ force: true }));
      workers = undefined;
    });

    it('are run without the queue', async () => {
      const [started, finish] = [signal(), signal()];
      await open({
        'action.run': async () => {
          started.resolve();
          await finish.promise;
        },
      });
      await producer.enqueue([actionJob(uuidv7())]);
      await started.promise;
      await producer.flush();
      expect(await counts()).toMatchObject({ waiting: 0, active: 0, delayed: 0 });
      finish.resolve();
    });

    it('come again through the queue, with the tries that are left', async () => {
      const attempts: number[] = [];
      const done = signal();
      await open({
        'action.run': async (_payload, context) => {
          attempts.push(context.attempt);
          if (attempts.length === 1) throw new Error('Not yet.');
          done.resolve();
        },
      });
      await producer.enqueue([actionJob(uuidv7())]);
      await until('the next try in the queue', async () => (await counts()).delayed === 1);
      await withQueue(config, 'actions', (queue) => queue.promoteJobs());
      await done.promise;
      expect(attempts).toEqual([1, 2]);
    });

    it('are put off through the queue without losing a try', async () => {
      const attempts: number[] = [];
      const done = signal();
      await open({
        'action.run': async (_payload, context) => {
          attempts.push(context.attempt);
          if (attempts.length < 3) await context.delayJob(30);
          done.resolve();
        },
      });
      await producer.enqueue([actionJob(uuidv7())]);
      await done.promise;
      expect(attempts).toEqual([1, 1, 1]);
    });

    it('are handed to the queue by a worker that closes before they began', async () => {
      const [started, finish] = [signal(), signal()];
      const seen: string[] = [];
      const closing = await open({
        'action.run': async ({ actionId }) => {
          seen.push(actionId);
          if (seen.length === 4) started.resolve();
          await finish.promise;
        },
      });
      const ids = Array.from({ length: 6 }, () => uuidv7());
      await producer.enqueue(ids.map(actionJob));
      await started.promise;
      const closed = closing.close();
      await until('those that had not begun', async () => (await counts()).waiting === 2);
      finish.resolve();
      expect(await closed).toEqual({ abandoned: 0 });
      expect(seen).toEqual(ids.slice(0, 4));

      const again: string[] = [];
      workers = await openWorkers(config, { 'action.run': async ({ actionId }) => again.push(actionId) });
      await until('the next worker', async () => again.length === 2);
      expect(again.toSorted()).toEqual(ids.slice(4).toSorted());
    });

    it('share their places with those that the queue hands out', async () => {
      const finish = signal();
      let [running, most] = [0, 0];
      const seen = new Set<string>();
      await open({
        'action.run': async ({ actionId }) => {
          most = Math.max(most, (running += 1));
          await finish.promise;
          running -= 1;
          seen.add(actionId);
        },
      });
      const ids = Array.from({ length: 20 }, () => uuidv7());
      await producer.enqueueAgain(ids.slice(0, 10).map(actionJob));
      await producer.enqueue(ids.slice(10).map(actionJob));
      await producer.flush();
      await until('full places', async () => running === 4);
      finish.resolve();
      await until('all of them', async () => seen.size === ids.length);
      expect(most).toBe(4);
    });

    it('leave debounced jobs to the queue', async () => {
      let runs = 0;
      await open({ 'customer.score': async () => (runs += 1) });
      await producer.enqueue([scoreJob(uuidv7())]);
      await producer.flush();
      const waiting = await withQueue(config, 'scoring', (queue) => queue.getJobCounts('delayed'));
      expect([runs, waiting['delayed']]).toEqual([0, 1]);
    });
  });
}
