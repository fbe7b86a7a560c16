/** From when until when a survey is asked, as date and time in the shop's time zone. */
import { instantOf, localTime } from '../../domain/core/calendar.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import { changeSurvey } from './edit-questions.ts';

export type ScheduleEnd = 'from' | 'until';

/** As the browser's date and time fields hold it: "2026-12-24", "09:30"; both empty: no limit. */
export interface LocalMoment {
  date: string;
  time: string;
}

/** A day that is chosen without a time begins with it, and ends with it. */
const WHOLE_DAY: Record<ScheduleEnd, string> = { from: '00:00', until: '23:59' };

const padded = (value: number, digits = 2) => String(value).padStart(digits, '0');

/** What the fields of one end show. */
export function momentOf(definition: Definition, end: ScheduleEnd, timeZone: string): LocalMoment {
  const instant = definition.schedule?.[end];
  if (instant === undefined) return { date: '', time: '' };
  const { year, month, day, hour, minute } = localTime(new Date(instant), timeZone);
  return {
    date: `${padded(year, 4)}-${padded(month)}-${padded(day)}`,
    time: `${padded(hour)}:${padded(minute)}`,
  };
}

/** The first digits of a year make early years of their own: 2, 20 and 209 on the way to 2099. */
const FIRST_YEAR = 2000;

/** Sets one end; without a date it has none. What is no date, or still being typed, leaves it as it was. */
export function setMoment(
  definition: Definition,
  end: ScheduleEnd,
  { date, time }: LocalMoment,
  timeZone: string,
): Definition {
  const { [end]: _, ...other } = definition.schedule ?? {};
  if (date === '') {
    return changeSurvey(definition, { schedule: Object.keys(other).length > 0 ? other : undefined });
  }
  const read = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)$/.exec(`${date} ${time || WHOLE_DAY[end]}`);
  if (!read) return definition;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = read.slice(1).map(Number);
  if (year < FIRST_YEAR) return definition;
  const instant = instantOf({ year, month, day, hour, minute, second: 0 }, timeZone);
  return changeSurvey(definition, { schedule: { ...other, [end]: instant.toISOString() } });
}
