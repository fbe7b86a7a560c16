/** The one reminder of a survey that was mailed and has no answer yet. */
import { NOTHING, ignored, type Changes } from '../core/actions.ts';
import { addDays, DAY_MS, HOUR_MS, outsideQuietHours } from '../core/calendar.ts';
import type { QuietHours } from '../core/calendar.ts';
import type { NewId } from '../core/events.ts';
import type { Snapshot } from '../core/state.ts';
import { capAtSend, standingObstacle } from './check-at-send.ts';
import type { SendCheck } from './check-at-send.ts';
import type { ContactPolicy } from './eligibility.ts';
import { aboutOrder } from './plan-contacts.ts';
import { reasonSentence } from './reasons.ts';
import type { ContactReason } from './reasons.ts';

export interface ReminderPolicy {
  /** Days after the survey was mailed; null: nobody is reminded. */
  reminderDays: number | null;
  quietHours: QuietHours;
}

/** When a survey mailed at `sentAt` is reminded of: the same hour so many days later, or the end of that night. */
export function reminderTime(
  sentAt: Date,
  { reminderDays, quietHours }: ReminderPolicy,
  timeZone: string,
): Date | null {
  if (reminderDays === null) return null;
  return outsideQuietHours(addDays(sentAt, reminderDays, timeZone), timeZone, quietHours);
}

/** Whole days for which the survey's link still works: the reminder's is good for no longer. */
export function linkDaysLeft(sentAt: Date, linkDays: number, now: Date): number {
  return Math.floor((sentAt.getTime() + linkDays * DAY_MS - now.getTime()) / DAY_MS);
}

/** Its time has come. What stands against it now is looked at, and kept, where it would be sent. */
export function decideReminder(invitationId: string, snapshot: Snapshot, newId: NewId): Changes {
  const { customer, invitations, now } = snapshot;
  const invitation = invitations.find(({ id }) => id === invitationId);
  if (!invitation || !customer || customer.redactedAt)
    return ignored('The customer was erased before the reminder was due.');
  if (invitation.answeredAt) return ignored(reasonSentence('already_answered'));
  return {
    ...NOTHING,
    actions: [
      {
        kind: 'send_survey_reminder',
        payload: { invitationId },
        id: newId(),
        dedupeKey: `survey-reminder:${invitationId}`,
        customerId: customer.id,
        orderId: aboutOrder(invitation),
        dueAt: now,
      },
    ],
  };
}

/** So late a reminder may be before the days of grace are counted: what is due together is sent one by one. */
const SLACK_MS = HOUR_MS;

/**
 * What stands against a reminder at the moment it would go out; null = it may. Whatever stands against a survey does,
 * and another survey since: one that was mailed afterwards, or one whose cap would not let this one go out today. The
 * reminder itself belongs to its survey and counts towards no cap.
 */
export function obstacleToReminder(
  check: SendCheck & { policy: ContactPolicy & ReminderPolicy & { surveyLinkDays: number } },
): ContactReason | null {
  const { invitation, customer, otherSurveys, policy, shop, now } = check;
  const sentAt = invitation?.sentAt;
  if (!sentAt) return 'redacted';
  const obstacle = standingObstacle(check);
  if (obstacle) return obstacle;
  const dueAt = reminderTime(sentAt, policy, customer?.timeZone ?? shop.timeZone);
  if (!dueAt) return 'reminders_off';
  if (linkDaysLeft(sentAt, policy.surveyLinkDays, now) < 1) return 'link_expired';
  if (otherSurveys.some(({ at }) => at > sentAt)) return 'other_survey';
  const latest = dueAt.getTime() + policy.caps.maxDeferDays * DAY_MS + SLACK_MS;
  if (!check.resent && now.getTime() > latest) return 'too_late';
  return capAtSend(check);
}
