/**
 * Local time without a library: days, hours and months as people in a time zone
 * see them. Built on `Intl` alone, so the rules follow the zone data of the
 * runtime. Every function is pure; instants are `Date`, zones are IANA names
 * ("Europe/Berlin"). A name the runtime doesn't know raises a RangeError, so
 * names from outside go through `knownTimeZone` first.
 */

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** A wall-clock time. `month` is 1-12. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Local hours 0-23. `startHour` 21 and `endHour` 8 cover a night; equal hours mean "never quiet". */
export interface QuietHours {
  startHour: number;
  endHour: number;
}

// Building a formatter costs about 50 us: one is kept per zone.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const kept = formatters.get(zone);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}

/** The first of the given names that the runtime knows, else 'UTC'. */
export function knownTimeZone(...candidates: (string | null | undefined)[]): string {
  for (const zone of candidates) {
    if (!zone) continue;
    try {
      formatterOf(zone);
      return zone;
    } catch {
      // An unknown name is expected here (it came from outside): try the next one.
    }
  }
  return 'UTC';
}

/** What clocks in `zone` show at `instant`. */
export function localTime(instant: Date, zone: string): LocalTime {
  const local = new Date(instant.getTime() + offsetMs(instant.getTime(), zone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  };
}

/** The calendar day that clocks in `zone` show at `instant`, as whole days since 1970-01-01. */
export function localDay(instant: Date, zone: string): number {
  const ms = instant.getTime();
  return Math.floor((ms + offsetMs(ms, zone)) / DAY_MS);
}

function asUtcMs(local: LocalTime): number {
  return Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
}

// Each reading of a formatter costs microseconds, and every event asks for several: the offset
// at the start of a UTC day is kept. No zone changes its clocks twice within one day.
const dayOffsets = new Map<string, Map<number, number>>();
const MAX_DAYS_PER_ZONE = 5_000;

/** Local time minus UTC, in milliseconds. */
function offsetMs(ms: number, zone: string): number {
  const day = Math.floor(ms / DAY_MS);
  const atStart = offsetAtDay(day, zone);
  return atStart === offsetAtDay(day + 1, zone) ? atStart : readOffsetMs(ms, zone);
}

function offsetAtDay(day: number, zone: string): number {
  let offsets = dayOffsets.get(zone);
  if (!offsets) dayOffsets.set(zone, (offsets = new Map()));
  let offset = offsets.get(day);
  if (offset === undefined) {
    offset = readOffsetMs(day * DAY_MS, zone);
    if (offsets.size >= MAX_DAYS_PER_ZONE) offsets.clear();
    offsets.set(day, offset);
  }
  return offset;
}

function readOffsetMs(ms: number, zone: string): number {
  const whole = Math.floor(ms / 1000) * 1000;
  const parts: Record<string, number> = {};
  for (const part of formatterOf(zone).formatToParts(new Date(whole))) {
    if (part.type !== 'literal') parts[part.type] = Number(part.value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return asUtcMs({ year, month, day, hour, minute, second }) - whole;
}

/**
 * The instant at which clocks in `zone` show `local` (fields may overflow: day 32 is the next month).
 * A time that clocks skip moves forward by the skipped span; of a time shown twice the first is taken.
 */
export function instantOf(local: LocalTime, zone: string): Date {
  const wanted = asUtcMs(local);
  const before = offsetMs(wanted - DAY_MS, zone);
  const after = offsetMs(wanted + DAY_MS, zone);
  const fits = [wanted - before, wanted - after].filter((ms) => ms + offsetMs(ms, zone) === wanted);
  return new Date(fits.length > 0 ? Math.min(...fits) : wanted - before);
}

/** `hour`:00 in `zone`, `days` calendar days after the local day of `instant` (0 = the same day). */
export function atLocalHour(instant: Date, zone: string, days: number, hour: number): Date {
  const { year, month, day } = localTime(instant, zone);
  return instantOf({ year, month, day: day + days, hour, minute: 0, second: 0 }, zone);
}

/** The first `hour`:00 in `zone` that is not before `instant`. */
export function nextLocalHour(instant: Date, zone: string, hour: number): Date {
  for (let days = 0; ; days += 1) {
    const at = atLocalHour(instant, zone, days, hour);
    if (at.getTime() >= instant.getTime()) return at;
  }
}

/** The same wall-clock time `days` calendar days later (or earlier), to the millisecond. */
export function addDays(instant: Date, days: number, zone: string): Date {
  const local = localTime(instant, zone);
  const millis = ((instant.getTime() % 1000) + 1000) % 1000;
  return new Date(instantOf({ ...local, day: local.day + days }, zone).getTime() + millis);
}

/** The same wall-clock time `months` months later (negative: earlier); the 31st becomes the last day of a shorter month. */
export function addMonths(instant: Date, months: number, zone: string): Date {
  const local = localTime(instant, zone);
  const millis = ((instant.getTime() % 1000) + 1000) % 1000;
  const lastDay = new Date(Date.UTC(local.year, local.month + months, 0)).getUTCDate();
  const moved = { ...local, month: local.month + months, day: Math.min(local.day, lastDay) };
  return new Date(instantOf(moved, zone).getTime() + millis);
}

/** The local calendar month as "2026-03": the key of monthly budgets. */
export function monthKey(instant: Date, zone: string): string {
  const { year, month } = localTime(instant, zone);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** First instant of the local month of `instant`, `months` months away (0 = this month). */
export function monthStart(instant: Date, months: number, zone: string): Date {
  const { year, month } = localTime(instant, zone);
  return instantOf({ year, month: month + months, day: 1, hour: 0, minute: 0, second: 0 }, zone);
}

/** Whether the local hour at `instant` lies in the quiet hours (start included, end not). */
export function isQuiet(instant: Date, zone: string, quiet: QuietHours): boolean {
  return isQuietHour(localTime(instant, zone).hour, quiet);
}

/** Whether the hours that begin at `hour`, 0-23, are quiet. */
export function isQuietHour(hour: number, { startHour, endHour }: QuietHours): boolean {
  if (startHour === endHour) return false;
  return startHour < endHour ? hour >= startHour && hour < endHour : hour >= startHour || hour < endHour;
}

/** The end of the quiet hours that `instant` falls into; null when it is not quiet. */
export function quietUntil(instant: Date, zone: string, quiet: QuietHours): Date | null {
  return isQuiet(instant, zone, quiet) ? nextLocalHour(instant, zone, quiet.endHour) : null;
}

/** `instant` itself when it isn't quiet, else the next end of the quiet hours. */
export function outsideQuietHours(instant: Date, zone: string, quiet: QuietHours): Date {
  return quietUntil(instant, zone, quiet) ?? instant;
}
