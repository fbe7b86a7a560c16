import { toldReasons, type SatisfactionReason } from '../domain/prediction/satisfaction-reasons.ts';
import { LOW_THRESHOLD } from '../domain/prediction/satisfaction-judging.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { StoredOrderPrediction } from '../infra/db/reads/prediction-views.ts';
import type { ShopView } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';

/** An order that may get a low rating. */
export interface OrderForecast {
  orderId: string;
  orderName: string;
  /** Chance of a low rating, 0-1. */
  lowProbability: number;
  usualShare: number | null;
  /** `likely`: more likely low than not. `raised`: at least twice as likely as usual. */
  level: 'likely' | 'raised';
  /** What speaks for it, strongest first. */
  reasons: SatisfactionReason[];
}

/** The orders of a customer, or one order, that are likely to disappoint; none while such predictions are hidden. */
export async function showOrderForecasts(
  deps: Pick<Deps, 'admin'>,
  {
    shop,
    about,
  }: {
    shop: Pick<ShopView, 'id' | 'settings'>;
    about: Parameters<Deps['admin']['orderForecasts']>[1];
  },
): Promise<OrderForecast[]> {
  if (!parseSettings(shop.settings).predictions.satisfaction) return [];
  const stored = await deps.admin.orderForecasts(shop.id, about);
  return stored.flatMap(forecastOf);
}

function forecastOf({ reasons, ...order }: StoredOrderPrediction): OrderForecast[] {
  const { lowProbability, usualShare } = order;
  const level =
    lowProbability >= LOW_THRESHOLD
      ? 'likely'
      : usualShare !== null && lowProbability >= 2 * usualShare
        ? 'raised'
        : null;
  if (level === null) return [];
  return [{ ...order, level, reasons: toldReasons(reasons) }];
}
