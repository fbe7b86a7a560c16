import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { Deps } from './deps.ts';
import { readPresentModel } from './predict-customer.ts';
import { putOffUnreadable, scoreEach } from './score-each.ts';

type ScoreDeps = Pick<Deps, 'scores' | 'modelRuns' | 'metrics' | 'producer' | 'log'>;

/**
 * Scores one customer after an event. A newer event meanwhile leaves the row to its own job, another score to who made it.
 */
export async function scoreCustomer(
  deps: ScoreDeps,
  { shopId, customerId }: { shopId: string; customerId: string },
): Promise<{ outcome: 'scored' | 'superseded' | 'unreadable' | 'not_found' }> {
  const loaded = await deps.scores.load(shopId, [customerId]);
  const source = loaded?.sources[0];
  if (!loaded || !source) return { outcome: 'not_found' };
  const known = { ...loaded, settings: parseSettings(loaded.shop.settings) };
  const context = { ...known, present: await readPresentModel(deps, known) };
  const { rows, unreadable } = scoreEach(deps, [source], context);
  const [row] = rows;
  if (!row) {
    await putOffUnreadable(deps, unreadable, known);
    return { outcome: 'unreadable' };
  }
  const [stored] = await deps.scores.save(shopId, [row], loaded);
  if (!stored) return { outcome: 'superseded' };
  if (stored.lagSeconds !== null) deps.metrics.observeScoreLag(stored.lagSeconds);
  // Milestones that show are events.
  if (stored.eventIds.length > 0)
    await deps.producer.enqueue(
      stored.eventIds.map((eventId) => ({ name: 'event.process', payload: { shopId, eventId } })),
    );
  return { outcome: 'scored' };
}
