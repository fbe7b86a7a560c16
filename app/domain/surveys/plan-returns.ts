import { DAY_MS, nextLocalHour } from '../core/calendar.ts';
import { armOf } from '../core/experiment-arms.ts';
import type { InvitationState, ReturnState } from '../core/state.ts';
import { goodsReturned } from './goods-returned.ts';
import type { GoodsReturned } from './goods-returned.ts';
import { isOpen, ownHour } from './plan-invitations.ts';
import type { InvitationPlan } from './plan-invitations.ts';
import type { ContactReason } from './reasons.ts';
import { plannedFor, subjectInvitation, withdrawn } from './subject-invitation.ts';

/** What is undone when the settings change back, or when what was one return turns out to be two. */
const REVIVABLE: readonly (string | null)[] = ['survey_off', 'same_return'] satisfies ContactReason[];

/**
 * What stands for a return that several rows name: what was asked, then what is planned, then what was given up, and
 * last what was given up for one of them.
 */
function standing(entry: InvitationState): number {
  if (entry.answeredAt || entry.status === 'sent' || entry.status === 'sending') return 0;
  if (isOpen(entry)) return 1;
  return entry.reason === 'same_return' ? 3 : 2;
}

/**
 * The return surveys of an order that have to change so that what is stored agrees with the returns it has seen: one for
 * each, `delayDays` after its first showing and at the next send hour. Where two showings turn out to be of one return,
 * what was asked first stands for both. A full refund is no obstacle here: it is what most returns end in.
 */
export function planReturns(plan: InvitationPlan & { returns: readonly ReturnState[] }): InvitationState[] {
  const { order, policy, now } = plan;
  const stored = plan.stored
    .filter(({ kind, orderId }) => kind === 'return' && orderId === order.orderId)
    .toSorted((a, b) => standing(a) - standing(b) || a.sequence - b.sequence);
  const off = order.test ? 'test_order' : policy.surveys.return.enabled ? null : 'survey_off';
  if (off) return stored.filter(isOpen).map((entry) => withdrawn(entry, off, now));

  const claimed = new Set<InvitationState>();
  const changes: InvitationState[] = [];
  let sequence = stored.reduce((max, entry) => Math.max(max, entry.sequence + 1), 0);
  for (const returned of goodsReturned(order.refunds, plan.returns)) {
    const named = stored.filter(
      (entry) => !claimed.has(entry) && returned.names.includes(entry.subjectId ?? ''),
    );
    const equals = named.filter((entry) => standing(entry) === standing(named[0]!));
    const existing = equals.find(({ subjectId }) => subjectId === returned.subjectId) ?? equals[0];
    const dueAt = dueOf(returned, existing, plan);
    if (!existing) {
      changes.push(newReturnSurvey(plan, returned.subjectId, sequence, dueAt));
      sequence += 1;
      continue;
    }
    claimed.add(existing);
    const { subjectId } = returned;
    const revived = existing.status === 'suppressed' && REVIVABLE.includes(existing.reason);
    const moved = isOpen(existing) && existing.firstDueAt.getTime() !== dueAt.getTime();
    if (revived || moved) changes.push({ ...plannedFor(existing, dueAt), subjectId });
    else if (existing.subjectId !== subjectId) changes.push({ ...existing, subjectId });
  }
  const left = stored.filter((entry) => isOpen(entry) && !claimed.has(entry));
  return [...changes, ...left.map((entry) => withdrawn(entry, 'same_return', now))];
}

function dueOf(
  { shownAt }: GoodsReturned,
  existing: InvitationState | undefined,
  plan: InvitationPlan,
): Date {
  const arm = existing ? armOf(plan.experiments, existing) : plan.assign('return')?.arm;
  const days = arm?.delayDays ?? plan.policy.surveys.return.delayDays;
  const from = new Date(shownAt.getTime() + days * DAY_MS);
  return nextLocalHour(from, plan.timeZone, arm?.sendHour ?? ownHour(plan));
}

function newReturnSurvey(
  { order, customerId, newId, assign }: InvitationPlan,
  subjectId: string,
  sequence: number,
  dueAt: Date,
): InvitationState {
  const about = { kind: 'return' as const, customerId, orderId: order.orderId, sequence, subjectId, dueAt };
  return subjectInvitation({ id: newId(), ...about, arm: assign('return') });
}
