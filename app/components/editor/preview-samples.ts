/** What the preview can be tried with. */
import type { Surface } from '../../domain/surveys/surfaces.ts';

export type PreviewSurface = Exclude<Surface, 'order_status'>;

export const PREVIEW_SURFACES: { value: PreviewSurface; label: string }[] = [
  { value: 'hosted', label: 'Survey page (phone)' },
  { value: 'email', label: 'E-mail' },
  { value: 'theme', label: 'Online store block' },
  // The block on the page of an order is the same one.
  { value: 'checkout', label: 'Thank-you and order page' },
  { value: 'customer_account', label: 'Customer account' },
  { value: 'kiosk', label: 'Kiosk in the store' },
];
