/** Of which orders dissatisfaction is predicted: those whose rating may still come. */
import { DAY_MS } from '../core/calendar.ts';

/** Days after the order in which somebody waits for it still. */
const WAITED_FOR_DAYS = 60;
/** Days after the delivery in which it may still be rated. */
const RATED_WITHIN_DAYS = 21;

/** Whether an order is on its way, or was delivered lately, and was rated by nobody yet. */
export function awaitsRating(
  {
    answers,
    placedAt,
    deliveredAt,
  }: { answers: readonly unknown[]; placedAt: Date; deliveredAt: Date | null },
  now: Date,
): boolean {
  if (answers.length > 0) return false;
  const [since, days] =
    deliveredAt && deliveredAt <= now ? [deliveredAt, RATED_WITHIN_DAYS] : [placedAt, WAITED_FOR_DAYS];
  return now.getTime() - since.getTime() <= days * DAY_MS;
}
