import { describe, expect, it } from 'vitest';
import { groupCommit, perGroup } from './group-commit.ts';

/** A database that answers when it is told to. */
function slowWrite(options?: Parameters<typeof groupCommit>[1]) {
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
});

describe('perGroup', () => {
  const shopOf = (item: string) => item[0]!;
  const outcomes = async (ends: Promise<string>[]) =>
    (await Promise.allSettled(ends)).map((end) => (end.status === 'fulfilled' ? end.value : 'failed'));

  it('runs once per group, and the failure of one is no other’s', async () => {
    const runs: string[][] = [];
    const work = async (group: string[]) => {
      runs.push(group);
      if (group.includes('b1')) throw new Error('bad');
      return group.join('+');
    };
    expect(await outcomes(await perGroup(['a1', 'b1', 'a2', 'b2'], shopOf, work))).toEqual([
      ...['a1+a2', 'failed', 'a1+a2', 'failed'],
    ]);
    expect(runs).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
    ]);
  });

  it('does each of a failed group by itself, if asked to', async () => {
    const work = async (group: string[]) => {
      if (group.includes('b1')) throw new Error('bad');
      return group.join('+');
    };
    const ends = await perGroup(['a1', 'b1', 'a2', 'b2'], shopOf, work, { apart: true });
    expect(await outcomes(ends)).toEqual(['a1+a2', 'failed', 'a1+a2', 'b2']);
  });
});
