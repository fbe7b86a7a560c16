import { type OpeningTimes, openingAt } from '../domain/surveys/opening.ts';
import type { SurveyStatus } from '../infra/db/survey-drafts.repo.server.ts';
import { formatDateTime } from './format.ts';
import type { Tone } from './words.ts';

const STATUS_LABELS: Record<SurveyStatus, { label: string; tone: Tone }> = {
  draft: { label: 'Draft', tone: 'info' },
  live: { label: 'Live', tone: 'success' },
  paused: { label: 'Paused', tone: 'attention' },
  archived: { label: 'Archived', tone: undefined },
};

/** What a survey is now: its status, or that its time has not come or is over. Times are the shop's. */
export function statusBadge(
  { status, schedule }: { status: SurveyStatus; schedule: OpeningTimes | null },
  now: string,
  timeZone: string,
): { label: string; tone: Tone } {
  const opening = status === 'live' && schedule ? openingAt(schedule, new Date(now)) : 'open';
  if (opening === 'waiting') {
    return { label: `Scheduled from ${formatDateTime(schedule?.from ?? now, timeZone)}`, tone: 'info' };
  }
  if (opening === 'over') {
    return { label: `Ended ${formatDateTime(schedule?.until ?? now, timeZone)}`, tone: undefined };
  }
  return STATUS_LABELS[status];
}
