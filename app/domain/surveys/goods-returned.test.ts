import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RefundFact } from '../core/facts.ts';
import type { ReturnState } from '../core/state.ts';
import { goodsReturned, lineReturned } from './goods-returned.ts';

const day = (n: number) => new Date(Date.UTC(2026, 2, n));

/** A refund on a day of so many units of each line; 'kept:A' = the line is paid back and stays with the customer. */
function refund(id: string, on: number, ...lines: string[]): RefundFact {
  return {
    ...{ refundId: id, orderId: '1', createdAt: day(on), amountMinor: 100 },
    lines: lines.map((line, index) => {
      const [kept, lineId] = line.startsWith('kept:') ? [true, line.slice(5)] : [false, line];
      const fields = { refundLineId: `${id}.${index}`, lineId, quantity: 1, netMinor: 100 };
      return kept ? fields : { ...fields, returned: true as const };
    }),
  };
}

function returned(id: string, shown: number | null, lines: string, status = 'approved'): ReturnState {
  return {
    ...{ returnId: id, orderId: '1', status: status as ReturnState['status'], sourceUpdatedAt: day(1) },
    lines: [...lines].map((lineId) => ({ lineId, quantity: 1, reason: null })),
    shownAt: shown === null ? null : day(shown),
  };
}

const shown = (refunds: RefundFact[], returns: ReturnState[] = []) =>
  goodsReturned(refunds, returns).map(({ subjectId, shownAt }) => `${subjectId} ${shownAt.getUTCDate()}`);

describe('goodsReturned', () => {
  it.each<[string, RefundFact[], ReturnState[], string[]]>([
    ['nothing', [], [], []],
    ['a goodwill refund', [refund('9', 4)], [], []],
    ['a refund of what the customer keeps', [refund('9', 4, 'kept:A')], [], []],
    ['a refund of what came back', [refund('9', 4, 'A')], [], ['refund:9 4']],
    ['a return that was only approved', [], [returned('7', null, 'A')], []],
    ['a return that was processed', [], [returned('7', 5, 'A')], ['return:7 5']],
    ['a return and its refund', [refund('9', 4, 'A')], [returned('7', 5, 'A')], ['return:7 4']],
    ['an approved return and its refund', [refund('9', 4, 'A')], [returned('7', null, 'A')], ['return:7 4']],
    [
      'two refunds of one return',
      [refund('9', 6, 'A'), refund('8', 4, 'B')],
      [returned('7', 5, 'AB')],
      ['return:7 4'],
    ],
    [
      'a second unit of the same line, when the return held one',
      [refund('8', 4, 'A'), refund('9', 9, 'A')],
      [returned('7', 5, 'A')],
      ['return:7 4', 'refund:9 9'],
    ],
    [
      'two returns',
      [refund('9', 8, 'B')],
      [returned('7', 5, 'A'), returned('6', 9, 'B')],
      ['return:7 5', 'return:6 8'],
    ],
    [
      'one that was declined, and the one that was made instead',
      [refund('9', 8, 'A')],
      [returned('1', null, 'A', 'declined'), returned('7', 9, 'A')],
      ['return:7 8'],
    ],
    [
      'a return of which only its end was heard',
      [refund('9', 4, 'A')],
      [returned('7', 5, '')],
      ['return:7 4'],
    ],
  ])('%s', (_what, refunds, returns, expected) => {
    expect(shown(refunds, returns)).toEqual(expected);
  });

  it('says the same in whatever order it is told', () => {
    const lines = fc.subarray(['A', 'B', 'C', 'kept:A']);
    const facts = fc.record({
      refunds: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), lines), { maxLength: 4 }),
      returns: fc.array(fc.tuple(fc.option(fc.integer({ min: 1, max: 9 })), fc.subarray(['A', 'B', 'C'])), {
        maxLength: 3,
      }),
      seed: fc.array(fc.integer()),
    });
    fc.assert(
      fc.property(facts, ({ refunds, returns, seed }) => {
        const told = refunds.map(([on, what], index) => refund(String(index), on, ...what));
        const known = returns.map(([on, what], index) => returned(String(index), on, what.join('')));
        const mixed = <Item>(items: Item[]) =>
          items
            .map((item, index) => ({ item, key: seed[index] ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ item }) => item);
        expect(shown(mixed(told), mixed(known))).toEqual(shown(told, known));
      }),
    );
  });
});

describe('lineReturned', () => {
  const lines = ['A', 'B', 'C'].map((lineId) => ({
    ...{ lineId, productId: null, variantId: null, sku: null, title: lineId, quantity: 1 },
    ...{ netMinor: 100, requiresShipping: true },
  }));
  const refunds = [refund('9', 4, 'kept:A', 'B')];
  it.each<[string, string | null, string[] | null, string | null]>([
    ['what came back by a refund, not what is kept', 'refund:9', null, 'B'],
    ['a refund that is not known', 'refund:8', null, null],
    ['what a return holds, in the order of the lines', 'return:7', ['C', 'B'], 'B'],
    ['a return of which nothing is known', 'return:7', [], null],
    ['a line that the order does not have', 'return:7', ['X'], null],
    ['no subject', null, null, null],
  ])('%s', (_what, subjectId, held, expected) => {
    const returnLines = held && held.map((lineId) => ({ lineId, quantity: 1, reason: null }));
    expect(lineReturned(subjectId, { lines, refunds }, returnLines)?.lineId ?? null).toBe(expected);
  });
});
