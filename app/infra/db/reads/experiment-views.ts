/** What the admin reads of experiments; times are ISO text in UTC. */
import type { Arm, Dimension } from '../../../domain/experiments/experiment.ts';
import type { SurveyKind } from '../../../domain/core/state.ts';

export interface ExperimentRow {
  id: string;
  name: string;
  kind: SurveyKind;
  dimension: Dimension;
  /** The control first. */
  arms: Arm[];
  status: 'draft' | 'running' | 'stopped';
  minimumEffect: number;
  baseRate: number;
  planned: number;
  startedAt: string | null;
  stoppedAt: string | null;
  adoptedArm: string | null;
}

/** n, sum and sum of squares of a figure. */
export interface Sums {
  n: number;
  sum: number;
  sumOfSquares: number;
}

/** One arm in numbers; people, each by the first survey that was planned for them in the experiment. */
export interface ArmNumbers {
  arm: string;
  assigned: number;
  /** Asked or held back, and the time to answer is over. */
  ended: number;
  /** Of those ended. */
  endedAnswered: number;
  /** Asked or held back, however lately. */
  decided: number;
  /** Of those decided, asked. */
  delivered: number;
  /** Of the first that were asked, as many as planned, those whose time to answer is over. */
  counted: number;
  /** Of those counted; all that follows is of these. */
  answered: number;
  /** Promised something for answering. */
  rewarded: number;
  /** Their ratings, normalised to 0-100. */
  score: Sums;
  /** The rating less the last one that the person gave before, where there is one. */
  change: Sums;
  firstOrder: number;
  higherTier: number;
  earlierScore: Sums;
  earlierHealth: Sums;
}

/** How many of a kind were mailed lately, and answered in time. */
export interface RecentRate {
  delivered: number;
  answered: number;
  /** People who were asked in the days of the pace, until now: whether they answer is not known of all yet. */
  askedLately: number;
}

/** Days: in which an answer counts, looked at before those, and of the pace. */
export interface RateSpan {
  answerDays: number;
  days: number;
  paceDays: number;
}
