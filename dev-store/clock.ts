import type { Pool } from 'pg';

export interface BusinessClock {
  now: Date;
  seq: bigint;
}
export type ClockMove =
  { outcome: 'moved'; clock: BusinessClock } | { outcome: 'backwards'; clock: BusinessClock };

interface ClockRow {
  now_at: Date;
  seq: string;
}

const toClock = (row: ClockRow): BusinessClock => ({ now: row.now_at, seq: BigInt(row.seq) });

/** The simulated business time, or null while no row exists and business time is the wall clock. */
export async function readClock(pool: Pool): Promise<BusinessClock | null> {
  const { rows } = await pool.query<ClockRow>('SELECT now_at, seq FROM business_clock WHERE id = 1');
  return rows[0] === undefined ? null : toClock(rows[0]);
}

/**
 * Moves business time to `to` and tells listeners on the channel `business_clock` (payload: the
 * new time as ISO text). The clock never goes back: an earlier time changes nothing.
 */
export async function moveClock(pool: Pool, to: Date): Promise<ClockMove> {
  const { rows } = await pool.query<ClockRow>(
    `WITH moved AS (
       INSERT INTO business_clock AS clock (id, now_at, seq) VALUES (1, $1, 1)
       ON CONFLICT (id) DO UPDATE SET now_at = excluded.now_at, seq = clock.seq + 1
         WHERE clock.now_at <= excluded.now_at
       RETURNING now_at, seq)
     SELECT now_at, seq, pg_notify('business_clock', $2) FROM moved`,
    [to, to.toISOString()],
  );
  if (rows[0] !== undefined) return { outcome: 'moved', clock: toClock(rows[0]) };
  const clock = await readClock(pool);
  if (clock === null) throw new Error('The business clock could be neither moved nor read.');
  return { outcome: 'backwards', clock };
}

/** The longest step of simulated time (architecture.md, "Two clocks"). */
export const MAX_STEP_MS = 12 * 3_600_000;

/** The times at which a move from `from` to `to` stops: at most 12 hours apart, the last one is `to`. */
export function clockSteps(from: Date, to: Date): Date[] {
  const steps: Date[] = [];
  for (let at = from.getTime() + MAX_STEP_MS; at < to.getTime(); at += MAX_STEP_MS) steps.push(new Date(at));
  if (to.getTime() > from.getTime()) steps.push(to);
  return steps;
}
