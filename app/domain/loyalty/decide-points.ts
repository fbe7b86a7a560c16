/** When the points of an order are posted and approved. */
import { NOTHING, type Changes, type NewAction, type TimerChange } from '../core/actions.ts';
import { nextLocalHour } from '../core/calendar.ts';
import type { NewId } from '../core/events.ts';
import { currencyExponent } from '../core/money.ts';
import type { OrderState, Snapshot } from '../core/state.ts';
import { orderForPoints } from './order-points.ts';
import { approvalDueAt, targetPoints } from './points.ts';

interface About {
  snapshot: Snapshot;
  identity: { eventId: string };
  newId: NewId;
  settings: { sendHour: number; returnWindowDays: number; loyalty: { enabled: boolean } };
}

/** Points are posted once more where the order is worth another number of them than before. */
export function withPoints(changes: Changes, order: OrderState, about: About): Changes {
  const { snapshot, settings } = about;
  if (!settings.loyalty.enabled) return changes;
  const exponent = currencyExponent(snapshot.shop.currency);
  const target = (state: OrderState | null) =>
    state?.known
      ? JSON.stringify(
          targetPoints(orderForPoints(state, false), exponent).lines.filter((line) => line.pending > 0),
        )
      : '[]';
  if (target(order) === target(snapshot.order)) return changes;
  return { ...changes, actions: [...changes.actions, postPoints(order.orderId, about)] };
}

/** The merchant may have made the return window longer since the timer was set: then it is set again. */
export function decidePoints(orderId: string, about: About): Changes {
  const { order, now } = about.snapshot;
  const timer = order && approvalTimer(order, about);
  const early = timer?.dueAt && timer.dueAt > now;
  return { ...NOTHING, actions: [postPoints(orderId, about)], timers: early ? [timer] : [] };
}

function postPoints(orderId: string, { snapshot, identity, newId }: About): NewAction {
  return {
    kind: 'post_points',
    payload: { orderId },
    id: newId(),
    dedupeKey: `points:${orderId}:${identity.eventId}`,
    customerId: snapshot.customer?.id ?? null,
    orderId,
    dueAt: snapshot.now,
  };
}

/** Approvals of a day run together, at the hour at which the shop's day starts. */
export function approvalTimer(
  order: OrderState,
  { snapshot, settings }: Pick<About, 'snapshot' | 'settings'>,
): TimerChange {
  const dueAt = approvalDueAt(order.deliveredAt, settings.returnWindowDays);
  const atHour = dueAt && nextLocalHour(dueAt, snapshot.shop.timeZone, settings.sendHour);
  return { kind: 'points.approve', subjectId: order.orderId, dueAt: atHour };
}
