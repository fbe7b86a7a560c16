import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../app/infra/log.server.ts';
import { startTicking, type TickingOptions } from './schedules.ts';

const log = createLog({ level: 'silent', process: 'test' });

/** What each tick in turn fires; 0 afterwards. */
let due: number[];
let ticks: number;
let simulated: boolean;
let move: () => void;

function start(options: Partial<TickingOptions> = {}) {
  return startTicking({
    tick: async () => {
      ticks += 1;
      return due.shift() ?? 0;
    },
    isClockSimulated: async () => simulated,
    listen: (onSignal) => {
      move = onSignal;
      return async () => undefined;
    },
    log,
    ...options,
  });
}

beforeEach(() => {
  [due, ticks, simulated] = [[], 0, false];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('startTicking', () => {
  it('fires once at the start, then every 2 seconds', async () => {
    const stop = start();
    await vi.advanceTimersByTimeAsync(0);
    expect(ticks).toBe(1);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(ticks).toBe(4);
    await stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ticks).toBe(4);
  });

  it('goes on until nothing is due', async () => {
    due = [100, 100, 3];
    await start()();
    // Closed at once: the running tick ends, the rest waits for the next start.
    expect(ticks).toBe(1);
    start();
    await vi.advanceTimersByTimeAsync(0);
    expect(ticks).toBe(4);
  });

  it('fires only at moves while business time is simulated', async () => {
    simulated = true;
    start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ticks).toBe(1);
    move();
    await vi.advanceTimersByTimeAsync(0);
    expect(ticks).toBe(2);
  });

  it('goes round again for a move that comes during a tick, and never ticks twice at once', async () => {
    simulated = true;
    let release: (() => void) | undefined;
    let [atOnce, most] = [0, 0];
    start({
      tick: async () => {
        ticks += 1;
        most = Math.max(most, (atOnce += 1));
        await new Promise<void>((resolve) => (release = resolve));
        atOnce -= 1;
        return 0;
      },
    });
    move();
    move();
    for (let tick = 0; tick < 3; tick += 1) {
      release?.();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect([ticks, most]).toEqual([2, 1]);
  });

  it('survives a tick that fails', async () => {
    let broken = true;
    start({
      tick: async () => {
        ticks += 1;
        if (broken) throw new Error('the database is away');
        return 0;
      },
    });
    await vi.advanceTimersByTimeAsync(2_000);
    broken = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ticks).toBe(3);
  });
});
