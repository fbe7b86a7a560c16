import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildIfOld } from '#dev-store/demo/build.ts';
import { freePort } from '#dev-store/postgres/embedded.ts';
import { LOGS, ROOT, startDatabase, type BenchDatabase } from './database.ts';

/** The production stack on a database of its own, for benchmarks: web, worker, embedded PostgreSQL. */

interface Ports {
  web: number;
  worker: number;
  bare: number;
}

export interface Stack extends BenchDatabase {
  ports: Ports;
  start(name: 'web' | 'worker' | 'bare'): Promise<ChildProcess>;
  stop(name: 'web' | 'worker' | 'bare'): Promise<void>;
}

/** A run that is killed leaves none of them behind. */
const WITH_PARENT = new URL('../../dev-store/demo/with-parent.ts', import.meta.url).href;
const SCRIPTS = { web: 'server/main.ts', worker: 'workers/main.ts', bare: 'bench/lib/bare-server.ts' };

export async function startStack(databaseName: string): Promise<Stack> {
  mkdirSync(LOGS, { recursive: true });
  await buildIfOld(ROOT, process.env, join(LOGS, 'build.log'));
  // Another copy of the project may measure at the same time: its processes must not be taken for these.
  const ports = { web: await freePort(), worker: await freePort(), bare: await freePort() };
  const database = await startDatabase(databaseName, `http://127.0.0.1:${ports.web}`);
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
    ports,
    async start(name) {
      const log = openSync(join(LOGS, `${name}.log`), 'w');
      const child = spawn(process.execPath, ['--import', WITH_PARENT, SCRIPTS[name]], {
        cwd: ROOT,
        env: {
          ...database.env,
          PORT: String(ports[name === 'bare' ? 'bare' : 'web']),
          WORKER_PORT: String(ports.worker),
        },
        stdio: ['ignore', log, log, 'ipc'],
      });
      children.set(name, child);
      await ready(name, child, ports[name]);
      return child;
    },
    stop,
    async close() {
      await Promise.all([...children.keys()].map(stop));
      await database.close();
    },
  };
}

async function ready(name: string, child: ChildProcess, port: number): Promise<void> {
  const path = `http://127.0.0.1:${port}/${name === 'bare' ? '' : 'readyz'}`;
  for (let tries = 0; tries < 400; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended at its start; see .data/bench/${name}.log.`);
    const response = await fetch(path).catch(() => null);
    if (response && (response.ok || name === 'bare')) return;
    await wait(50);
  }
  throw new Error(`${name} did not become ready within 20 s; see .data/bench/${name}.log.`);
}
