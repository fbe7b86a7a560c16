import type { CaseRow } from './views.ts';

/** What the page of one case shows; see views.ts for units and times. */

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

export interface CaseView extends CaseRow {
  sourceKind: string;
  resolvedAt: string | null;
  rootCause: string | null;
  resolution: string | null;
  customerBand: string | null;
  customerHealth: number | null;
  customerTier: string | null;
  answer: {
    kind: string;
    metric: string;
    rating: number;
    comment: string | null;
    status: string;
    answeredAt: string;
  } | null;
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
