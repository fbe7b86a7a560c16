import type { Fact } from './facts.ts';

/** What process-event hands to decide(): a fact from outside, an answer, an act of staff on one, or a timer that is due. */
export type DomainEvent =
  | { kind: 'fact'; fact: Fact }
  | { kind: 'answer'; responseId: string }
  | { kind: 'answer_held' | 'answer_restored'; responseId: string }
  | { kind: 'contact_due' }
  | { kind: 'reminder_due'; invitationId: string }
  | { kind: 'points_due'; orderId: string };

/** Makes ids in the app, so that a row can be named before it is stored. */
export type NewId = () => string;
