/** Whether there is a time at which the survey could be asked. */
import type { Definition } from '../definition.ts';
import { openingAt } from '../opening.ts';
import type { Finding } from './finding.ts';
import { error } from './finding.ts';

/**
 * Findings about from when until when it is asked.
 * @param now business time; null: whether the time is over already is not asked
 */
export function checkSchedule({ schedule }: Definition, now: Date | null): Finding[] {
  const { from, until } = schedule ?? {};
  if (from !== undefined && until !== undefined && Date.parse(until) <= Date.parse(from)) {
    const message =
      'The schedule ends before it begins, so that nobody would be asked: choose an end that is later than the start.';
    return [error('schedule_reversed', null, message)];
  }
  if (now === null || openingAt({ from, until }, now) !== 'over') return [];
  const message = 'The schedule is over already, so that nobody would be asked: choose a later end, or none.';
  return [error('schedule_over', null, message)];
}
