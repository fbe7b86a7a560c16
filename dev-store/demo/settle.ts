import type { Pool } from 'pg';
import { moveClock } from '../clock.ts';

/** What the rows say is still to be done at the present business time, and what is due next. */
export interface OpenWork {
  /** An event, an action or a score is open: the worker is at it. */
  busy: boolean;
  /** Something is due that only the tick starts. */
  due: boolean;
  /** Business time of the next due row, null if none. */
  nextDue: Date | null;
}

export interface Worklist {
  look(): Promise<OpenWork>;
  /** Fires the tick once more without moving time. */
  nudge(): Promise<void>;
  /** What is open, in words, for a person who waits in vain. */
  describe(): Promise<string[]>;
}

/**
 * What is due is only asked for once nothing is open: while the worker is busy the answer is cheap. A stale score has a
 * job of its own, unless it is due as well (a mail was sent, somebody clicked): that one the tick does.
 */
const LOOK = `
  WITH clock AS MATERIALIZED (SELECT business_now() AS now),
  open AS MATERIALIZED (SELECT
    EXISTS (SELECT FROM event WHERE status = 'received')
      OR EXISTS (SELECT FROM action WHERE status = 'claimed')
      OR EXISTS (SELECT FROM model_run m JOIN shop s ON s.id = m.shop_id AND s.status = 'installed' WHERE m.status = 'running')
      OR EXISTS (SELECT FROM action WHERE status = 'pending' AND due_at <= (SELECT now FROM clock))
      OR (SELECT true FROM customer WHERE stale_seq <> scored_seq AND merged_into_id IS NULL
            AND coalesce(next_score_at > (SELECT now FROM clock), true)
          ORDER BY shop_id, id LIMIT 1) IS NOT NULL AS busy),
  due AS (SELECT
    (SELECT t.due_at FROM timer t JOIN shop s ON s.id = t.shop_id AND s.status = 'installed' WHERE t.status = 'open'
      ORDER BY t.due_at LIMIT 1) AS timer_at,
    (SELECT min(CASE WHEN s.rules_seq <> s.refreshed_seq THEN '-infinity' ELSE c.next_score_at END)
      FROM shop s LEFT JOIN LATERAL (SELECT c.next_score_at FROM customer c
        WHERE c.shop_id = s.id AND c.merged_into_id IS NULL AND c.next_score_at IS NOT NULL
        ORDER BY c.next_score_at LIMIT 1) c ON true WHERE s.status = 'installed') AS score_at,
    (SELECT min(due_at) FROM action WHERE status = 'pending' AND due_at > (SELECT now FROM clock)) AS action_at,
    (SELECT min(coalesce(stats_at, '-infinity')) + interval '1 day' FROM shop WHERE status = 'installed') AS stats_at
    WHERE NOT (SELECT busy FROM open))
  SELECT open.busy, coalesce(least(timer_at, score_at, stats_at) <= clock.now, false) AS due,
    least(timer_at, score_at, action_at, stats_at) AS next_due
  FROM clock CROSS JOIN open LEFT JOIN due ON true`;

const DESCRIBE = `
  SELECT 'event ' || id || ' (' || source || ' ' || topic || ')' AS what, status, coalesce(error, reason) AS why
  FROM event WHERE status = 'received'
  UNION ALL SELECT 'action ' || id || ' (' || kind || ')', status, coalesce(error, reason)
  FROM action WHERE status = 'claimed' OR (status = 'pending' AND due_at <= business_now())
  UNION ALL SELECT 'timer ' || kind || ' of ' || subject_id, 'due since ' || due_at, NULL::text
  FROM timer JOIN shop ON shop.id = timer.shop_id AND shop.status = 'installed'
  WHERE timer.status = 'open' AND due_at <= business_now()
  UNION ALL SELECT 'score of customer ' || id, CASE WHEN stale_seq <> scored_seq THEN 'stale' ELSE 'due' END, NULL
  FROM customer WHERE merged_into_id IS NULL AND (stale_seq <> scored_seq OR next_score_at <= business_now())
  UNION ALL SELECT 'model of ' || kind || ' ' || id, status, NULL FROM model_run WHERE status = 'running'
  UNION ALL SELECT 'scores of shop ' || domain, 'by older rules', NULL
  FROM shop WHERE status = 'installed' AND rules_seq <> refreshed_seq
  UNION ALL SELECT 'statistics of shop ' || domain, 'due', NULL
  FROM shop WHERE status = 'installed' AND coalesce(stats_at, '-infinity') <= business_now() - interval '1 day'
  LIMIT 12`;

/** Reads the truth from rows, never from queue counts (architecture.md, "Two clocks"). */
export function createWorklist(pool: Pool): Worklist {
  return {
    async look() {
      const { rows } = await pool.query<{ busy: boolean; due: boolean; next_due: Date | null }>({
        name: 'demo_look',
        text: LOOK,
      });
      const [row] = rows;
      return { busy: row?.busy ?? false, due: row?.due ?? false, nextDue: row?.next_due ?? null };
    },
    async nudge() {
      const { rows } = await pool.query<{ now: Date }>('SELECT business_now() AS now');
      if (rows[0]) await moveClock(pool, rows[0].now);
    },
    async describe() {
      const { rows } = await pool.query<{ what: string; status: string; why: string | null }>(DESCRIBE);
      return rows.map(({ what, status, why }) => `${what}: ${status}${why ? ` (${why})` : ''}`);
    },
  };
}

export interface SettleOptions {
  /** Wall-clock patience, milliseconds; starts anew when `patienceRenewed` says so. */
  timeoutMs?: number;
  /** A wall-clock time before which waiting does not count, e.g. because the worker was away. */
  patienceRenewed?: () => number;
  /** Called in each round; throws to give up at once, e.g. when a process died. */
  check?: () => void;
  now?: () => number;
  wait?: (ms: number) => Promise<void>;
}

const FIRST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 6;
const FIRST_NUDGE_MS = 25;
const LONGEST_NUDGE_MS = 1_000;

/**
 * Waits until nothing is open at the present business time.
 * @returns the business time of the next due row, null if none
 * @throws Error with a sentence that says what is open when it takes too long
 */
export async function settle(worklist: Worklist, options: SettleOptions = {}): Promise<Date | null> {
  const { timeoutMs = 120_000, patienceRenewed, check, now = Date.now } = options;
  const wait = options.wait ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const startedAt = now();
  let nudgedAt = startedAt;
  let nudgeWaitMs = FIRST_NUDGE_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 1.4, LONGEST_WAIT_MS)) {
    check?.();
    const open = await worklist.look();
    if (!open.busy && !open.due) return open.nextDue;
    const since = Math.max(startedAt, patienceRenewed?.() ?? 0);
    if (now() - since > timeoutMs) throw new Error(await tooLong(worklist, timeoutMs));
    // What fell due after the move (a late webhook) waits for a tick, and only a move fires one.
    if (!open.busy && now() - nudgedAt >= nudgeWaitMs) {
      await worklist.nudge();
      nudgedAt = now();
      nudgeWaitMs = Math.min(nudgeWaitMs * 2, LONGEST_NUDGE_MS);
    }
    await wait(waitMs);
  }
}

async function tooLong(worklist: Worklist, timeoutMs: number): Promise<string> {
  const open = await worklist.describe();
  return (
    `The app did not finish a step of simulated time within ${Math.round(timeoutMs / 1000)} s. Still open: ` +
    `${open.join('; ') || 'nothing that can be named'}. See .data/logs/worker.log.`
  );
}
