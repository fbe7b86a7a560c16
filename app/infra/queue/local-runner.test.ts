import pLimit from 'p-limit';
import { AsyncLocalStorage } from 'node:async_hooks';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { QUEUES, type Job } from './jobs.ts';
import { createLocalRunner } from './local-runner.ts';

const shopId = uuidv7();
const action = (): Job => ({ name: 'action.run', payload: { shopId, actionId: uuidv7() } });
const score = (customerId = uuidv7()): Job => ({ name: 'customer.score', payload: { shopId, customerId } });

/** Jobs that run until they are let go. */
function stage({ concurrency = 2, debounced = false } = {}) {
  const begun: Job[] = [];
  const ends: (() => void)[] = [];
  const runner = createLocalRunner({
    limits: new Map(QUEUES.map((queue) => [queue, pLimit(concurrency)])),
    maxWaiting: 3,
    debounced,
    run: (job) => {
      begun.push(job);
      return new Promise<void>((resolve) => ends.push(resolve));
    },
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const endOne = async () => {
    ends.shift()!();
    await turn();
  };
  return { runner, begun, endOne, turn };
}

describe('a local runner', () => {
  it('begins at once, as many of a queue as may run, the others in their order', async () => {
    const { runner, begun, endOne, turn } = stage();
    const jobs = [action(), action(), action(), action()];
    const other = score();
    expect([...jobs, other].map((job) => runner.offer(job))).toEqual([true, true, true, true, true]);
    await turn();
    expect(begun).toEqual([jobs[0], jobs[1], other]);
    await endOne();
    await endOne();
    expect(begun).toEqual([jobs[0], jobs[1], other, jobs[2], jobs[3]]);
  });

  it('leaves to the queue what is more than may wait', async () => {
    const { runner, endOne, turn } = stage();
    for (let index = 0; index < 2; index += 1) expect(runner.offer(action())).toBe(true);
    await turn();
    for (let index = 0; index < 3; index += 1) expect(runner.offer(action())).toBe(true);
    expect(runner.offer(action())).toBe(false);
    expect(runner.offer(score())).toBe(true);
    await endOne();
    expect(runner.offer(action())).toBe(true);
  });

  it('a job that is offered again before it began is run once; one that runs is run again', async () => {
    const { runner, begun, endOne, turn } = stage({ concurrency: 1 });
    const [busy, same] = [score(), score()];
    runner.offer(busy);
    await turn();
    expect([runner.offer(same), runner.offer(structuredClone(same))]).toEqual([true, true]);
    await endOne();
    expect(begun).toEqual([busy, same]);
    expect(runner.offer(same)).toBe(true);
    await endOne();
    expect(begun).toEqual([busy, same, same]);
  });

  it('upkeep and what is debounced are the queue’s', () => {
    const { runner } = stage({ debounced: true });
    expect(runner.offer(score())).toBe(false);
    expect(runner.offer({ name: 'reconcile', payload: {} })).toBe(false);
    expect(runner.offer({ name: 'answers.import', payload: { shopId, importId: uuidv7() } })).toBe(false);
    expect(runner.offer(action())).toBe(true);
  });

  it('closed, it gives back what has not begun and takes nothing more', async () => {
    const { runner, begun, endOne, turn } = stage({ concurrency: 1 });
    const jobs = [action(), action()];
    for (const job of jobs) runner.offer(job);
    await turn();
    expect(runner.close()).toEqual([jobs[1]]);
    expect(runner.offer(action())).toBe(false);
    await endOne();
    expect(begun).toEqual([jobs[0]]);
  });

  it('a job does not run inside what led to it', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const runner = createLocalRunner({
      limits: new Map(QUEUES.map((queue) => [queue, pLimit(1)])),
      maxWaiting: 3,
      debounced: false,
      run: async () => seen.push(context.getStore()),
    });
    context.run('an event', () => [action(), action()].map((job) => runner.offer(job)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([undefined, undefined]);
  });
});
