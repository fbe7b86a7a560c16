import { describe, expect, it } from 'vitest';
import { facts, survey } from '#tests/factories/surveys.ts';
import { fact } from '#tests/factories/survey-conditions.ts';
import type { ResponseState } from '../core/state.ts';
import { checkDefinition } from './check-definition.ts';
import {
  earnsReward,
  isPromised,
  promiseOf,
  rewardCode,
  rewardExpiresAt,
  rewardMailObstacle,
} from './incentives.ts';

const incentive = { text: 'usage.high', reward: { kind: 'points', points: 5 }, budget: 3 };
const definition = (over: object = {}) => survey([{ id: 'rating', type: 'stars' }], { incentive, ...over });
const reachable = { facts: facts({ orderValueMinor: 5_000 }), gone: false, reachable: true };

describe('a reward is promised', () => {
  it.each<[string, boolean, object, object]>([
    ['by a survey that has an incentive', true, {}, {}],
    ['by none that has none', false, { incentive: undefined }, {}],
    ['no more once the budget is used up', false, {}, { gone: true }],
    ['to nobody whom it could not reach', false, {}, { reachable: false }],
    [
      'where the order meets its condition',
      true,
      { incentive: { ...incentive, when: fact('order_value_minor', 'at_least', 5_000) } },
      {},
    ],
    [
      'not where it does not',
      false,
      { incentive: { ...incentive, when: fact('order_value_minor', 'at_least', 5_001) } },
      {},
    ],
    ['not where the answer is kept without its giver', false, { identity: 'anonymous' }, {}],
    ['not where a later answer updates it, but nobody is known', false, { identity: 'pseudonymous' }, {}],
    ['not to visitors', false, { kind: 'website' }, {}],
  ])('%s: %s', (_name, promised, over, about) => {
    expect(isPromised(definition(over), { ...reachable, ...about })).toBe(promised);
  });
});

describe('what a page says of it', () => {
  const says = (over: Partial<Parameters<typeof promiseOf>[1]>) =>
    promiseOf(definition({}), { ...reachable, promisedBefore: null, earned: false, ...over });
  it.each<[string, Parameters<typeof says>[0], ReturnType<typeof says>]>([
    ['the promise, where it can be kept', {}, { promised: true, says: 'made' }],
    ['nothing new once the budget is used up', { gone: true }, { promised: false, says: 'none' }],
    [
      'that it is gone, where it said more',
      { gone: true, promisedBefore: true },
      { promised: true, says: 'gone' },
    ],
    ['nothing where it said nothing', { promisedBefore: false }, { promised: false, says: 'none' }],
    ['nothing to whoever has it', { earned: true }, { promised: false, says: 'none' }],
    [
      'nothing more to whoever has it, and the page stays the one it was',
      { earned: true, promisedBefore: true },
      { promised: true, says: 'none' },
    ],
  ])('%s', (_what, over, expected) => expect(says(over)).toEqual(expected));
});

it('a survey of visitors that promises something is not published', () => {
  const codes = (kind: string) => checkDefinition(definition({ kind })).map(({ code }) => code);
  expect(codes('website')).toContain('incentive_for_visitors');
  expect(codes('delivery')).not.toContain('incentive_for_visitors');
});

describe('an answer has earned it', () => {
  const response: ResponseState = {
    id: 'r',
    kind: 'delivery',
    customerId: 'c',
    orderId: '1',
    invitationId: null,
    status: 'verified',
    claimedBy: null,
    answerKey: 'delivery:1:0',
    metric: 'csat_delivery',
    rating: 1,
    route: 'low',
    answeredAt: new Date('2026-03-02T09:00:00Z'),
    revision: 1,
    incentive: true,
    edition: { surveyId: 's', version: 1 },
  };
  it.each<[string, boolean, Partial<ResponseState>]>([
    ['completed', true, {}],
    ['of a delivery that was not confirmed', true, { status: 'unsolicited' }],
    ['not promised', false, { incentive: false }],
    ['only begun', false, { unfinished: true }],
    ['still being given', false, { awaitsSteps: true }],
    ['by nobody known', false, { customerId: null }],
    ['claimed only', false, { status: 'unverified' }],
    ['held back', false, { status: 'quarantined' }],
    ['to the preset', false, { edition: null }],
  ])('%s: %s', (_name, earned, over) => {
    expect(earnsReward({ ...response, ...over })).toBe(earned);
  });

  it.each([
    [1, 'low'],
    [3, 'middle'],
    [5, 'high'],
    [null, 'middle'],
  ] as const)('whatever the score: %s', (rating, route) => {
    expect(earnsReward({ ...response, rating, route })).toBe(true);
  });
});

it('the code of an action is always the same, and another action’s is another', () => {
  expect(rewardCode('a')).toBe(rewardCode('a'));
  expect(rewardCode('a')).toMatch(/^THANKS-\w{5}-\w{5}$/);
  expect(rewardCode('a')).not.toBe(rewardCode('b'));
});

it('codes expire, points do not', () => {
  const issuedAt = new Date('2026-03-02T09:00:00Z');
  expect(rewardExpiresAt({ kind: 'percent_off', percent: 5 }, 10, issuedAt)).toEqual(
    new Date('2026-03-12T09:00:00Z'),
  );
  expect(rewardExpiresAt({ kind: 'points', points: 5 }, 10, issuedAt)).toBeNull();
});

describe('the mail with the reward', () => {
  const customer = { email: 'ada@example.com', consent: null, redactedAt: null };
  const updatedAt = null;
  it.each([
    ['goes', null, {}, 'installed'],
    ['goes without marketing consent', null, { consent: { state: 'unsubscribed', updatedAt } }, 'installed'],
    ['not after the app', 'shop_uninstalled', {}, 'uninstalled'],
    ['not to the erased', 'redacted', { redactedAt: new Date(0) }, 'installed'],
    ['not without an address', 'no_email', { email: null }, 'installed'],
    ['not to a bad address', 'invalid_email', { consent: { state: 'invalid', updatedAt } }, 'installed'],
  ] as const)('%s', (_name, obstacle, over, shopStatus) => {
    expect(rewardMailObstacle({ shopStatus, customer: { ...customer, ...over } })).toBe(obstacle);
  });
});
