/** What is known of an order and its customer when a survey is shown, and the tests on it. */
import { DAY_MS } from '../core/calendar.ts';
import type { CustomerState, OrderState } from '../core/state.ts';
import type { Condition, FactCondition, HEALTH_BANDS } from './conditions.ts';

/** null: not known. */
export interface OrderFacts {
  /** Whole days after the promised date, 0 = on time. */
  daysLate: number | null;
  /** Anything of the order was refunded. */
  refunded: boolean | null;
  /** Shopify ids as decimal text. */
  productIds: readonly string[];
  /** Of its products, as far as Shopify was asked about them. */
  collectionIds: readonly string[];
  /** Ids of the order's lines, in the order in which they are shown. */
  lineIds: readonly string[];
  /** Which order of this person it is: 1 = the first. */
  orderCount: number | null;
  tier: CustomerState['tier'] | null;
  healthBand: (typeof HEALTH_BANDS)[number] | null;
  /** Minor units of the shop's currency. */
  orderValueMinor: number | null;
  /** Language tag of the order or page, e.g. de-AT. */
  locale: string | null;
  /** Two letters. */
  country: string | null;
}

/** A visitor of whom nothing is known. */
export const NO_FACTS: OrderFacts = {
  daysLate: null,
  refunded: null,
  productIds: [],
  collectionIds: [],
  lineIds: [],
  orderCount: null,
  tier: null,
  healthBand: null,
  orderValueMinor: null,
  locale: null,
  country: null,
};

export interface FactSources {
  order: OrderState | null;
  customer: Pick<CustomerState, 'tier' | 'locale' | 'countryCode'> | null;
  healthBand: OrderFacts['healthBand'];
  /** Which order of the person it is, by the time it was placed; null where nobody knows. */
  orderCount: number | null;
  /** Of the order's products; webhooks do not tell them, so they may not be known yet. */
  collectionIds: readonly string[];
  now: Date;
}

/** What is known by `now`. Of an order that only its shipments told of, nothing is known but the person. */
export function orderFactsOf(sources: FactSources): OrderFacts {
  const { order, customer, healthBand, orderCount, now } = sources;
  const known = order?.known ? order : null;
  const lines = known?.lines ?? [];
  return {
    daysLate: known && daysLate(known, now),
    refunded: known && known.refunds.length > 0,
    productIds: lines.flatMap(({ productId }) => (productId === null ? [] : [productId])),
    collectionIds: known ? sources.collectionIds : [],
    lineIds: lines.map(({ lineId }) => lineId),
    orderCount,
    tier: customer?.tier ?? null,
    healthBand,
    orderValueMinor: known && known.totalMinor,
    locale: known?.locale ?? customer?.locale ?? null,
    country: known?.countryCode ?? customer?.countryCode ?? null,
  };
}

/** Whole days from the latest promise to the delivery, or to now while it is under way; null without a promise. */
function daysLate({ shipmentEvents, deliveredAt }: OrderState, now: Date): number | null {
  const promised = shipmentEvents.flatMap(({ estimatedDeliveryAt }) => estimatedDeliveryAt?.getTime() ?? []);
  if (promised.length === 0) return null;
  const lateMs = (deliveredAt ?? now).getTime() - Math.max(...promised);
  return Math.max(0, Math.floor(lateMs / DAY_MS));
}

/** Whether a condition on facts alone is met; a test of an answer is not, since nothing is answered yet. */
export function factsMeet(condition: Condition, facts: OrderFacts): boolean {
  switch (condition.if) {
    case 'all':
      return condition.of.every((part) => factsMeet(part, facts));
    case 'any':
      return condition.of.some((part) => factsMeet(part, facts));
    case 'not':
      return !factsMeet(condition.of, facts);
    case 'fact':
      return factHolds(condition, facts);
    case 'answer':
      return false;
  }
}

/** Whether a test on facts is met. */
export function factHolds(condition: FactCondition, facts: OrderFacts): boolean {
  switch (condition.fact) {
    case 'days_late':
      return numberHolds(condition, facts.daysLate);
    case 'order_count':
      return numberHolds(condition, facts.orderCount);
    case 'order_value_minor':
      return numberHolds(condition, facts.orderValueMinor);
    case 'refunded':
      return facts.refunded === condition.value;
    case 'first_order':
      return facts.orderCount !== null && (facts.orderCount === 1) === condition.value;
    case 'product_ids':
      return wanted(condition).some((id) => facts.productIds.includes(id));
    case 'collection_ids':
      return wanted(condition).some((id) => facts.collectionIds.includes(id));
    case 'tier':
      return wordHolds(condition, (value) => value === facts.tier);
    case 'health_band':
      return wordHolds(condition, (value) => value === facts.healthBand);
    case 'locale':
      return wordHolds(condition, (value) => isWithinLocale(facts.locale, value));
    case 'country':
      return wordHolds(condition, (value) => facts.country?.toLowerCase() === value.toLowerCase());
  }
}

type NumberTest = Extract<FactCondition, { fact: 'days_late' | 'order_count' | 'order_value_minor' }>;

function numberHolds(test: NumberTest, known: number | null): boolean {
  if (test.op === 'is_not') return known !== test.value;
  if (known === null) return false;
  if (test.op === 'is') return known === test.value;
  if (test.op === 'between') return known >= test.min && known <= test.max;
  return test.op === 'at_least' ? known >= test.value : known <= test.value;
}

const wanted = (test: { value: string } | { values: string[] }): string[] =>
  'values' in test ? test.values : [test.value];

type WordTest = { op: 'is' | 'is_not'; value: string } | { op: 'one_of'; values: string[] };

function wordHolds(test: WordTest, matches: (value: string) => boolean): boolean {
  return wanted(test).some(matches) !== (test.op === 'is_not');
}

function isWithinLocale(locale: string | null, wantedLocale: string): boolean {
  const tag = (locale ?? '').toLowerCase().replaceAll('_', '-');
  const language = wantedLocale.toLowerCase();
  return tag === language || tag.startsWith(`${language}-`);
}
