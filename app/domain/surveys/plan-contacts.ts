import type { NewId } from '../core/events.ts';
import type { InvitationState, ShopState, Snapshot } from '../core/state.ts';
import { DAY_MS } from '../core/calendar.ts';
import { contactCustomer, contactOrder, decideContact } from './eligibility.ts';
import type { ContactDecision, ContactPolicy } from './eligibility.ts';
import type { ContactReason } from './reasons.ts';
import { nextQuarterlyRelationship } from './schedule.ts';
import type { RepeatPolicy } from './schedule.ts';

/** A customer without an order in so many days is not asked for a quarterly NPS any more (domain.md section 5: active). */
const ACTIVE_DAYS = 365;
/** After so many unanswered relationship surveys in a row we stop asking. */
const SILENT_AFTER = 2;

export interface ContactPlan {
  /** Invitations with their new status: sending, deferred or suppressed, and the next quarterly ones. */
  changes: InvitationState[];
  /** Those of `changes` that go out now. */
  send: InvitationState[];
}

/**
 * Decides every invitation of one customer that is due at `snapshot.now`, all at once and
 * in canonical order, so that the result does not depend on which job came first.
 */
export function planContacts(
  snapshot: Snapshot,
  policy: ContactPolicy & RepeatPolicy,
  newId: NewId,
): ContactPlan {
  const { now, customer, invitations } = snapshot;
  const due = invitations.filter(
    (entry) => (entry.status === 'scheduled' || entry.status === 'deferred') && entry.dueAt <= now,
  );
  if (!customer || due.length === 0) return { changes: [], send: [] };
  const repeats = due.filter((entry) => entry.sequence > 0);
  const ended = new Map(repeats.flatMap((entry) => quarterlyEnd(entry, snapshot)));
  const asked = due.filter((entry) => !ended.has(entry.id));
  const timeZone = customer.timeZone ?? snapshot.shop.timeZone;

  const decisions = decideContact({
    invitations: asked.map((entry) => ({
      invitationId: entry.id,
      orderId: aboutOrder(entry),
      kind: entry.kind,
      firstDueAt: entry.firstDueAt,
      answered: entry.answeredAt !== null,
      deferredFor: entry.reason as ContactReason | null,
    })),
    ledger: snapshot.contacts.map((entry) => ({
      sentAt: entry.at,
      topic: entry.topic,
      surveyKind: entry.surveyKind,
      metric: entry.metric,
    })),
    customer: contactCustomer(customer, snapshot.openCases.length > 0),
    orders: snapshot.orders.map(contactOrder),
    shop: { installed: snapshot.shop.status === 'installed' },
    timeZone,
    policy,
    now,
  });

  const byId = new Map(due.map((entry) => [entry.id, entry]));
  const changes: InvitationState[] = [...ended].map(([id, reason]) => suppressed(byId.get(id)!, reason, now));
  const send: InvitationState[] = [];
  for (const decision of decisions) {
    const entry = applyDecision(byId.get(decision.invitationId)!, decision, now);
    changes.push(entry);
    if (entry.status === 'sending') send.push(entry);
    else if (!missesOneTurn(entry, invitations)) continue;
    const from = entry.reason === 'nps_cap' ? lastAsked(invitations)[0]!.sentAt! : now;
    const repeat = nextRepeat(entry, policy, timeZone, from, newId);
    if (repeat) changes.push(repeat);
  }
  return { changes, send };
}

/** The order that a survey is about; the quarterly question is about the shop, whatever became of the order it began with. */
export function aboutOrder(invitation: InvitationState): string | null {
  return invitation.sequence > 0 ? null : invitation.orderId;
}

/** What kept one quarterly question back says nothing about the next. */
const PASSING: readonly (string | null)[] = [
  'survey_cap',
  'open_case',
  'quiet_hours',
  'too_late',
] satisfies ContactReason[];

function missesOneTurn(entry: InvitationState, invitations: InvitationState[]): boolean {
  if (entry.sequence === 0 || entry.status !== 'suppressed') return false;
  if (entry.reason !== 'nps_cap') return PASSING.includes(entry.reason);
  // Where the question of another order came between, that one goes on; else the cap was made longer meanwhile.
  return lastAsked(invitations)[0]?.orderId === entry.orderId;
}

/** The relationship surveys that were sent, the newest first. */
function lastAsked(invitations: InvitationState[]): InvitationState[] {
  return invitations
    .filter((other) => other.kind === 'relationship' && other.status === 'sent' && other.sentAt)
    .sort((a, b) => b.sentAt!.getTime() - a.sentAt!.getTime());
}

function applyDecision(entry: InvitationState, decision: ContactDecision, now: Date): InvitationState {
  switch (decision.outcome) {
    case 'send':
      return { ...entry, status: 'sending', reason: null, decidedAt: now };
    case 'defer':
      return { ...entry, status: 'deferred', reason: decision.reason, dueAt: decision.until, decidedAt: now };
    default:
      return suppressed(entry, decision.reason, now);
  }
}

function suppressed(entry: InvitationState, reason: ContactReason, now: Date): InvitationState {
  return { ...entry, status: 'suppressed', reason, decidedAt: now };
}

/** Why the quarterly question ends here, if it does. */
function quarterlyEnd(entry: InvitationState, snapshot: Snapshot): [string, ContactReason][] {
  const since = snapshot.now.getTime() - ACTIVE_DAYS * DAY_MS;
  const active = snapshot.orders.some(
    (order) => order.placedAt && order.placedAt.getTime() > since && !order.test,
  );
  if (!active) return [[entry.id, 'not_active']];
  const asked = lastAsked(snapshot.invitations).slice(0, SILENT_AFTER);
  const silent = asked.length === SILENT_AFTER && asked.every((other) => other.answeredAt === null);
  return silent ? [[entry.id, 'silent']] : [];
}

function nextRepeat(
  sent: InvitationState,
  policy: RepeatPolicy,
  timeZone: ShopState['timeZone'],
  from: Date,
  newId: NewId,
): InvitationState | null {
  if (sent.kind !== 'relationship') return null;
  const dueAt = nextQuarterlyRelationship(from, policy, timeZone);
  if (!dueAt) return null;
  return {
    ...sent,
    id: newId(),
    sequence: sent.sequence + 1,
    status: 'scheduled',
    reason: null,
    dueAt,
    firstDueAt: dueAt,
    decidedAt: null,
    sentAt: null,
    answeredAt: null,
  };
}
