import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyToOrder, chargebackAt } from './apply-order-fact.ts';
import type { DisputeFact, OrderFact, OrderLineFact } from './facts.ts';
import type { OrderState } from './state.ts';

const told = (minute: number, lines: Partial<OrderLineFact>[]): OrderFact => ({
  ...{
    orderId: '1',
    name: '#1',
    customerId: null,
    email: null,
    countryCode: null,
    locale: null,
    channel: 'web',
  },
  ...{ createdAt: new Date(0), cancelledAt: null, financialStatus: 'paid', currency: 'EUR', test: false },
  ...{
    subtotalMinor: 100,
    discountMinor: 0,
    discountCodes: [],
    taxMinor: 0,
    shippingMinor: 0,
    totalMinor: 100,
  },
  lines: lines.map((line) => ({
    ...{ lineId: 'A', productId: null, variantId: null, sku: null, title: '', quantity: 1, netMinor: 100 },
    requiresShipping: true,
    ...line,
  })),
  sourceUpdatedAt: new Date(minute * 60_000),
});
const after = (...facts: OrderFact[]) =>
  facts.reduce<OrderState | null>(
    (order, fact) =>
      applyToOrder(order, {
        kind: 'order',
        change: 'updated',
        order: fact,
        customer: null,
        fulfillments: [],
        refunds: [],
      }),
    null,
  )!.lines;

const webhook = (minute: number) => told(minute, [{ productId: '11', variantId: '12', title: 'Mug' }]);
const poll = (minute: number) => told(minute, [{ title: 'Mug, blue' }, { lineId: 'B' }]);

it.each([
  ['the poll is newer', webhook(1), poll(2), 'Mug, blue', 2],
  ['the webhook is newer', webhook(2), poll(1), 'Mug', 1],
  ['both are of one second', webhook(1), poll(1), 'Mug, blue', 2],
])(
  'keeps of which product a line is where one source does not say: %s',
  (_what, one, other, title, count) => {
    const lines = after(one, other);
    expect(lines).toHaveLength(count);
    expect(lines[0]).toMatchObject({ lineId: 'A', title, productId: '11', variantId: '12' });
    expect(after(other, one)).toEqual(lines);
  },
);

const disputed = (minute: number, status: string, over: Partial<DisputeFact> = {}): DisputeFact => ({
  ...{ disputeId: '7', orderId: '1', type: 'chargeback', status },
  ...{ initiatedAt: new Date(0), sourceUpdatedAt: new Date(minute * 60_000) },
  ...over,
});
const inquiry = { type: 'inquiry' };
const chargebackAfter = (facts: readonly DisputeFact[]) =>
  chargebackAt(
    facts.reduce<OrderState | null>(
      (order, dispute) => applyToOrder(order, { kind: 'dispute', dispute }),
      null,
    )!,
  );

it.each<[string, DisputeFact[], boolean]>([
  ['an open one', [disputed(1, 'needs_response')], true],
  ['one that the bank looks at', [disputed(1, 'needs_response'), disputed(2, 'under_review')], true],
  ['a lost one', [disputed(1, 'under_review'), disputed(2, 'lost')], true],
  ['an accepted one', [disputed(2, 'accepted')], true],
  ['one of a status that is not known', [disputed(2, 'escalated')], true],
  ['a won one', [disputed(1, 'under_review'), disputed(2, 'won')], false],
  ['one that was prevented', [disputed(2, 'prevented')], false],
  ['an inquiry', [disputed(1, 'under_review', inquiry), disputed(2, 'lost', inquiry)], false],
  ['an inquiry that became one', [disputed(1, 'under_review', inquiry), disputed(2, 'needs_response')], true],
  [
    'a won one beside an open one',
    [disputed(1, 'won'), disputed(1, 'under_review', { disputeId: '8' })],
    true,
  ],
  [
    'one that was won within the second in which it was opened',
    [disputed(1, 'won'), disputed(1, 'lost')],
    false,
  ],
])(
  'of disputes about an order, whichever is told first, %s: counts as a chargeback',
  (_what, facts, counts) => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }), (told) => {
        expect(chargebackAfter(told) !== null).toBe(counts);
      }),
      { numRuns: 20 },
    );
  },
);

it('a chargeback stands since the first that still counts was begun', () => {
  const begun = (disputeId: string, minute: number) => ({
    disputeId,
    initiatedAt: new Date(minute * 60_000),
  });
  const told = [
    disputed(9, 'won', begun('7', 1)),
    disputed(9, 'lost', begun('8', 3)),
    disputed(9, 'lost', begun('9', 2)),
  ];
  expect(chargebackAfter(told)).toEqual(new Date(2 * 60_000));
});

it('any order of tellings of one dispute ends the same', () => {
  const telling = fc.record({
    minute: fc.nat({ max: 2 }),
    status: fc.constantFrom('needs_response', 'under_review', 'lost', 'won', 'odd', 'strange'),
    type: fc.constantFrom('chargeback', 'inquiry'),
  });
  const tellings = fc.array(
    telling.map(({ minute, status, type }) => disputed(minute, status, { type })),
    { minLength: 1 },
  );
  const twice = tellings.chain((facts) =>
    fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
  );
  const end = (facts: DisputeFact[]) =>
    facts.reduce<OrderState | null>(
      (order, dispute) => applyToOrder(order, { kind: 'dispute', dispute }),
      null,
    );
  fc.assert(
    fc.property(twice, ([facts, shuffled]) => {
      expect(end(shuffled)).toEqual(end(facts));
    }),
  );
});

it('knows no product of a line of which no source says one', () => {
  expect(after(webhook(1), poll(2))[1]).toMatchObject({ lineId: 'B', productId: null, variantId: null });
});
