import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { ValueBasis } from '../infra/db/reads/prediction-views.ts';
import type { ShopView } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';

/** How the values at risk of a shop are reckoned: by its model, or by the rule while none is shown to the team. */
export async function showValueBasis(
  deps: Pick<Deps, 'admin'>,
  shop: Pick<ShopView, 'id' | 'settings'>,
): Promise<ValueBasis> {
  const basis = await deps.admin.valueBasis(shop.id);
  const shown = parseSettings(shop.settings).predictions.purchases;
  return { ...basis, horizonDays: shown ? basis.horizonDays : null };
}
