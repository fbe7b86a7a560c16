import type { SatisfactionReason } from '../../../domain/prediction/satisfaction-reasons.ts';
import type { PersonView } from './views.ts';

/** What the list of cases and the page of one show; see views.ts for units and times. */

/** What was predicted of its order when a case was opened for that. */
export interface ForeseenView {
  /** Chance of a low rating, 0-1. */
  lowProbability: number;
  stage: 'on_its_way' | 'delivered' | null;
  /** Share of low ratings among the orders on which the model was tested. */
  usualShare: number | null;
  /** What spoke for it, strongest first. */
  reasons: SatisfactionReason[];
}

export interface CaseRow {
  id: string;
  number: number;
  title: string;
  issueType: string;
  status: string;
  severity: number;
  critical: boolean;
  valueMinor: number;
  openedAt: string;
  dueAt: string;
  acknowledgedAt: string | null;
  closedAt: string | null;
  ownerId: string | null;
  ownerName: string | null;
  customer: PersonView | null;
  orderName: string | null;
  /** Why it was opened before anybody complained; null: somebody had. */
  foreseen: ForeseenView | null;
}

export interface CaseNoteView {
  id: string;
  at: string;
  kind: string;
  text: string | null;
  staffName: string | null;
}

export interface CaseMessage {
  actionId: string;
  kind: string;
  status: string;
  at: string;
  reason: string | null;
  /** What the customer was given; null unless the code exists. */
  offer: { code: string; amountMinor: number; currency: string; expiresAt: string } | null;
}

interface CaseAnswer {
  kind: string;
  metric: string;
  rating: number;
  comment: string | null;
  status: string;
  answeredAt: string;
}

export interface CaseView extends CaseRow {
  sourceKind: string;
  resolvedAt: string | null;
  rootCause: string | null;
  resolution: string | null;
  customerBand: string | null;
  customerHealth: number | null;
  customerTier: string | null;
  answer: CaseAnswer | null;
  /** Of a case that was opened for a prediction: what else was said about its order, oldest first. */
  otherAnswers: (CaseAnswer & { id: string })[];
  order: {
    orderId: string;
    name: string;
    placedAt: string | null;
    deliveredAt: string | null;
    deliveredAssumed: boolean;
    cancelledAt: string | null;
    totalMinor: number;
    refundedMinor: number;
    lines: { title: string; quantity: number; netMinor: number }[];
  } | null;
  /** Messages and offers that answer the same response. */
  messages: CaseMessage[];
  notes: CaseNoteView[];
}
