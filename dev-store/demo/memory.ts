import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface MemoryMeter {
  /** Highest resident memory seen of each process, in bytes. */
  peaks(): { name: string; bytes: number }[];
  stop(): Promise<void>;
}

/** Watches the resident memory of processes. On Linux the kernel keeps the peak itself, elsewhere samples have to do. */
export function watchMemory(pids: () => [name: string, pid: number][], everyMs = 1_000): MemoryMeter {
  const highest = new Map<string, number>();
  const sample = async () => {
    for (const [name, pid] of pids()) {
      const bytes = await residentPeak(pid);
      if (bytes !== null) highest.set(name, Math.max(highest.get(name) ?? 0, bytes));
    }
  };
  let sampling = sample();
  const timer = setInterval(() => (sampling = sampling.then(sample)), everyMs);
  timer.unref();
  return {
    peaks: () => [...highest].map(([name, bytes]) => ({ name, bytes })),
    async stop() {
      clearInterval(timer);
      await sampling.then(sample);
    },
  };
}

async function residentPeak(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
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
