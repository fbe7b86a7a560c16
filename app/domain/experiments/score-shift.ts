/** Whether a variant changes the score by changing who answers: customers are no happier for being asked otherwise. */
import type { Gap } from './judge.ts';

/** What is known of those who answered from before they were asked. */
export const TRAITS = ['first_order', 'higher_tier', 'earlier_score', 'earlier_health'] as const;
export type Trait = (typeof TRAITS)[number];

export interface ShiftEvidence {
  /** Mean score of 0-100, variant less control; null: too few. */
  score: Gap | null;
  /** Share of those asked who answered. */
  rate: Gap | null;
  /** By trait, among those who answered. */
  traits: Record<Trait, Gap | null>;
  /** The score less the person's own earlier one, among those who have one. */
  change: Gap | null;
}

export interface ScoreShift {
  direction: 'higher' | 'lower';
  score: Gap;
  /** Other people answer in these respects. */
  traits: Trait[];
  /** More, or fewer, people answer. */
  rate: 'higher' | 'lower' | null;
  /** Against the people's own earlier answers the difference is this; null: too few had one. */
  change: Gap | null;
}

const differs = (gap: Gap | null): gap is Gap => gap !== null && (gap.low > 0 || gap.high < 0);

/**
 * A score that differs where also another share, or other people, answer. Where people who answered before moved in the
 * same direction against their own earlier answers, it is not put down to that: null, as where nothing differs.
 */
export function scoreShift({ score, rate, traits, change }: ShiftEvidence): ScoreShift | null {
  if (!differs(score)) return null;
  if (differs(change) && change.difference > 0 === score.difference > 0) return null;
  const others = TRAITS.filter((trait) => differs(traits[trait]));
  if (others.length === 0 && !differs(rate)) return null;
  return {
    direction: score.difference > 0 ? 'higher' : 'lower',
    score,
    traits: others,
    rate: differs(rate) ? (rate.difference > 0 ? 'higher' : 'lower') : null,
    change,
  };
}
