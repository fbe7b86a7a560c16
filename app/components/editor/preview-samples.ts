/** What the preview can be tried with. */
import type { Surface } from '../../domain/surveys/surfaces.ts';

export const PREVIEW_SURFACES: { value: Surface; label: string }[] = [
  { value: 'hosted', label: 'Survey page (phone)' },
  { value: 'email', label: 'E-mail' },
  { value: 'theme', label: 'Online store block' },
  { value: 'checkout', label: 'Thank-you page' },
  { value: 'order_status', label: 'Order page' },
  { value: 'customer_account', label: 'Customer account' },
  { value: 'kiosk', label: 'Kiosk in the store' },
];
