import { MAX_STEP_MS } from '../clock.ts';
import type { ScriptEvent } from './script.ts';

/** The events still to come, in order of time; what follows from mails is added while the play runs. */
export class Timeline {
  readonly #events: ScriptEvent[];
  #next = 0;

  constructor(events: readonly ScriptEvent[]) {
    this.#events = [...events];
  }

  get remaining(): number {
    return this.#events.length - this.#next;
  }

  get total(): number {
    return this.#events.length;
  }

  peek(offset = 0): ScriptEvent | undefined {
    return this.#events[this.#next + offset];
  }

  take(count: number): ScriptEvent[] {
    const taken = this.#events.slice(this.#next, this.#next + count);
    this.#next += count;
    return taken;
  }

  /** Puts an event behind those of its time; one of the past comes next. */
  add(event: ScriptEvent): void {
    let low = this.#next;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle]!.at <= event.at) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, event);
  }
}

export interface Step {
  /** Business time to which the clock moves, milliseconds. */
  to: number;
  /** How many of the next events happen in this step. */
  count: number;
}

/** Webhooks that change what an order is worth: before or after another event of it is not the same. */
const CHANGES_AN_ORDER = new Set(['orders/updated', 'orders/edited', 'orders/cancelled', 'refunds/create']);

/**
 * Whether what the app does about an event depends on which other events of the order it has seen.
 * Within one step it may see them in any order, and two plays would not do the same.
 */
const standsAlone = (event: ScriptEvent): boolean =>
  event.kind !== 'webhook' || CHANGES_AN_ORDER.has(event.topic);

/**
 * The next step of simulated time (architecture.md, "Two clocks"): to the last scripted
 * event before the next due row, at most 12 hours ahead; without one, to the due row.
 * A step is cut where an answer, or a change of an order, would share it with another event of
 * the order: both would carry the same time, and which came first would be lost.
 * @param now present business time, milliseconds
 * @param due business time of the next due row, null if none
 * @param end where the play ends; null is returned once nothing is left before it
 */
export function planStep(timeline: Timeline, now: number, due: number | null, end: number): Step | null {
  const limit = Math.min(now + MAX_STEP_MS, end);
  const horizon = due === null ? limit + 1 : Math.min(due, limit + 1);
  const alone = new Map<string, boolean>();
  let to = now;
  let count = 0;
  for (let event = timeline.peek(); event; event = timeline.peek(count)) {
    // An event due at the very moment of a row comes after it, except where time has reached it.
    if (event.at >= horizon && event.at > now) break;
    const earlier = alone.get(event.subject);
    if (earlier === true || (earlier === false && standsAlone(event))) break;
    alone.set(event.subject, standsAlone(event));
    to = Math.max(to, event.at);
    count += 1;
  }
  if (count > 0) return { to, count };
  if (now >= end) return null;
  return { to: Math.min(due === null ? limit : Math.max(due, now), limit), count: 0 };
}
