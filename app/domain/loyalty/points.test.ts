import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderForPoints, PointsEntry } from './points.ts';
import { approvalDueAt, balanceOf, diffLedger, isPaid, targetPoints } from './points.ts';

const order = (over: Partial<OrderForPoints> = {}): OrderForPoints => ({
  orderId: '7',
  test: false,
  paid: true,
  cancelled: false,
  lines: [
    { lineId: 'a', quantity: 2, netMinor: 2098 },
    { lineId: 'b', quantity: 1, netMinor: 599 },
  ],
  refundedLines: [],
  returnWindowClosed: false,
  ...over,
});
const refund = (lineId: string, netMinor: number, quantity = 1) => ({ lineId, quantity, netMinor });
const target = (over: Partial<OrderForPoints> = {}, exponent = 2) =>
  targetPoints(order(over), exponent).lines.map((line) => `${line.lineId} ${line.pending}/${line.approved}`);
/** Posts what is missing, as the repository would: same key twice is an error there. */
const post = (rows: PointsEntry[], state: OrderForPoints) => [
  ...rows,
  ...diffLedger(rows, targetPoints(state, 2)),
];
const told = (rows: PointsEntry[]) =>
  rows.map((row) => `${row.lineId} ${row.bucket} ${row.points} ${row.reason}`);

describe('targetPoints', () => {
  it.each<[string, Partial<OrderForPoints>, string[]]>([
    ['floors per line, not per order', {}, ['a 20/0', 'b 5/0']],
    ['approved once the window is closed', { returnWindowClosed: true }, ['a 0/20', 'b 0/5']],
    ['unpaid', { paid: false }, ['a 0/0', 'b 0/0']],
    ['cancelled', { cancelled: true, returnWindowClosed: true }, ['a 0/0', 'b 0/0']],
    ['test order', { test: true }, ['a 0/0', 'b 0/0']],
    ['one unit refunded', { refundedLines: [refund('a', 1049)] }, ['a 10/0', 'b 5/0']],
    [
      'two refunds add up before the floor',
      { refundedLines: [refund('a', 50, 0), refund('a', 49, 0)] },
      ['a 19/0', 'b 5/0'],
    ],
    ['all units refunded, rounding left over', { refundedLines: [refund('a', 1995, 2)] }, ['a 0/0', 'b 5/0']],
    ['refunded more than it cost', { refundedLines: [refund('b', 900, 0)] }, ['a 20/0', 'b 0/0']],
    ['a refund of a line that is not there', { refundedLines: [refund('z', 900)] }, ['a 20/0', 'b 5/0']],
    ['a free line', { lines: [{ lineId: 'g', quantity: 1, netMinor: 0 }] }, ['g 0/0']],
  ])('%s', (_name, over, expected) => {
    expect(target(over)).toEqual(expected);
  });

  it.each([
    [0, ['a 2098/0', 'b 599/0']],
    [3, ['a 2/0', 'b 0/0']],
  ])('a currency with %i decimals', (exponent, expected) => {
    expect(target({}, exponent)).toEqual(expected);
  });
});

describe('the ledger, step by step', () => {
  it('earns, claws back and approves, every row with its own key', () => {
    let rows = post([], order());
    expect(told(rows)).toEqual(['a pending 20 earn', 'b pending 5 earn']);
    rows = post(rows, order({ refundedLines: [refund('a', 1049)] }));
    expect(told(rows).slice(2)).toEqual(['a pending -10 clawback']);
    rows = post(rows, order({ refundedLines: [refund('a', 1049)], returnWindowClosed: true }));
    expect(told(rows).slice(3)).toEqual([
      'a pending -10 approve_out',
      'a approved 10 approve_in',
      'b pending -5 approve_out',
      'b approved 5 approve_in',
    ]);
    expect(rows.map((row) => row.sourceId)).toEqual([
      '7/a/0',
      '7/b/0',
      '7/a/1',
      '7/a/2',
      '7/a/3',
      '7/b/1',
      '7/b/2',
    ]);
    expect(rows.every((row) => row.sourceKind === 'order_line')).toBe(true);
  });

  it('takes a refund after approval from the approved points', () => {
    const approved = post([], order({ returnWindowClosed: true }));
    const after = post(approved, order({ returnWindowClosed: true, refundedLines: [refund('b', 599)] }));
    expect(told(after).slice(approved.length)).toEqual(['b approved -5 clawback']);
    expect(balanceOf(after)).toEqual({ pending: 0, approved: 20 });
  });

  it.each<[string, Partial<OrderForPoints>, string[]]>([
    ['cancelled', { cancelled: true }, ['a pending -20 cancel', 'b pending -5 cancel']],
    [
      'a line taken out by an edit',
      { lines: [{ lineId: 'a', quantity: 2, netMinor: 2098 }] },
      ['b pending -5 adjust'],
    ],
    [
      'a line made bigger',
      {
        lines: [
          { lineId: 'a', quantity: 3, netMinor: 3147 },
          { lineId: 'b', quantity: 1, netMinor: 599 },
        ],
      },
      ['a pending 11 adjust'],
    ],
    ['nothing changed', {}, []],
  ])('%s', (_name, over, expected) => {
    const rows = post([], order());
    expect(told(diffLedger(rows, targetPoints(order(over), 2)))).toEqual(expected);
  });

  it('goes back to pending when a late shipment opens the window again', () => {
    const approved = post(
      [],
      order({ lines: [{ lineId: 'a', quantity: 1, netMinor: 300 }], returnWindowClosed: true }),
    );
    const back = post(approved, order({ lines: [{ lineId: 'a', quantity: 1, netMinor: 300 }] }));
    expect(told(back).slice(approved.length)).toEqual(['a approved -3 adjust', 'a pending 3 adjust']);
    expect(new Set(back.map((row) => `${row.sourceId} ${row.reason}`)).size).toBe(back.length);
  });
});

