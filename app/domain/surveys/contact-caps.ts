/** How often people are asked: what the contact ledger, and the surveys mailed about an order, leave room for. */
import { DAY_MS, HOUR_MS, localTime, nextLocalHour, outsideQuietHours } from '../core/calendar.ts';
import type { QuietHours } from '../core/calendar.ts';
import type { InvitationState } from '../core/state.ts';
import { ORDER_KINDS } from './contract.ts';
import type { SurveyKind } from './contract.ts';
import { metricOf } from './main-metric.ts';

export interface Caps {
  /** At most one survey per person in so many days, and one NPS. */
  surveyDays: number;
  npsDays: number;
  /** Surveys about one order, whatever the time between them. */
  perOrder: number;
  maxDeferDays: number;
}

/** A message that was sent, or may have been (state unknown). */
export interface LedgerEntry {
  sentAt: Date;
  /** Only 'survey' counts towards the caps; acknowledgements, service notices and re-asks are exempt. */
  topic: string;
  surveyKind: SurveyKind | null;
  metric: string | null;
  /** Decided on and not sent yet: it may still come to nothing. */
  pending?: boolean | undefined;
}

/** How far back the ledger is needed, in days: as long as the longest cap. */
export function ledgerDays({ caps }: { caps: Caps }): number {
  return Math.max(caps.surveyDays, caps.npsDays);
}

/** A cap that binds. */
export interface Cap {
  /** Milliseconds. */
  endsAt: number;
  reason: 'survey_cap' | 'nps_cap';
  /** What sets it was not sent yet. */
  pending: boolean;
}

/**
 * The cap that binds longest, with its end in milliseconds; null if none ever bound. A case that follows from a survey would
 * always be too close to it, so only surveys about cases hold back the next one about a case: a low answer to one opens a case,
 * and that would be asked about again, and so on. They count for whatever comes after.
 */
export function latestCapEnd(kind: SurveyKind, ledger: LedgerEntry[], { caps }: { caps: Caps }): Cap | null {
  const surveys = ledger.filter(
    (entry) => entry.topic === 'survey' && (kind !== 'support' || entry.surveyKind === 'support'),
  );
  const nps = surveys.filter(
    ({ metric, surveyKind }) => metric === 'nps' || (surveyKind && metricOf(surveyKind) === 'nps'),
  );
  const ends = [
    ...surveys.map((entry) => capOf(entry, caps.surveyDays, 'survey_cap')),
    ...(metricOf(kind) === 'nps' ? nps.map((entry) => capOf(entry, caps.npsDays, 'nps_cap')) : []),
  ];
  return ends.reduce<Cap | null>(
    (latest, cap) => (!latest || cap.endsAt > latest.endsAt ? cap : latest),
    null,
  );
}

function capOf({ sentAt, pending = false }: LedgerEntry, days: number, reason: Cap['reason']): Cap {
  return { endsAt: sentAt.getTime() + days * DAY_MS, reason, pending };
}

/** After so long it is known what became of a survey that was on its way. */
const PENDING_RECHECK_MS = HOUR_MS;

/**
 * When a survey that a cap holds back is decided again: at its hour after the cap's end. Where the one that sets the cap
 * is still on its way, first an hour from now: should that one come to nothing, it must not have cost the other.
 */
export function afterCap(
  cap: Cap,
  {
    now,
    timeZone,
    sendHour,
    quietHours,
  }: { now: Date; timeZone: string; sendHour: number; quietHours: QuietHours },
): Date {
  const end = outsideQuietHours(atSendHour(new Date(cap.endsAt), timeZone, sendHour), timeZone, quietHours);
  if (!cap.pending) return end;
  const soon = outsideQuietHours(new Date(now.getTime() + PENDING_RECHECK_MS), timeZone, quietHours);
  return soon < end ? soon : end;
}

/** Caps count whole days of 24 hours: where clocks changed meanwhile, the next send hour after the cap's end. */
function atSendHour(instant: Date, timeZone: string, sendHour: number): Date {
  return localTime(instant, timeZone).hour === sendHour
    ? instant
    : nextLocalHour(instant, timeZone, sendHour);
}

/** How many surveys about each order were mailed, or are about to be. */
export function mailedByOrder(invitations: readonly InvitationState[]): Map<string, number> {
  const mailed = new Map<string, number>();
  for (const { kind, orderId, channel, status } of invitations) {
    const counts = channel === 'email' && (status === 'sent' || status === 'sending');
    if (counts && orderId !== '' && ORDER_KINDS.includes(kind))
      mailed.set(orderId, (mailed.get(orderId) ?? 0) + 1);
  }
  return mailed;
}
