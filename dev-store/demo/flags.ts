import { parseArgs } from 'node:util';

export interface Flags {
  once: boolean;
  json: boolean;
  reset: boolean;
  keep: boolean;
  help: boolean;
  /** Folder of the database, logs and what was played; null = .data. */
  data: string | null;
  olist: string | null;
  /** How many Olist orders; null = all. */
  orders: number | null;
  ports: { web: number; worker: number; devStore: number; mail: number; postgres: number };
}

export const HELP = `Plays a shop's history through the whole app, on this machine only.

  npm run demo                     plays the generated shop once, then stays up until Ctrl-C
  npm run demo -- --reset          forgets what was played and begins again
  npm run demo -- --once           plays in a database of its own, prints the summary and ends
  npm run demo -- --once --json    the same, with one JSON object as the last line

  --olist DIR          plays real history from the Olist CSV files in DIR
  --orders N           only the first N Olist orders by purchase time
  --keep               leaves the database of --once in place
  --data DIR           where the database and logs are kept (.data)
  --port P             web app (3000)          --worker-port P      worker's health address (3001)
  --dev-store-port P   Shopify stand-in (4400) --mail-port P        its SMTP server (4425)
  --postgres-port P    database (54329)
  -h, --help           this text
`;

export class FlagError extends Error {}

const PORTS = {
  port: 3000,
  'worker-port': 3001,
  'dev-store-port': 4400,
  'mail-port': 4425,
  'postgres-port': 54_329,
};

/** @throws FlagError with a sentence that names the flag. */
export function readFlags(args: string[]): Flags {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        once: flag,
        json: flag,
        reset: flag,
        keep: flag,
        help: { ...flag, short: 'h' },
        data: text,
        olist: text,
        orders: text,
        port: text,
        'worker-port': text,
        'dev-store-port': text,
        'mail-port': text,
        'postgres-port': text,
      },
    }));
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new FlagError(`${message}. Run "npm run demo -- --help" for what can be given.`);
  }
  const whole = (
    name: string,
    given: string | undefined,
    fallback: number,
    least: number,
    most: number,
  ): number => {
    if (given === undefined) return fallback;
    const value = Number(given);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new FlagError(`--${name} is "${given}", but must be a whole number from ${least} to ${most}.`);
  };
  const port = (name: keyof typeof PORTS) => whole(name, values[name], PORTS[name], 0, 65_535);
  if (values.orders !== undefined && values.olist === undefined) {
    throw new FlagError('--orders chooses among Olist orders: give --olist DIR as well.');
  }
  if (values.json && !values.once)
    throw new FlagError('--json prints one line and ends: give --once as well.');
  return {
    once: values.once,
    json: values.json,
    reset: values.reset,
    keep: values.keep,
    help: values.help,
    data: values.data ?? null,
    olist: values.olist ?? null,
    orders: values.orders === undefined ? null : whole('orders', values.orders, 0, 1, 1_000_000),
    ports: {
      web: port('port'),
      worker: port('worker-port'),
      devStore: port('dev-store-port'),
      mail: port('mail-port'),
      postgres: port('postgres-port'),
    },
  };
}
