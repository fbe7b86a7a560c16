import { expect, it } from 'vitest';
import { watchMemory } from './memory.ts';

const held = (readings: Record<number, (number | null)[]>) => {
  const left = structuredClone(readings);
  return async (pid: number) => left[pid]!.shift() ?? null;
};

it('keeps the moment at which the processes held the most together, not the peak of each', async () => {
  const meter = watchMemory(
    () => [
      ['web', 1],
      ['worker', 2],
    ],
    { everyMs: 60_000, resident: held({ 1: [500, 200], 2: [100, 450] }) },
  );
  await meter.stop();
  expect(meter.peak()).toEqual([
    { name: 'web', bytes: 200 },
    { name: 'worker', bytes: 450 },
  ]);
});

it('a process that is gone holds nothing', async () => {
  const meter = watchMemory(() => [['web', 1]], { everyMs: 60_000, resident: held({ 1: [700, null] }) });
  await meter.stop();
  expect(meter.peak()).toEqual([{ name: 'web', bytes: 700 }]);
});

it('reads the memory of a process that runs', async () => {
  const meter = watchMemory(() => [['this one', process.pid]], { everyMs: 60_000 });
  await meter.stop();
  expect(meter.peak()[0]!.bytes).toBeGreaterThan(10_000_000);
});
