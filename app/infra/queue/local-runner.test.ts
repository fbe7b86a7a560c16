import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import type { Job } from './jobs.ts';
import { createLocalRunner, type LocalRunnerOptions } from './local-runner.ts';

const shopId = uuidv7();
const action = (): Job => ({ name: 'action.run', payload: { shopId, actionId: uuidv7() } });
const score = (customerId = uuidv7()): Job => ({ name: 'customer.score', payload: { shopId, customerId } });

/** Jobs that run until they are let go. */
function stage(options: Partial<LocalRunnerOptions> = {}) {
  const begun: Job[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const runner = createLocalRunner({
    concurrency: 2,
    maxWaiting: 3,
    debounced: false,
    run: (job) => {
      begun.push(job);
      return new Promise((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve(null))));
    },
    ...options,
  });
  const endOne = async (error?: Error) => {
    ends.shift()!(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { runner, begun, endOne };
}

describe('a local runner', () => {
  it('begins at once, as many as may run, the others in their order', async () => {
    const { runner, begun, endOne } = stage();
    const jobs = [action(), action(), action(), score()];
    expect(jobs.map((job) => runner.offer(job))).toEqual([true, true, true, true]);
    expect(begun).toEqual(jobs.slice(0, 2));
    await endOne();
    expect(begun).toEqual(jobs.slice(0, 3));
    await endOne(new Error('A job that broke takes nothing with it.'));
    expect(begun).toEqual(jobs);
  });

  it('leaves to the queue what is more than may wait', async () => {
    const { runner, endOne } = stage();
    for (let index = 0; index < 5; index += 1) expect(runner.offer(action())).toBe(true);
    expect(runner.offer(action())).toBe(false);
    await endOne();
    expect(runner.offer(action())).toBe(true);
  });

  it('a job that is offered again before it began is run once; one that runs is run again', async () => {
    const { runner, begun, endOne } = stage({ concurrency: 1 });
    const [busy, same] = [action(), score()];
    runner.offer(busy);
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
    const { runner, begun, endOne } = stage({ concurrency: 1 });
    const jobs = [action(), action()];
    for (const job of jobs) runner.offer(job);
    expect(runner.close()).toEqual([jobs[1]]);
    expect(runner.offer(action())).toBe(false);
    await endOne();
    expect(begun).toEqual([jobs[0]]);
  });
});
