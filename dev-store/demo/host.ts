import { once } from 'node:events';
import { join } from 'node:path';
import { appVariables, cleanEnvironment, devStoreVariables, type Places } from './environment.ts';
import type { Flags } from './flags.ts';
import { claimPort } from './ports.ts';
import { answers, waitUntilReady, type Processes } from './processes.ts';
import type { Script } from './script.ts';
import { writePrivate, type DemoSecrets } from './state-file.ts';

export interface HostOptions {
  dataDir: string;
  databaseUrl: string;
  /** null keeps the dev store's orders and mails in memory. */
  stateDir: string | null;
  flags: Flags;
  secrets: DemoSecrets;
  script: Script;
  processes: Processes;
  say: (sentence: string) => void;
}

/** Starts the dev store, the web app and the worker, and waits until all three are ready. */
export async function startHost(options: HostOptions): Promise<Places> {
  const { dataDir, databaseUrl, flags, secrets, script, processes, say } = options;
  const shell = cleanEnvironment(process.env);
  const web = await claimPort('web app', flags.ports.web, say);
  const worker = await claimPort('worker', flags.ports.worker, say);
  const wanted = { web, worker, devStore: flags.ports.devStore, mail: flags.ports.mail };
  const appUrl = `http://127.0.0.1:${web}`;
  const check = () => processes.check();

  const devStore = processes.start({
    name: 'dev-store',
    title: 'The dev store',
    script: 'dev-store/main.ts',
    env: {
      ...shell,
      ...devStoreVariables({ appUrl, databaseUrl, ports: wanted }, secrets, script, options.stateDir),
    },
    maxOldSpaceMb: 320,
  });
  const { url: devStoreUrl, smtpPort } = await listening(devStore, check);
  if (wanted.devStore !== 0 && new URL(devStoreUrl).port !== String(wanted.devStore)) {
    say(`Port ${wanted.devStore} (dev store) is taken; using ${new URL(devStoreUrl).port} instead.`);
  }
  if (wanted.mail !== 0 && smtpPort !== wanted.mail) {
    say(`Port ${wanted.mail} (mail) is taken; using ${smtpPort} instead.`);
  }
  const places: Places = { appUrl, devStoreUrl, databaseUrl, ports: { ...wanted, mail: smtpPort } };
  const variables = appVariables(places, secrets, script);
  const env = { ...shell, ...variables };
  // For a worker started by hand: node --env-file=.data/demo.env workers/main.ts
  writePrivate(
    join(dataDir, 'demo.env'),
    Object.entries(variables)
      .map(([name, value]) => `${name}="${value}"\n`)
      .join(''),
  );

  const workerReady = `http://127.0.0.1:${worker}/readyz`;
  processes.start({ name: 'web', title: 'The web app', script: 'server/main.ts', env, maxOldSpaceMb: 256 });
  processes.start({
    name: 'worker',
    title: 'The worker',
    script: 'workers/main.ts',
    env,
    maxOldSpaceMb: 256,
    restart: { afterMs: 1_000, takenOver: () => answers(workerReady) },
  });
  await Promise.all([
    waitUntilReady('The web app', `${appUrl}/readyz`, check),
    waitUntilReady('The worker', workerReady, check),
  ]);
  return places;
}

async function listening(child: import('node:child_process').ChildProcess, check: () => void) {
  const ended = once(child, 'exit').then(() => null);
  const told = once(child, 'message').then(([message]) => message as { url: string; smtpPort: number });
  const result = await Promise.race([told, ended]);
  check();
  if (!result) throw new Error('The dev store ended before it listened; see .data/logs/dev-store.log.');
  return result;
}
