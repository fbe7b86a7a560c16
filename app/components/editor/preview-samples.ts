/** What the preview can be tried with. */
import { NO_FACTS, type OrderFacts } from '../../domain/surveys/order-facts.ts';
import type { Surface } from '../../domain/surveys/surfaces.ts';

export type PreviewSurface = Extract<Surface, 'email' | 'theme' | 'checkout' | 'hosted'>;

export const PREVIEW_SURFACES: { value: PreviewSurface; label: string }[] = [
  { value: 'hosted', label: 'Survey page (phone)' },
  { value: 'email', label: 'E-mail' },
  { value: 'theme', label: 'Online store block' },
  { value: 'checkout', label: 'Thank-you page' },
];

export interface SampleOrder {
  id: string;
  label: string;
  facts: OrderFacts;
  /** Of its items, by line. */
  titles: Record<string, string>;
}

const known: OrderFacts = {
  ...NO_FACTS,
  daysLate: 0,
  refunded: false,
  lineIds: ['1', '2'],
  orderCount: 1,
  tier: 'starter',
  healthBand: 'healthy',
  orderValueMinor: 8_000,
};
const titles = { '1': 'First item', '2': 'Second item' };

export const SAMPLE_ORDERS: SampleOrder[] = [
  { id: 'first', label: 'A first order, on time', facts: known, titles },
  {
    id: 'fifth',
    label: 'The fifth order of a VIP',
    facts: { ...known, orderCount: 5, tier: 'vip', healthBand: 'thriving' },
    titles,
  },
  {
    id: 'late',
    label: 'A second order, 5 days late',
    facts: { ...known, orderCount: 2, daysLate: 5, healthBand: 'at_risk' },
    titles,
  },
  {
    id: 'refunded',
    label: 'A second order, refunded',
    facts: { ...known, orderCount: 2, refunded: true, healthBand: 'critical' },
    titles,
  },
  { id: 'unknown', label: 'Nothing known', facts: NO_FACTS, titles: {} },
];
