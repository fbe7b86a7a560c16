import { describe, expect, it } from 'vitest';
import { orderOfDates, readMoment } from './dates.ts';

const BERLIN = 'Europe/Berlin';
const iso = (text: string, order: 'day_first' | 'month_first' = 'day_first') =>
  readMoment(text, order, BERLIN)?.toISOString() ?? null;

describe('readMoment', () => {
  it.each([
    ['2026-03-04T10:20:30Z', '2026-03-04T10:20:30.000Z'],
    ['2026-03-04T10:20:30.123+02:00', '2026-03-04T08:20:30.000Z'],
    ['2026-03-04 10:20:30 UTC', '2026-03-04T10:20:30.000Z'],
    ['2026-03-04 10:20:30 -0500', '2026-03-04T15:20:30.000Z'],
    ['2026-03-04 10:20', '2026-03-04T09:20:00.000Z'],
    ['2026-07-04 10:20', '2026-07-04T08:20:00.000Z'],
    ['2026-03-04', '2026-03-03T23:00:00.000Z'],
    ['04.03.2026 10:20', '2026-03-04T09:20:00.000Z'],
    ['Mar 4, 2026 1:05 PM', '2026-03-04T12:05:00.000Z'],
    ['Wednesday, March 4th, 2026 at 12:05 a.m.', '2026-03-03T23:05:00.000Z'],
    ['4 March 2026', '2026-03-03T23:00:00.000Z'],
    ['04-Mar-2026', '2026-03-03T23:00:00.000Z'],
    ['1772615430', '2026-03-04T09:10:30.000Z'],
    ['1772615430000', '2026-03-04T09:10:30.000Z'],
  ])('%s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it('reads numeric dates in the order that was chosen', () => {
    expect(iso('03/04/2026 9:00', 'month_first')).toBe('2026-03-04T08:00:00.000Z');
    expect(iso('03/04/2026 9:00', 'day_first')).toBe('2026-04-03T07:00:00.000Z');
    expect(iso('3/4/26', 'month_first')).toBe('2026-03-03T23:00:00.000Z');
    // With dots the day is first, whatever was chosen.
    expect(iso('03.04.2026', 'month_first')).toBe('2026-04-02T22:00:00.000Z');
  });

  it.each([
    ...['', 'yesterday', '2026-02-30', '31/02/2026', '2026-13-01', '2026-03-04 25:00', '2026-03-04 10:61'],
    ...['2026-03-04 13:00 PM', '4 Foo 2026', '0001-01-01', '12', '2026'],
  ])('takes %j for no date', (text) => {
    expect(iso(text)).toBeNull();
  });
});

describe('orderOfDates', () => {
  it.each([
    ['none', ['2026-03-04', '4 March 2026', '04.03.2026', '', 'x']],
    ['month_first', ['03/04/2026', '03/14/2026']],
    ['day_first', ['03/04/2026 10:00', '14-03-2026']],
    ['either', ['03/04/2026', '2026-03-14']],
    ['mixed', ['14/03/2026', '03/14/2026']],
  ])('%s', (expected, texts) => {
    expect(orderOfDates(texts)).toBe(expected);
  });
});
