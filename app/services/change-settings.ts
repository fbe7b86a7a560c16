import { parseSettings } from '../domain/shop-settings/settings.ts';
import { staffDomainsOf } from '../domain/shop-settings/staff-domains.ts';
import type { Deps } from './deps.ts';
import { requestFit } from './fit-model.ts';
import { saveSettings, type SaveSettingsOutcome } from './save-settings.ts';

/** Saves what the page of settings sends; for another horizon, or other staff, the model of orders is fitted at once. */
export async function changeSettings(
  deps: Pick<Deps, 'acts'> & Parameters<typeof requestFit>[0],
  { shopId, json }: { shopId: string; json: string },
): Promise<SaveSettingsOutcome> {
  const fitted = async () => fitRestsOn(await deps.acts.loadSettings(shopId));
  const before = await fitted();
  const saved = await saveSettings(deps, { shopId, json });
  // Should this not come through, the daily turn finds that another model is wanted.
  if (saved.outcome === 'saved' && (await fitted()) !== before)
    await requestFit(deps, { shopId, kind: 'purchases' });
  return saved;
}

/** The settings by which a model of orders is fitted, as one text. */
function fitRestsOn(stored: unknown): string {
  const { predictionHorizonDays, staffEmailDomains } = parseSettings(stored);
  return JSON.stringify([predictionHorizonDays, staffDomainsOf(staffEmailDomains).sort()]);
}
