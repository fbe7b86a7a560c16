import { type BehaviourInputs, behaviourInputs } from './behaviour.ts';
import type { CsiComponents } from './csi.ts';
import { type EconomicsInputs, economicsInputs } from './economics.ts';
import type { KnownFacts } from './known.ts';
import { roundToTenth, weightedMean } from './numbers.ts';
import { type SatisfactionInputs, satisfactionInputs } from './satisfaction.ts';

export type HealthPart = 'satisfaction' | 'behaviour' | 'economics';
export type HealthInputKey = keyof SatisfactionInputs | keyof BehaviourInputs | keyof EconomicsInputs;
export type HealthBand = 'thriving' | 'healthy' | 'at_risk' | 'critical' | 'lost';

/** The rule that made a score; raised with every change of a formula or weight. */
export const SCORE_VERSION = 'default-2';

/** Percent of the score per part (domain.md section 3, health). */
export const PART_WEIGHTS: Readonly<Record<HealthPart, number>> = {
  satisfaction: 40,
  behaviour: 35,
  economics: 25,
};

/** Percent of its part per input. */
export const INPUT_WEIGHTS = {
  satisfaction: { nps: 50, trend: 15, resolutions: 20, product: 15 },
  behaviour: { purchase_timing: 50, engagement: 25, site: 15, reviews: 10 },
  economics: { order_value: 35, predicted_clv: 30, discounts: 20, payment: 15 },
} as const satisfies {
  satisfaction: Record<keyof SatisfactionInputs, number>;
  behaviour: Record<keyof BehaviourInputs, number>;
  economics: Record<keyof EconomicsInputs, number>;
};

export const BAND_LABELS: Readonly<Record<HealthBand, string>> = {
  thriving: 'Thriving',
  healthy: 'Healthy',
  at_risk: 'At-risk',
  critical: 'Critical',
  lost: 'Lost',
};

/** A score without reasons would stand here; contributions are counted from it. */
const NEUTRAL_HEALTH = 50;
/** Below this a customer is flagged. */
export const FLAG_BELOW = 60;
/** Below this known share of all weight there is no band. */
const MIN_COVERAGE = 0.35;

const PARTS = Object.keys(PART_WEIGHTS) as HealthPart[];

export type PartValues = Readonly<Record<HealthPart, number | null>>;

/** One known input and what it does to the score. */
export interface HealthInput {
  key: HealthInputKey;
  part: HealthPart;
  /** 0-100. */
  value: number;
  /** Its share of the score after renormalising; all shares add up to 1. */
  share: number;
  /** share x (value - 50): points above (+) or below (-) neutral. */
  contribution: number;
}

export interface Health {
  /** 0-100 with 1 decimal; null when nothing is known. */
  value: number | null;
  /** null below coverage 0.35. */
  band: HealthBand | null;
  flagged: boolean;
  /** Known share of all weight, 0-1. */
  coverage: number;
  parts: PartValues;
  /** Known inputs only, in the order of the table; 50 + sum of contributions = unrounded score. */
  inputs: HealthInput[];
}

/** Joins the three parts 40/35/25, renormalised over those known; unrounded, null when none is. */
export function combineParts(parts: PartValues): number | null {
  return weightedMean(PARTS.map((part) => ({ weight: PART_WEIGHTS[part], value: parts[part] }))).value;
}

/** The band of a health score already rounded to 1 decimal; each band includes its lower end. */
export function bandOf(health: number): HealthBand {
  if (health >= 80) return 'thriving';
  if (health >= 60) return 'healthy';
  if (health >= 40) return 'at_risk';
  return health >= 20 ? 'critical' : 'lost';
}

/** The health score at the facts' moment (domain.md section 3): every level renormalised over what is known. */
export function healthOf(facts: KnownFacts, csi: CsiComponents): Health {
  const values: Record<HealthPart, Readonly<Record<string, number | null>>> = {
    satisfaction: { ...satisfactionInputs(facts, csi) },
    behaviour: { ...behaviourInputs(facts) },
    economics: { ...economicsInputs(facts) },
  };
  const parts: Record<HealthPart, number | null> = { satisfaction: null, behaviour: null, economics: null };
  const known: { key: HealthInputKey; part: HealthPart; value: number; shareOfPart: number }[] = [];
  // Whole numbers (percent x percent), so that a coverage of exactly 0.35 is met exactly.
  let knownWeight = 0;
  let knownPartWeight = 0;
  for (const part of PARTS) {
    const inputs = Object.entries(INPUT_WEIGHTS[part]).map(([key, weight]) => ({
      key: key as HealthInputKey,
      weight,
      value: values[part][key] ?? null,
    }));
    const mean = weightedMean(inputs);
    parts[part] = mean.value;
    if (mean.value === null) continue;
    knownWeight += PART_WEIGHTS[part] * mean.knownWeight;
    knownPartWeight += PART_WEIGHTS[part];
    for (const { key, weight, value } of inputs) {
      if (value !== null) known.push({ key, part, value, shareOfPart: weight / mean.knownWeight });
    }
  }
  const unrounded = combineParts(parts);
  const value = unrounded === null ? null : roundToTenth(unrounded);
  const coverage = knownWeight / 10_000;
  const band = value === null || coverage < MIN_COVERAGE ? null : bandOf(value);
  return {
    value,
    band,
    flagged: band !== null && value !== null && value < FLAG_BELOW,
    coverage,
    parts,
    inputs: known.map(({ key, part, value: points, shareOfPart }) => {
      const share = (PART_WEIGHTS[part] / knownPartWeight) * shareOfPart;
      return { key, part, value: points, share, contribution: share * (points - NEUTRAL_HEALTH) };
    }),
  };
}
