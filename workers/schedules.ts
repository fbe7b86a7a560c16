import type { Log } from '../app/infra/log.server.ts';

/** How often due timers are looked for in wall-clock mode, machine time. */
const TICK_MS = 2_000;

export interface TickingOptions {
  /** Fires what is due and says how much that was; more may be due when it is not 0. */
  tick: () => Promise<number>;
  /** Whether business time is simulated right now; then only its moves fire the tick. */
  isClockSimulated: () => Promise<boolean>;
  /** Calls back whenever simulated time may have moved; null where it must not exist (production). */
  listen: ((onSignal: () => void) => () => Promise<void>) | null;
  log: Log;
}

/**
 * Fires due timers: every 2 s of wall-clock time, or at each move of the simulated
 * clock; once at the start in any case. Never runs two ticks at once; a move during a
 * tick makes it go round again.
 * @returns a function that stops it and waits for the running tick.
 */
export function startTicking(options: TickingOptions): () => Promise<void> {
  const { tick, log } = options;
  let closed = false;
  let again = false;
  let running: Promise<void> | undefined;

  async function untilNothingIsDue() {
    do {
      again = false;
      while (!closed && (await tick()) > 0);
    } while (again && !closed);
  }

  function fire() {
    again = true;
    running ??= untilNothingIsDue()
      .catch((error: unknown) =>
        log.error({ err: error }, 'Due timers could not be fired; the next tick tries again.'),
      )
      .finally(() => {
        running = undefined;
        // A move that came between the last look and this line.
        if (again && !closed) fire();
      });
  }

  async function onInterval() {
    try {
      if (options.listen && (await options.isClockSimulated())) return;
    } catch {
      // The tick itself reports that the database is away.
    }
    if (!closed) fire();
  }

  const stopListening = options.listen?.(fire);
  const timer = setInterval(() => void onInterval(), TICK_MS);
  fire();
  return async () => {
    closed = true;
    clearInterval(timer);
    await stopListening?.();
    await running;
  };
}
