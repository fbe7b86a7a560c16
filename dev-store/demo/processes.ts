import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface ProcessSpec {
  /** Used in sentences and as the log's file name, e.g. "web". */
  name: string;
  /** What it is called in sentences, e.g. "The web app". */
  title: string;
  script: string;
  env: NodeJS.ProcessEnv;
  maxOldSpaceMb: number;
  /** Comes back after an unexpected end; `takenOver` says whether somebody else started one. */
  restart?: { afterMs: number; takenOver: () => Promise<boolean> };
}

/** Makes the child stop when the demo itself is killed. */
const WITH_PARENT = new URL('./with-parent.ts', import.meta.url).href;
/** Half of Node's default: less memory, for collections that are shorter and come oftener. */
const YOUNG_SPACE_MB = 8;
const STOP_DEADLINE_MS = 15_000;
/** A process that ends this soon after its start, so often in a row, will not come back. */
const SHORT_LIFE_MS = 5_000;
const SHORT_LIVES = 3;

interface Entry {
  spec: ProcessSpec;
  child: ChildProcess;
  startedAt: number;
  shortLives: number;
}

/** The child processes of the demo: their logs go to files, their unexpected ends become sentences. */
export class Processes {
  readonly #entries = new Map<string, Entry>();
  readonly #logFolder: string;
  readonly #root: string;
  readonly #say: (sentence: string) => void;
  #stopping = false;
  #failure: Error | null = null;
  #restartedAt = 0;

  constructor(options: { logFolder: string; root: string; say: (sentence: string) => void }) {
    this.#logFolder = options.logFolder;
    this.#root = options.root;
    this.#say = options.say;
    mkdirSync(this.#logFolder, { recursive: true });
  }

  /** Starts a process with a fresh log. */
  start(spec: ProcessSpec): ChildProcess {
    return this.#spawn(spec, 'w', 0);
  }

  #spawn(spec: ProcessSpec, logMode: 'w' | 'a', shortLives: number): ChildProcess {
    const log = openSync(this.#logFile(spec.name), logMode);
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${spec.maxOldSpaceMb}`,
        `--max-semi-space-size=${YOUNG_SPACE_MB}`,
        '--import',
        WITH_PARENT,
        spec.script,
      ],
      {
        cwd: this.#root,
        env: spec.env,
        stdio: ['ignore', log, log, 'ipc'],
        // A group of its own: Ctrl-C in the terminal reaches the demo alone, which then stops all in order.
        detached: process.platform !== 'win32',
      },
    );
    closeSync(log);
    const entry: Entry = { spec, child, startedAt: Date.now(), shortLives };
    this.#entries.set(spec.name, entry);
    child.on(
      'error',
      (error) => (this.#failure ??= new Error(`${spec.title} cannot be started: ${error.message}.`)),
    );
    child.once('exit', (code, signal) => this.#onExit(entry, signal ?? `exit code ${code}`));
    return child;
  }

  #onExit(entry: Entry, how: string): void {
    if (this.#stopping) return;
    const { spec } = entry;
    const shortLives = Date.now() - entry.startedAt < SHORT_LIFE_MS ? entry.shortLives + 1 : 0;
    if (spec.restart && shortLives < SHORT_LIVES) {
      this.#say(`${spec.title} ended unexpectedly (${how}); a new one is started.`);
      void this.#restart(spec, spec.restart, shortLives);
      return;
    }
    const again = spec.restart ? `, ${SHORT_LIVES + 1} times in a row, and is not started again` : '';
    const log = relative(this.#root, this.#logFile(spec.name));
    const said = this.lastLines(spec.name).trim();
    this.#failure ??= new Error(
      `${spec.title} ended unexpectedly (${how})${again}. ${said ? `The end of ${log}:\n${said}` : `It wrote nothing to ${log}.`}`,
    );
  }

  async #restart(
    spec: ProcessSpec,
    restart: NonNullable<ProcessSpec['restart']>,
    shortLives: number,
  ): Promise<void> {
    await wait(restart.afterMs);
    let told = false;
    while (!this.#stopping && (await restart.takenOver())) {
      if (!told) this.#say(`Somebody else has started one; the demo goes on with it.`);
      told = true;
      await wait(restart.afterMs);
    }
    if (this.#stopping) return;
    const child = this.#spawn(spec, 'a', shortLives);
    this.#restartedAt = Date.now();
    this.#say(`${spec.title} runs again as process ${child.pid}.`);
  }

  /** Wall-clock time of the latest restart, milliseconds; 0 if there was none. */
  get restartedAt(): number {
    return this.#restartedAt;
  }

  pid(name: string): number | undefined {
    return this.#entries.get(name)?.child.pid;
  }

  pids(): [name: string, pid: number][] {
    return [...this.#entries].flatMap(([name, { child }]) =>
      child.pid === undefined ? [] : [[name, child.pid]],
    );
  }

  /** @throws Error with the last lines of its log once a process is gone for good. */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  #logFile(name: string): string {
    return join(this.#logFolder, `${name}.log`);
  }

  lastLines(name: string, count = 8): string {
    const lines = readFileSync(this.#logFile(name), 'utf8').trimEnd().split('\n');
    return lines
      .slice(-count)
      .map((line) => `  ${line.slice(0, 400)}`)
      .join('\n');
  }

  /** Asks the named ones to end, and ends those that do not within the deadline. */
  async stop(...names: string[]): Promise<void> {
    this.#stopping = true;
    const entries = names.flatMap((name) => this.#entries.get(name) ?? []);
    await Promise.all(entries.map((entry) => stopOne(entry.child)));
  }

  /** No patience: ends everything at once. */
  kill(): void {
    this.#stopping = true;
    for (const { child } of this.#entries.values()) child.kill('SIGKILL');
  }
}

async function stopOne(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  await gone;
  clearTimeout(hard);
}

/** Waits until an address answers 200. @throws what `check` throws, or a sentence after the deadline. */
export async function waitUntilReady(
  title: string,
  url: string,
  check: () => void,
  deadlineMs = 60_000,
): Promise<void> {
  const until = Date.now() + deadlineMs;
  while (Date.now() < until) {
    check();
    if (await answers(url)) return;
    await wait(60);
  }
  throw new Error(`${title} did not become ready within ${deadlineMs / 1000} s (${url}).`);
}

export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
