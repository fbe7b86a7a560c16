/** Why a customer was asked, or wasn't, and whether they would be now: by the rules that decide it, not by a retelling of them. */
import { armOf } from '../core/experiment-arms.ts';
import type { InvitationState } from '../core/state.ts';
import { latestCapEnd } from './contact-caps.ts';
import { isMessageKind, SURVEY_KINDS } from './contract.ts';
import type { MessageSurveyKind } from './contract.ts';
import { contactCustomer, decideContact, obstacleToPerson } from './eligibility.ts';
import { aboutOrder, contactInput, quarterlyEnd } from './plan-contacts.ts';
import type { ContactScene, ContactsPolicy } from './plan-contacts.ts';
import type { ContactReason } from './reasons.ts';
import { actsBefore, actsOf, habitHour } from './send-habit.ts';

export interface WhyAsked {
  /** Why nobody may mail this person surveys at all; null = one may. */
  barred: ContactReason | null;
  /** The customer's own, else the shop's. */
  timeZone: string;
  /** The local hour at which surveys of new orders are sent, and from how many acts it is known; null: the shop's hour. */
  habit: { hour: number; acts: number } | null;
  /** Kinds that are on, or were. */
  kinds: AskedKind[];
}

export interface AskedKind {
  kind: MessageSurveyKind;
  /** The decision that was taken last; null = none yet. */
  last: {
    invitationId: string;
    status: 'sent' | 'sending' | 'deferred' | 'suppressed';
    at: Date;
    /** null: about the shop as a whole. */
    orderId: string | null;
    /** Why it was put off or not sent, as stored. */
    reason: string | null;
    answeredAt: Date | null;
  } | null;
  /** What is planned next, and what it waits for besides its time. */
  next: { dueAt: Date; orderId: string | null; reason: string | null } | null;
  /** What becomes of the planned one at its time, as things stand; of one about another order, due now, where none is planned. */
  ifDue: Fate;
}

/** hold: it is not sent, `until` is when the cap ends that is to blame; defer: it is decided again then. */
type Fate =
  | { outcome: 'send' }
  | { outcome: 'defer'; reason: ContactReason; until: Date }
  | { outcome: 'hold'; reason: ContactReason; until: Date | null };

/** Everything that staff want to know about the surveys that one customer is mailed. */
export function whyAsked(scene: ContactScene, policy: ContactsPolicy): WhyAsked {
  const { customer, shop, now, orders, invitations } = scene;
  const timeZone = customer.timeZone ?? shop.timeZone;
  const acts = actsBefore(actsOf(orders, invitations), now);
  const hour = policy.sendAtHabit ? habitHour(acts, timeZone, policy.quietHours) : null;
  const mailed = invitations.filter(({ channel }) => channel === 'email');
  return {
    barred: obstacleToPerson(contactCustomer(customer, scene.openCases.length > 0), policy),
    timeZone,
    habit: hour === null ? null : { hour, acts: acts.length },
    kinds: SURVEY_KINDS.filter(isMessageKind)
      .filter((kind) => policy.surveys[kind].enabled || mailed.some((entry) => entry.kind === kind))
      .map((kind) =>
        askedKind(
          kind,
          mailed.filter((entry) => entry.kind === kind),
          scene,
          policy,
        ),
      ),
  };
}

function askedKind(
  kind: MessageSurveyKind,
  entries: InvitationState[],
  scene: ContactScene,
  policy: ContactsPolicy,
): AskedKind {
  const [last] = entries
    .filter((entry) => entry.status !== 'scheduled' && decidedAt(entry) !== null)
    .sort((a, b) => decidedAt(b)!.getTime() - decidedAt(a)!.getTime());
  const [next] = entries
    .filter(({ status }) => status === 'scheduled' || status === 'deferred')
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  return {
    kind,
    last: last
      ? {
          invitationId: last.id,
          status: last.status as NonNullable<AskedKind['last']>['status'],
          at: decidedAt(last)!,
          orderId: aboutOrder(last),
          reason: last.reason,
          answeredAt: last.answeredAt,
        }
      : null,
    next: next ? { dueAt: next.dueAt, orderId: aboutOrder(next), reason: next.reason } : null,
    ifDue: next ? atItsTime(next, scene, policy) : fateOf(aboutAnother(kind, entries, scene), scene, policy),
  };
}

const decidedAt = ({ sentAt, decidedAt: at }: InvitationState): Date | null => sentAt ?? at;

/** What ends before its time, the night above all, says nothing about it. */
function atItsTime(entry: InvitationState, scene: ContactScene, policy: ContactsPolicy): Fate {
  return fateOf(entry, { ...scene, now: entry.dueAt > scene.now ? entry.dueAt : scene.now }, policy);
}

function fateOf(entry: InvitationState, scene: ContactScene, policy: ContactsPolicy): Fate {
  const end = entry.sequence > 0 && entry.kind === 'relationship' ? quarterlyEnd(scene) : null;
  if (end) return { outcome: 'hold', reason: end, until: null };
  const input = contactInput([entry], scene, policy);
  const [decision] = decideContact(input);
  if (!decision || decision.outcome === 'send') {
    const onSite = armOf(scene.shop.liveExperiments, entry)?.channel === 'on_site';
    return onSite ? { outcome: 'hold', reason: 'on_site', until: null } : { outcome: 'send' };
  }
  const { reason } = decision;
  if (decision.outcome === 'defer') return { outcome: 'defer', reason, until: decision.until };
  const cap = reason === 'survey_cap' || reason === 'nps_cap';
  const ends = cap ? latestCapEnd(entry.kind, input.ledger, policy) : null;
  return { outcome: 'hold', reason, until: ends && new Date(ends.endsAt) };
}

/** One that nothing of the past stands against but what is known of the person. */
function aboutAnother(
  kind: MessageSurveyKind,
  entries: InvitationState[],
  { customer, now }: ContactScene,
): InvitationState {
  return {
    ...{ id: '', kind, customerId: customer.id, orderId: '', subjectId: null, experimentId: null, arm: null },
    // Who was asked about the shop before would be asked again.
    sequence: kind === 'relationship' && entries.some(({ sentAt }) => sentAt !== null) ? 1 : 0,
    ...{ status: 'scheduled', reason: null, channel: 'email', firstDueAt: now, dueAt: now, assumed: false },
    ...{ decidedAt: null, sentAt: null, answeredAt: null },
  };
}
