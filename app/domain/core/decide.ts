import { severityOf } from '../cases/open-case.ts';
import { assignment } from '../experiments/assign.ts';
import { decideCare } from '../flows/proactive-care.ts';
import { approvalTimer, decidePoints, withPoints } from '../loyalty/decide-points.ts';
import { carePolicy, parseSettings } from '../shop-settings/settings.ts';
import type { ShopSettings } from '../shop-settings/settings.ts';
import { classifyResponse, releaseResponse } from '../surveys/classify-response.ts';
import { contactTimer, decideContacts } from '../surveys/decide-contacts.ts';
import { deliveryOf } from '../surveys/delivered.ts';
import { withHabit } from '../surveys/habit-moves.ts';
import {
  answeredInvitation,
  orderForSurveys,
  planInvitations,
  withChanges,
  type InvitationPlan,
} from '../surveys/plan-invitations.ts';
import { decideMilestone } from '../surveys/plan-milestone.ts';
import { planReturns } from '../surveys/plan-returns.ts';
import { decideSupport } from '../surveys/plan-support.ts';
import { earnsReward } from '../surveys/incentives.ts';
import { decideReminder } from '../surveys/reminders.ts';
import { ratingOf } from '../surveys/routing.ts';
import { ignored, NOTHING, type Changes, type NewAction } from './actions.ts';
import {
  lowAnswerActions,
  promoterActions,
  ratedCareActions,
  rewardActions,
  withReviewRequest,
} from './answer-actions.ts';
import { applyToOrder, withoutPerson } from './apply-order-fact.ts';
import type { DomainEvent, NewId } from './events.ts';
import type { Fact, ReturnFact } from './facts.ts';
import { decideHeld, decideRestored } from './held-answers.ts';
import { bystanderAfter, customerAfter, type Identity } from './people.ts';
import { shownAt, withReturn } from './returns.ts';
import type { CustomerState, OrderState, ResponseState, ReturnState, Snapshot } from './state.ts';

/**
 * The table of the house: each kind of event to the capabilities that have something to
 * say about it. Pure: the same event, snapshot and ids give the same changes.
 */
export function decide(event: DomainEvent, snapshot: Snapshot, identity: Identity, newId: NewId): Changes {
  const context: Context = { snapshot, identity, newId, settings: parseSettings(snapshot.shop.settings) };
  const assign = assignment(snapshot.shop.liveExperiments, snapshot.customer?.id ?? '');
  const rules = { newId, assign };
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
    case 'case_resolved':
    case 'case_reopened':
      return decideSupport(snapshot, context.settings, rules);
    case 'case_closed':
      return withReviewRequest(decideSupport(snapshot, context.settings, rules), snapshot, newId);
    case 'milestone_reached':
      return decideMilestone(event.milestone, snapshot, context.settings, rules);
    case 'unhappiness_predicted':
      return decideForeseen(context);
    case 'return_due':
      return withReturns(NOTHING, snapshot.returns, context);
    case 'contact_due':
      return decideContacts(snapshot, context.settings, newId);
    case 'reminder_due':
      return decideReminder(event.invitationId, snapshot, newId);
    case 'points_due':
      return decidePoints(event.orderId, context);
  }
}

/** Staff look after the customer before anybody complains. The key names the event: tomorrow it may be decided otherwise. */
function decideForeseen({ snapshot, settings, identity, newId }: Context): Changes {
  const { care: facts, now, order, customer } = snapshot;
  const decision = decideCare({ facts, policy: carePolicy(settings), now });
  if (decision.outcome === 'none') return ignored(decision.sentence);
  const orderId = order?.orderId ?? '';
  const about = { customerId: customer?.id ?? null, orderId, dueAt: now };
  const dedupeKey = `care:${identity.eventId}`;
  const action = { kind: 'open_care_case' as const, payload: { orderId }, id: newId(), dedupeKey, ...about };
  return { ...NOTHING, actions: [action] };
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
    case 'dispute':
      return decideOrder(fact, context);
    case 'return':
      return decideReturn(fact.return, context);
    case 'customer':
    case 'consent':
      return { ...NOTHING, customer: customerAfter(context), rescore: true };
    default:
      // An edit says only how many units changed; the order's own update carries the lines.
      return NOTHING;
  }
}

