/**
 * The MBG/NBD model: Batislam, Denizel & Filiztekin (2007), "Empirical validation and comparison of models for customer
 * base analysis", International Journal of Research in Marketing 24(3). As BG/NBD (bg-nbd.ts), but buyers may be lost
 * right after their first purchase too, so that of those who never came back some are lost.
 */
import { fitDropout } from './drop-out-fit.ts';
import type { DropoutFit } from './drop-out.ts';
import type { PurchaseCounts } from './purchase-counts.ts';

/** Maximum likelihood of MBG/NBD; deterministic, and the same for any order of the buyers. See `fitDropout`. */
export function fitMbgNbd(buyers: readonly PurchaseCounts[]): DropoutFit {
  return fitDropout('mbgnbd', buyers);
}
