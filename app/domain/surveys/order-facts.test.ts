import { describe, expect, it } from 'vitest';
import { fact } from '#tests/factories/survey-conditions.ts';
import { facts } from '#tests/factories/surveys.ts';
import type { Condition, FactCondition } from './conditions.ts';
import { factHolds, type OrderFacts } from './order-facts.ts';

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
