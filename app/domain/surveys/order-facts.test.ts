import { describe, expect, it } from 'vitest';
import { fact } from '#tests/factories/survey-conditions.ts';
import { facts } from '#tests/factories/surveys.ts';
import type { Condition, FactCondition } from './conditions.ts';
import type { OrderState } from '../core/state.ts';
import { all, any, asks, not } from '#tests/factories/survey-conditions.ts';
import { factHolds, factsMeet, NO_FACTS, orderFactsOf, type OrderFacts } from './order-facts.ts';

describe('factHolds', () => {
  it.each<[Condition, Partial<OrderFacts>, boolean]>([
    [fact('days_late', 'at_least', 3), { daysLate: 3 }, true],
    [fact('days_late', 'at_least', 3), { daysLate: 2 }, false],
    [fact('days_late', 'at_least', 0), {}, false],
    [fact('days_late', 'at_most', 3), {}, false],
    [fact('days_late', 'is', 0), { daysLate: 0 }, true],
    [fact('days_late', 'is_not', 0), {}, true],
    [
      { if: 'fact', fact: 'order_value_minor', op: 'between', min: 5000, max: 6000 },
      { orderValueMinor: 6000 },
      true,
    ],
    [fact('refunded', 'is', false), { refunded: false }, true],
    [fact('refunded', 'is', false), {}, false],
    [fact('first_order', 'is', true), { orderCount: 1 }, true],
    [fact('first_order', 'is', false), { orderCount: 2 }, true],
    [fact('first_order', 'is', false), {}, false],
    [fact('product_ids', 'contains', '7'), { productIds: ['5', '7'] }, true],
    [fact('product_ids', 'contains', '7'), { productIds: ['77'] }, false],
    [fact('collection_ids', 'one_of', ['1', '2']), { collectionIds: ['2'] }, true],
    [fact('tier', 'is', 'vip'), { tier: 'vip' }, true],
    [fact('tier', 'is_not', 'vip'), {}, true],
    [fact('health_band', 'one_of', ['at_risk', 'lost']), { healthBand: 'lost' }, true],
    [fact('locale', 'is', 'de'), { locale: 'de-AT' }, true],
    [fact('locale', 'is', 'pt-BR'), { locale: 'pt_br' }, true],
    [fact('locale', 'is', 'de-AT'), { locale: 'de' }, false],
    [fact('locale', 'is', 'de'), { locale: 'den' }, false],
    [fact('country', 'one_of', ['DE', 'AT']), { country: 'at' }, true],
    [fact('country', 'is', 'DE'), {}, false],
  ])('%j of %j is %s', (test, known, expected) => {
    expect(factHolds(test as FactCondition, facts(known))).toBe(expected);
  });
});

describe('orderFactsOf', () => {
  const at = (text: string) => new Date(`${text}Z`);
  const order = (over: Partial<OrderState> = {}) =>
    ({
      known: true,
      lines: [
        { lineId: '11', productId: '71' },
        { lineId: '12', productId: null },
      ],
      refunds: [],
      shipmentEvents: [],
      deliveredAt: null,
      totalMinor: 4200,
      locale: 'de-AT',
      countryCode: null,
      ...over,
    }) as unknown as OrderState;
  const sources = {
    order: order(),
    customer: { tier: 'vip' as const, locale: 'fr', countryCode: 'AT' },
    healthBand: 'healthy' as const,
    orderCount: 2,
    collectionIds: ['91', '92'],
    now: at('2026-03-10T12:00:00'),
  };

  it('takes what the order says, else what the person is known for', () => {
    expect(orderFactsOf(sources)).toEqual({
      daysLate: null,
      refunded: false,
      productIds: ['71'],
      collectionIds: ['91', '92'],
      lineIds: ['11', '12'],
      orderCount: 2,
      tier: 'vip',
      healthBand: 'healthy',
      orderValueMinor: 4200,
      locale: 'de-AT',
      country: 'AT',
    });
  });

  it('knows nothing of an order that only its shipments told of', () => {
    const facts = orderFactsOf({
      ...sources,
      order: order({ known: false }),
      customer: null,
      orderCount: null,
    });
    expect(facts).toEqual({ ...NO_FACTS, healthBand: 'healthy' });
  });

  const promised = (...days: string[]) =>
    days.map((day) => ({ estimatedDeliveryAt: at(day) })) as OrderState['shipmentEvents'];
  it.each<[string, Partial<OrderState>, number | null]>([
    ['no promise', {}, null],
    [
      'on the promised day',
      { shipmentEvents: promised('2026-03-01T10:00:00'), deliveredAt: at('2026-03-02T09:59:59') },
      0,
    ],
    ['early', { shipmentEvents: promised('2026-03-01T10:00:00'), deliveredAt: at('2026-02-20T10:00:00') }, 0],
    [
      'three days late',
      { shipmentEvents: promised('2026-03-01T10:00:00'), deliveredAt: at('2026-03-04T10:00:00') },
      3,
    ],
    [
      'the latest promise counts',
      {
        shipmentEvents: promised('2026-03-01T10:00:00', '2026-03-03T10:00:00'),
        deliveredAt: at('2026-03-04T10:00:00'),
      },
      1,
    ],
    ['still under way', { shipmentEvents: promised('2026-03-01T12:00:00') }, 9],
  ])('days late: %s', (_name, over, expected) => {
    expect(orderFactsOf({ ...sources, order: order(over) }).daysLate).toBe(expected);
  });
});

describe('factsMeet', () => {
  const vip = fact('tier', 'is', 'vip');
  const german = fact('country', 'is', 'DE');
  it.each<[Condition, boolean]>([
    [vip, true],
    [all(vip, german), false],
    [any(german, vip), true],
    [not(german), true],
    [all(not(german), any(german, vip)), true],
    [asks('rating', 'not_answered'), false],
  ])('%j is %s', (condition, expected) => {
    expect(factsMeet(condition, facts({ tier: 'vip', country: 'AT' }))).toBe(expected);
  });
});
