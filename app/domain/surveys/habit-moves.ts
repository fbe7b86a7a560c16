/** Surveys that are planned follow the habit of their customer as more of it is heard of. */
import type { Changes } from '../core/actions.ts';
import { atLocalHour, localTime } from '../core/calendar.ts';
import { armOf } from '../core/experiment-arms.ts';
import type { InvitationState, LiveExperiment, OrderSummary, Snapshot } from '../core/state.ts';
import type { SurveyKind } from './contract.ts';
import { withChanges } from './plan-invitations.ts';
import { actsOf, LEAST_ACTS, sendHourAt } from './send-habit.ts';
import type { SendHourPolicy } from './send-habit.ts';

/** Surveys that come so many days after something, at an hour that is free. */
const BY_THE_DAY: readonly SurveyKind[] = ['delivery', 'usage', 'relationship'];

/**
 * The changed invitations of an event, and those of other orders of the customer with which it moves: an order or an
 * answer from before theirs that is heard of late changes the hour, so that the order of arrival leaves no trace.
 */
export function withHabit(
  changes: Pick<Changes, 'order' | 'customer' | 'invitations'>,
  snapshot: Snapshot,
  policy: SendHourPolicy,
): InvitationState[] {
  const { order } = changes;
  const customer = changes.customer ?? snapshot.customer;
  const moved = movedToHabit({
    invitations: withChanges(snapshot.invitations, changes.invitations),
    orders: order
      ? [...snapshot.orders.filter(({ orderId }) => orderId !== order.orderId), order]
      : snapshot.orders,
    experiments: snapshot.shop.liveExperiments,
    timeZone: customer?.timeZone ?? snapshot.shop.timeZone,
    policy,
  });
  return withChanges(changes.invitations, moved);
}

/** The planned surveys whose hour is another one, moved on their day. An arm of an experiment may set the hour itself. */
export function movedToHabit(known: {
  invitations: readonly InvitationState[];
  orders: readonly Pick<OrderSummary, 'orderId' | 'placedAt' | 'test'>[];
  experiments: readonly LiveExperiment[];
  timeZone: string;
  policy: SendHourPolicy;
}): InvitationState[] {
  const { invitations, orders, experiments, timeZone, policy } = known;
  const acts = policy.sendAtHabit ? actsOf(orders, invitations) : [];
  if (acts.length < LEAST_ACTS) return [];
  return invitations.flatMap((entry) => {
    const placedAt = orders.find(({ orderId }) => orderId === entry.orderId)?.placedAt;
    if (entry.status !== 'scheduled' || entry.sequence > 0 || !BY_THE_DAY.includes(entry.kind) || !placedAt)
      return [];
    const hour = armOf(experiments, entry)?.sendHour ?? sendHourAt(acts, placedAt, timeZone, policy);
    if (localTime(entry.firstDueAt, timeZone).hour === hour) return [];
    const dueAt = atLocalHour(entry.firstDueAt, timeZone, 0, hour);
    return dueAt.getTime() === entry.firstDueAt.getTime() ? [] : [{ ...entry, dueAt, firstDueAt: dueAt }];
  });
}
