import { buildDeps } from '#app/infra/deps.server.ts';
import { readConfig } from '#app/infra/env.server.ts';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { countCpu, type CpuFigures } from './cpu.ts';

/** What a pass over one shop took, as its process saw it. */
export interface PassFigures extends CpuFigures {
  read: number;
  saved: number;
  seconds: number;
  peakRssMb: number;
}

/** The worker of one pass, in a process of its own so that its memory is its own: `SHOP_ID` is the shop. */
const deps = buildDeps(readConfig(), 'worker');
const shopId = process.env['SHOP_ID']!;
const nobody = { ...deps.producer, enqueue: async () => undefined };
const cpu = await countCpu(deps.pool);
const startedAt = performance.now();
let [read, saved] = [0, 0];
for (let more = true; more;) {
  const part = await refreshScores({ ...deps, producer: nobody }, { shopId });
  read += part.read;
  saved += part.saved;
  more = part.outcome === 'more';
}
const seconds = (performance.now() - startedAt) / 1000;
const peakRssMb = process.resourceUsage().maxRSS / 1024;
const figures: PassFigures = { ...(await cpu()), read, saved, seconds, peakRssMb };
await deps.close();
process.send!(figures);
