import { ConfigError } from './env.server.ts';
import { redactText } from './log.server.ts';

/** Says in one message why the process does not start (for people: no stack), and ends it. */
export function refuseToStart(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  // A configuration message holds examples (addresses) and never values, so it is shown as it is.
  process.stderr.write(`${error instanceof ConfigError ? message : redactText(message)}\n`);
  process.exit(1);
}
