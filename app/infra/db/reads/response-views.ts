import type { PersonView } from './views.ts';

/** What the page of responses shows; see views.ts for units and times. */

export type ResponseSlice = 'all' | 'low' | 'comment' | 'unverified' | 'quarantined';

export interface ResponseFilter {
  view: ResponseSlice;
  /** A survey kind, null for any. */
  kind: string | null;
  /** Where it was answered, null for anywhere. */
  surface: string | null;
  /** low | middle | high, null for any. */
  route: string | null;
  /** Answered in the last so many days of business time, null for ever. */
  days: number | null;
  /** Words that stand in the comment, in any case; empty for any comment and none. */
  search: string;
}

export interface ResponseRow {
  id: string;
  kind: string;
  metric: string;
  rating: number;
  /** low | middle | high */
  route: string;
  /** verified | unverified | unsolicited | quarantined */
  status: string;
  surface: string;
  answeredAt: string;
  comment: string | null;
  /** How often it was changed after it was given. */
  changes: number;
  /** null: nobody is known to have given it. */
  customer: PersonView | null;
  /** An account was named at checkout, and nothing proves yet that the order is its. */
  claimed: boolean;
  /** null where the answer is about no order, or about one that is not known (yet). */
  order: { orderId: string; name: string } | null;
  /** The case that this answer opened. */
  case: { id: string; number: number } | null;
  /** By whom of the staff it is held back and why; null when it is not, or a rule did. */
  held: { at: string; reason: string | null; staffName: string | null } | null;
}

/** Sizes of a filtered set. */
export interface ResponseCounts {
  n: number;
  low: number;
  middle: number;
  high: number;
  /** In the set, and in no score: unverified, unsolicited or quarantined. */
  notCounted: number;
}
