import type { Estimate } from '../domain/reports/estimate.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { ShopView } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';

/** What follows from predicted low ratings, and what came of it. */
export interface CareView {
  enabled: boolean;
  /** Chance of a low rating, 0-1, from which on an order is looked after. */
  leastChance: number;
  casesPerDay: number;
  /** Cases of the last 30 days. */
  opened: number;
  /** Low ratings among those of their orders that were rated since. */
  low: Estimate;
}

/** What is done about orders that are likely to disappoint. */
export async function showCare(
  deps: Pick<Deps, 'admin'>,
  { shop }: { shop: Pick<ShopView, 'id' | 'settings'> },
): Promise<CareView> {
  const { opened, answered, low } = await deps.admin.careOutcome(shop.id);
  const { proactiveCare } = parseSettings(shop.settings);
  return { ...proactiveCare, opened, low: shareEstimate(low, answered) };
}