function decideOrder(fact: Fact, context: Context): Changes {
  const { snapshot, settings } = context;
  const applied = applyToOrder(snapshot.order, fact);
  const customer = customerAfter(context);
  if (!applied) return NOTHING;
  const known = applied.known ? withDelivery(applied, snapshot) : applied;
  const order = customer?.redactedAt ? withoutPerson(known) : known;
  const bystander = bystanderAfter(context);
  if (!order.known || !customer)
    return { ...NOTHING, order, customer, bystander, rescore: customer !== null };

  const plan = planOf(order, customer, context);
  const invitations = [...planInvitations(plan), ...planReturns({ ...plan, returns: snapshot.returns })];
  const base: Changes = { ...NOTHING, order, customer, bystander, invitations, rescore: true };
  const answered = snapshot.responses
    .filter((response) => response.orderId === order.orderId)
    .sort(byTime)
    .reduce<Changes>((changes, response) => withAnswer(changes, response, order, customer, context), base);
  const settled = { ...answered, invitations: withHabit(answered, snapshot, settings) };
  return withTimers(withPoints(settled, order, context), order, customer, context);
}

function planOf(order: OrderState, customer: CustomerState, context: Context): InvitationPlan {
  const { snapshot, settings, newId } = context;
  const { shop, orders, now } = snapshot;
  return {
    ...{ order, orders, now, newId },
    customerId: customer.id,
    stored: snapshot.invitations,
    medianTransitDays: shop.medianTransitDays,
    policy: settings,
    experiments: shop.liveExperiments,
    assign: assignment(shop.liveExperiments, customer.id),
    timeZone: customer.timeZone ?? shop.timeZone,
  };
}

/**
 * A delivery that names no order is looked at again once the row that it is stored in tells which one; so is the first
 * that names one, since the row may hold what such a delivery told before.
 */
function decideReturn(fact: ReturnFact, context: Context): Changes {
  const { now, returns } = context.snapshot;
  const known = returns.some(({ returnId }) => returnId === fact.returnId);
  const again = fact.orderId === null ? shownAt(fact) !== null : !known;
  const timers = again ? [{ kind: 'return.due' as const, subjectId: fact.returnId, dueAt: now }] : [];
  const changes: Changes = { ...NOTHING, return: fact, timers };
  return fact.orderId === null ? changes : withReturns(changes, withReturn(returns, fact), context);
}

function withReturns(changes: Changes, returns: ReturnState[], context: Context): Changes {
  const { order, customer, invitations: stored } = context.snapshot;
  if (!order?.known || !customer || customer.redactedAt) return changes;
  const invitations = planReturns({ ...planOf(order, customer, context), returns });
  if (invitations.length === 0) return changes;
  const timers = [...changes.timers, contactTimer(customer.id, stored, invitations)];
  return { ...changes, invitations, timers };
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
  const invitations = withHabit(changes, snapshot, context.settings);
  return {
    ...changes,
    invitations,
    timers: [contactTimer(snapshot.customer.id, snapshot.invitations, invitations)],
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

/**
 * Low: a case, an apology and perhaps something back. Not low: the end of a case that was opened before anybody had
 * complained. High NPS: an invitation to bring friends. What was promised for completing, whatever the score.
 */
function answerActions(response: ResponseState, { snapshot, settings, newId }: Context): NewAction[] {
  // Nobody is known to whom anything could be offered or written.
  if (response.customerId === null) return [];
  const reward = earnsReward(response) ? rewardActions(response, snapshot.now, newId) : [];
  const rating = ratingOf(response);
  if (rating && severityOf(rating) !== null)
    return [...lowAnswerActions(response, snapshot.now, newId), ...reward];
  const rated = rating ? ratedCareActions(response, snapshot, newId) : [];
  const promoter = response.metric === 'nps' && response.route === 'high' && response.customerId;
  const invite = promoter && settings.referral.enabled;
  return [...rated, ...(invite ? promoterActions(response, snapshot.now, newId) : []), ...reward];
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
