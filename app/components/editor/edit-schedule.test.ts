import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Definition } from '../../domain/surveys/definition.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import { momentOf, setMoment } from './edit-schedule.ts';
import { scheduleSentence } from './schedule-panel.tsx';

const BERLIN = 'Europe/Berlin';
const at = (schedule: Definition['schedule']): Definition => ({ ...PRESETS.delivery, schedule });

describe('one end of the schedule', () => {
  it.each([
    ['from', '2026-12-24', '09:30', '2026-12-24T08:30:00.000Z'],
    ['from', '2026-07-01', '', '2026-06-30T22:00:00.000Z'],
    ['until', '2026-07-01', '', '2026-07-01T21:59:00.000Z'],
    // Clocks skip from 2 to 3.
    ['from', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
  ] as const)('%s %s %s in Berlin', (end, date, time, instant) => {
    expect(setMoment(PRESETS.delivery, end, { date, time }, BERLIN).schedule).toEqual({ [end]: instant });
  });

  it('leaves the other end alone, and both gone is no schedule', () => {
    const both = at({ from: '2026-01-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' });
    const none = { date: '', time: '' };
    const one = setMoment(both, 'from', none, BERLIN);
    expect(one.schedule).toEqual({ until: '2026-02-01T00:00:00.000Z' });
    expect('schedule' in setMoment(one, 'until', none, BERLIN)).toBe(false);
  });

  it('stays as it was, where the field holds nothing that is a date', () => {
    const before = at({ from: '2026-01-01T00:00:00.000Z' });
    for (const date of ['20266-01-01', '0002-12-24', '0209-12-24']) {
      expect(setMoment(before, 'from', { date, time: '' }, BERLIN)).toBe(before);
    }
  });

  it('reads back what was written, in any zone', () => {
    const zones = fc.constantFrom('UTC', BERLIN, 'America/St_Johns', 'Pacific/Apia');
    const instants = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zones, instants, (zone, instant) => {
        const shown = momentOf(at({ from: instant.toISOString() }), 'from', zone);
        const written = setMoment(PRESETS.delivery, 'from', shown, zone);
        expect(momentOf(written, 'from', zone)).toEqual(shown);
      }),
    );
  });
});

it.each([
  [{}, 'Asked as soon as it is published, without an end.'],
  [{ from: '2026-12-24T08:30:00Z' }, 'Asked from 24 Dec 2026, 09:30 on.'],
  [{ until: '2026-12-24T08:30:00Z' }, 'Asked until 24 Dec 2026, 09:30.'],
  [
    { from: '2026-12-24T08:30:00Z', until: '2026-12-31T23:00:00Z' },
    'Asked from 24 Dec 2026, 09:30 until 1 Jan 2027, 00:00.',
  ],
])('%j: %s', (schedule, sentence) => expect(scheduleSentence(schedule, BERLIN)).toBe(sentence));
