import { describe, expect, it } from 'vitest';
import { isFullyRefunded, keptQuantity, refundedNetMinor, refundsOf } from './kept.ts';

const lines = [
  { lineId: 'a', quantity: 2 },
  { lineId: 'b', quantity: 1 },
];
const order = { financialStatus: 'partially_refunded', lines, refundedLines: [] };
const all = [
  { lineId: 'a', quantity: 1 },
  { lineId: 'b', quantity: 1 },
  { lineId: 'a', quantity: 1 },
];

describe('isFullyRefunded', () => {
  it.each([
    ['nothing given back', order, false],
    ['one unit kept', { ...order, refundedLines: all.slice(0, 2) }, false],
    ['every unit given back', { ...order, refundedLines: all }, true],
    [
      'every unit given back, the shipping fee not',
      { ...order, refundedLines: all, money: { totalMinor: 14_130, refundedMinor: 13_630 } },
      true,
    ],
    ['all of the money, as goodwill', { ...order, money: { totalMinor: 500, refundedMinor: 500 } }, true],
    ['some of the money', { ...order, money: { totalMinor: 500, refundedMinor: 499 } }, false],
    ['a free order', { ...order, money: { totalMinor: 0, refundedMinor: 0 } }, false],
    ['no lines known', { ...order, lines: [] }, false],
    ['refunded, says Shopify', { ...order, financialStatus: 'refunded' }, true],
    ['voided', { ...order, financialStatus: 'voided' }, true],
  ])('%s: %j -> %s', (_name, given, expected) => {
    expect(isFullyRefunded(given)).toBe(expected);
  });
});

it('more units back than bought leave none', () => {
  expect(keptQuantity({ lineId: 'a', quantity: 2 }, [{ lineId: 'a', quantity: 3 }])).toBe(0);
});

it('sums the refunds of an order', () => {
  const refund = { refundId: '1', orderId: '1', createdAt: new Date(0), amountMinor: 250, lines: [] };
  const stored = { financialStatus: null, lines: [], refunds: [refund, refund], totalMinor: 500 };
  expect(refundsOf(stored)).toMatchObject({ money: { totalMinor: 500, refundedMinor: 500 } });
});

describe('refundedNetMinor', () => {
  // Two lines of 50.00 net, 20% tax, 10.00 shipping: 130.00 paid.
  const paid = { subtotalMinor: 10_000, totalMinor: 13_000 };
  const line = { netMinor: 5_000 };

  it.each([
    ['nothing', [], 0],
    ['one line, with its tax', [{ amountMinor: 6_000, lines: [line] }], 5_000],
    ['goodwill: the share of the items', [{ amountMinor: 1_300, lines: [] }], 1_000],
    [
      'both',
      [
        { amountMinor: 6_000, lines: [line] },
        { amountMinor: 650, lines: [] },
      ],
      5_500,
    ],
  ])('%s', (_name, refunds, expected) => {
    expect(refundedNetMinor({ ...paid, refunds })).toBe(expected);
  });

  it('is nothing of a free order', () => {
    expect(
      refundedNetMinor({ subtotalMinor: 0, totalMinor: 0, refunds: [{ amountMinor: 100, lines: [] }] }),
    ).toBe(0);
  });
});
