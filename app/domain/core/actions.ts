import type { CustomerState, InvitationState, OrderState, ResponseState } from './state.ts';
import type { ReturnFact } from './facts.ts';

/** What can be done to the world. Payloads hold ids and numbers only. */
export type ActionSpec =
  | { kind: 'send_survey'; payload: { invitationId: string } }
  | { kind: 'send_survey_reminder'; payload: { invitationId: string } }
  | { kind: 'open_case'; payload: { responseId: string } }
  | { kind: 'open_care_case'; payload: { orderId: string } }
  | { kind: 'close_care_case'; payload: { responseId: string } }
  | { kind: 'create_recovery_discount'; payload: { responseId: string } }
  | { kind: 'send_acknowledgement'; payload: { responseId: string; discountActionId: string | null } }
  | { kind: 'post_points'; payload: { orderId: string } }
  | { kind: 'issue_referral_code'; payload: { responseId: string } }
  | { kind: 'send_referral_invite'; payload: { codeActionId: string } }
  | { kind: 'give_incentive'; payload: { responseId: string } }
  | { kind: 'send_incentive'; payload: { responseId: string; rewardActionId: string } }
  | { kind: 'send_review_request'; payload: { responseId: string } };

export type ActionKind = ActionSpec['kind'];

/** A message goes out at most once; everything else may be tried again. */
export const MESSAGE_ACTIONS: readonly ActionKind[] = [
  'send_survey',
  'send_survey_reminder',
  'send_acknowledgement',
  'send_referral_invite',
  'send_incentive',
  'send_review_request',
];

export function isMessage(kind: ActionKind): boolean {
  return MESSAGE_ACTIONS.includes(kind);
}

export type NewAction = ActionSpec & {
  id: string;
  /** Unique per shop: the same decision taken twice is one action. */
  dedupeKey: string;
  customerId: string | null;
  orderId: string | null;
  dueAt: Date;
  /** Settled first; this one is queued by its end. */
  afterId?: string;
};

export interface TimerChange {
  kind: 'contact.due' | 'points.approve' | 'return.due';
  subjectId: string;
  /** null = nothing to wait for any more. */
  dueAt: Date | null;
}

export interface NewContact {
  actionId: string;
  customerId: string;
  topic: 'survey' | 'case' | 'referral';
  marketing: boolean;
  surveyKind: InvitationState['kind'] | null;
  metric: string | null;
  at: Date;
}

/** Everything one event changes; saved in one transaction with the event itself. */
export interface Changes {
  customer: CustomerState | null;
  /** Whom the event names and tells of, although the order is somebody else's. */
  bystander: CustomerState | null;
  order: OrderState | null;
  return: ReturnFact | null;
  invitations: InvitationState[];
  responses: ResponseState[];
  actions: NewAction[];
  contacts: NewContact[];
  timers: TimerChange[];
  /** The customer's score has to be computed again. */
  rescore: boolean;
  /** Why nothing was done, for the event's row; null = it was processed. */
  ignoredBecause: string | null;
}

/** An event that changes nothing. */
export const NOTHING: Changes = {
  customer: null,
  bystander: null,
  order: null,
  return: null,
  invitations: [],
  responses: [],
  actions: [],
  contacts: [],
  timers: [],
  rescore: false,
  ignoredBecause: null,
};

/** Why an event of a shop without the app changes nothing; an installation puts such events back. */
export const NOT_INSTALLED = 'The app is not installed in this shop.';

/** Nothing but the reason why the event changes nothing. */
export const ignored = (reason: string): Changes => ({ ...NOTHING, ignoredBecause: reason });
