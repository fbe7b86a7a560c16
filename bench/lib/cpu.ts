import { readFileSync } from 'node:fs';
import type pg from 'pg';

/** What work cost, on however many cores: seconds of CPU, which a busy machine changes less than the clock's. */
export interface CpuFigures {
  /** Of this process. */
  cpuSeconds: number;
  /** Of the database's processes behind the pool; null where the system does not tell. */
  databaseCpuSeconds: number | null;
}

/**
 * Starts counting what this process and the connections of a pool use.
 * @returns what they used since then; the pool's connections must be open still
 */
export async function countCpu(pool: pg.Pool): Promise<() => Promise<CpuFigures>> {
  const before = await databaseCpu(pool);
  const own = process.cpuUsage();
  return async () => {
    const { user, system } = process.cpuUsage(own);
    const after = await databaseCpu(pool);
    const used = [...(after ?? [])].reduce(
      (sum, [pid, seconds]) => sum + seconds - (before?.get(pid) ?? 0),
      0,
    );
    return { cpuSeconds: (user + system) / 1e6, databaseCpuSeconds: after && used };
  };
}

/** Seconds by process. Linux counts a process's time in hundredths of a second. */
async function databaseCpu(pool: pg.Pool): Promise<Map<number, number> | null> {
  const { rows } = await pool.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = current_setting('application_name')`,
  );
  try {
    return new Map(
      rows.map(({ pid }) => {
        const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .split(') ')[1]!
          .split(' ');
        return [pid, (Number(user) + Number(system)) / 100];
      }),
    );
  } catch {
    return null;
  }
}
