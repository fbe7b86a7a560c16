/**
 * What an experiment says. It is read once: of each arm the first `planned` people who were asked count, a number that is
 * fixed before the start, and nothing is concluded earlier. Who looks every day and stops at the first good one finds
 * "differences" in every fourth experiment without any (Armitage, McPherson & Rowe 1969).
 */
import { twoSided } from './chance.ts';
import { sameShare, sampleRatio, type SampleRatio } from './sample-ratio.ts';
import { ALPHA, peoplePerArm } from './sample-size.ts';

/** A difference to the control with its 95% interval, in the unit of the figures. */
export interface Gap {
  difference: number;
  low: number;
  high: number;
}

export interface ArmCounts {
  id: string;
  weight: number;
  /** People, each by the first survey that was planned for them in the experiment. */
  assigned: number;
  /** Of them, those about whom it is decided: asked, or held back. */
  ended: number;
  /** Of those, asked: the mail was taken, or it was offered on pages from then on. */
  delivered: number;
  /** Of the first `planned` delivered, those whose time to answer is over. */
  counted: number;
  /** Of those counted. */
  answered: number;
  /** answered / counted, against the control; null: of the control itself, or too few. */
  gap: Gap | null;
}

export type Verdict = 'better' | 'worse' | 'no_difference';

export interface Judgement {
  stage: 'draft' | 'interim' | 'ended_early' | 'final';
  /** Whether the arms got their shares of people. */
  split: SampleRatio;
  /** Whether the arms reached the same share of theirs. */
  reached: SampleRatio;
  /** By variant; empty as long as nothing is concluded. */
  verdicts: Record<string, Verdict>;
  /** The variant that is to be adopted. */
  winner: string | null;
  /** More people to be asked per arm to see `effect`; 0: enough were. */
  more: number;
  /** As a share. */
  effect: number;
}

/** The control is the first of the arms. */
export function judge(
  plan: { status: 'draft' | 'running' | 'stopped'; planned: number; minimumEffect: number },
  arms: readonly ArmCounts[],
): Judgement {
  const { status, planned, minimumEffect } = plan;
  const [control, ...variants] = arms;
  const split = sampleRatio(arms.map(({ assigned, weight }) => ({ count: assigned, weight })));
  const reached = sameShare(arms.map(({ delivered, ended }) => ({ count: delivered, of: ended })));
  const full = arms.every(({ counted }) => counted >= planned);
  const stage =
    status === 'draft' ? 'draft' : full ? 'final' : status === 'stopped' ? 'ended_early' : 'interim';
  const common = { stage, split, reached } as const;
  if (!control || stage !== 'final') {
    const more = Math.max(0, planned - Math.min(...arms.map(({ delivered }) => delivered)));
    return { ...common, verdicts: {}, winner: null, more, effect: minimumEffect };
  }
  // By the difference that matters, not by the one that was seen: chance made that, and a small one would always ask for more.
  const needed = peoplePerArm({
    ...{ baseRate: control.answered / control.counted, effect: minimumEffect, variants: variants.length },
  });
  const more = Math.max(0, needed - Math.min(...arms.map(({ counted }) => counted)));
  if (split.outcome === 'mismatch' || reached.outcome === 'mismatch')
    return { ...common, verdicts: {}, winner: null, more, effect: minimumEffect };
  const verdicts = Object.fromEntries(
    variants.map((variant) => [variant.id, verdictOn(variant, control, variants.length)]),
  );
  const [winner = null] = variants
    .filter(({ id }) => verdicts[id] === 'better')
    .toSorted((a, b) => b.answered / b.counted - a.answered / a.counted);
  return { ...common, verdicts, winner: winner?.id ?? null, more, effect: minimumEffect };
}

/** Different only if the 95% interval excludes 0; with more variants than one each has to pass its part of the 5% as well. */
function verdictOn(variant: ArmCounts, control: ArmCounts, variants: number): Verdict {
  const { gap } = variant;
  if (!gap || (gap.low <= 0 && gap.high >= 0)) return 'no_difference';
  if (variants > 1 && sharesDiffer(variant, control) >= ALPHA / variants) return 'no_difference';
  return gap.difference > 0 ? 'better' : 'worse';
}

/** The two-sided p of two equal shares (pooled z test). */
function sharesDiffer(a: ArmCounts, b: ArmCounts): number {
  const share = (a.answered + b.answered) / (a.counted + b.counted);
  const error = Math.sqrt(share * (1 - share) * (1 / a.counted + 1 / b.counted));
  return error === 0 ? 1 : twoSided((a.answered / a.counted - b.answered / b.counted) / error);
}
