/** An answer that is there before the next one comes, and what the next one may do to it (docs/decisions/024). */
import { sameQuestions } from './live-surveys.ts';
import type { SurveyEdition } from './live-surveys.ts';
import { fieldsOf } from './stored-answers.ts';
import type { StoredAnswers } from './stored-answers.ts';

/** What no rule holds back. */
export interface EarlierAnswer {
  answers: StoredAnswers;
  /** What it answers. */
  to: SurveyEdition;
  /** It was sent off; else it is steps. */
  finished: boolean;
  /** Something may have followed from it: it was sent off, or its steps were taken for it in the end. */
  counted: boolean;
  /** Counts its versions. */
  revision: number;
  /** Mark of the page that it came from last; null: from a door whose pages change nothing. */
  page: string | null;
}

/** A page that may change what was sent off. */
export interface ChangingPage {
  /** Tells it from every other page. */
  mark: string;
  /** Revision of what was sent off when it was opened; 0: nothing was. */
  seen: number;
}

/**
 * Whether there is one that stays as it is, whatever these questions are answered with; the same answer again does no
 * harm. The database judges by the same rule (store_answer, migration 0025_finished_once).
 * @param asked absent: there are no questions any more
 * @param page null: the door changes nothing that was sent off
 */
export function isKept(
  earlier: EarlierAnswer | null | undefined,
  asked: SurveyEdition | undefined,
  page: ChangingPage | null,
): boolean {
  if (!earlier?.counted) return false;
  if (earlier.finished && page?.mark !== earlier.page && page?.seen !== earlier.revision) return true;
  return asked !== undefined && !sameQuestions(earlier.to, asked);
}

/** The revision of it that a page shows to be changed; 0: nothing was sent off. */
export const revisionSeen = (earlier: EarlierAnswer | null | undefined): number =>
  earlier?.finished ? earlier.revision : 0;

/** What steps have stored, by field; the same name may stand for another question in another edition. */
export function stepsTaken(
  earlier: EarlierAnswer | null | undefined,
  asked: SurveyEdition,
): Record<string, string | string[]> {
  return earlier && !earlier.finished && sameQuestions(earlier.to, asked) ? fieldsOf(earlier.answers) : {};
}
