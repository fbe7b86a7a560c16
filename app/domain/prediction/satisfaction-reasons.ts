import { z } from 'zod';

/** What a prediction of dissatisfaction can be about; a page has words for each. */
export const SATISFACTION_REASONS = [
  'lateness',
  'waiting',
  'handling',
  'promise',
  'basket',
  'parcels',
  'value',
  'freight',
  'seller',
  'category',
  'region',
  'delays_now',
  'earlier_orders',
  'refund',
  'product',
  'last_answer',
  'contacts',
] as const;
export type SatisfactionReason = (typeof SATISFACTION_REASONS)[number];

/** What one reason added to the log-odds; above 0 it speaks for a low rating. */
export type Contribution = [reason: SatisfactionReason, logOdds: number];

/** Adds up what belongs to the same reason, the greatest first; what is nothing is left out. */
export function gatherContributions(parts: readonly Contribution[]): Contribution[] {
  const sums = new Map<SatisfactionReason, number>();
  for (const [reason, part] of parts) sums.set(reason, (sums.get(reason) ?? 0) + part);
  return [...sums].filter(([, sum]) => sum !== 0).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
}

const storedContributions = z.array(z.tuple([z.enum(SATISFACTION_REASONS), z.number()])).catch([]);
const REASONS_TOLD = 3;

/** What speaks for a low rating most, of contributions as they were stored, strongest first; none of what is no list of them. */
export const toldReasons = (stored: unknown): SatisfactionReason[] =>
  storedContributions
    .parse(stored)
    .filter(([, logOdds]) => logOdds > 0)
    .slice(0, REASONS_TOLD)
    .map(([reason]) => reason);
