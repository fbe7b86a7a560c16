import { DAY_MS } from '#app/domain/core/calendar.ts';
import { planStep, Timeline } from './plan-step.ts';
import type { Script, ScriptEvent } from './script.ts';
import { settle, type SettleOptions, type Worklist } from './settle.ts';

export interface PlayerParts {
  /** Moves the business clock; the move itself fires the worker's tick. */
  moveClock: (to: Date) => Promise<void>;
  worklist: Worklist;
  /** Sends everything of one step; events of one subject in the order given. */
  deliver: (events: ScriptEvent[], now: Date) => Promise<void>;
  /** What people will do about what the app did in this step. */
  readNews: ((now: Date) => Promise<ScriptEvent[]>) | null;
  onProgress?: (progress: Progress) => void;
  settleOptions?: SettleOptions;
}

export interface Progress {
  now: Date;
  done: number;
  total: number;
  /** Share of business time that is played, 0 to 1. */
  share: number;
  steps: number;
}

export interface Played {
  endAt: Date;
  steps: number;
  /** Wall-clock milliseconds spent on sending, on waiting for the app, and on reading the news. */
  spent: { deliverMs: number; settleMs: number; newsMs: number };
}

/**
 * Plays a script in simulated time: move the clock, send what happens, wait until the
 * rows say that nothing is open, move on. Ends `runOnDays` after the last scripted
 * event, at the hour of the shop's daily re-scoring, so that every stored score is the
 * score as of the final business time.
 * @param endOf rounds the end up to that hour
 */
export async function play(
  script: Script,
  parts: PlayerParts,
  endOf: (instant: Date) => Date,
): Promise<Played> {
  const timeline = new Timeline(script.events);
  const lastEvent = script.events.at(-1)?.at ?? script.startAt.getTime();
  const end = endOf(new Date(lastEvent + script.runOnDays * DAY_MS)).getTime();
  const start = script.startAt.getTime();
  let now = start;
  let done = 0;
  let steps = 0;
  const spent = { deliverMs: 0, settleMs: 0, newsMs: 0 };
  const timed = async <T>(phase: keyof typeof spent, work: Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work;
    spent[phase] += performance.now() - startedAt;
    return result;
  };
  let nextDue = await settle(parts.worklist, parts.settleOptions);
  for (;;) {
    const step = planStep(timeline, now, nextDue?.getTime() ?? null, end);
    if (!step) break;
    now = step.to;
    await parts.moveClock(new Date(now));
    if (step.count > 0) await timed('deliverMs', parts.deliver(timeline.take(step.count), new Date(now)));
    nextDue = await timed('settleMs', settle(parts.worklist, parts.settleOptions));
    const mails = parts.readNews ? await timed('newsMs', parts.readNews(new Date(now))) : [];
    for (const event of mails) timeline.add(event);
    done += step.count;
    steps += 1;
    const share = end > start ? (now - start) / (end - start) : 1;
    parts.onProgress?.({ now: new Date(now), done, total: timeline.total, share, steps });
  }
  return { endAt: new Date(now), steps, spent };
}
