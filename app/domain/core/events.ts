import type { Fact } from './facts.ts';

/** What process-event hands to decide(): a fact from outside, an answer, an act of staff, what a score showed, or a timer that is due. */
export type DomainEvent =
  | { kind: 'fact'; fact: Fact }
  | { kind: 'answer'; responseId: string }
  | { kind: 'answer_held' | 'answer_restored'; responseId: string }
  | { kind: 'case_resolved' | 'case_closed' | 'case_reopened'; caseId: string }
  /** A higher tier, 'tier:vip', or so many years since the first order, 'year:1'. */
  | { kind: 'milestone_reached'; milestone: string }
  /** An order is likely to get a low rating. */
  | { kind: 'unhappiness_predicted' }
  | { kind: 'contact_due' }
  | { kind: 'reminder_due'; invitationId: string }
  | { kind: 'points_due'; orderId: string }
  /** A return whose last delivery named no order. */
  | { kind: 'return_due' };

/** Makes ids in the app, so that a row can be named before it is stored. */
export type NewId = () => string;
