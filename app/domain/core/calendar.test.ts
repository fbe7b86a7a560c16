import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  atLocalHour,
  DAY_MS,
  HOUR_MS,
  instantOf,
  isQuiet,
  knownTimeZone,
  localTime,
  monthKey,
  monthStart,
  nextLocalHour,
  outsideQuietHours,
} from './calendar.ts';

const NIGHT = { startHour: 21, endHour: 8 };
const at = (iso: string) => new Date(iso);

describe('local times, by hand', () => {
  it.each([
    ['winter', '2026-01-10T15:00:00Z', 'Europe/Berlin', 1, '2026-01-11T09:00:00.000Z'],
    [
      'late evening UTC is already the next local day',
      '2026-01-10T23:30:00Z',
      'Europe/Berlin',
      1,
      '2026-01-12T09:00:00.000Z',
    ],
    ['over the start of summer time', '2026-03-28T15:00:00Z', 'Europe/Berlin', 1, '2026-03-29T08:00:00.000Z'],
    ['over its end', '2026-10-24T15:00:00Z', 'Europe/Berlin', 1, '2026-10-25T09:00:00.000Z'],
    ['west of Greenwich', '2026-06-01T02:00:00Z', 'America/Sao_Paulo', 10, '2026-06-10T13:00:00.000Z'],
    ['a half-hour zone', '2026-06-01T12:00:00Z', 'Asia/Kolkata', 0, '2026-06-01T04:30:00.000Z'],
    ['over a year end', '2026-12-31T12:00:00Z', 'UTC', 1, '2027-01-01T10:00:00.000Z'],
  ])('10:00, %s', (_name, from, zone, days, expected) => {
    expect(atLocalHour(at(from), zone, days, 10).toISOString()).toBe(expected);
  });

  it('moves a skipped time forward and takes the first of a repeated one', () => {
    const skipped = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
    expect(instantOf(skipped, 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z');
    const twice = { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 };
    expect(instantOf(twice, 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it('passes over a day that a zone skipped as a whole', () => {
    // Samoa crossed the date line: 30 December 2011 never happened there.
    expect(localTime(at('2011-12-30T10:00:00Z'), 'Pacific/Apia')).toMatchObject({
      month: 12,
      day: 31,
      hour: 0,
    });
    expect(atLocalHour(at('2011-12-29T20:00:00Z'), 'Pacific/Apia', 1, 10).toISOString()).toBe(
      '2011-12-30T20:00:00.000Z',
    );
  });

  it('shows what the runtime shows, around every change of the clocks', () => {
    const zones = [
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kathmandu',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2037, 0, 1) }),
        (zone, ms) => {
          const shown = new Intl.DateTimeFormat('sv-SE', {
            timeZone: zone,
            dateStyle: 'short',
            timeStyle: 'medium',
          }).format(ms);
          const { year, month, day, hour, minute, second } = localTime(new Date(ms), zone);
          const two = (value: number) => String(value).padStart(2, '0');
          expect(`${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`).toBe(shown);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('knows which names are zones', () => {
    expect(knownTimeZone(null, 'Mars/Olympus', 'Asia/Tokyo')).toBe('Asia/Tokyo');
    expect(knownTimeZone(undefined, '')).toBe('UTC');
  });

  it('names and starts months by the local calendar', () => {
    expect(monthKey(at('2026-01-31T23:30:00Z'), 'Europe/Berlin')).toBe('2026-02');
    expect(monthKey(at('2026-01-31T23:30:00Z'), 'America/New_York')).toBe('2026-01');
    expect(monthStart(at('2026-01-15T00:00:00Z'), -1, 'America/New_York').toISOString()).toBe(
      '2025-12-01T05:00:00.000Z',
    );
  });

  it.each([
    ['2026-03-31T10:00:00.250Z', -1, '2026-02-28T10:00:00.250Z'],
    ['2024-02-29T10:00:00Z', -12, '2023-02-28T10:00:00.000Z'],
    ['2026-11-30T10:00:00Z', 3, '2027-02-28T10:00:00.000Z'],
  ])('adds months: %s %i', (from, months, expected) => {
    expect(addMonths(at(from), months, 'UTC').toISOString()).toBe(expected);
  });

  it.each([
    ['2026-06-01T18:59:59Z', false],
    ['2026-06-01T19:00:00Z', true],
    ['2026-06-02T05:59:59Z', true],
    ['2026-06-02T06:00:00Z', false],
  ])('quiet from 21:00 to 08:00 in Berlin at %s: %s', (iso, quiet) => {
    expect(isQuiet(at(iso), 'Europe/Berlin', NIGHT)).toBe(quiet);
  });

  it('is never quiet when start and end are the same, and knows spans within a day', () => {
    expect(isQuiet(at('2026-06-01T03:00:00Z'), 'UTC', { startHour: 8, endHour: 8 })).toBe(false);
    expect(isQuiet(at('2026-06-01T13:30:00Z'), 'UTC', { startHour: 13, endHour: 15 })).toBe(true);
    expect(isQuiet(at('2026-06-01T15:00:00Z'), 'UTC', { startHour: 13, endHour: 15 })).toBe(false);
  });
});

describe('local times, around every change of the clocks', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Havana',
    'Africa/Cairo',
    'Asia/Kathmandu',
    'UTC',
  ];
  const zone = fc.constantFrom(...zones);
  const offset = (ms: number, name: string) => {
    const { year, month, day, hour, minute } = localTime(new Date(ms), name);
    return Date.UTC(year, month - 1, day, hour, minute) - ms;
  };
  // The days of 2025-2026 on which a zone's offset changes, found by scanning; and any other instant.
  const changes: { zone: string; ms: number }[] = [];
  for (const name of zones) {
    for (let ms = Date.UTC(2025, 0, 1); ms < Date.UTC(2027, 0, 1); ms += DAY_MS) {
      if (offset(ms, name) !== offset(ms + DAY_MS, name)) changes.push({ zone: name, ms });
    }
  }
  const nearChange = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -DAY_MS, max: 2 * DAY_MS }))
    .map(([change, shift]) => ({ zone: change.zone, instant: new Date(change.ms + shift) }));
  const anywhere = fc.record({
    zone,
    instant: fc.date({
      min: at('2020-01-01T00:00:00Z'),
      max: at('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    }),
  });
  const sample = fc.oneof(nearChange, anywhere);

  it('finds the changes it is about', () => {
    expect(changes.length).toBeGreaterThanOrEqual(20);
  });

  it('shows the wanted local time again unless clocks skip it', () => {
    fc.assert(
      fc.property(sample, ({ zone: name, instant }) => {
        const local = localTime(instant, name);
        const back = instantOf(local, name);
        expect(localTime(back, name)).toEqual(local);
        expect(back.getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(instant.getTime() - back.getTime()).toBeLessThan(2 * HOUR_MS + 1000);
      }),
    );
  });

  it('10:00 exists on every day and stands at 10:00', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 0, max: 100 }), ({ zone: name, instant }, days) => {
        const due = atLocalHour(instant, name, days, 10);
        expect(localTime(due, name)).toMatchObject({ hour: 10, minute: 0, second: 0 });
        const drift = Math.abs(due.getTime() - instant.getTime() - days * DAY_MS);
        expect(drift).toBeLessThanOrEqual(DAY_MS + HOUR_MS);
      }),
    );
  });

  it('the next local hour is not before the instant and at most a day (and a change) later', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 0, max: 23 }), ({ zone: name, instant }, hour) => {
        const next = nextLocalHour(instant, name, hour).getTime();
        expect(next).toBeGreaterThanOrEqual(instant.getTime());
        expect(next - instant.getTime()).toBeLessThanOrEqual(DAY_MS + 2 * HOUR_MS);
      }),
    );
  });

  it('leaving quiet hours ends outside them, within a night, and every instant before is quiet', () => {
    fc.assert(
      fc.property(
        sample,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        ({ zone: name, instant }, share) => {
          const free = outsideQuietHours(instant, name, NIGHT);
          expect(isQuiet(free, name, NIGHT)).toBe(false);
          const waited = free.getTime() - instant.getTime();
          expect(waited).toBeGreaterThanOrEqual(0);
          expect(waited).toBeLessThanOrEqual(12 * HOUR_MS);
          if (waited > 0)
            expect(isQuiet(new Date(instant.getTime() + waited * share), name, NIGHT)).toBe(true);
        },
      ),
    );
  });

  it('adding days and taking them back keeps the wall clock', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: -400, max: 400 }), ({ zone: name, instant }, days) => {
        const there = addDays(instant, days, name);
        const wanted = localTime(instant, name);
        const got = localTime(there, name);
        const skipped = got.hour !== wanted.hour || got.minute !== wanted.minute;
        const midday = { ...wanted, hour: 12, minute: 0, second: 0 };
        const date = localTime(instantOf({ ...midday, day: midday.day + days }, name), name);
        if (!skipped) expect(got).toEqual({ ...wanted, year: date.year, month: date.month, day: date.day });
        else expect(got).toMatchObject({ year: date.year, month: date.month, second: wanted.second });
        expect(there.getTime() % 1000).toBe(instant.getTime() % 1000);
      }),
    );
  });
});
