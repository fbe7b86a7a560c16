/** Which buyers of a large shop a model is learnt from. */
import type { PurchaseHistory } from './purchase-summary.ts';

/** More buyers make a fit slower and no better. */
const FITTED_BUYERS = 20_000;

/**
 * Those who bought by `endDay`, at most 20,000, in an order by lot that the seed and their ids decide: the same whatever
 * the order in which they come, and a part of them is a fair sample too.
 */
export function sampleBuyers(
  histories: readonly PurchaseHistory[],
  endDay: number,
  seed: number,
): PurchaseHistory[] {
  return histories
    .filter(({ orders }) => orders.some(({ day }) => day <= endDay))
    .map((history) => ({ history, lot: lotOf(history.id, seed) }))
    .sort((one, other) => one.lot - other.lot || (one.history.id < other.history.id ? -1 : 1))
    .slice(0, FITTED_BUYERS)
    .map(({ history }) => history);
}

/** A 32-bit hash of seed and id: FNV-1a, mixed once more so that alike ids lie apart. */
function lotOf(id: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
}
