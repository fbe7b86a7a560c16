import { SHORTEST_GAP_DAYS } from '../domain/scoring/behaviour.ts';
import { shopGapDays } from '../domain/scoring/shop-gap.ts';
import { knownTransits, medianTransitDays, TRANSIT_WINDOW_DAYS } from '../domain/surveys/delivered.ts';
import { orderForSurveys } from '../domain/surveys/plan-invitations.ts';
import type { Deps } from './deps.ts';

/**
 * Renews the shop's own figures from what was ordered and delivered: one statement that reads,
 * one that writes. @returns the figures (null while too little is known), and whether
 * everybody is to be scored again because the gap moved
 */
export async function rollUpStats(
  deps: Pick<Deps, 'upkeep'>,
  { shopId }: { shopId: string },
): Promise<{ medianTransitDays: number | null; typicalGapDays: number | null; rescored: boolean }> {
  const facts = await deps.upkeep.statsFacts(shopId, {
    shortestGapDays: SHORTEST_GAP_DAYS,
    transitWindowDays: TRANSIT_WINDOW_DAYS,
  });
  const stats = {
    typicalGapDays: shopGapDays(facts.typicalGapDays, facts.gaps),
    medianTransitDays: medianTransitDays(
      facts.delivered.flatMap((order) => knownTransits(orderForSurveys(order, null))),
    ),
  };
  return { ...stats, rescored: await deps.upkeep.saveStats(shopId, stats) };
}
