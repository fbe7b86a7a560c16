import { createHash } from 'node:crypto';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';

/**
 * What a play consists of: everything that the shop and its shoppers do, each at its
 * business time. The app's own doings (surveys that fall due, scores) are not in it:
 * they follow from the clock.
 */
export type ScriptEvent = WebhookEvent | AnswerEvent | StaffEvent;

export interface WebhookEvent {
  kind: 'webhook';
  /** Business time of arrival in milliseconds. */
  at: number;
  /** Events of one subject keep their order of arrival; most often the order's id. */
  subject: string;
  topic: string;
  /** The JSON text, written only when it is needed. */
  body: () => string;
  webhookId: string;
  /** When it happened, business time in milliseconds; before `at` for late deliveries. */
  triggeredAt: number;
  /** Further copies with the same ids. */
  copies: number;
}

export interface AnswerEvent {
  kind: 'answer';
  at: number;
  /** The order's id: an answer never shares a step with another event of its order. */
  subject: string;
  orderId: string;
  survey: SurveyKind;
  door: AnswerDoor;
  answer: PlannedAnswer;
}

/** What a member of staff does on a case page. */
export interface StaffEvent {
  kind: 'staff';
  at: number;
  /** The order of the case. */
  subject: string;
  caseId: string;
  /** The form's fields. */
  fields: Record<string, string>;
}

export type AnswerDoor =
  /** Logged in on the storefront, through the app proxy. */
  | { kind: 'storefront'; customerId: string }
  /** The thank-you page's extension; null = a guest. */
  | { kind: 'thank_you'; customerId: string | null }
  /** The link of a mail; `customerId` answers on the storefront if the mail never arrived. */
  | { kind: 'mail'; email: string; actionId: string; customerId: string | null };

export interface PlannedAnswer {
  rating: number;
  /** Confidence of the purchase, 1 to 5; post-purchase survey only. */
  confidence?: number;
  comment: string | null;
}

/** What a shopper does with a survey mail, if the app sends one. */
export interface MailAnswer extends PlannedAnswer {
  delayMs: number;
}

export interface ScriptShop {
  domain: string;
  name: string;
  email: string;
  currency: string;
  timeZone: string;
}

export interface Script {
  /** Names the script and all that decides its content; a play of another key is another play. */
  key: string;
  title: string;
  shop: ScriptShop;
  /** Business time at which the app is installed. */
  startAt: Date;
  /** In order of time. */
  events: ScriptEvent[];
  /**
   * How long the play goes on after the last scripted event. None where orders come to the very end, as in any shop that
   * is open: days without orders would be days on which everybody had left.
   */
  runOnDays: number;
  /** By `mailKey`. */
  mailAnswers: ReadonlyMap<string, MailAnswer>;
  /** Whether staff work on the cases that the answers open. */
  staffed: boolean;
  /** Bodies of products/create for the dev store's storefront; the app never sees them. */
  products: unknown[];
  counts: { orders: number; customers: number; webhooks: number };
}

export const mailKey = (orderId: string, survey: SurveyKind): string => `${orderId}:${survey}`;

/** A UUID that depends on its parts only, so that the same script has the same webhook ids. */
export function stableUuid(...parts: (string | number)[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}

/** Stable order of time: events of the same millisecond stay as they were. */
export function sortByTime(events: ScriptEvent[]): ScriptEvent[] {
  return events.sort((a, b) => a.at - b.at);
}

/** The number of deliveries that arrive, copies left out. */
export function countWebhooks(events: readonly ScriptEvent[]): number {
  return events.reduce((count, event) => count + (event.kind === 'webhook' ? 1 : 0), 0);
}
