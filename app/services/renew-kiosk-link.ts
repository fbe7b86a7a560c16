import { parseSettings } from '../domain/shop-settings/settings.ts';
import { saveSettings, type SaveSettingsOutcome } from './save-settings.ts';
import type { Deps } from './deps.ts';

/** The address that a kiosk of the shop opens; it holds nobody's data. */
export function kioskUrl(
  deps: Pick<Deps, 'config' | 'tokens'>,
  shop: { id: string; domain: string; settings: unknown },
): string {
  const { kioskLink } = parseSettings(shop.settings).surveys.storefront;
  const name = shop.domain.replace(/\.myshopify\.com$/, '');
  return `${deps.config.appUrl}/k/${name}/${deps.tokens.kioskToken(shop.id, kioskLink)}`;
}

/** Makes a new kiosk link; kiosks with the one before close themselves. */
export async function renewKioskLink(
  deps: Pick<Deps, 'acts'>,
  shop: { id: string; settings: unknown },
): Promise<SaveSettingsOutcome> {
  const kioskLink = parseSettings(shop.settings).surveys.storefront.kioskLink + 1;
  const json = JSON.stringify({ surveys: { storefront: { kioskLink } } });
  return saveSettings(deps, { shopId: shop.id, json });
}
