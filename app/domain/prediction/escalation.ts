/** Will this case need more than one interaction (domain.md section 4)? From what is known when it is opened. */
import { z } from 'zod';
import {
  fitLogistic,
  logisticContributions,
  logisticInterval,
  logisticModelSchema,
  logisticProbability,
  type LogisticRow,
} from './logistic.ts';

/** Where cases come from (domain.md section 8). */
const CASE_SOURCES = ['response', 'refund', 'delay', 'alert', 'ticket', 'staff'] as const;
export type CaseSource = (typeof CASE_SOURCES)[number];

/** A case as it stands in the moment of its opening; numbers that are not finite count as 0, or unknown where null may stand. */
export interface EscalationFacts {
  source: CaseSource;
  /** 1-3. */
  severity: number;
  critical: boolean;
  /** Of the order it is about, minor units; 0 without one. */
  valueMinor: number;
  /** Cases and orders of the customer before this one. */
  earlierCases: number;
  earlierOrders: number;
  /** Days between the promised and the real delivery, negative when early; null = not promised or not delivered. */
  lateDays: number | null;
  daysSinceDelivery: number | null;
  /** Characters of what the customer wrote. */
  textLength: number;
}

/** A closed case with what came of it. */
export interface EscalationRow {
  facts: EscalationFacts;
  openedAt: Date;
  /** When its end was known: 7 days after closing, as for FCR. */
  settledAt: Date;
  /** As hasEscalated() has it. */
  escalated: boolean;
}

/** What a prediction can be about; a page has words for each. */
export const ESCALATION_REASONS = [
  'source',
  'severity',
  'critical',
  'value',
  'earlier_cases',
  'earlier_orders',
  'lateness',
  'delivery',
  'words',
] as const;
export type EscalationReason = (typeof ESCALATION_REASONS)[number];

/** A fitted model as plain JSON. */
export const escalationModelSchema = z.object({
  version: z.literal('escalation-1'),
  /** What a prediction rests on: the regression, the shop's own rate, or the prior rate alone. */
  basis: z.enum(['fit', 'base_rate', 'prior']),
  n: z.number().int(),
  escalated: z.number().int(),
  /** Share of escalated cases, shrunk to the prior rate. */
  rate: z.number().min(0).max(1),
  regression: logisticModelSchema.nullable(),
});
export type EscalationModel = z.infer<typeof escalationModelSchema>;

export interface EscalationPrediction {
  /** 0-1. */
  probability: number;
  /** 80% interval of the probability. */
  low: number;
  high: number;
  basis: EscalationModel['basis'];
  /** Cases it was learned from. */
  n: number;
  /** What raises it above the typical case, strongest first. */
  reasons: EscalationReason[];
}

/** From so many closed cases on, and so many of either outcome, a regression is fitted: about ten per feature that matters. */
export const MIN_ESCALATION_CASES = 100;
export const MIN_ESCALATION_OF_EACH = 20;
/** An FCR of 70% lies between the 58 and 82% of the field's case figures (domain.md section 11). */
const PRIOR_RATE = 0.3;
/** How many cases the prior rate weighs. */
const PRIOR_CASES = 10;
/** Coefficients are taken to lie within about +-0.5 log-odds per standard deviation: 1 / 0.5^2. */
const RIDGE = 4;
const Z_80 = 1.2815515655446004;
const MOST_COUNT = 1e12;
const REASONS_GIVEN = 3;
/** More likely than not, or so many times the usual share: a case is marked from there on, as orders that may disappoint are. */
const LIKELY = 0.5;
const TIMES_USUAL = 2;

/**
 * Learns from closed cases; deterministic, and the order of the rows leaves no more than rounding. With fewer than 100
 * cases, or 20 of either outcome, the model is the shop's rate, shrunk with 10 cases of the prior rate; without any it is
 * the prior rate. `basis` says which.
 * @param priorRate 0-1, e.g. of all shops together
 */
