import { describe, expect, it } from 'vitest';
import { groupCommit } from './group-commit.ts';

/** A database that answers when it is told to. */
function slowWrite() {
  const groups: { items: number[]; finish: (error?: Error) => void }[] = [];
  const add = groupCommit(
    (items: number[]) =>
      new Promise<string[]>((resolve, reject) => {
        groups.push({
          items,
          finish: (error) => (error ? reject(error) : resolve(items.map((item) => `stored ${item}`))),
        });
      }),
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

  it('refuses what would pile up without end before a database that hangs', async () => {
    const { add } = slowWrite();
    const waiting = Array.from({ length: 2_002 }, (_, index) => add(index));
    for (const one of waiting) one.catch(() => undefined);
    await expect(add(2_002)).rejects.toThrow('too slow');
  });
});
