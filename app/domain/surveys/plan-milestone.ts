import { ignored, NOTHING, type Changes } from '../core/actions.ts';
import { nextLocalHour } from '../core/calendar.ts';
import type { Assign } from '../core/experiment-arms.ts';
import type { NewId } from '../core/events.ts';
import type { Snapshot } from '../core/state.ts';
import { contactTimer } from './decide-contacts.ts';
import type { SchedulePolicy } from './schedule.ts';
import { actsOf, sendHourAt } from './send-habit.ts';
import type { SendHourPolicy } from './send-habit.ts';
import { subjectInvitation } from './subject-invitation.ts';

/**
 * The survey at a milestone ('tier:vip', 'year:1'), once per customer and milestone, at the next send hour. It hangs on
 * the customer's newest order, in whose language it asks, and is about the shop.
 */
export function decideMilestone(
  milestone: string,
  snapshot: Snapshot,
  policy: SchedulePolicy & SendHourPolicy,
  { newId, assign }: { newId: NewId; assign: Assign },
): Changes {
  const { customer, invitations, now, orders, shop } = snapshot;
  if (!customer || customer.redactedAt)
    return ignored('The customer was erased before the milestone was read.');
  if (!policy.surveys.milestone.enabled) return ignored('The milestone survey is switched off.');
  if (invitations.some(({ kind, subjectId }) => kind === 'milestone' && subjectId === milestone))
    return ignored('The customer was asked at this milestone before.');
  const newest = orders.find(({ placedAt, test, cancelledAt }) => placedAt && !test && !cancelledAt);
  if (!newest) return ignored('No order of the customer counts any more.');

  const timeZone = customer.timeZone ?? shop.timeZone;
  const arm = assign('milestone');
  const hour = arm?.arm.sendHour ?? sendHourAt(actsOf(orders, invitations), now, timeZone, policy);
  const planned = subjectInvitation({
    id: newId(),
    kind: 'milestone',
    customerId: customer.id,
    orderId: newest.orderId,
    sequence: sequenceOf(milestone),
    subjectId: milestone,
    dueAt: nextLocalHour(now, timeZone, hour),
    arm,
  });
  return { ...NOTHING, invitations: [planned], timers: [contactTimer(customer.id, invitations, [planned])] };
}

const TIERS = ['tier:starter', 'tier:regular', 'tier:vip'];

/** One number for each milestone that one order may see. */
function sequenceOf(milestone: string): number {
  const tier = TIERS.indexOf(milestone);
  return tier >= 0 ? tier : TIERS.length + Number(milestone.slice('year:'.length));
}
