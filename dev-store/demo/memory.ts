import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ProcessMemory {
  name: string;
  /** Resident memory. */
  bytes: number;
}

export interface MemoryMeter {
  /** Each process at the moment at which they held the most together; empty before the first look. */
  peak(): ProcessMemory[];
  stop(): Promise<void>;
}

export interface MeterOptions {
  everyMs?: number;
  /** Resident bytes of a process; null when it is gone. */
  resident?: (pid: number) => Promise<number | null>;
}

/** Watches how much resident memory processes hold together. Pages that they share are counted for each of them. */
export function watchMemory(
  pids: () => [name: string, pid: number][],
  { everyMs = 250, resident = residentBytes }: MeterOptions = {},
): MemoryMeter {
  let highest: ProcessMemory[] = [];
  const sample = async () => {
    const seen = await Promise.all(
      pids().map(async ([name, pid]) => ({ name, bytes: (await resident(pid)) ?? 0 })),
    );
    if (sum(seen) > sum(highest)) highest = seen;
  };
  let sampling = sample();
  const timer = setInterval(() => (sampling = sampling.then(sample)), everyMs);
  timer.unref();
  return {
    peak: () => highest,
    async stop() {
      clearInterval(timer);
      await sampling.then(sample);
    },
  };
}

const sum = (processes: readonly ProcessMemory[]) => processes.reduce((total, { bytes }) => total + bytes, 0);

async function residentBytes(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kilobytes) return Number(kilobytes) * 1024;
  } catch {
    // No such file: the process is gone, or this is not Linux.
  }
  try {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout.trim()) * 1024 || null;
  } catch {
    return null;
  }
}
