import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeliveryInput, Shipment } from './delivered.ts';
import { deliveryOf, knownTransits, medianTransitDays } from './delivered.ts';

const day = (n: number, hour = 12) => new Date(Date.UTC(2026, 0, n, hour));
const line = (lineId: string, requiresShipping = true, quantity = 1) => ({
  lineId,
  requiresShipping,
  quantity,
});
const scan = (status: string, n: number, estimate: number | null = null) => ({
  status,
  happenedAt: day(n),
  estimatedDeliveryAt: estimate === null ? null : day(estimate),
});
const shipment = (over: Partial<Shipment> = {}): Shipment => ({
  fulfillmentId: 'f1',
  status: 'success',
  createdAt: day(2),
  lineIds: ['a'],
  markedDeliveredAt: null,
  events: [],
  ...over,
});
const order = (over: Partial<DeliveryInput> = {}): DeliveryInput => ({
  createdAt: day(1),
  channel: 'web',
  lines: [line('a')],
  refundedLines: [],
  shipments: [shipment()],
  medianTransitDays: null,
  ...over,
});

describe('one shipment', () => {
  it.each<[string, Partial<Shipment>, number | null, object]>([
    [
      'a delivery event',
      { events: [scan('in_transit', 3), scan('delivered', 5)] },
      null,
      { at: day(5), assumed: false, source: 'event' },
    ],
    [
      'the first of repeated delivery events',
      { events: [scan('delivered', 6), scan('delivered', 5)] },
      3,
      { at: day(5), source: 'event' },
    ],
    [
      'the event before the mark',
      { events: [scan('delivered', 5)], markedDeliveredAt: day(4) },
      null,
      { at: day(5), source: 'event' },
    ],
    [
      'the mark',
      { events: [scan('in_transit', 3, 9)], markedDeliveredAt: day(8) },
      null,
      { at: day(8), assumed: false, source: 'mark' },
    ],
    [
      'the estimate + 2 days',
      { events: [scan('in_transit', 3, 9)] },
      1,
      { at: day(11), assumed: true, source: 'estimate' },
    ],
    [
      'the newest estimate',
      { events: [scan('in_transit', 4, 8), scan('in_transit', 3, 9), scan('in_transit', 5)] },
      null,
      { at: day(10), source: 'estimate' },
    ],
    ['fulfilled + 7 days while nothing is known', {}, null, { at: day(9), assumed: true, source: 'transit' }],
    [
      'fulfilled + the median transit',
      {},
      2.5,
      { at: new Date(day(2).getTime() + 60 * 3_600_000), assumed: true, source: 'transit' },
    ],
    [
      'a delivery after a failure',
      { events: [scan('failure', 4), scan('delivered', 6)] },
      null,
      { at: day(6), source: 'event' },
    ],
    [
      'an estimate after a failure that was overcome',
      { events: [scan('failure', 4), scan('in_transit', 5, 8)] },
      null,
      { at: day(10), source: 'estimate' },
    ],
  ])('counts %s', (_name, over, transit, expected) => {
    const result = deliveryOf(order({ shipments: [shipment(over)], medianTransitDays: transit }));
    expect(result).toMatchObject({ state: 'delivered', ...expected });
  });

  it('never guesses over a reported failure', () => {
    const failed = shipment({ events: [scan('in_transit', 3, 6), scan('failure', 5)] });
    expect(deliveryOf(order({ shipments: [failed] }))).toEqual({
      state: 'waiting',
      reason: 'delivery_failed',
    });
  });
});

