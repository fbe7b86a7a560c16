import { describe, expect, it } from 'vitest';
import { groupCommit, type GroupOptions } from './group-commit.ts';

/** A database that answers when it is told to. */
function slowWrite(options?: GroupOptions<number>) {
  const groups: { items: number[]; finish: (error?: Error) => void }[] = [];
  const add = groupCommit(
    (items: number[]) =>
      new Promise<string[]>((resolve, reject) => {
        groups.push({
          items,
          finish: (error) => (error ? reject(error) : resolve(items.map((item) => `stored ${item}`))),
        });
      }),
    options,
  );
  return { groups, add };
}

describe('groupCommit', () => {
  it('sends an item at once while the database is idle, and groups what waits', async () => {
    const { groups, add } = slowWrite();
    const results = [1, 2, 3, 4].map(add);
    expect(groups.map((group) => group.items)).toEqual([[1], [2]]);
    groups[0]!.finish();
    expect(await results[0]).toBe('stored 1');
    await expect.poll(() => groups.length).toBe(3);
    expect(groups[2]!.items).toEqual([3, 4]);
    groups[2]!.finish();
    expect(await Promise.all(results.slice(2))).toEqual(['stored 3', 'stored 4']);
  });

  it('fails those of one statement together, and nobody else', async () => {
    const { groups, add } = slowWrite();
    const [first, second] = [add(1), add(2)];
    groups[0]!.finish(new Error('the database is away'));
    groups[1]!.finish();
    await expect(first).rejects.toThrow('the database is away');
    expect(await second).toBe('stored 2');
  });

  it('gathers what comes in one turn, if asked to', async () => {
    const { groups, add } = slowWrite({ gather: true, maxItems: 3 });
    const results = [1, 2, 3, 4].map(add);
    expect(groups).toEqual([]);
    await new Promise(setImmediate);
    expect(groups.map((group) => group.items)).toEqual([[1, 2, 3], [4]]);
    const later = add(5);
    await new Promise(setImmediate);
    expect(groups).toHaveLength(2);
    groups[1]!.finish();
    expect(await results[3]).toBe('stored 4');
    await expect.poll(() => groups.length).toBe(3);
    expect(groups[2]!.items).toEqual([5]);
    groups[0]!.finish();
    groups[2]!.finish();
    expect(await Promise.all([...results, later])).toHaveLength(5);
  });

  it('refuses what would pile up without end before a database that hangs', async () => {
    const { add } = slowWrite();
    const waiting = Array.from({ length: 2_002 }, (_, index) => add(index));
    for (const one of waiting) one.catch(() => undefined);
    await expect(add(2_002)).rejects.toThrow('too slow');
  });

  it('holds up nobody of another key, and fails nobody of another key', async () => {
    const { groups, add } = slowWrite({ gather: true, keyOf: (item) => (item < 10 ? 'a' : 'b') });
    const results = [1, 11, 2, 12].map(add);
    for (const result of results) result.catch(() => undefined);
    await new Promise(setImmediate);
    expect(groups.map((group) => group.items)).toEqual([
      [1, 2],
      [11, 12],
    ]);
    groups[1]!.finish();
    expect(await results[1]).toBe('stored 11');
    const more = [3, 4, 5, 6].map(add);
    await new Promise(setImmediate);
    expect(groups[2]!.items).toEqual([3, 4, 5, 6]);
    groups[0]!.finish(new Error('a is bad'));
    await expect(results[0]).rejects.toThrow('a is bad');
    groups[2]!.finish();
    expect(await Promise.all(more)).toHaveLength(4);
  });

  it('writes each of a failed group by itself, if asked to', async () => {
    const { groups, add } = slowWrite({ gather: true, apart: true });
    const results = [1, 2].map(add);
    for (const result of results) result.catch(() => undefined);
    await new Promise(setImmediate);
    groups[0]!.finish(new Error('one of them is bad'));
    await expect.poll(() => groups.length).toBe(3);
    groups[1]!.finish(new Error('this one'));
    groups[2]!.finish();
    expect(groups.map((group) => group.items)).toEqual([[1, 2], [1], [2]]);
    await expect(results[0]).rejects.toThrow('this one');
    expect(await results[1]).toBe('stored 2');
  });
});
