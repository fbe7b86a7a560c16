import type { NewId } from '../core/events.ts';
import { armOf } from '../core/experiment-arms.ts';
import type { InvitationState, Snapshot } from '../core/state.ts';
import { DAY_MS } from '../core/calendar.ts';
import { mailedByOrder } from './contact-caps.ts';
import { contactCustomer, contactOrder, contactShop, decideContact } from './eligibility.ts';
import type { ContactDecision, ContactInput, ContactPolicy } from './eligibility.ts';
import { metricOf } from './main-metric.ts';
import type { ContactReason } from './reasons.ts';
import { nextQuarterlyRelationship } from './schedule.ts';
import type { RepeatPolicy } from './schedule.ts';
import { actsOf, sendHourAt } from './send-habit.ts';
import type { SendHourPolicy } from './send-habit.ts';

/** A customer without an order in so many days is not asked for a quarterly NPS any more (domain.md section 5: active). */
const ACTIVE_DAYS = 365;
/** After so many unanswered relationship surveys in a row we stop asking. */
const SILENT_AFTER = 2;

export type ContactsPolicy = ContactPolicy & RepeatPolicy & SendHourPolicy;

/** What is known of a customer whose contacts are decided. */
export type ContactScene = Pick<
  Snapshot,
  'now' | 'shop' | 'orders' | 'invitations' | 'contacts' | 'openCases'
> & { customer: NonNullable<Snapshot['customer']> };

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
export function planContacts(snapshot: Snapshot, policy: ContactsPolicy, newId: NewId): ContactPlan {
  const { now, customer, invitations } = snapshot;
  const due = invitations.filter(
    (entry) => (entry.status === 'scheduled' || entry.status === 'deferred') && entry.dueAt <= now,
  );
  if (!customer || due.length === 0) return { changes: [], send: [] };
  const repeats = due.filter(isRepeat);
  const ended = new Map(
    repeats.flatMap((entry): [string, ContactReason][] => {
      const end = quarterlyEnd(snapshot);
      return end ? [[entry.id, end]] : [];
    }),
  );
  const asked = due.filter((entry) => !ended.has(entry.id));
  const scene = { ...snapshot, customer };
  const decisionsOn = (entries: InvitationState[]) => decideContact(contactInput(entries, scene, policy));

  const byId = new Map(due.map((entry) => [entry.id, entry]));
  const changes: InvitationState[] = [...ended].map(([id, reason]) => suppressed(byId.get(id)!, reason, now));
  const send: InvitationState[] = [];
  // What would go out but for the experiment takes no place among the mails that do.
  const first = decisionsOn(asked);
  const onSite = new Set(
    first.filter((one) => staysOnSite(one, byId, snapshot)).map((one) => one.invitationId),
  );
  const decisions =
    onSite.size === 0
      ? first
      : [
          ...[...onSite].map((invitationId) => onSiteDecision(invitationId)),
          ...decisionsOn(asked.filter(({ id }) => !onSite.has(id))),
        ];
  for (const decision of decisions) {
    const entry = applyDecision(byId.get(decision.invitationId)!, decision, now);
    changes.push(entry);
    if (entry.status === 'sending') send.push(entry);
    else if (!missesOneTurn(entry, invitations)) continue;
    const from = entry.reason === 'nps_cap' ? (lastRecommendation(invitations) ?? now) : now;
    const repeat = nextRepeat(entry, policy, scene, from, newId);
    if (repeat) changes.push(repeat);
  }
  return { changes, send };
}

/** Invitations of a customer, and all else that the rules of eligibility.ts want to know. */
export function contactInput(
  entries: readonly InvitationState[],
  scene: ContactScene,
  policy: ContactsPolicy,
): ContactInput {
  return {
    invitations: entries.map((entry) => ({
      invitationId: entry.id,
      orderId: aboutOrder(entry),
      kind: entry.kind,
      firstDueAt: entry.firstDueAt,
      // Only a cap asks for it, and a habit takes longer to find than all else that is decided here.
      get sendHour() {
        return hourFor(entry, scene, policy);
      },
      answered: entry.answeredAt !== null,
      deferredFor: entry.reason as ContactReason | null,
    })),
    ledger: scene.contacts.map((entry) => ({
      sentAt: entry.at,
      topic: entry.topic,
      surveyKind: entry.surveyKind,
      metric: entry.metric,
      pending: entry.pending,
    })),
    customer: contactCustomer(scene.customer, scene.openCases.length > 0),
    orders: scene.orders.map(contactOrder),
    mailed: mailedByOrder(scene.invitations),
    shop: contactShop(scene.shop, scene.now),
    timeZone: timeZoneOf(scene),
    policy,
    now: scene.now,
  };
}

