import { nextLocalHour } from '../domain/core/calendar.ts';
import { SCORE_HOUR } from '../domain/scoring/score-hour.ts';
import type { ScoreMoment, ScoreRow } from '../infra/db/score-rows.ts';
import type { ScoreSource } from '../infra/db/score-sources.ts';
import type { Deps } from './deps.ts';
import { type ScoreContext, scoreRow } from './score-row.ts';

export interface Scored {
  rows: ScoreRow[];
  /** Of whom no score can be made of what is stored. */
  unreadable: ScoreSource[];
}

/** Scores customers one by one: what is stored of one must not take the others' scores. Each failure is logged. */
export function scoreEach(
  { log }: Pick<Deps, 'log'>,
  sources: readonly ScoreSource[],
  context: ScoreContext,
): Scored {
  const scored: Scored = { rows: [], unreadable: [] };
  for (const source of sources) {
    try {
      scored.rows.push(scoreRow(source, context));
    } catch (error) {
      scored.unreadable.push(source);
      log.error(
        { err: error, shopId: context.shop.id, customerId: source.customerId },
        'A customer could not be scored and keeps the score of before until tomorrow.',
      );
    }
  }
  return scored;
}

/** Whoever could not be scored is tried again the next night, or when an event comes: not at every tick until then. */
export async function putOffUnreadable(
  { scores }: Pick<Deps, 'scores'>,
  unreadable: readonly ScoreSource[],
  { shop, now, rulesSeq }: Pick<ScoreContext, 'shop'> & Pick<ScoreMoment, 'now' | 'rulesSeq'>,
): Promise<void> {
  if (unreadable.length === 0) return;
  const until = nextLocalHour(new Date(now.getTime() + 1), shop.timeZone, SCORE_HOUR);
  await scores.putOff(shop.id, unreadable, { until, rulesSeq });
}
