import type { AnswerInWords } from '../../../domain/surveys/answer-words.ts';
import type { RuleReason } from '../../../domain/surveys/hold-reasons.ts';
import type { SurveyEdition } from '../../../domain/surveys/live-surveys.ts';
import type { StoredAnswers } from '../../../domain/surveys/stored-answers.ts';
import type { UploadKind } from '../../../domain/surveys/uploads.ts';
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
  /** Whether a reward was promised for it, null for either. */
  rewarded: boolean | null;
  /** Answered in the last so many days of business time, null for ever. */
  days: number | null;
  /** Words that stand in the comment, in any case; empty for any comment and none. */
  search: string;
}

export interface ResponseRow {
  id: string;
  kind: string;
  /** null: the answer has no rating that measures something. */
  metric: string | null;
  rating: number | null;
  /** low | middle | high */
  route: string;
  /** verified | unverified | unsolicited | quarantined */
  status: string;
  surface: string;
  /** With whom it is stored; of the last two nobody is known. */
  identity?: 'identified' | 'pseudonymous' | 'anonymous';
  /** A reward for completing was promised where it was given. */
  rewarded?: boolean;
  /** Without a name the first of its month (UTC): more is not told. */
  answeredAt: string;
  comment: string | null;
  /** What else was answered. */
  more: AnswerInWords[];
  /** Pictures and voice notes, in the order in which they came. */
  files: ResponseFile[];
  /** How often something else was stored of it: step by step, or changed later. */
  versions: number;
  /** Of these, those until it was sent for the first time; null: not known. */
  steps: number | null;
  /** null: nobody is known to have given it. */
  customer: PersonView | null;
  /** An account was named at checkout, and nothing proves yet that the order is its. */
  claimed: boolean;
  /** null where the answer is about no order, or about one that is not known (yet). */
  order: { orderId: string; name: string } | null;
  /** The case that this answer opened. */
  case: { id: string; number: number } | null;
  /** Why a rule holds it back; null when none does. */
  heldByRule: RuleReason | null;
  /** By whom of the staff it is held back and why; null when it is not, or a rule did. */
  held: { at: string; reason: string | null; staffName: string | null } | null;
}

/** Its bytes are at /app/uploads/<id>. */
export interface ResponseFile {
  id: string;
  kind: UploadKind;
  mediaType: string;
  sizeBytes: number;
}

/** As it is stored: the questions stand in the survey's version. */
export interface StoredResponseRow extends Omit<ResponseRow, 'more'> {
  answers: StoredAnswers;
  edition: SurveyEdition;
  lineTitles: Record<string, string>;
}

export type RouteCounts = Record<'n' | 'low' | 'high', number>;

/** Sizes of a filtered set. */
export interface ResponseCounts {
  n: number;
  low: number;
  middle: number;
  high: number;
  /** In the set, and in no score: unverified, unsolicited or quarantined. */
  notCounted: number;
  /** Held back; they meet the filter, whatever its view. */
  quarantined: number;
  /** There are more, without a name and too few to be shown. */
  smallCell: boolean;
  /** Given where a reward was promised, and the others to surveys of the same kinds. */
  withReward: RouteCounts;
  withoutReward: RouteCounts;
}
