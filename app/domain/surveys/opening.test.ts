import { expect, it } from 'vitest';
import { openingAt, type OpeningTimes } from './opening.ts';

const now = new Date('2026-03-10T12:00:00Z');
const before = '2026-03-10T11:59:59.999Z';
const later = '2026-03-10T12:00:00.001Z';

it.each<[OpeningTimes, string]>([
  [{}, 'open'],
  [{ from: before }, 'open'],
  [{ from: now.toISOString() }, 'open'],
  [{ from: later }, 'waiting'],
  [{ until: later }, 'open'],
  [{ until: now.toISOString() }, 'over'],
  [{ until: before }, 'over'],
  [{ from: before, until: later }, 'open'],
  [{ from: '2026-03-10T13:00:00+01:00' }, 'open'],
  // Never open at all.
  [{ from: later, until: before }, 'over'],
])('%j is %s', (times, expected) => expect(openingAt(times, now)).toBe(expected));
