import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildIfOld } from '#dev-store/demo/build.ts';
import { LOGS, ROOT, startDatabase, type BenchDatabase } from './database.ts';

/** The production stack on a database of its own, for benchmarks: web, worker, embedded PostgreSQL. */

const PORTS = { web: 34_100, worker: 34_101, bare: 34_102 };

export interface Stack extends BenchDatabase {
  ports: typeof PORTS;
  start(name: 'web' | 'worker' | 'bare'): Promise<ChildProcess>;
  stop(name: 'web' | 'worker' | 'bare'): Promise<void>;
}

const SCRIPTS = { web: 'server/main.ts', worker: 'workers/main.ts', bare: 'bench/lib/bare-server.ts' };

/** @param options.wallClock true = debounce and tick as in production; false = simulated clock, as in the demo */
export async function startStack(databaseName: string): Promise<Stack> {
  mkdirSync(LOGS, { recursive: true });
  await buildIfOld(ROOT, process.env, join(LOGS, 'build.log'));
  const database = await startDatabase(databaseName, `http://127.0.0.1:${PORTS.web}`);
  const children = new Map<string, ChildProcess>();
  const stop = async (name: string) => {
    const child = children.get(name);
    children.delete(name);
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  };
  return {
    ...database,
    ports: PORTS,
    async start(name) {
      const log = openSync(join(LOGS, `${name}.log`), 'w');
      const child = spawn(process.execPath, [SCRIPTS[name]], {
        cwd: ROOT,
        env: {
          ...database.env,
          PORT: String(PORTS[name === 'bare' ? 'bare' : 'web']),
          WORKER_PORT: String(PORTS.worker),
        },
        stdio: ['ignore', log, log, 'ipc'],
      });
      children.set(name, child);
      await ready(name, child);
      return child;
    },
    stop,
    async close() {
      await Promise.all([...children.keys()].map(stop));
      await database.close();
    },
  };
}

async function ready(name: string, child: ChildProcess): Promise<void> {
  const path =
    name === 'bare'
      ? `http://127.0.0.1:${PORTS.bare}/`
      : `http://127.0.0.1:${name === 'web' ? PORTS.web : PORTS.worker}/readyz`;
  for (let tries = 0; tries < 400; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended at its start; see .data/bench/${name}.log.`);
    const response = await fetch(path).catch(() => null);
    if (response && (response.ok || name === 'bare')) return;
    await wait(50);
  }
  throw new Error(`${name} did not become ready within 20 s; see .data/bench/${name}.log.`);
}
