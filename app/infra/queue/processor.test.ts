import { DelayedError, UnrecoverableError, type Job as BullJob, type Queue } from 'bullmq';
import pLimit from 'p-limit';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/core/app-error.ts';
import { createLog } from '../log.server.ts';
import { batchEntry } from './batches.ts';
import { JOBS, type Job } from './jobs.ts';
import {
  createProcessor,
  settleAbandoned,
  type JobHandlers,
  type ProcessorOptions,
} from './processor.server.ts';

const shopId = uuidv7();
const action = (): Extract<Job, { name: 'action.run' }> => ({
  name: 'action.run',
  payload: { shopId, actionId: uuidv7() },
});
const { attempts, backoffMs } = JOBS['action.run'];

function stage(run: JobHandlers['action.run'], concurrency = 2) {
  const added: { name: string; data: unknown; attempts?: number; delay?: number }[] = [];
  const queue = {
    add: async (name: string, data: unknown, opts: { attempts: number; delay: number }) =>
      added.push({ name, data, attempts: opts.attempts, delay: opts.delay }),
  } as unknown as Queue;
  const exhausted: [Job, string][] = [];
  const nothing = async () => undefined;
  const options: ProcessorOptions = {
    handlers: {
      ...{
        'event.process': nothing,
        'events.process': nothing,
        'customer.score': nothing,
        'score.refresh': nothing,
        'model.fit': nothing,
        'orders.predict': nothing,
        'orders.follow': nothing,
        reconcile: nothing,
      },
      ...{
        'orders.poll': nothing,
        'products.refresh': nothing,
        'pixels.connect': nothing,
        'data.purge': nothing,
        'answers.import': nothing,
        'action.run': run,
      },
    },
    onExhausted: async (job, error) => void exhausted.push([job, error.message]),
    log: createLog({ level: 'silent', process: 'test' }),
    metrics: { observeJob: () => undefined },
  };
  return { process: createProcessor(options, queue, pLimit(concurrency)), options, queue, added, exhausted };
}

const bull = (name: string, data: unknown, more: object = {}) =>
  ({ name, data, opts: { attempts }, attemptsMade: 0, ...more }) as unknown as BullJob;

describe('a batch', () => {
  it('runs each job once, no more at a time than one worker runs', async () => {
    const jobs = Array.from({ length: 9 }, action);
    const seen: string[] = [];
    let [running, most] = [0, 0];
    const { process, added } = stage(async ({ actionId }) => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(actionId);
      running -= 1;
    }, 4);
    const [first, second] = [batchEntry(jobs.slice(0, 5)), batchEntry(jobs.slice(5))];
    await Promise.all([process(bull(first.name, first.data)), process(bull(second.name, second.data))]);
    expect(seen.toSorted()).toEqual(jobs.map((job) => job.payload.actionId).toSorted());
    expect(most).toBe(4);
    expect(added).toEqual([]);
  });

  it('sends back alone what failed, with one attempt less, and what has to wait, with all of them', async () => {
    const [fine, broken, waiting, hopeless] = [action(), action(), action(), action()];
    const { process, added, exhausted } = stage(async ({ actionId }, { attempt, delayJob }) => {
      expect(attempt).toBe(1);
      if (actionId === broken.payload.actionId) throw new Error('the mail server is away');
      if (actionId === waiting.payload.actionId) await delayJob(70);
      if (actionId === hopeless.payload.actionId) throw new AppError('x', 'No.', { retryable: false });
    });
    const { name, data } = batchEntry([fine, broken, waiting, hopeless]);
    await process(bull(name, data));
    expect(added).toEqual([
      { name: 'action.run', data: broken.payload, attempts: attempts - 1, delay: backoffMs },
      { name: 'action.run', data: waiting.payload, attempts, delay: 70 },
    ]);
    expect(exhausted).toEqual([[hopeless, 'No.']]);
  });

  it('brings every job to its end, even if one that failed cannot be put back', async () => {
    const [broken, slow] = [action(), action()];
    const done: string[] = [];
    const { process, queue } = stage(async ({ actionId }) => {
      if (actionId === broken.payload.actionId) throw new Error('the mail server is away');
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      done.push(actionId);
    });
    queue.add = () => Promise.reject(new Error('the queue is away'));
    const { name, data } = batchEntry([broken, slow]);
    await expect(process(bull(name, data))).rejects.toThrow('the queue is away');
    expect(done).toEqual([slow.payload.actionId]);
  });

  it('that killed its worker too often is taken apart', async () => {
    const jobs = [action(), action()];
    const { options, queue, added, exhausted } = stage(async () => undefined);
    const { name, data } = batchEntry(jobs);
    const dead = bull(name, data, { finishedOn: 1, deferredFailure: 'stalled' });
    await settleAbandoned(dead, new Error('stalled'), queue, options);
    expect(added.map((entry) => entry.data)).toEqual(jobs.map((job) => job.payload));
    expect(exhausted).toEqual([]);
  });

  it('of another version is refused', async () => {
    const { process } = stage(async () => undefined);
    await expect(process(bull('batch', { name: 'old', payloads: [{}] }))).rejects.toThrow(UnrecoverableError);
  });
});

describe('a job', () => {
  it('that came back from a batch goes on counting', async () => {
    const seen: number[] = [];
    const { process } = stage(async (_payload, { attempt }) => void seen.push(attempt));
    const { name, payload } = action();
    await process(bull(name, payload, { opts: { attempts: attempts - 1 } }));
    await process(bull(name, payload, { opts: { attempts: attempts - 1 }, attemptsMade: 2 }));
    expect(seen).toEqual([2, 4]);
  });

  it('is put off by the queue', async () => {
    const moved: number[] = [];
    const { process } = stage((_payload, { delayJob }) => delayJob(0));
    const { name, payload } = action();
    const moveToDelayed = async (at: number) => void moved.push(at);
    await expect(process(bull(name, payload, { moveToDelayed }))).rejects.toThrow(DelayedError);
    expect(moved).toHaveLength(1);
  });

  it('whose worker died too often is given up', async () => {
    const job = action();
    const { options, queue, exhausted } = stage(async () => undefined);
    const dead = bull(job.name, job.payload, { finishedOn: 1, deferredFailure: 'stalled' });
    await settleAbandoned(dead, new Error('stalled'), queue, options);
    expect(exhausted).toEqual([[job, 'stalled']]);
  });
});