const timeZoneOf = ({ customer, shop }: ContactScene) => customer.timeZone ?? shop.timeZone;

/** By what was known of the customer when its order was placed, as when it was planned; else by when it was first due. */
function hourFor(entry: InvitationState, scene: ContactScene, policy: ContactsPolicy): number {
  const fixed = armOf(scene.shop.liveExperiments, entry)?.sendHour;
  if (fixed !== undefined) return fixed;
  const order = aboutOrder(entry);
  const placedAt = scene.orders.find(({ orderId }) => orderId === order)?.placedAt;
  const acts = actsOf(scene.orders, scene.invitations);
  return sendHourAt(acts, placedAt ?? entry.firstDueAt, timeZoneOf(scene), policy);
}

/** Whether its arm offers on pages what is due now and could be mailed: both arms leave out the same people. */
function staysOnSite(
  { outcome, invitationId }: ContactDecision,
  byId: ReadonlyMap<string, InvitationState>,
  { shop }: Snapshot,
): boolean {
  return outcome === 'send' && armOf(shop.liveExperiments, byId.get(invitationId)!)?.channel === 'on_site';
}

const onSiteDecision = (invitationId: string): ContactDecision => ({
  invitationId,
  outcome: 'suppress',
  reason: 'on_site',
});

/**
 * The order that a survey is about. The quarterly question and that at a milestone are about the shop, whatever became
 * of the order they hang on; a case need not be about one.
 */
export function aboutOrder({ kind, orderId, ...entry }: InvitationState): string | null {
  const aboutShop = kind === 'milestone' || isRepeat({ kind, ...entry });
  return aboutShop || orderId === '' ? null : orderId;
}

/** Whether it is one of the quarterly questions after the first. */
function isRepeat({ kind, sequence }: Pick<InvitationState, 'kind' | 'sequence'>): boolean {
  return kind === 'relationship' && sequence > 0;
}

/** What kept one quarterly question back says nothing about the next. */
const PASSING: readonly (string | null)[] = [
  'survey_cap',
  'open_case',
  'quiet_hours',
  'too_late',
  'survey_paused',
] satisfies ContactReason[];

function missesOneTurn(entry: InvitationState, invitations: InvitationState[]): boolean {
  if (entry.reason === 'on_site') return true;
  if (!isRepeat(entry) || entry.status !== 'suppressed') return false;
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

/** When the customer was last asked for a recommendation, by whatever survey. */
function lastRecommendation(invitations: InvitationState[]): Date | null {
  const sent = invitations.filter(({ kind, status }) => metricOf(kind) === 'nps' && status === 'sent');
  return sent.reduce<Date | null>(
    (max, { sentAt }) => (!max || (sentAt && sentAt > max) ? sentAt : max),
    null,
  );
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

/** Why the quarterly question ends here; null = it goes on. */
export function quarterlyEnd(
  snapshot: Pick<Snapshot, 'now' | 'orders' | 'invitations'>,
): ContactReason | null {
  const since = snapshot.now.getTime() - ACTIVE_DAYS * DAY_MS;
  const active = snapshot.orders.some(
    (order) => order.placedAt && order.placedAt.getTime() > since && !order.test,
  );
  if (!active) return 'not_active';
  const asked = lastAsked(snapshot.invitations).slice(0, SILENT_AFTER);
  const silent = asked.length === SILENT_AFTER && asked.every((other) => other.answeredAt === null);
  return silent ? 'silent' : null;
}

function nextRepeat(
  sent: InvitationState,
  policy: ContactsPolicy,
  scene: ContactScene,
  from: Date,
  newId: NewId,
): InvitationState | null {
  if (sent.kind !== 'relationship') return null;
  const timeZone = timeZoneOf(scene);
  const sendHour = sendHourAt(actsOf(scene.orders, scene.invitations), from, timeZone, policy);
  const dueAt = nextQuarterlyRelationship(from, { ...policy, sendHour }, timeZone);
  if (!dueAt) return null;
  return {
    ...sent,
    id: newId(),
    sequence: sent.sequence + 1,
    // Whom the first question reached decides who gets the next: repeats are no fair comparison.
    experimentId: null,
    arm: null,
    status: 'scheduled',
    reason: null,
    dueAt,
    firstDueAt: dueAt,
    decidedAt: null,
    sentAt: null,
    answeredAt: null,
  };
}