describe('whole orders', () => {
  const two = [line('a'), line('b')];
  it.each<[string, Partial<DeliveryInput>, object]>([
    ['nothing shipped', { shipments: [] }, { state: 'waiting', reason: 'unfulfilled' }],
    [
      'only a cancelled fulfillment',
      { shipments: [shipment({ status: 'cancelled' })] },
      { state: 'waiting', reason: 'unfulfilled' },
    ],
    ['one of two lines shipped', { lines: two }, { state: 'waiting', reason: 'partially_fulfilled' }],
    [
      'the missing line was refunded',
      { lines: two, refundedLines: [{ lineId: 'b', quantity: 1 }] },
      { state: 'delivered', at: day(9) },
    ],
    [
      'half of the missing line was refunded',
      { lines: [line('a'), line('b', true, 2)], refundedLines: [{ lineId: 'b', quantity: 1 }] },
      { state: 'waiting' },
    ],
    ['the missing line is digital', { lines: [line('a'), line('b', false)] }, { state: 'delivered' }],
    [
      'only digital lines',
      { lines: [line('a', false)], shipments: [] },
      { state: 'in_hand', at: day(1), reason: 'digital' },
    ],
    [
      'bought in the store',
      { channel: 'pos', shipments: [] },
      { state: 'in_hand', at: day(1), reason: 'pos' },
    ],
    [
      'the last shipment counts, and one guess makes it a guess',
      {
        lines: two,
        shipments: [
          shipment({ events: [scan('delivered', 20)] }),
          shipment({ fulfillmentId: 'f2', lineIds: ['b'] }),
        ],
      },
      { state: 'delivered', at: day(20), assumed: true, source: 'event' },
    ],
    [
      'a fulfillment of digital lines only has no say',
      {
        lines: [line('a'), line('b', false)],
        shipments: [
          shipment({ events: [scan('delivered', 4)] }),
          shipment({ fulfillmentId: 'f2', createdAt: day(30), lineIds: ['b'] }),
        ],
      },
      { state: 'delivered', at: day(4), assumed: false },
    ],
  ])('%s', (_name, over, expected) => {
    expect(deliveryOf(order(over))).toMatchObject(expected);
  });

  it('does not depend on the order in which shipments and scans arrived', () => {
    const status = fc.constantFrom('in_transit', 'delivered', 'failure', 'out_for_delivery');
    const scans = fc.array(
      fc
        .tuple(status, fc.integer({ min: 3, max: 8 }), fc.option(fc.integer({ min: 4, max: 12 })))
        .map((a) => scan(...a)),
      { maxLength: 5 },
    );
    const shipments = fc.array(
      fc.record({
        events: scans,
        createdAt: fc.integer({ min: 1, max: 4 }).map((n) => day(n)),
        lineIds: fc.subarray(['a', 'b']),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(shipments, (list) => {
        const made = list.map((over, index) => shipment({ ...over, fulfillmentId: `f${index}` }));
        const reversed = [...made].reverse().map((one) => ({ ...one, events: [...one.events].reverse() }));
        const there = deliveryOf(order({ lines: two, shipments: made }));
        const back = deliveryOf(order({ lines: two, shipments: reversed }));
        const { source: _a, ...first } = { source: null, ...there };
        const { source: _b, ...second } = { source: null, ...back };
        expect(second).toEqual(first);
      }),
    );
  });
});

describe('knownTransits', () => {
  const reported = shipment({ events: [scan('delivered', 5)] });
  const transit = (over: Parameters<typeof order>[0]) =>
    knownTransits(order(over)).map(({ fulfilledAt, deliveredAt }) => [fulfilledAt, deliveredAt]);

  it('takes each shipment that a carrier or the merchant reported', () => {
    const marked = shipment({ fulfillmentId: '2', markedDeliveredAt: day(8) });
    const silent = shipment({ fulfillmentId: '3', events: [scan('in_transit', 3, 9)] });
    expect(transit({ shipments: [reported, marked, silent] })).toEqual([
      [day(2), day(5)],
      [day(2), day(8)],
    ]);
  });
  it.each<[string, Parameters<typeof order>[0]]>([
    ['an order over the counter', { channel: 'pos', shipments: [reported] }],
    ['a digital order', { shipments: [reported], lines: [line('a', false)] }],
    ['a shipment of nothing that is shipped', { shipments: [{ ...reported, lineIds: ['gift-card'] }] }],
    ['a cancelled shipment', { shipments: [{ ...reported, status: 'cancelled' }] }],
    ['a delivery that is only assumed', { shipments: [shipment({})] }],
  ])('leaves out %s', (_what, over) => {
    expect(transit(over)).toEqual([]);
  });
});

describe('medianTransitDays', () => {
  const sample = (days: number) => ({
    fulfilledAt: day(1),
    deliveredAt: new Date(day(1).getTime() + days * 86_400_000),
  });
  it.each<[number[], number | null]>([
    [[1, 2, 3, 4], null],
    [[9, 1, 2, 3, 4], 3],
    [[1, 2, 3, 4, 5, 60], 3.5],
    [[1, 2, 3, 4, -5], null],
  ])('%j -> %s', (days, expected) => {
    expect(medianTransitDays(days.map(sample))).toBe(expected);
  });
});
