/** Earlier windows of a shop: what could be known at their start, and what came. Nothing after the last day is read. */
import type { PurchaseCounts } from './purchase-counts.ts';
import { answerOf, traitsOf, type RhythmAnswer } from './purchase-features.ts';
import { fitRhythm, type RhythmPrior } from './purchase-rhythm-fit.ts';
import type { Rhythm } from './purchase-rhythm.ts';

/** When the windows begin (at the end of which day), how long they are, and how much of them is new. */
export interface WindowPlan {
  windowDays: number;
  /** Latest first; those of the same season in earlier years last. */
  starts: { day: number; sameSeason: boolean }[];
  /** Share of a window that the next one does not repeat, 0-1: the weight of its rows. */
  weight: number;
  /** How many windows without overlap say about as much. */
  independent: number;
}

/** One buyer in one window. */
export interface WindowRow {
  window: number;
  answer: RhythmAnswer;
  traits: number[];
  /** Purchase days in the window. */
  purchases: number;
}

/** Purchase days of one buyer, oldest first, none after the last day that may be known. */
export type PurchaseDays = readonly number[];

/** With less history there are rules only (domain.md section 4). */
export const LEAST_HISTORY_DAYS = 60;
const MOST_WINDOWS = 10;
const SEASONS_BACK = 2;
const YEAR_DAYS = 365;
/** Neighbouring windows are at least this share of a window apart, and at most a half. */
const LEAST_STEP = 1 / 6;
const MOST_STEP = 1 / 2;
/** A shop begins when this share of its buyers had come: a test order years earlier is no history. */
const EARLY_SHARE = 0.05;
const LEAST_BUYERS = 20;

/** A shop is open from its 20th buyer on: fewer would make no window. */
export const OPENING_BUYERS = LEAST_BUYERS;

/**
 * Days from the shop's opening to `endDay`: what has to pass before anything is predicted. Buyers who come later do not
 * move it, so that a day that was named for the first prediction stays.
 * @returns null while there are fewer than 20 buyers
 */
export function openDaysOf(buyers: readonly PurchaseDays[], endDay: number): number | null {
  const firsts = buyers.map((days) => days[0]!).sort((a, b) => a - b);
  const opened = firsts[OPENING_BUYERS - 1];
  return opened === undefined ? null : endDay - opened;
}

/** Days from the shop's beginning to `endDay`, as far as its windows may reach back. */
export function historyDaysOf(buyers: readonly PurchaseDays[], endDay: number): number {
  const firsts = buyers.map((days) => days[0]!).sort((a, b) => a - b);
  const begin = firsts[Math.floor(EARLY_SHARE * firsts.length)];
  return begin === undefined ? 0 : endDay - begin;
}

/**
 * Windows that end by `endDay`, as long as the horizon where the history is twice that, else half of the history; each
 * has at least its own length of history before it.
 */
export function planWindows(historyDays: number, endDay: number, horizonDays: number): WindowPlan {
  const windowDays = Math.max(1, Math.min(horizonDays, Math.floor(historyDays / 2)));
  const room = historyDays - 2 * windowDays;
  const wanted = Math.max(LEAST_STEP * windowDays, room / (MOST_WINDOWS - 1));
  const step = Math.max(1, Math.round(Math.min(MOST_STEP * windowDays, wanted)));
  const starts: WindowPlan['starts'] = [];
  for (let k = 0; k < MOST_WINDOWS && k * step <= room; k += 1) {
    starts.push({ day: endDay - windowDays - k * step, sameSeason: false });
  }
  for (let year = 1; year <= SEASONS_BACK; year += 1) {
    const back = year * YEAR_DAYS;
    if (back >= windowDays && back + windowDays <= historyDays) {
      starts.push({ day: endDay - back, sameSeason: true });
    }
  }
  const overlapping = Math.min(1, step / windowDays);
  return {
    windowDays,
    starts,
    weight: overlapping,
    independent: starts.length === 0 ? 0 : 1 + (starts.length - 1) * overlapping,
  };
}

/** What the counting models know of a buyer at the end of `day`; null for who had not bought yet. */
export function countsAt(days: PurchaseDays, day: number): PurchaseCounts | null {
  let known = days.length;
  while (known > 0 && days[known - 1]! > day) known -= 1;
  if (known === 0) return null;
  return { repeats: known - 1, recency: days[known - 1]! - days[0]!, age: day - days[0]! };
}

/** Purchase days after `day`, up to `length` days later. */
export function purchasesAfter(days: PurchaseDays, day: number, length: number): number {
  let count = 0;
  for (let i = days.length - 1; i >= 0 && days[i]! > day; i -= 1) if (days[i]! <= day + length) count += 1;
  return count;
}

/**
 * The rows of all windows, each with a rhythm fitted to what was known at its start. Windows with too few buyers have
 * none.
 * @param begin the shop's rhythm: the windows' are of its kind, and their search begins there
 */
export function windowRows(
  buyers: readonly PurchaseDays[],
  plan: WindowPlan,
  prior: RhythmPrior,
  begin: Rhythm,
): WindowRow[] {
  return plan.starts.flatMap(({ day }, window) => {
    const known = buyers.flatMap((days) => {
      const counts = countsAt(days, day);
      return counts ? [{ counts, purchases: purchasesAfter(days, day, plan.windowDays) }] : [];
    });
    if (known.length < LEAST_BUYERS) return [];
    const rhythm = fitRhythm(
      known.map(({ counts }) => counts),
      begin,
      prior,
      begin,
    );
    return known.map(({ counts, purchases }) => ({
      window,
      answer: answerOf(rhythm, counts, plan.windowDays),
      traits: traitsOf(counts, plan.windowDays),
      purchases,
    }));
  });
}
