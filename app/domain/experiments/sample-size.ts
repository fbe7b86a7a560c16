/** How many have to be asked before a difference between two shares can be told from chance. */
import { upperQuantile } from './chance.ts';
import { ANSWER_DAYS } from './experiment.ts';

/** Of calling a difference where there is none, over all variants of an experiment. */
export const ALPHA = 0.05;
/** Of seeing one that is there. */
const POWER = 0.8;
/** Shares so near 0 or 1 would need no or endless numbers. */
const MARGIN = 0.001;

/** Mails from which on a shop's own rate is taken. */
const ENOUGH_MAILS = 30;
/** Of mails that are answered, as long as a shop has no rate of its own. */
const ASSUMED_RATE = 0.1;

/** The share 0-1 to plan with. */
export function baseRateOf({ delivered, answered }: { delivered: number; answered: number }): {
  rate: number;
  assumed: boolean;
} {
  return delivered < ENOUGH_MAILS
    ? { rate: ASSUMED_RATE, assumed: true }
    : { rate: answered / delivered, assumed: false };
}

export interface SizeQuestion {
  /** Share 0-1 of those asked who answer now. */
  baseRate: number;
  /** The difference to be seen, as a share: 0.05 = 5 points. */
  effect: number;
  /** Arms beside the control; each is compared with it. */
  variants: number;
}

/**
 * People per arm for a two-sided test of two shares at 5% with a power of 80%, rounded up (Fleiss, Levin & Paik 2003,
 * "Statistical Methods for Rates and Proportions", 4.14, without the correction for continuity). With more than one
 * variant each comparison gets its part of the 5% (Bonferroni). Of a rise and a fall by the effect the one that needs
 * more counts, if both are possible.
 */
export function peoplePerArm({ baseRate, effect, variants }: SizeQuestion): number {
  const base = Math.min(1 - MARGIN, Math.max(MARGIN, baseRate));
  const others = [base + effect, base - effect].filter((other) => other > 0 && other < 1);
  const needed = (others.length > 0 ? others : [base > 0.5 ? MARGIN : 1 - MARGIN]).map((other) => {
    const mean = (base + other) / 2;
    const atNull = upperQuantile(ALPHA / variants / 2) * Math.sqrt(2 * mean * (1 - mean));
    const atEffect = upperQuantile(1 - POWER) * Math.sqrt(base * (1 - base) + other * (1 - other));
    return ((atNull + atEffect) / (base - other)) ** 2;
  });
  return Math.ceil(Math.max(...needed));
}

/** From how many past days the pace of a shop is taken. */
export const PACE_DAYS = 30;

/**
 * Days after which all are asked and the last of them had their time to answer, rounded up; null: nobody was asked lately,
 * so nothing can be said.
 * @param people to be asked, in all arms
 * @param askedLately people asked in the last PACE_DAYS
 */
export function daysUntilRead(people: number, askedLately: number): number | null {
  return askedLately === 0 ? null : Math.ceil((people * PACE_DAYS) / askedLately) + ANSWER_DAYS;
}
