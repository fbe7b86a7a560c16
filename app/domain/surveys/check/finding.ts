/** What the check before publishing says. */
export type FindingCode =
  | 'jump_backward'
  | 'unknown_question'
  | 'later_question'
  | 'unknown_option'
  | 'unsuitable_test'
  | 'unknown_value'
  | 'unsuitable_value'
  | 'unreachable_question'
  | 'rule_never_fires'
  | 'ends_without_rating'
  | 'nothing_to_ask'
  | 'too_complex'
  | 'needs_device'
  | 'other_without_text'
  | 'untranslated'
  | 'review_gating'
  | 'incentive_on_score'
  | 'incentive_for_visitors'
  | 'files_for_visitors'
  | 'link_on_score'
  | 'identity_question'
  | 'identity_profile'
  | 'identity_facts'
  | 'identity_incentive'
  | 'identity_surface'
  | 'identity_target'
  | 'schedule_reversed'
  | 'schedule_over';

export interface Finding {
  /** Errors block publishing. */
  severity: 'error' | 'warning';
  code: FindingCode;
  /** null: the survey as a whole. */
  questionId: string | null;
  /** What is wrong and what to do. */
  message: string;
}

export const error = (code: FindingCode, questionId: string | null, message: string): Finding => ({
  severity: 'error',
  code,
  questionId,
  message,
});

export const warning = (code: FindingCode, questionId: string | null, message: string): Finding => ({
  severity: 'warning',
  code,
  questionId,
  message,
});
