import { severityOf } from '../cases/open-case.ts';
import { approvalDueAt, targetPoints } from '../loyalty/points.ts';
import { orderForPoints } from '../loyalty/order-points.ts';
import { parseSettings } from '../shop-settings/settings.ts';
import type { ShopSettings } from '../shop-settings/settings.ts';
import { classifyResponse, releaseResponse } from '../surveys/classify-response.ts';
import { deliveryOf } from '../surveys/delivered.ts';
import { aboutOrder, planContacts } from '../surveys/plan-contacts.ts';
import {
  nextContactDue,
  orderForSurveys,
  planInvitations,
  withChanges,
  answeredInvitation,
} from '../surveys/plan-invitations.ts';
import { decideReminder } from '../surveys/reminders.ts';
import { ratingOf } from '../surveys/routing.ts';
import { ignored, NOTHING, type Changes, type NewAction, type TimerChange } from './actions.ts';
import { lowAnswerActions, promoterActions } from './answer-actions.ts';
import { applyToCustomer } from './apply-customer-fact.ts';
import { applyToOrder, withoutPerson } from './apply-order-fact.ts';
import { nextLocalHour } from './calendar.ts';
import type { DomainEvent, NewId } from './events.ts';
import type { CustomerFact, Fact } from './facts.ts';
import { decideHeld, decideRestored } from './held-answers.ts';
import { currencyExponent } from './money.ts';
import type { CustomerState, InvitationState, OrderState, ResponseState, Snapshot } from './state.ts';

/** Who process-event found the event to be about: the customer's key, and since when we know them. */
export interface Identity {
  eventId: string;
  /** null = nobody is known yet (a shipment of an order not heard of). */
  customerKey: string | null;
  /** The customer as the event names them; null when it names nobody. */
  customerFact: CustomerFact | null;
}

/**
 * The table of the house: each kind of event to the capabilities that have something to
 * say about it. Pure: the same event, snapshot and ids give the same changes.
 */
export function decide(event: DomainEvent, snapshot: Snapshot, identity: Identity, newId: NewId): Changes {
  const context: Context = { snapshot, identity, newId, settings: parseSettings(snapshot.shop.settings) };
  switch (event.kind) {
    case 'fact':
      return decideFact(event.fact, context);
    case 'answer':
      return decideAnswer(event.responseId, context);
    case 'answer_held':
      return decideHeld(event.responseId, snapshot);
    case 'answer_restored':
      return decideRestored(event.responseId, snapshot, {
        release: releaseResponse,
        judge: (seen) => decideAnswer(event.responseId, { ...context, snapshot: seen }),
      });
    case 'contact_due':
      return decideContacts(context);
    case 'reminder_due':
      return decideReminder(event.invitationId, snapshot, newId);
    case 'points_due':
      return decidePoints(event.orderId, context);
  }
}

interface Context {
  snapshot: Snapshot;
  identity: Identity;
  newId: NewId;
  settings: ShopSettings;
}

function decideFact(fact: Fact, context: Context): Changes {
  switch (fact.kind) {
    case 'order':
    case 'fulfillment':
    case 'fulfillment_event':
    case 'refund':
      return decideOrder(fact, context);
    case 'return':
      return { ...NOTHING, return: fact.return };
    case 'customer':
    case 'consent':
      return { ...NOTHING, customer: customerAfter(context), rescore: true };
    default:
      // An edit says only how many units changed; the order's own update carries the lines.
      return NOTHING;
  }
}

function customerAfter({ snapshot, identity, newId }: Context): CustomerState | null {
  const { customerFact, customerKey: key } = identity;
  // A merged customer's late events, or a guest's name for an order whose buyer is known by now, describe nobody stored.
  if (!customerFact || !key || (snapshot.customer && snapshot.customer.key !== key)) return snapshot.customer;
  return applyToCustomer(snapshot.customer, customerFact, { id: newId(), key, firstSeenAt: snapshot.now });
}

/**
 * An older version may name an account that the order no longer belongs to: it still tells of that account.
 * A guest's name for an order whose buyer is known tells of nobody, and so do late events of the merged.
 */
