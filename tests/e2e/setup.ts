import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = dirname(dirname(import.meta.dirname));
/** The play takes about two minutes on two idle cores, after a build and a migration. */
const START_DEADLINE_MS = 12 * 60_000;
const STOP_DEADLINE_MS = 60_000;
const LAST_LINES = 25;

/** The running demo as a person sees it: the addresses it prints, and one key that stops it. */
export interface Demo {
  devStore: string;
  admin: string;
  storefront: string;
  thankYou: string;
  mailbox: string;
  /** What it has printed so far. */
  output(): string;
  /** Presses Ctrl-C and waits for the end. */
  stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null; leftBehind: string[] }>;
}

/**
 * Plays the generated shop on free ports, beginning anew, and waits until it says that it is up.
 * @throws Error with a sentence and the last lines it printed when it ends or hangs before that.
 */
export async function startDemo(): Promise<Demo> {
  // A folder of its own: what a person has played in .data stays.
  const args = ['dev-store/demo/main.ts', '--reset', '--data', '.data/e2e'];
  for (const flag of ['--port', '--worker-port', '--dev-store-port', '--mail-port', '--postgres-port']) {
    args.push(flag, '0');
  }
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: withoutTestRunner(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const failure = (what: string) => new Error(`${what} The last lines it printed:\n${lastLines(output)}`);
  const deadline = Date.now() + START_DEADLINE_MS;
  while (!output.includes('Press Ctrl-C')) {
    if (ended(child)) throw failure(`The demo ended before it was up (${howEnded(child)}).`);
    if (Date.now() > deadline) {
      await stop(child);
      throw failure(`The demo was not up after ${START_DEADLINE_MS / 60_000} minutes.`);
    }
    await wait(100);
  }
  const address = (name: string): string => {
    const found = new RegExp(`^ *${name} +(http\\S+)$`, 'm').exec(output)?.[1];
    if (!found) throw failure(`The demo did not print the address of "${name}".`);
    return found;
  };
  const admin = address('Admin');
  return {
    devStore: new URL(admin).origin,
    admin,
    storefront: address('Storefront'),
    thankYou: address('Thank-you pages'),
    mailbox: address('Mailbox'),
    output: () => output,
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): ReturnType<Demo['stop']> {
  const offspring = child.pid === undefined ? [] : descendants(child.pid);
  if (!ended(child)) child.kill('SIGINT');
  await until(() => ended(child), STOP_DEADLINE_MS);
  // Only what this demo has started, and only where it would stay for ever.
  if (!ended(child)) child.kill('SIGKILL');
  await until(() => ended(child) && alive(offspring).length === 0, 10_000);
  const leftBehind = alive(offspring);
  for (const { pid } of leftBehind) process.kill(pid, 'SIGKILL');
  return {
    code: child.exitCode,
    signal: child.signalCode,
    leftBehind: leftBehind.map(({ pid, command }) => `${pid} ${command.slice(0, 160)}`),
  };
}

interface Running {
  pid: number;
  parent: number;
  command: string;
}

/** All that run now. A zombie has ended; that nobody has asked for its exit code yet is the system's matter. */
function processes(): Running[] {
  return existsSync('/proc/self/stat') ? fromProc() : fromPs();
}

/** Linux, where `ps` may not be installed. */
function fromProc(): Running[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // "pid (name) state parent …", and a name may hold anything.
      const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
    } catch {
      // It ended while the list was read.
      return [];
    }
  });
}

function fromPs(): Running[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], {
    encoding: 'utf8',
    maxBuffer: 1e7,
  });
  return table.split('\n').flatMap((line) => {
    const [, pid, parent, state, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid && !state?.startsWith('Z') ? [{ pid: Number(pid), parent: Number(parent), command }] : [];
  });
}

function descendants(pid: number): Running[] {
  const all = processes();
  const below = (parent: number): Running[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

function alive(wanted: Running[]): Running[] {
  const now = processes();
  return wanted.filter(({ pid, command }) => now.some((one) => one.pid === pid && one.command === command));
}

async function until(condition: () => boolean, deadlineMs: number): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!condition() && Date.now() < end) await wait(100);
}

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
const howEnded = (child: ChildProcess) => child.signalCode ?? `exit code ${child.exitCode}`;

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
}

/** The demo must run as it does from a terminal. */
function withoutTestRunner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const left = Object.entries(env).filter(
    ([name]) => !/^(VITEST|VITE_|NODE_ENV$|NODE_OPTIONS$|TEST$|DEV$|PROD$|MODE$|SSR$|BASE_URL$)/.test(name),
  );
  return Object.fromEntries(left) as NodeJS.ProcessEnv;
}
