import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { Deps } from './deps.ts';
import { requestFit } from './fit-model.ts';
import { saveSettings, type SaveSettingsOutcome } from './save-settings.ts';

/** Saves what the page of settings sends; for another horizon the model of orders is fitted at once. */
export async function changeSettings(
  deps: Pick<Deps, 'acts'> & Parameters<typeof requestFit>[0],
  { shopId, json }: { shopId: string; json: string },
): Promise<SaveSettingsOutcome> {
  const horizon = async () => parseSettings(await deps.acts.loadSettings(shopId)).predictionHorizonDays;
  const before = await horizon();
  const saved = await saveSettings(deps, { shopId, json });
  // Should this not come through, the daily turn finds that another horizon is wanted.
  if (saved.outcome === 'saved' && (await horizon()) !== before)
    await requestFit(deps, { shopId, kind: 'purchases' });
  return saved;
}
