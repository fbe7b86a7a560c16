/** What the preview can be tried with. */
import type { Surface } from '../../domain/surveys/surfaces.ts';

export type PreviewSurface = Extract<Surface, 'email' | 'theme' | 'checkout' | 'customer_account' | 'hosted'>;

export const PREVIEW_SURFACES: { value: PreviewSurface; label: string }[] = [
  { value: 'hosted', label: 'Survey page (phone)' },
  { value: 'email', label: 'E-mail' },
  { value: 'theme', label: 'Online store block' },
  { value: 'checkout', label: 'Thank-you page' },
  { value: 'customer_account', label: 'Customer account' },
];
