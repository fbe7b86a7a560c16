import { Badge } from '@shopify/polaris';
import type { CaseRow } from '../infra/db/reads/case-views.ts';
import { formatSpan } from './format.ts';
import type { Tone } from './words.ts';

export interface ClockState {
  label: string;
  tone: Tone;
}

/** The last share of the target in which a case counts as due soon (domain.md section 12). */
const SOON_SHARE = 0.25;

/** Where the clock of a case stands at `now`, in words; colour only repeats them. Only a person's act stops it. */
export function clockState(
  entry: Pick<CaseRow, 'status' | 'openedAt' | 'dueAt' | 'acknowledgedAt'>,
  now: string,
): ClockState {
  const due = Date.parse(entry.dueAt);
  if (entry.acknowledgedAt) {
    const late = Date.parse(entry.acknowledgedAt) - due;
    return late > 0
      ? { label: `Answered ${formatSpan(late)} late`, tone: 'warning' }
      : { label: 'Answered in time', tone: 'success' };
  }
  if (entry.status !== 'open') return { label: 'Clock stopped', tone: undefined };
  const left = due - Date.parse(now);
  if (left < 0) return { label: `Overdue by ${formatSpan(left)}`, tone: 'critical' };
  const soon = left <= (due - Date.parse(entry.openedAt)) * SOON_SHARE;
  return soon
    ? { label: `Due soon: ${formatSpan(left)}`, tone: 'warning' }
    : { label: `Due in ${formatSpan(left)}`, tone: 'info' };
}

export function ClockChip({ entry, now }: { entry: CaseRow; now: string }) {
  const { label, tone } = clockState(entry, now);
  return <Badge tone={tone}>{label}</Badge>;
}
