import { describe, expect, it } from 'vitest';
import type { CustomerState, OrderState, ResponseState } from '../core/state.ts';
import { classifyResponse, releaseResponse } from './classify-response.ts';

const at = (day: number) => new Date(Date.UTC(2026, 2, day));
const claim = (over: Partial<ResponseState> = {}) =>
  ({
    id: 'r',
    kind: 'post_purchase',
    customerId: null,
    orderId: '1001',
    status: 'unverified',
    claimedBy: '77',
    answerKey: 'post_purchase:1001:u:hash',
    answeredAt: at(10),
    ...over,
  }) as ResponseState;
const order = (over: Partial<OrderState> = {}) =>
  ({ orderId: '1001', known: true, test: false, deliveredAt: at(5), ...over }) as OrderState;
const customer = { id: 'c', shopifyId: '77' } as CustomerState;

describe('a claim', () => {
  it('is verified by the order of the customer whom it names', () => {
    expect(classifyResponse(claim(), order(), customer, true)).toMatchObject({
      status: 'verified',
      customerId: 'c',
      answerKey: 'post_purchase:1001:0',
    });
  });

  it.each([
    ['an order not heard of', claim(), null, customer],
    ['an order of which only a shipment is known', claim(), order({ known: false }), customer],
    ['a test order', claim(), order({ test: true }), customer],
    ['another customer’s order', claim({ claimedBy: '78' }), order(), customer],
    ['an order of nobody', claim(), order(), null],
    ['a guest’s claim', claim({ claimedBy: null }), order(), customer],
  ])('stays as it is for %s', (_name, response, known, owner) => {
    expect(classifyResponse(response, known, owner, true)).toBe(response);
  });
});

describe('an answer about a delivery', () => {
  const answer = claim({ kind: 'delivery', status: 'verified', answerKey: 'delivery:1001:2' });

  it.each([
    ['written after it', at(10), 'verified'],
    ['written before it', at(11), 'unsolicited'],
    ['that never was', null, 'unsolicited'],
  ])('%s', (_name, deliveredAt, status) => {
    expect(classifyResponse(answer, order({ deliveredAt }), customer, true)).toMatchObject({
      status,
      answerKey: 'delivery:1001:2',
    });
  });

  it.each([
    [true, 'unsolicited'],
    [false, 'verified'],
  ])('that is assumed, in a shop whose deliveries are reported: %s', (deliveriesReported, status) => {
    const assumed = order({ deliveredAssumed: true });
    expect(classifyResponse(answer, assumed, customer, deliveriesReported)).toMatchObject({ status });
  });

  it('that is held back stays so', () => {
    const held = claim({ kind: 'delivery', status: 'quarantined' });
    expect(classifyResponse(held, order(), customer, true)).toBe(held);
  });
});

it.each(['website:v:5e88', 'delivery:a:5e88', 'delivery:p:5e88', 'import:5e88'])(
  'leaves an answer about no order alone, whoever it is: %s',
  (answerKey) => {
    const answer = claim({ orderId: '', status: 'verified', claimedBy: null, answerKey });
    expect(classifyResponse(answer, null, customer, true)).toBe(answer);
    expect(classifyResponse(answer, order(), null, true)).toBe(answer);
  },
);

describe('an answer that is held back', () => {
  const held = (over: Partial<ResponseState>) => claim({ status: 'quarantined', ...over });
  const known = held({ answerKey: 'post_purchase:1001:0', customerId: 'c', claimedBy: null });

  it.each([
    ['a claim that the order confirms', held({}), order(), customer, 'verified'],
    ['a claim about an order not heard of', held({}), null, null, 'unverified'],
    ['a claim about a test order', held({}), order({ test: true }), customer, 'unverified'],
    ['a guest’s claim', held({ claimedBy: null }), order(), customer, 'unverified'],
    ['an answer of a known customer', known, order(), customer, 'verified'],
    [
      'an answer without an order',
      { ...known, orderId: '', answerKey: 'website:v:5e88' },
      null,
      customer,
      'verified',
    ],
    [
      'the first repeat of a survey',
      held({ answerKey: 'relationship:1001:1', kind: 'relationship' }),
      order(),
      customer,
      'verified',
    ],
    [
      'one about a delivery that came',
      { ...known, kind: 'delivery' as const, answerKey: 'delivery:1001:0' },
      order(),
      customer,
      'verified',
    ],
    [
      'one about a delivery that never came',
      { ...known, kind: 'delivery' as const, answerKey: 'delivery:1001:0' },
      order({ deliveredAt: null }),
      customer,
      'unsolicited',
    ],
  ])('and let go is, for %s, what it would have been', (_name, response, about, owner, status) => {
    expect(classifyResponse(response, about, owner, true)).toBe(response);
    expect(classifyResponse(releaseResponse(response), about, owner, true).status).toBe(status);
  });

  it.each(['verified', 'unverified', 'unsolicited'] as const)(
    'is the only one to be let go: %s',
    (status) => {
      const response = claim({ status });
      expect(releaseResponse(response)).toBe(response);
    },
  );
});
