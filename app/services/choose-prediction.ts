import { settingsSchema } from '../domain/shop-settings/settings.ts';
import type { ShopView } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';
import { saveSettings } from './save-settings.ts';
import type { PredictionChoice } from './show-predictions.ts';

export type ChoosePredictionOutcome =
  | { outcome: 'chosen'; choice: PredictionChoice; shown: boolean; sentence: string }
  /** `message` says why, and what to do. */
  | { outcome: 'refused'; message: string };

const CHOICES = settingsSchema.shape.predictions.unwrap().keyof();

/**
 * Shows or hides a kind of prediction for the whole team. Value at risk and the list of customers at risk rest on
 * predicted orders, so with the setting everybody's score is to be made anew.
 * @param choice of a form: one of the kinds
 */
export async function choosePrediction(
  deps: Pick<Deps, 'acts'>,
  { shop, choice, shown }: { shop: Pick<ShopView, 'id'>; choice: string; shown: boolean },
): Promise<ChoosePredictionOutcome> {
  const known = CHOICES.safeParse(choice);
  if (!known.success)
    return {
      outcome: 'refused',
      message: 'This kind of prediction is not known. Reload the page and try again.',
    };
  const json = JSON.stringify({ predictions: { [known.data]: shown } });
  const saved = await saveSettings(deps, { shopId: shop.id, json });
  if (saved.outcome === 'invalid')
    return { outcome: 'refused', message: saved.errors.map(({ message }) => message).join(' ') };
  const sentence = shown ? 'Predictions are shown again' : 'Predictions are hidden';
  return { outcome: 'chosen', choice: known.data, shown, sentence };
}
