import type { NewId } from '../core/events.ts';
import { armOf, type Assign } from '../core/experiment-arms.ts';
import type {
  InvitationState,
  LiveExperiment,
  OrderState,
  OrderSummary,
  ResponseState,
} from '../core/state.ts';
import type { DeliveryInput } from './delivered.ts';
import type { ContactReason } from './reasons.ts';
import { desiredInvitations, withArms } from './schedule.ts';
import type { OrderForSurveys, SchedulePolicy } from './schedule.ts';
import { actsOf, sendHourAt } from './send-habit.ts';
import type { SendHourPolicy } from './send-habit.ts';

/** The stored order in the words of the survey rules. */
export function orderForSurveys(order: OrderState, medianTransitDays: number | null): OrderForSurveys {
  const input: DeliveryInput = {
    createdAt: order.placedAt ?? new Date(0),
    channel: order.channel,
    lines: order.lines,
    refundedLines: order.refunds.flatMap((refund) => refund.lines),
    shipments: order.fulfillments.map((shipment) => ({
      ...shipment,
      events: order.shipmentEvents.filter((event) => event.fulfillmentId === shipment.fulfillmentId),
    })),
    medianTransitDays,
  };
  return {
    ...input,
    orderId: order.orderId,
    cancelledAt: order.cancelledAt,
    financialStatus: order.financialStatus,
    test: order.test,
  };
}

/** Still to be decided on. */
export const isOpen = ({ status }: InvitationState): boolean =>
  status === 'scheduled' || status === 'deferred';

export interface InvitationPlan {
  order: OrderState;
  customerId: string;
  /** The customer's invitations as stored. */
  stored: InvitationState[];
  medianTransitDays: number | null;
  policy: SchedulePolicy & SendHourPolicy;
  /** The customer's orders as stored. */
  orders: readonly OrderSummary[];
  /** The shop's experiments, and where a new invitation takes part in them. */
  experiments: readonly LiveExperiment[];
  assign: Assign;
  timeZone: string;
  now: Date;
  newId: NewId;
}

const WITHDRAWN: Record<'test_order' | 'cancelled' | 'fully_refunded', ContactReason> = {
  test_order: 'test_order',
  cancelled: 'order_cancelled',
  fully_refunded: 'order_refunded',
};

/** What is undone when the order or the settings change back; a cancellation is for good. */
const REVIVABLE: readonly (string | null)[] = ['not_delivered', 'survey_off'] satisfies ContactReason[];

/**
 * The invitations that have to change so that what is stored agrees with what the order
 * in its present state should lead to. Sent ones stay as they are; one that was withdrawn
 * because the order had not arrived after all comes back when it has.
 */
export function planInvitations(plan: InvitationPlan): InvitationState[] {
  const stored = plan.stored.filter(
    ({ orderId, sequence, subjectId }) =>
      orderId === plan.order.orderId && sequence === 0 && subjectId === null,
  );
  // One that is planned already keeps the treatment that it was given.
  const policy = withArms({ ...plan.policy, sendHour: ownHour(plan) }, (kind) => {
    const existing = stored.find((entry) => entry.kind === kind);
    return existing ? armOf(plan.experiments, existing) : (plan.assign(kind)?.arm ?? null);
  });
  const wanted = desiredInvitations(
    orderForSurveys(plan.order, plan.medianTransitDays),
    policy,
    plan.timeZone,
  );
  const desired = wanted.invitations;
  const changes: InvitationState[] = [];

  for (const target of desired) {
    if (target.channel === 'page' && plan.order.channel === 'pos') continue;
    const existing = stored.find((entry) => entry.kind === target.kind);
    if (!existing) {
      changes.push(newInvitation(plan, target));
      continue;
    }
    const revived = existing.status === 'suppressed' && REVIVABLE.includes(existing.reason);
    // One that waits for a cap or a case waits from its new time on.
    const open = existing.status === 'scheduled' || existing.status === 'deferred';
    const moved = open && existing.firstDueAt.getTime() !== target.dueAt.getTime();
    if (revived || moved) {
      const { dueAt, assumed } = target;
      const page = target.channel === 'page';
      changes.push({
        ...existing,
        status: page ? 'sent' : 'scheduled',
        reason: null,
        dueAt,
        firstDueAt: dueAt,
        assumed,
        decidedAt: page ? plan.now : null,
      });
    }
  }
  for (const existing of stored) {
    // What the page offered was offered, whatever became of the order; only a test order was never meant.
    const tried = existing.channel === 'page' && wanted.outcome === 'none' && wanted.reason === 'test_order';
    const open = existing.status === 'scheduled' || existing.status === 'deferred' || tried;
    if (!open || desired.some((target) => target.kind === existing.kind)) continue;
    const reason: ContactReason =
      wanted.outcome === 'none'
        ? WITHDRAWN[wanted.reason]
        : plan.policy.surveys[existing.kind].enabled
          ? 'not_delivered'
          : 'survey_off';
    changes.push({ ...existing, status: 'suppressed', reason, decidedAt: plan.now });
  }
  return changes;
}

