import { parseArgs } from 'node:util';
import { fitBgNbd } from '#app/domain/prediction/bg-nbd.ts';
import type { PurchaseCounts } from '#app/domain/prediction/purchase-counts.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';
import { startDatabase, type BenchDatabase } from './lib/database.ts';
import { fitShop, plainSql, runPass, scoreOneByOne, type CpuPerCall } from './lib/score-figures.ts';
import { fillScoreShop } from './lib/score-shop.ts';
import type { PassFigures } from './lib/score-worker.ts';

/**
 * npm run bench:score — what a score costs: one customer after an event, everybody of a large shop at night, and the fit
 * of a counting model. -h says how to use it.
 */
const HELP = `npm run bench:score [-- --customers N[,N…]]

Fills a shop in the embedded PostgreSQL with N customers and 5 orders each on average, fits its model of
purchases, and measures scoring: one customer after an event (milliseconds of CPU, worker and database), and the
nightly pass over all of them (time, memory of the worker), each beside a bare baseline of the same run.

  --customers  sizes, smallest first (100000,1000000); the second takes some 15 minutes and 10 GB of disk
  -h, --help   this text
`;
const BARS = { oneMs: 5, passSeconds: 180, passOf: 1_000_000, ratio: 11, rssMb: 1_500, fitSeconds: 1 };
const BUYERS = 23_570;

interface Measured {
  customers: number;
  orders: number;
  fit: { outcome: string; seconds: number };
  one: { scored: CpuPerCall; bare: CpuPerCall };
  first: PassFigures;
  night: PassFigures;
  again: PassFigures;
  plainSeconds: number;
}

interface Line {
  value: string;
  bar: string;
  verdict: string;
}

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000,1000000' },
    help: { type: 'boolean', short: 'h' },
  },
});
const sizes = values.customers.split(',').map(Number);
if (values.help) process.stdout.write(HELP);
else if (sizes.some((size) => !Number.isInteger(size) || size < 1_000)) {
  process.stderr.write(`--customers takes whole numbers from 1000, not "${values.customers}".\n`);
  process.exitCode = 1;
} else await main();

async function main() {
  const lines: Record<string, Line> = { ...countingModel() };
  const measured: Measured[] = [];
  for (const size of sizes) {
    const database = await startDatabase('aftercare_bench_score', 'http://127.0.0.1:34100');
    try {
      measured.push(await measure(database, size));
    } finally {
      await database.close();
    }
    Object.assign(lines, tableOf(measured.at(-1)!));
  }
  const [smallest, largest] = [measured[0]!, measured.at(-1)!];
  if (smallest !== largest) {
    const [times, most] = [
      largest.night.seconds / smallest.night.seconds,
      largest.customers / smallest.customers,
    ];
    lines[`nightly pass, ${largest.customers} / ${smallest.customers}, times as long`] = {
      ...{ value: times.toFixed(1), bar: `<= ${((BARS.ratio * most) / 10).toFixed(0)}` },
      verdict: verdict(times <= (BARS.ratio * most) / 10),
    };
  }
  console.table(lines);
}

async function measure(database: BenchDatabase, customers: number): Promise<Measured> {
  const { pool, shopId } = database;
  const say = (text: string) => process.stderr.write(`${customers} customers: ${text}\n`);
  say('filling');
  const orders = await fillScoreShop(pool, shopId, customers);
  say(`${orders} orders; fitting`);
  const fit = await fitShop(database);
  say('scoring everybody for the first time');
  const first = await runPass(database);
  say('the night after');
  const atNight = `INSERT INTO business_clock (id, now_at) VALUES (1, now() + interval '1 day')`;
  await pool.query(atNight);
  const night = await runPass(database);
  const again = await runPass(database);
  say('one by one, and plain SQL');
  const one = await scoreOneByOne(database);
  const plainSeconds = await plainSql(pool, shopId);
  return { customers, orders, fit, one, first, night, again, plainSeconds };
}

