import { instantOf } from '../../core/calendar.ts';

/** How to read 03/04/2026: as the 4th of March, or as the 3rd of April. */
export const DATE_ORDERS = ['month_first', 'day_first'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|(?:utc|gmt)?\s*[+-]\d{2}:?\d{2})?`;
const MAYBE_TIME = String.raw`(?:(?:t|,?\s+(?:at\s+)?)${TIME})?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${MAYBE_TIME}$`, 'i');
const NUMERIC = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${MAYBE_TIME}$`, 'i');
const WEEKDAY = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?`;
const MONTH_NAMED = new RegExp(
  String.raw`^${WEEKDAY}([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${MAYBE_TIME}$`,
  'i',
);
const DAY_NAMED = new RegExp(
  String.raw`^${WEEKDAY}(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})${MAYBE_TIME}$`,
  'i',
);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * An instant as exports write it: ISO, with the parts in another order, with an English month, or Unix time. A
 * time without a zone is the shop's; a day without a time is its first instant there.
 * @param order for dates with slashes or dashes; dates with dots have the day first
 * @returns null for what is no date
 */
export function readMoment(text: string, order: DateOrder, timeZone: string): Date | null {
  const given = text.trim();
  if (/^\d{10}$/.test(given)) return new Date(Number(given) * 1000);
  if (/^\d{13}$/.test(given)) return new Date(Number(given));
  const yearFirst = YEAR_FIRST.exec(given);
  if (yearFirst) {
    const [, year, month, day, ...time] = yearFirst;
    return momentOf(Number(year), Number(month), Number(day), time, timeZone);
  }
  const numeric = NUMERIC.exec(given);
  if (numeric) {
    const [, first, separator, second, year, ...time] = numeric;
    const dayFirst = separator === '.' || order === 'day_first';
    const [day, month] = dayFirst ? [first, second] : [second, first];
    const fullYear = year!.length === 2 ? 2000 + Number(year) : Number(year);
    return momentOf(fullYear, Number(month), Number(day), time, timeZone);
  }
  const monthNamed = MONTH_NAMED.exec(given);
  if (monthNamed) {
    const [, month, day, year, ...time] = monthNamed;
    return momentOf(Number(year), monthOf(month!), Number(day), time, timeZone);
  }
  const dayNamed = DAY_NAMED.exec(given);
  if (!dayNamed) return null;
  const [, day, month, year, ...time] = dayNamed;
  return momentOf(Number(year), monthOf(month!), Number(day), time, timeZone);
}

/**
 * In which order the numeric dates of a column can be meant: one of the two, `either` (nobody can tell),
 * `mixed` (neither fits all of them), or `none` (there are no such dates).
 */
export function orderOfDates(texts: Iterable<string>): DateOrder | 'either' | 'mixed' | 'none' {
  let any = false;
  let monthFirst = true;
  let dayFirst = true;
  for (const text of texts) {
    const [, first, separator, second] = NUMERIC.exec(text.trim()) ?? [];
    if (separator === undefined || separator === '.') continue;
    any = true;
    if (Number(first) > 12) monthFirst = false;
    if (Number(second) > 12) dayFirst = false;
  }
  if (!any) return 'none';
  if (monthFirst && dayFirst) return 'either';
  return monthFirst ? 'month_first' : dayFirst ? 'day_first' : 'mixed';
}

const monthOf = (name: string) => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

function momentOf(
  year: number,
  month: number,
  day: number,
  time: (string | undefined)[],
  timeZone: string,
): Date | null {
  const [hours, minutes, seconds, half, zone] = time;
  const whole = new Date(Date.UTC(year, month - 1, day));
  if (year < 1970 || whole.getUTCMonth() !== month - 1 || whole.getUTCDate() !== day) return null;
  const hour = hourOf(Number(hours ?? 0), half?.[0]?.toLowerCase());
  const [minute, second] = [Number(minutes ?? 0), Number(seconds ?? 0)];
  if (hour === null || hour > 23 || minute > 59 || second > 59) return null;
  if (zone === undefined) return instantOf({ year, month, day, hour, minute, second }, timeZone);
  const [, sign, zoneHours, zoneMinutes] = /([+-])(\d{2}):?(\d{2})/.exec(zone) ?? [];
  const offsetMinutes = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * (sign === '-' ? -1 : 1);
  return new Date(Date.UTC(year, month - 1, day, hour, minute - offsetMinutes, second));
}

/** 12 am is midnight, 12 pm is noon; null for 13 pm. */
function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}