function bystanderAfter({ snapshot, identity, newId }: Context): CustomerState | null {
  const { customer, named, now } = snapshot;
  const { customerFact, customerKey: key } = identity;
  if (!customerFact || !key?.startsWith('c:') || !customer || namesOwner(snapshot, key)) return null;
  if (named && named.key !== key) return null;
  return applyToCustomer(named, customerFact, { id: newId(), key, firstSeenAt: now });
}

/** Whether the person of this key is the one to whom the event's order belongs, under whatever key today. */
export function namesOwner({ customer, named }: Snapshot, key: string): boolean {
  return !customer || customer.key === key || named?.id === customer.id;
}

function decideOrder(fact: Fact, context: Context): Changes {
  const { snapshot, settings, newId } = context;
  const { now, shop } = snapshot;
  const applied = applyToOrder(snapshot.order, fact);
  const customer = customerAfter(context);
  if (!applied) return NOTHING;
  const known = applied.known ? withDelivery(applied, snapshot) : applied;
  const order = customer?.redactedAt ? withoutPerson(known) : known;
  const bystander = bystanderAfter(context);
  if (!order.known || !customer)
    return { ...NOTHING, order, customer, bystander, rescore: customer !== null };

  const invitations = planInvitations({
    order,
    customerId: customer.id,
    stored: snapshot.invitations,
    medianTransitDays: shop.medianTransitDays,
    policy: settings,
    timeZone: customer.timeZone ?? shop.timeZone,
    now,
    newId,
  });
  const base: Changes = { ...NOTHING, order, customer, bystander, invitations, rescore: true };
  const answered = snapshot.responses
    .filter((response) => response.orderId === order.orderId)
    .sort(byTime)
    .reduce<Changes>((changes, response) => withAnswer(changes, response, order, customer, context), base);
  return withTimers(withPoints(answered, order, context), order, customer, context);
}

/** The delivered instant as known or assumed now; null while the order is on its way. */
function withDelivery(order: OrderState, { shop }: Snapshot): OrderState {
  const delivery = deliveryOf(orderForSurveys(order, shop.medianTransitDays));
  if (delivery.state === 'waiting') return { ...order, deliveredAt: null, deliveredAssumed: false };
  return {
    ...order,
    deliveredAt: delivery.at,
    deliveredAssumed: delivery.state === 'delivered' && delivery.assumed,
  };
}

function decideAnswer(responseId: string, context: Context): Changes {
  const { snapshot } = context;
  const response = snapshot.responses.find((entry) => entry.id === responseId);
  if (!response) return ignored('The answer was erased before it was read.');
  if (snapshot.customer?.redactedAt) return ignored('The customer was erased before the answer was read.');
  const changes = withAnswer(NOTHING, response, snapshot.order, snapshot.customer, context);
  if (changes.invitations.length === 0 || !snapshot.customer) return changes;
  return {
    ...changes,
    timers: [contactTimer(snapshot.customer.id, snapshot.invitations, changes.invitations)],
  };
}

/** Of two claims of one person the first counts, whichever is confirmed first. */
function byTime(a: ResponseState, b: ResponseState): number {
  return a.answeredAt.getTime() - b.answeredAt.getTime() || (a.id < b.id ? -1 : 1);
}

/** Classifies one answer and adds what follows from it, once its last step is there: the line from answer to action. */
function withAnswer(
  changes: Changes,
  stored: ResponseState,
  order: OrderState | null,
  customer: CustomerState | null,
  context: Context,
): Changes {
  // The median is known once enough deliveries were reported.
  const deliveriesReported = context.snapshot.shop.medianTransitDays !== null;
  const response = classifyResponse(stored, order, customer, deliveriesReported);
  const taken = [...context.snapshot.responses, ...changes.responses].some(
    (other) => other.id !== response.id && other.answerKey === response.answerKey,
  );
  if (taken || response.status === 'unverified' || response.status === 'quarantined') return changes;
  const moved = response.status !== stored.status || response.customerId !== stored.customerId;
  const { snapshot } = context;
  const open = withChanges(snapshot.invitations, changes.invitations);
  const invitations = answeredInvitation(response, open, snapshot.now);
  return {
    ...changes,
    responses: moved ? [...changes.responses, response] : changes.responses,
    invitations: withChanges(changes.invitations, invitations),
    actions: [...changes.actions, ...(response.awaitsSteps ? [] : answerActions(response, context))],
    rescore: true,
  };
}

