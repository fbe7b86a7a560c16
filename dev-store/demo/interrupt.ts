/** The demo was asked to end: not an error. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

export interface Interrupt {
  /** @throws Interrupted once somebody asked the demo to end. */
  check(): void;
  /** Settles when somebody asks. */
  readonly asked: Promise<void>;
}

/** npm passes a Ctrl-C on, so that one press can arrive twice. */
const SAME_PRESS_MS = 700;

/** Turns Ctrl-C, SIGTERM and a closed terminal into one request to end; a second one loses patience. */
export function watchInterrupts(options: { onFirst: () => void; onSecond: () => void }): Interrupt {
  let askedAt: number | null = null;
  let settle: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (settle = resolve));
  const onSignal = () => {
    if (askedAt === null) {
      askedAt = Date.now();
      options.onFirst();
      settle();
    } else if (Date.now() - askedAt > SAME_PRESS_MS) options.onSecond();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return {
    asked,
    check() {
      if (askedAt !== null) throw new Interrupted('The demo was asked to end.');
    },
  };
}