describe('over any history', () => {
  const lineIds = ['a', 'b', 'c'];
  const step = fc.oneof(
    fc.record({
      do: fc.constant('refund' as const),
      lineId: fc.constantFrom(...lineIds),
      netMinor: fc.integer({ min: 0, max: 3000 }),
      quantity: fc.integer({ min: 0, max: 2 }),
    }),
    fc.record({
      do: fc.constant('edit' as const),
      lineId: fc.constantFrom(...lineIds),
      netMinor: fc.integer({ min: 0, max: 5000 }),
      quantity: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ do: fc.constant('remove' as const), lineId: fc.constantFrom(...lineIds) }),
    fc.record({
      do: fc.constantFrom(
        'pay' as const,
        'unpay' as const,
        'cancel' as const,
        'approve' as const,
        'reopen' as const,
      ),
    }),
  );
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  function after(state: OrderForPoints, next: Step): OrderForPoints {
    switch (next.do) {
      case 'refund':
        return {
          ...state,
          refundedLines: [...state.refundedLines, refund(next.lineId, next.netMinor, next.quantity)],
        };
      case 'edit': {
        const { lineId, quantity, netMinor } = next;
        return {
          ...state,
          lines: [...state.lines.filter((line) => line.lineId !== lineId), { lineId, quantity, netMinor }],
        };
      }
      case 'remove':
        return { ...state, lines: state.lines.filter((line) => line.lineId !== next.lineId) };
      case 'pay':
      case 'unpay':
        return { ...state, paid: next.do === 'pay' };
      case 'cancel':
        return { ...state, cancelled: true };
      case 'approve':
      case 'reopen':
        return { ...state, returnWindowClosed: next.do === 'approve' };
    }
  }

  it('the sum is the target, nothing is ever negative, twice posts nothing, keys are unique', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        let state = order({ paid: false });
        let rows: PointsEntry[] = [];
        const earnable = new Map<string, number>();
        for (const next of steps) {
          state = after(state, next);
          for (const line of state.lines) {
            earnable.set(
              line.lineId,
              Math.max(earnable.get(line.lineId) ?? 0, Math.floor(line.netMinor / 100)),
            );
          }
          const target = targetPoints(state, 2);
          for (const row of diffLedger(rows, target)) {
            rows = [...rows, row];
            expect(Number.isInteger(row.points) && row.points !== 0).toBe(true);
            const balance = balanceOf(rows.filter((other) => other.lineId === row.lineId));
            expect(balance.pending).toBeGreaterThanOrEqual(0);
            expect(balance.approved).toBeGreaterThanOrEqual(0);
            expect(balance.pending + balance.approved).toBeLessThanOrEqual(earnable.get(row.lineId) ?? 0);
          }
          for (const lineId of lineIds) {
            const wanted = target.lines.find((line) => line.lineId === lineId) ?? { pending: 0, approved: 0 };
            expect(balanceOf(rows.filter((row) => row.lineId === lineId))).toMatchObject({
              pending: wanted.pending,
              approved: wanted.approved,
            });
          }
          expect(diffLedger(rows, target)).toEqual([]);
        }
        expect(new Set(rows.map((row) => `${row.sourceId} ${row.reason}`)).size).toBe(rows.length);
      }),
      { numRuns: 300 },
    );
  });

  it('ends the same whatever the order in which refunds arrive, before or after approval', () => {
    const refunds = fc.array(
      fc.record({
        lineId: fc.constantFrom('a', 'b'),
        netMinor: fc.integer({ min: 0, max: 1500 }),
        quantity: fc.integer({ min: 0, max: 1 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(refunds, fc.nat({ max: 4 }), fc.nat({ max: 4 }), (list, early, late) => {
        const play = (arrivals: typeof list, approvedAfter: number) => {
          let rows = post([], order());
          for (let index = 0; index <= arrivals.length; index += 1) {
            rows = post(
              rows,
              order({ refundedLines: arrivals.slice(0, index), returnWindowClosed: index >= approvedAfter }),
            );
          }
          return balanceOf(post(rows, order({ refundedLines: list, returnWindowClosed: true })));
        };
        expect(play([...list].reverse(), late)).toEqual(play(list, early));
      }),
    );
  });
});

describe('when', () => {
  it.each([
    ['paid', true],
    ['partially_refunded', true],
    ['refunded', true],
    ['partially_paid', false],
    ['pending', false],
    ['voided', false],
    [null, false],
  ])('an order that is %s counts as paid: %s', (status, paid) => {
    expect(isPaid(status)).toBe(paid);
  });

  it('approves 30 days after delivery, never before it is delivered', () => {
    expect(approvalDueAt(new Date('2026-01-10T09:00:00Z'), 30)?.toISOString()).toBe(
      '2026-02-09T09:00:00.000Z',
    );
    expect(approvalDueAt(null, 30)).toBeNull();
  });
});