/** Low: a case, an apology and perhaps something back. High NPS: an invitation to bring friends. */
function answerActions(response: ResponseState, { snapshot, settings, newId }: Context): NewAction[] {
  const rating = ratingOf(response);
  if (rating && severityOf(rating) !== null) return lowAnswerActions(response, snapshot.now, newId);
  const promoter = response.metric === 'nps' && response.route === 'high' && response.customerId;
  return promoter && settings.referral.enabled ? promoterActions(response, snapshot.now, newId) : [];
}

function decideContacts(context: Context): Changes {
  const { snapshot, settings, newId } = context;
  const { customer, now } = snapshot;
  if (!customer) return ignored('The customer was erased before the survey was due.');
  const plan = planContacts(snapshot, settings, newId);
  const actions = plan.send.map<NewAction>((invitation) => ({
    kind: 'send_survey',
    payload: { invitationId: invitation.id },
    id: newId(),
    dedupeKey: `survey:${invitation.id}`,
    customerId: customer.id,
    orderId: aboutOrder(invitation),
    dueAt: now,
  }));
  const contacts = plan.send.map((invitation, index) => ({
    actionId: actions[index]!.id,
    customerId: customer.id,
    topic: 'survey' as const,
    marketing: false,
    surveyKind: invitation.kind,
    metric: invitation.kind === 'relationship' ? 'nps' : null,
    at: now,
  }));
  const timers = [contactTimer(customer.id, snapshot.invitations, plan.changes)];
  return { ...NOTHING, invitations: plan.changes, actions, contacts, timers };
}

function contactTimer(customerId: string, stored: InvitationState[], changes: InvitationState[]) {
  return {
    kind: 'contact.due' as const,
    subjectId: customerId,
    dueAt: nextContactDue(withChanges(stored, changes)),
  };
}

function withPoints(changes: Changes, order: OrderState, context: Context): Changes {
  const { snapshot, settings } = context;
  if (!settings.loyalty.enabled) return changes;
  const exponent = currencyExponent(snapshot.shop.currency);
  const target = (state: OrderState | null) =>
    state?.known
      ? JSON.stringify(
          targetPoints(orderForPoints(state, false), exponent).lines.filter((line) => line.pending > 0),
        )
      : '[]';
  if (target(order) === target(snapshot.order)) return changes;
  return { ...changes, actions: [...changes.actions, postPoints(order.orderId, context)] };
}

/** The merchant may have made the return window longer since the timer was set: then it is set again. */
function decidePoints(orderId: string, context: Context): Changes {
  const { order, now } = context.snapshot;
  const timer = order && approvalTimer(order, context);
  const early = timer?.dueAt && timer.dueAt > now;
  return { ...NOTHING, actions: [postPoints(orderId, context)], timers: early ? [timer] : [] };
}

function postPoints(orderId: string, { snapshot, identity, newId }: Context): NewAction {
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

function withTimers(changes: Changes, order: OrderState, customer: CustomerState, context: Context): Changes {
  const { snapshot, settings } = context;
  const timers = [...changes.timers];
  const handedOver = snapshot.invitations.some((entry) => entry.customerId !== customer.id);
  if (changes.invitations.length > 0 || handedOver)
    timers.push(contactTimer(customer.id, snapshot.invitations, changes.invitations));
  const moved = order.deliveredAt?.getTime() !== snapshot.order?.deliveredAt?.getTime();
  if (settings.loyalty.enabled && moved) timers.push(approvalTimer(order, context));
  return { ...changes, timers };
}

/** Approvals of a day run together, at the hour at which the shop's day starts. */
function approvalTimer(order: OrderState, { snapshot, settings }: Context): TimerChange {
  const dueAt = approvalDueAt(order.deliveredAt, settings.returnWindowDays);
  const atHour = dueAt && nextLocalHour(dueAt, snapshot.shop.timeZone, settings.sendHour);
  return { kind: 'points.approve', subjectId: order.orderId, dueAt: atHour };
}
