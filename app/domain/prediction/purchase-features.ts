/** What the corrections of the rhythm look at: see purchase-model.ts. */
import type { PurchaseCounts } from './purchase-counts.ts';
import { chanceOfPurchase, furtherPurchases, type Rhythm } from './purchase-rhythm.ts';
import type { PurchaseSummary } from './purchase-summary.ts';
import { logit } from './shrunk-regression.ts';

/** Corrections beside the level: of the rhythm's own answer, and by silence, repeats and age. */
export const SLOPES = ['own answer', 'silence', 'repeats', 'age'] as const;

/** The rhythm's chances are held so far from 0 and 1 that corrections can still move them. */
const NEARLY_NONE = 5e-4;

/** What the rhythm says of a buyer over some days, on the scales on which it is corrected. */
export interface RhythmAnswer {
  /** Log-odds of an order. */
  chance: number;
  /** Logarithm of the orders expected after the first of these days. */
  further: number;
}

/** The counts of a buyer in days. */
export function countsOf({ asOfDay, firstDay, lastDay, purchaseDays }: PurchaseSummary): PurchaseCounts {
  return { repeats: purchaseDays - 1, recency: lastDay - firstDay, age: asOfDay - firstDay };
}

/** The rhythm's answer for the `days` after the moment of the counts. */
export function answerOf(rhythm: Rhythm, buyer: PurchaseCounts, days: number): RhythmAnswer {
  const chance = chanceOfPurchase(rhythm, buyer, days);
  return {
    chance: logit(Math.min(1 - NEARLY_NONE, Math.max(NEARLY_NONE, chance))),
    further: Math.log(furtherPurchases(rhythm, buyer, days)),
  };
}

/** Days of silence, repeats and age as the slopes take them: logarithms, days in units of the window. */
export function traitsOf({ repeats, recency, age }: PurchaseCounts, windowDays: number): number[] {
  return [Math.log1p((age - recency) / windowDays), Math.log1p(repeats), Math.log1p(age / windowDays)];
}
