import { AppError } from '../domain/core/app-error.ts';
import type { ScoreRow } from '../infra/db/score-rows.ts';

/** Stored as whole numbers; the counts as such of 32 bits. */
const AMOUNTS = ['valueAtRiskMinor', 'revenueYearMinor', 'clvMinor', 'clvLowMinor', 'clvHighMinor'] as const;
const COUNTS = ['orderCount', 'purchasesLow', 'purchasesHigh'] as const satisfies (keyof ScoreRow)[];
const WHOLE: ReadonlyMap<string, number> = new Map([
  ...AMOUNTS.map((field) => [field, Number.MAX_SAFE_INTEGER] as const),
  ...COUNTS.map((field) => [field, 2 ** 31 - 1] as const),
]);
const YEAR_10000_MS = 253_402_300_800_000;

/**
 * The row as it is, if the database can take it: of a page of customers one row that it cannot fails all.
 * @throws AppError 'score_not_storable', which names the field and not what stands in it
 */
export function storableScore(row: ScoreRow): ScoreRow {
  for (const field in row) {
    if (fits(field, row[field as keyof ScoreRow])) continue;
    throw new AppError(
      'score_not_storable',
      `The ${field} of a score is no number or time that can be stored: look at the amounts and dates of the customer's orders.`,
    );
  }
  return row;
}

function fits(field: string, value: unknown): boolean {
  if (typeof value === 'number') {
    const most = WHOLE.get(field);
    return most === undefined ? Number.isFinite(value) : Number.isInteger(value) && Math.abs(value) <= most;
  }
  return !(value instanceof Date) || (value.getTime() >= 0 && value.getTime() < YEAR_10000_MS);
}