/** The hour at which this order's surveys are sent: by what the customer did until it was placed. */
export function ownHour({ order, orders, stored, timeZone, policy, now }: InvitationPlan): number {
  const others = orders.filter(({ orderId }) => orderId !== order.orderId);
  return sendHourAt(actsOf([...others, order], stored), order.placedAt ?? now, timeZone, policy);
}

function newInvitation(
  plan: InvitationPlan,
  target: { kind: InvitationState['kind']; channel: 'page' | 'message'; dueAt: Date; assumed: boolean },
): InvitationState {
  // What is offered on the page is open from the moment the order exists; no message is sent.
  const offered = target.channel === 'page';
  const taken = offered ? null : plan.assign(target.kind);
  return {
    id: plan.newId(),
    kind: target.kind,
    customerId: plan.customerId,
    orderId: plan.order.orderId,
    sequence: 0,
    subjectId: null,
    experimentId: taken?.experimentId ?? null,
    arm: taken?.arm.id ?? null,
    status: offered ? 'sent' : 'scheduled',
    reason: null,
    channel: offered ? 'page' : 'email',
    firstDueAt: target.dueAt,
    dueAt: target.dueAt,
    assumed: target.assumed,
    decidedAt: offered ? plan.now : null,
    sentAt: offered ? plan.now : null,
    answeredAt: null,
  };
}

/** When the customer has to be looked at next because of an open invitation; null = nothing is open. */
export function nextContactDue(invitations: InvitationState[]): Date | null {
  const open = invitations.filter((entry) => entry.status === 'scheduled' || entry.status === 'deferred');
  return open.reduce<Date | null>((min, entry) => (!min || entry.dueAt < min ? entry.dueAt : min), null);
}

/** The stored list with the changed rows in place of their old selves. */
export function withChanges(stored: InvitationState[], changes: InvitationState[]): InvitationState[] {
  const ids = new Set(changes.map((entry) => entry.id));
  return [...stored.filter((entry) => !ids.has(entry.id)), ...changes];
}

/** The invitation that an answer is to, now answered; nothing when there is none or it was answered before. */
export function answeredInvitation(
  response: ResponseState,
  invitations: InvitationState[],
  now: Date,
): InvitationState[] {
  const invitation = invitations.find((entry) =>
    response.invitationId
      ? entry.id === response.invitationId
      : entry.kind === response.kind && entry.orderId === response.orderId && entry.sequence === 0,
  );
  if (!invitation || invitation.answeredAt) return [];
  const answered = { ...invitation, answeredAt: response.answeredAt };
  const open = invitation.status === 'scheduled' || invitation.status === 'deferred';
  return [
    open ? { ...answered, status: 'suppressed', reason: 'already_answered', decidedAt: now } : answered,
  ];
}
