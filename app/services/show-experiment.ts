import { ANSWER_DAYS, type Arm } from '../domain/experiments/experiment.ts';
import { judge, type Gap, type Judgement } from '../domain/experiments/judge.ts';
import { scoreShift, type ScoreShift } from '../domain/experiments/score-shift.ts';
import { differenceBetween } from '../domain/reports/difference.ts';
import type { Estimate } from '../domain/reports/estimate.ts';
import { meanEstimate } from '../domain/reports/mean.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import type { ArmNumbers, ExperimentRow } from '../infra/db/reads/experiment-views.ts';
import type { Deps } from './deps.ts';

/** An arm as it is shown. */
export interface ArmReport extends Pick<
  ArmNumbers,
  'assigned' | 'delivered' | 'counted' | 'answered' | 'rewarded'
> {
  arm: Arm;
  /** answered / counted. */
  rate: Estimate;
  /** To the control; null: the control itself, or too few answers. */
  gap: Gap | null;
  /** Of all who fell to the arm and about whom it is decided, asked or not, who answered. */
  everyone: Estimate;
  everyoneGap: Gap | null;
  /** Mean of the normalised ratings, 0-100. */
  score: Estimate;
  scoreGap: Gap | null;
  /** What is to be said about the score of a variant; null: nothing. */
  shift: ScoreShift | null;
}

export interface ExperimentReport {
  experiment: ExperimentRow;
  judgement: Judgement;
  /** The control first. */
  arms: ArmReport[];
  /** Days in which an answer counts. */
  answerDays: number;
}

/** An experiment with its figures and what they say; null: there is none of this id. */
export async function showExperiment(
  deps: Pick<Deps, 'admin'>,
  input: { shopId: string; experimentId: string },
): Promise<ExperimentReport | null> {
  const experiment = await deps.admin.experiment(input.shopId, input.experimentId);
  if (!experiment) return null;
  const numbers = await deps.admin.armNumbers(input.shopId, experiment, ANSWER_DAYS);
  return reportOf(experiment, numbers);
}

/** What the numbers of an experiment come to. */
export function reportOf(experiment: ExperimentRow, numbers: readonly ArmNumbers[]): ExperimentReport {
  const counts = experiment.arms.map(
    ({ id }) => numbers.find(({ arm }) => arm === id) ?? { ...NONE, arm: id },
  );
  const [control = { ...NONE, arm: '' }] = counts;
  const arms = experiment.arms.map((arm, index) => armReport(arm, counts[index]!, control));
  const judgement = judge(
    experiment,
    arms.map((report, index) => ({
      ...report,
      ...{ id: report.arm.id, weight: report.arm.weight, ended: counts[index]!.decided },
    })),
  );
  return { experiment, judgement, arms, answerDays: ANSWER_DAYS };
}

const NO_SUMS = { n: 0, sum: 0, sumOfSquares: 0 };
const NONE: Omit<ArmNumbers, 'arm'> = {
  ...{
    assigned: 0,
    ended: 0,
    endedAnswered: 0,
    decided: 0,
    delivered: 0,
    counted: 0,
    answered: 0,
    rewarded: 0,
  },
  ...{ firstOrder: 0, higherTier: 0 },
  ...{ score: NO_SUMS, change: NO_SUMS, earlierScore: NO_SUMS, earlierHealth: NO_SUMS },
};
const SCORE = { min: 0, max: 100 };

function armReport(arm: Arm, numbers: ArmNumbers, control: ArmNumbers): ArmReport {
  const against = (figure: (of: ArmNumbers) => Estimate): Gap | null =>
    numbers === control ? null : gapOf(figure(control), figure(numbers));
  const rate = (of: ArmNumbers) => shareEstimate(of.answered, of.counted);
  const everyone = (of: ArmNumbers) => shareEstimate(of.endedAnswered, of.ended);
  const score = (of: ArmNumbers) => meanEstimate(of.score, SCORE);
  const gap = against(rate);
  const scoreGap = against(score);
  const { assigned, delivered, counted, answered, rewarded } = numbers;
  return {
    ...{ arm, assigned, delivered, counted, answered, rewarded },
    ...{ rate: rate(numbers), gap, score: score(numbers), scoreGap },
    ...{ everyone: everyone(numbers), everyoneGap: against(everyone) },
    shift: scoreShift({
      score: scoreGap,
      rate: gap,
      traits: {
        first_order: against((of) => shareEstimate(of.firstOrder, of.answered)),
        higher_tier: against((of) => shareEstimate(of.higherTier, of.answered)),
        earlier_score: against((of) => meanEstimate(of.earlierScore)),
        earlier_health: against((of) => meanEstimate(of.earlierHealth)),
      },
      change: against((of) => meanEstimate(of.change)),
    }),
  };
}

function gapOf(control: Estimate, variant: Estimate): Gap | null {
  const difference = differenceBetween(control, variant);
  if (difference.outcome === 'not_enough') return null;
  const { outcome: _outcome, ...gap } = difference;
  return gap;
}
