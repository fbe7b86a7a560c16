/** Which surveys an order in its present state should lead to, and when. */
import { atLocalHour, DAY_MS, nextLocalHour } from '../core/calendar.ts';
import { isFullyRefunded } from '../core/kept.ts';
import type { LiveArm } from '../core/state.ts';
import type { MessageSurveyKind, SurveyKind } from './contract.ts';
import { deliveryOf } from './delivered.ts';
import type { DeliveryInput } from './delivered.ts';

export interface OrderForSurveys extends DeliveryInput {
  orderId: string;
  cancelledAt: Date | null;
  financialStatus: string | null;
  test: boolean;
}

/** The part of the merchant's settings that schedules surveys; days count from the anchor named in domain.md section 2. */
export interface SchedulePolicy {
  sendHour: number;
  /** Of kinds that are sent at an hour of their own. */
  sendHours?: Partial<Record<SurveyKind, number>>;
  surveys: {
    post_purchase: { enabled: boolean };
    delivery: { enabled: boolean; delayDays: number };
    usage: { enabled: boolean; delayDays: number };
    relationship: { enabled: boolean; delayDays: number; repeatDays: number };
    support: { enabled: boolean; delayHours: number };
    return: { enabled: boolean; delayDays: number };
    milestone: { enabled: boolean; anniversaries: boolean };
    website: { enabled: boolean };
    storefront: { enabled: boolean };
  };
}

/** Kinds of an order whose days an experiment may change; returns are planned apart. */
const TIMED = ['delivery', 'usage', 'relationship'] as const satisfies SurveyKind[];

/** The policy for one customer, whose surveys may take part in experiments on their timing. */
export function withArms(
  policy: SchedulePolicy,
  armOf: (kind: SurveyKind) => LiveArm | null,
): SchedulePolicy {
  let changed = policy;
  for (const kind of TIMED) {
    const { delayDays, sendHour } = armOf(kind) ?? {};
    if (delayDays !== undefined) {
      const surveys = { ...changed.surveys, [kind]: { ...changed.surveys[kind], delayDays } };
      changed = { ...changed, surveys };
    }
    if (sendHour !== undefined)
      changed = { ...changed, sendHours: { ...changed.sendHours, [kind]: sendHour } };
  }
  return changed;
}

/** What the quarterly question needs beside it: the cap that its own last mail sets. */
export type RepeatPolicy = SchedulePolicy & { caps: { npsDays: number } };

export interface DesiredInvitation {
  kind: SurveyKind;
  /** 'page': offered on the thank-you and order-status page, no message. */
  channel: 'page' | 'message';
  dueAt: Date;
  /** The delivered instant is a guess and may move. */
  assumed: boolean;
  /** One sentence for staff: why then. */
  reason: string;
}

export type ScheduleOutcome =
  | { outcome: 'scheduled'; invitations: DesiredInvitation[] }
  /** No message any more; what the page offered at checkout was offered all the same. */
  | {
      outcome: 'none';
      reason: 'test_order' | 'cancelled' | 'fully_refunded';
      invitations: DesiredInvitation[];
    };

/**
 * The target for the order as it stands; the caller compares it with what is stored and moves, adds or withdraws.
 * `timeZone`: the recipient's if known, else the shop's. Delivery and usage wait for the last shipment; digital
 * and POS orders have no delivery survey and their usage counts from the purchase. A newer order doesn't
 * move the relationship survey of an older one: the cap of one NPS in 90 days keeps it to one, and
 * moving it would never ask those who buy often.
 */
export function desiredInvitations(
  order: OrderForSurveys,
  policy: SchedulePolicy,
  timeZone: string,
): ScheduleOutcome {
  if (order.test) return { outcome: 'none', reason: 'test_order', invitations: [] };
  const { post_purchase, delivery, usage, relationship } = policy.surveys;
  const invitations: DesiredInvitation[] = post_purchase.enabled ? [offerOnPage(order)] : [];
  if (order.cancelledAt) return { outcome: 'none', reason: 'cancelled', invitations };
  if (isFullyRefunded(order)) return { outcome: 'none', reason: 'fully_refunded', invitations };

  const add = (kind: MessageSurveyKind, from: Date, days: number, assumed: boolean, anchor: string) => {
    const hour = policy.sendHours?.[kind] ?? policy.sendHour;
    const dueAt = atLocalHour(from, timeZone, days, hour);
    const reason = `${days} ${days === 1 ? 'day' : 'days'} after ${anchor}, at ${hour}:00.`;
    invitations.push({ kind, channel: 'message', dueAt, assumed, reason });
  };
  const arrival = deliveryOf(order);
  if (arrival.state === 'delivered') {
    const anchor = arrival.assumed ? 'the assumed delivery' : 'the delivery';
    if (delivery.enabled) add('delivery', arrival.at, delivery.delayDays, arrival.assumed, anchor);
    if (usage.enabled) add('usage', arrival.at, usage.delayDays, arrival.assumed, anchor);
  }
  if (arrival.state === 'in_hand' && usage.enabled)
    add('usage', arrival.at, usage.delayDays, false, 'the purchase');
  if (relationship.enabled)
    add('relationship', order.createdAt, relationship.delayDays, false, 'the purchase');
  return { outcome: 'scheduled', invitations };
}

const offerOnPage = (order: OrderForSurveys): DesiredInvitation => ({
  kind: 'post_purchase',
  channel: 'page',
  dueAt: order.createdAt,
  assumed: false,
  reason: 'Offered on the order page right after checkout.',
});

/**
 * When the next quarterly relationship survey is due: the first send hour at least `repeatDays` (90) full days
 * after the last relationship invitation was sent, or `npsDays` where the merchant made that cap longer, so that
 * it never falls under the cap that it set itself.
 * null when the survey is off.
 */
export function nextQuarterlyRelationship(
  lastSentAt: Date,
  policy: RepeatPolicy,
  timeZone: string,
): Date | null {
  const { enabled, repeatDays } = policy.surveys.relationship;
  if (!enabled) return null;
  const days = Math.max(repeatDays, policy.caps.npsDays);
  return nextLocalHour(new Date(lastSentAt.getTime() + days * DAY_MS), timeZone, policy.sendHour);
}
