import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../core/calendar.ts';
import type { CareFacts } from '../core/state.ts';
import { careTitle, decideCare, type CareRequest, type NoCareReason } from './proactive-care.ts';

const NOW = new Date('2026-06-10T12:00:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const prediction = {
  lowProbability: 0.62,
  stage: 'delivered' as const,
  usualShare: 0.1,
  reasons: [],
  shown: true,
};
const facts: CareFacts = {
  ...{ prediction, orderCounts: true, customerKnown: true, answered: false, hasOpenCase: false },
  ...{ caredForOrder: false, lastCaredAt: null, caredToday: 0 },
};
const policy = { enabled: true, leastChance: 0.3, casesPerDay: 5, predictionsShown: true };
const decided = (over: Partial<CareFacts> = {}, more: Partial<CareRequest> = {}) =>
  decideCare({ facts: { ...facts, ...over }, policy, now: NOW, ...more });

describe('an order that is likely to disappoint', () => {
  it('is looked after within a day', () => {
    expect(decided()).toEqual({ outcome: 'care', prediction, dueAt: new Date('2026-06-11T12:00:00Z') });
  });

  it.each<[string, Partial<CareFacts>]>([
    ['at the least chance', { prediction: { ...prediction, lowProbability: 0.3 } }],
    ['just above the usual share', { prediction: { ...prediction, lowProbability: 0.41, usualShare: 0.4 } }],
    ['the last of the day', { caredToday: 4 }],
    ['30 days after the last time', { lastCaredAt: ago(30) }],
    ['on its way', { prediction: { ...prediction, stage: 'on_its_way' } }],
  ])('is looked after: %s', (_name, over) => {
    expect(decided(over)).toMatchObject({ outcome: 'care' });
  });

  it.each<[NoCareReason, Partial<CareFacts>, Partial<CareRequest>]>([
    ['switched_off', {}, { policy: { ...policy, enabled: false } }],
    ['predictions_hidden', {}, { policy: { ...policy, predictionsShown: false } }],
    ['order_ended', {}, { facts: null }],
    ['order_ended', { orderCounts: false }, {}],
    ['nobody_known', { customerKnown: false }, {}],
    ['answered', { answered: true }, {}],
    ['not_predicted', { prediction: null }, {}],
    ['not_predicted', { prediction: { ...prediction, lowProbability: 0.99, shown: false } }, {}],
    ['not_likely', { prediction: { ...prediction, lowProbability: 0.2999 } }, {}],
    ['not_likely', {}, { policy: { ...policy, leastChance: 0.7 } }],
    ['not_unusual', { prediction: { ...prediction, lowProbability: 0.4, usualShare: 0.4 } }, {}],
    ['not_unusual', { prediction: { ...prediction, usualShare: null } }, {}],
    ['order_cared_for', { caredForOrder: true }, {}],
    ['open_case', { hasOpenCase: true }, {}],
    ['customer_cared_for', { lastCaredAt: ago(29.9) }, {}],
    ['day_full', { caredToday: 5 }, {}],
    ['day_full', { caredToday: 1 }, { policy: { ...policy, casesPerDay: 1 } }],
  ])('is left alone, %s: %j %j', (reason, over, more) => {
    const decision = decided(over, more);
    expect(decision).toMatchObject({ outcome: 'none', reason });
    expect(decision.outcome === 'none' && decision.sentence).toMatch(/^[A-Z].*\.$/);
  });
});

it('is named without the person', () => {
  expect(careTitle('#1001')).toBe('Order #1001 is likely to disappoint');
  expect(careTitle(null)).toBe('An order is likely to disappoint');
});