export function fitEscalation(rows: readonly EscalationRow[], priorRate = PRIOR_RATE): EscalationModel {
  const n = rows.length;
  const escalated = rows.filter((row) => row.escalated).length;
  const rate = (escalated + PRIOR_CASES * priorRate) / (n + PRIOR_CASES);
  const enough = n >= MIN_ESCALATION_CASES && Math.min(escalated, n - escalated) >= MIN_ESCALATION_OF_EACH;
  const learned = enough ? fitLogistic(rows.map(toLogisticRow), RIDGE) : null;
  const regression = learned?.converged ? learned : null;
  const basis = regression !== null ? 'fit' : n > 0 ? 'base_rate' : 'prior';
  return { version: 'escalation-1', basis, n, escalated, rate, regression };
}

/** P(more than one interaction) of a case that is being opened. */
export function predictEscalation(model: EscalationModel, facts: EscalationFacts): EscalationPrediction {
  const { basis, n, regression } = model;
  if (regression === null) return { probability: model.rate, ...rateInterval(model), basis, n, reasons: [] };
  const parts = featuresOf(facts);
  const features = parts.map(([, x]) => x);
  const probability = logisticProbability(regression, features);
  const sums = new Map<EscalationReason, number>();
  logisticContributions(regression, features).forEach((part, k) => {
    const [reason] = parts[k]!;
    sums.set(reason, (sums.get(reason) ?? 0) + part);
  });
  const raising = [...sums].filter(([, sum]) => sum > 0).sort(([, a], [, b]) => b - a);
  const reasons = raising.slice(0, REASONS_GIVEN).map(([reason]) => reason);
  return { probability, ...logisticInterval(regression, features, Z_80), basis, n, reasons };
}

/** Whether a case is to be marked: more likely than the shop's usual case, and likely or at least twice as likely. */
export function mayEscalate(probability: number, usualShare: number): boolean {
  return probability > usualShare && (probability >= LIKELY || probability >= TIMES_USUAL * usualShare);
}

const toLogisticRow = ({ facts, escalated }: EscalationRow): LogisticRow => ({
  features: featuresOf(facts).map(([, x]) => x),
  outcome: escalated,
});

/** Counts, days and amounts by their logarithm: the step from 0 to 1 earlier case says more than that from 10 to 11. */
function featuresOf(facts: EscalationFacts): [EscalationReason, number][] {
  return [
    ...CASE_SOURCES.slice(1).map((source): [EscalationReason, number] => [
      'source',
      Number(facts.source === source),
    ]),
    ['severity', finite(facts.severity)],
    ['critical', Number(facts.critical)],
    ['value', logCount(facts.valueMinor)],
    ['earlier_cases', logCount(facts.earlierCases)],
    ['earlier_orders', logCount(facts.earlierOrders)],
    ['lateness', Number(known(facts.lateDays) !== null)],
    ['lateness', logCount(known(facts.lateDays) ?? 0)],
    ['delivery', Number(known(facts.daysSinceDelivery) !== null)],
    ['delivery', logCount(known(facts.daysSinceDelivery) ?? 0)],
    ['words', logCount(facts.textLength)],
  ];
}

/** Wilson's interval of the shrunk rate. */
function rateInterval({ rate, n }: EscalationModel): { low: number; high: number } {
  const cases = n + PRIOR_CASES;
  const z2 = Z_80 * Z_80;
  const centre = rate + z2 / (2 * cases);
  const margin = Z_80 * Math.sqrt((rate * (1 - rate)) / cases + z2 / (4 * cases * cases));
  const scale = 1 + z2 / cases;
  return { low: Math.max(0, (centre - margin) / scale), high: Math.min(1, (centre + margin) / scale) };
}

const finite = (value: number): number =>
  Number.isFinite(value) ? Math.min(MOST_COUNT, Math.max(-MOST_COUNT, value)) : 0;
const logCount = (value: number): number => Math.log1p(Math.max(0, finite(value)));
const known = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;
