import { readFileSync } from 'node:fs';
import { buildDeps } from '#app/infra/deps.server.ts';
import { readConfig } from '#app/infra/env.server.ts';
import { refreshScores } from '#app/services/refresh-scores.ts';

/** What a pass over one shop took, as its process saw it. */
export interface PassFigures {
  read: number;
  saved: number;
  seconds: number;
  cpuSeconds: number;
  /** Of the database's processes that worked for it; null where the system does not tell. */
  databaseCpuSeconds: number | null;
  peakRssMb: number;
}

/** The worker of one pass, in a process of its own so that its memory is its own: `SHOP_ID` is the shop. */
const deps = buildDeps(readConfig(), 'worker');
const shopId = process.env['SHOP_ID']!;
const nobody = { ...deps.producer, enqueue: async () => undefined };
const [cpuBefore, startedAt] = [process.cpuUsage(), performance.now()];
const figures: PassFigures = {
  ...{ read: 0, saved: 0, seconds: 0, cpuSeconds: 0, databaseCpuSeconds: null, peakRssMb: 0 },
};
for (let more = true; more;) {
  const part = await refreshScores({ ...deps, producer: nobody }, { shopId });
  figures.read += part.read;
  figures.saved += part.saved;
  more = part.outcome === 'more';
}
const { user, system } = process.cpuUsage(cpuBefore);
figures.seconds = (performance.now() - startedAt) / 1000;
figures.cpuSeconds = (user + system) / 1e6;
figures.peakRssMb = process.resourceUsage().maxRSS / 1024;
figures.databaseCpuSeconds = await databaseCpu();
await deps.close();
process.send!(figures);

/** Linux counts a process's time in hundredths of a second. */
async function databaseCpu(): Promise<number | null> {
  const { rows } = await deps.pool.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE application_name = current_setting('application_name')`,
  );
  try {
    return rows.reduce((sum, { pid }) => {
      const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .split(') ')[1]!
        .split(' ');
      return sum + (Number(user) + Number(system)) / 100;
    }, 0);
  } catch {
    return null;
  }
}
