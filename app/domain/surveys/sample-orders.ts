/** Orders that nobody placed, with which a survey is tried out: in the preview and in a test that is mailed. */
import type { SurveyView } from './contract.ts';
import type { Definition } from './definition.ts';
import { isPromised } from './incentives.ts';
import { resolveSurvey, type ResolvedSurvey } from './logic.ts';
import { factsMeet, NO_FACTS, type OrderFacts } from './order-facts.ts';
import { surveyView, type ViewContext } from './view.ts';

export interface SampleOrder {
  id: string;
  /** For the merchant's choice. */
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

export const SAMPLE_ORDERS: readonly [SampleOrder, ...SampleOrder[]] = [
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

/** A survey as the customer of a sample order would be asked it: somebody who is known, while there are rewards left. */
export function sampleView(
  definition: Definition,
  { facts, titles }: SampleOrder,
  about: Pick<ViewContext, 'locale' | 'brandName' | 'targetHours' | 'edition'>,
): { resolved: ResolvedSurvey; view: SurveyView } {
  const resolved = resolveSurvey(definition, facts, {});
  const { reviewAsk } = definition;
  const view = surveyView(resolved, {
    ...about,
    lineTitles: titles,
    promise: isPromised(definition, { facts, gone: false, reachable: true }) ? 'made' : 'none',
    withoutReview: reviewAsk?.when !== undefined && !factsMeet(reviewAsk.when, facts),
    mailable: true,
  });
  return { resolved, view };
}

/** The sample of an id, else the first. */
export function sampleOrder(id: string): SampleOrder {
  return SAMPLE_ORDERS.find((sample) => sample.id === id) ?? SAMPLE_ORDERS[0];
}
