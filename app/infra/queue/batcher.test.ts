import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBatcher, type BatcherOptions } from './batcher.ts';

let sent: string[][];

function batcher(options: Partial<BatcherOptions<string>> = {}) {
  return createBatcher<string>({
    delayMs: 20,
    maxSize: 3,
    maxWaiting: 1_000,
    keyOf: (item) => item,
    send: async (items) => void sent.push(items),
    onDropped: () => undefined,
    ...options,
  });
}

beforeEach(() => {
  sent = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createBatcher', () => {
  it('hands on after the delay what came until then', async () => {
    const { add } = batcher();
    add('a');
    await vi.advanceTimersByTimeAsync(19);
    add('b');
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([['a', 'b']]);
  });

  it('hands on a full batch at once', async () => {
    const { add } = batcher();
    for (const item of ['a', 'b', 'c']) add(item);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([['a', 'b', 'c']]);
  });

  it('folds what waits under the same key, and only that', async () => {
    const { add, flush } = batcher();
    add('a');
    add('a');
    await flush();
    add('a');
    await flush();
    expect(sent).toEqual([['a'], ['a']]);
  });

  it('has one batch under way at a time; what comes meanwhile is the next', async () => {
    let release = () => undefined as void;
    const { add, flush } = batcher({
      maxSize: 100,
      send: async (items) => {
        sent.push(items);
        await new Promise<void>((resolve) => (release = resolve));
      },
    });
    add('a');
    await vi.advanceTimersByTimeAsync(20);
    add('b');
    add('c');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual([['a']]);
    release();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([['a'], ['b', 'c']]);
    release();
    await flush();
  });

  it('drops and reports what does not fit', async () => {
    const dropped: string[] = [];
    const { add, flush } = batcher({
      maxSize: 10,
      maxWaiting: 2,
      onDropped: (item) => void dropped.push(item),
    });
    for (const item of ['a', 'b', 'c', 'a']) add(item);
    await flush();
    expect([sent, dropped]).toEqual([[['a', 'b']], ['c']]);
  });

  it('hands on everything in order, never more than the size at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string()),
        fc.integer({ min: 1, max: 7 }),
        async (items, maxSize) => {
          sent = [];
          const { add, flush } = batcher({ maxSize });
          for (const item of items) add(item);
          await flush();
          expect(sent.flat()).toEqual(items);
          expect(sent.every((batch) => batch.length > 0 && batch.length <= maxSize)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});
