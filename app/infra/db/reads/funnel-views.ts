/** What the page of the funnel is made of; see views.ts for units and times. */
import type { SurveyKind } from '../../../domain/core/state.ts';
import type { StartedAnswer } from '../../../domain/surveys/drop-off.ts';
import type { SurveyEdition } from '../../../domain/surveys/live-surveys.ts';

export interface FunnelFilter {
  /** null for any. */
  kind: SurveyKind | null;
  /** Business days back from now, null for ever. */
  days: number | null;
}

export interface FunnelCounts {
  /** Invitations that fell due in the period and will not be sent, by reason, the most frequent first. */
  suppressed: { reason: string; count: number }[];
  /** They wait for a cap, a case or the morning. */
  deferred: number;
  /** Each is a part of the one before. */
  mailed: {
    sent: number;
    /** The mail server took it; of the others nobody knows. */
    accepted: number;
    /** A person was on the page, by their first act there or by an answer. */
    seen: number;
    started: number;
    finished: number;
    /** Of those sent: answered on another surface, and not by the link. */
    answeredElsewhere: number;
  };
  /** On a page of the order, from its first moment on, whether or not anybody saw it. */
  offered: number;
  /** Answers given in the period elsewhere than behind a mailed link. */
  surfaces: { surface: string; started: number; finished: number }[];
}

/** One version of one survey, with answers that are finished or that nobody goes on with. */
export interface EditionAnswers {
  kind: SurveyKind;
  edition: SurveyEdition;
  /** In the period. */
  total: number;
  /** The newest of them. */
  answers: StartedAnswer[];
}
