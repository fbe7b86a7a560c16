import { expect, test } from 'vitest';
import { settle, type OpenWork, type Worklist } from './settle.ts';

/** Shows the given rows one after another; time passes only while somebody waits. */
function scene(looks: Partial<OpenWork>[]) {
  let time = 0;
  let nudges = 0;
  let seen = 0;
  const worklist: Worklist = {
    look: async () => ({
      busy: false,
      due: false,
      nextDue: null,
      ...looks[Math.min(seen++, looks.length - 1)],
    }),
    nudge: async () => void (nudges += 1),
    describe: async () => ['event 1 (shopify orders/create): received'],
  };
  const options = { now: () => time, wait: async (ms: number) => void (time += ms) };
  return { worklist, options, nudges: () => nudges, time: () => time };
}

test('waits until nothing is open and says what is due next', async () => {
  const nextDue = new Date(5);
  const { worklist, options, nudges } = scene([{ busy: true }, { busy: true, due: true }, { nextDue }]);
  expect(await settle(worklist, options)).toBe(nextDue);
  expect(nudges()).toBe(0);
});

test('what fell due after the move gets another tick', async () => {
  const looks = [...Array.from({ length: 8 }, () => ({ due: true })), {}];
  const { worklist, options, nudges } = scene(looks);
  await settle(worklist, options);
  expect(nudges()).toBe(1);
});

test('gives up with a sentence that names what is open', async () => {
  const { worklist, options } = scene([{ busy: true }]);
  await expect(settle(worklist, { ...options, timeoutMs: 500 })).rejects.toThrow(
    /Still open: event 1 \(shopify orders\/create\): received/,
  );
});

test('the time without a worker does not count', async () => {
  const looks = [...Array.from({ length: 100 }, () => ({ busy: true })), {}];
  const { worklist, options, time } = scene(looks);
  await settle(worklist, { ...options, timeoutMs: 500, patienceRenewed: () => (time() > 400 ? 800 : 0) });
  expect(time()).toBeGreaterThan(500);
});

test('a process that died ends the wait at once', async () => {
  const { worklist, options } = scene([{ busy: true }]);
  const check = () => {
    throw new Error('The worker ended unexpectedly.');
  };
  await expect(settle(worklist, { ...options, check })).rejects.toThrow('The worker ended unexpectedly.');
});