/** "0.71 + 0.92 (worker + database)". */
function cpuText({ ownMs, databaseMs }: CpuPerCall): string {
  return `${ownMs.toFixed(2)} + ${databaseMs?.toFixed(2) ?? '?'} (worker + database)`;
}

function tableOf({
  customers,
  orders,
  fit,
  one,
  first,
  night,
  again,
  plainSeconds,
}: Measured): Record<string, Line> {
  const of = (what: string) => `${customers} customers: ${what}`;
  const told = (value: string): Line => ({ value, bar: '-', verdict: '' });
  const isBar = customers === BARS.passOf;
  return {
    [of('orders')]: told(String(orders)),
    [of('model of purchases')]: told(`${fit.outcome}, ${fit.seconds.toFixed(1)} s with its back-test`),
    [of('one after an event, ms of CPU')]: {
      ...{ value: cpuText(one.scored), bar: `< ${BARS.oneMs}` },
      verdict: verdict(one.scored.ownMs + (one.scored.databaseMs ?? 0) < BARS.oneMs),
    },
    [of('a bare SELECT and UPDATE, ms of CPU')]: told(cpuText(one.bare)),
    [of('first pass, s')]: told(passOf(first)),
    [of('nightly pass, s')]: {
      ...{ value: passOf(night), bar: isBar ? `< ${BARS.passSeconds}` : '-' },
      verdict: isBar ? verdict(night.seconds < BARS.passSeconds) : '',
    },
    [of('plain SQL, s')]: told(
      `${plainSeconds.toFixed(1)}; the pass takes ${(night.seconds / plainSeconds).toFixed(1)} times as long`,
    ),
    [of('nightly pass, peak RSS of the worker, MB')]: {
      ...{
        value: night.peakRssMb.toFixed(0),
        bar: `< ${BARS.rssMb}`,
        verdict: verdict(night.peakRssMb < BARS.rssMb),
      },
    },
    [of('nightly pass again, customers read')]: {
      ...{ value: String(again.read), bar: '0', verdict: verdict(again.read === 0) },
    },
  };
}

function passOf({ seconds, cpuSeconds, databaseCpuSeconds, read, saved }: PassFigures): string {
  const cpu = `CPU: worker ${cpuSeconds.toFixed(0)}, database ${databaseCpuSeconds?.toFixed(0) ?? '?'}`;
  return `${seconds.toFixed(1)} (${cpu}), ${read} read, ${saved} changed`;
}

function verdict(good: boolean): string {
  return good ? 'ok' : 'MISSED';
}

/** BG/NBD on simulated buyers: how long, and whether twice the same. */
function countingModel(): Record<string, Line> {
  const buyers = simulateBuyers();
  const startedAt = performance.now();
  const once = fitBgNbd(buyers);
  const seconds = (performance.now() - startedAt) / 1000;
  const same = JSON.stringify(fitBgNbd(buyers)) === JSON.stringify(once);
  const bar = { bar: `< ${BARS.fitSeconds}`, verdict: verdict(seconds < BARS.fitSeconds) };
  return {
    [`BG/NBD on ${BUYERS} simulated buyers, s`]: { value: seconds.toFixed(3), ...bar },
    'BG/NBD twice': { value: same ? 'identical' : 'different', bar: 'identical', verdict: verdict(same) },
  };
}

/** Buyers over 39 weeks whose gaps are exponential, at rates that differ by a factor of ten, and who leave with 1 in 4 after each purchase. */
function simulateBuyers(): PurchaseCounts[] {
  const random = seededRandom(1997);
  return Array.from({ length: BUYERS }, () => {
    const age = 27 + 12 * random();
    const perWeek = 0.02 * 10 ** random();
    let [repeats, recency] = [0, 0];
    while (random() > 0.25) {
      const at = recency - Math.log(1 - random()) / perWeek;
      if (at > age) break;
      [repeats, recency] = [repeats + 1, at];
    }
    return { repeats, recency: Math.round(recency * 7) / 7, age: Math.round(age * 7) / 7 };
  });
}
