import { localTime } from '../domain/core/calendar.ts';
import type { Estimate } from '../domain/reports/estimate.ts';
import type { PersonView } from '../infra/db/reads/views.ts';

/**
 * How the admin writes things. All of it is computed without the reader's own time zone or
 * locale data, so that the server's and the browser's text are equal.
 */

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const MINUTE_MS = 60_000;

const two = (value: number) => String(value).padStart(2, '0');

/** "22 Nov 2026" in the shop's time zone. */
export function formatDay(iso: string, timeZone: string): string {
  const { year, month, day } = localTime(new Date(iso), timeZone);
  return `${day} ${MONTHS[month - 1]!.slice(0, 3)} ${year}`;
}

/** "November 2026" in UTC. */
export function formatMonth(iso: string): string {
  const { year, month } = localTime(new Date(iso), 'UTC');
  return `${MONTHS[month - 1]} ${year}`;
}

/** "22 Nov 2026, 14:05" in the shop's time zone. */
export function formatDateTime(iso: string, timeZone: string): string {
  const { hour, minute } = localTime(new Date(iso), timeZone);
  return `${formatDay(iso, timeZone)}, ${two(hour)}:${two(minute)}`;
}

/** "14:05" in the shop's time zone. */
export function formatClock(iso: string, timeZone: string): string {
  const { hour, minute } = localTime(new Date(iso), timeZone);
  return `${two(hour)}:${two(minute)}`;
}

/** A span in the two largest units that matter: "3 h 20 min", "2 days 4 h", "under 1 min". */
export function formatSpan(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
  if (minutes < 1) return 'under 1 min';
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  if (days > 0) return join(`${days} ${days === 1 ? 'day' : 'days'}`, days < 7 && hours > 0 && `${hours} h`);
  if (hours > 0) return join(`${hours} h`, rest > 0 && `${rest} min`);
  return `${rest} min`;
}

const join = (...parts: (string | false)[]) => parts.filter(Boolean).join(' ');

/** "3 days ago", "in 2 h", by business time. */
export function formatAgo(iso: string, now: string): string {
  const ms = Date.parse(now) - Date.parse(iso);
  if (Math.abs(ms) < MINUTE_MS) return 'just now';
  const span = formatSpan(ms).replace(/ \d+ (h|min)$/, '');
  return ms > 0 ? `${span} ago` : `in ${span}`;
}

/** "12,345" */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** "1 case", "2 cases" */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A share 0-1 as "37%", with one decimal under 10%. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return `${percent > 0 && percent < 9.95 ? trim(percent.toFixed(1)) : Math.round(percent)}%`;
}

const trim = (text: string) => text.replace(/\.0$/, '');

/** A predicted chance 0-1 in whole percent; nothing about people is certain, so never 0% or 100%. */
export function formatChance(chance: number): string {
  if (chance < 0.01) return 'under 1%';
  return chance > 0.99 ? 'over 99%' : `${Math.round(chance * 100)}%`;
}

/** A share 0-1 as "22.7%". */
export const formatPercentFine = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** Health in whole points, rounded down: 59.6 is still At-risk, and 60 would look like the band above. */
export const formatHealth = (score: number): string => String(Math.floor(score));

/** Signed with one decimal and a real minus: "+6.2", "−3.0", "0.0". */
export function formatSigned(value: number, decimals = 1): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return `${value > 0 ? '+' : '−'}${text}`;
}

/** A number with a real minus. */
export function formatNumber(value: number, decimals = 0): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/**
 * "n = 120 · 95% interval 31 to 45", or why there is no figure. `fine` writes the interval
 * where `write` would make both of its ends look the same.
 */
export function formatEvidence(
  estimate: Estimate,
  write: (value: number) => string,
  fine: (value: number) => string = write,
): string {
  if (estimate.outcome === 'not_enough') {
    return estimate.n === 0 ? 'No answers yet.' : `${plural(estimate.n, 'answer')} so far; shown from 5 on.`;
  }
  const writeEnd = write(estimate.low) === write(estimate.high) ? fine : write;
  return `n = ${formatCount(estimate.n)} · 95% interval ${writeEnd(estimate.low)} to ${writeEnd(estimate.high)}`;
}

/** Name of a person, else the e-mail address, else "Customer". */
export function personName(person: Pick<PersonView, 'firstName' | 'lastName' | 'email'> | null): string {
  if (!person) return 'Customer';
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ').trim();
  return name || person.email || 'Customer without a name';
}
