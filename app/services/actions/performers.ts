import type { ActionKind } from '../../domain/core/actions.ts';
import type { ClaimedAction } from '../../infra/db/actions.repo.server.ts';
import type { Deps } from '../deps.ts';
import type { Performed } from '../run-action.ts';
import { closeCareCase } from './close-care-case.ts';
import { createRecoveryDiscount } from './create-recovery-discount.ts';
import { giveIncentive } from './give-incentive.ts';
import { issueReferralCode } from './issue-referral-code.ts';
import { openCareCase } from './open-care-case.ts';
import { openCase } from './open-case.ts';
import { postPoints } from './post-points.ts';
import { sendAcknowledgement } from './send-acknowledgement.ts';
import { sendIncentive } from './send-incentive.ts';
import { sendReferralInvite } from './send-referral-invite.ts';
import { sendReviewRequest } from './send-review-request.ts';
import { sendSurveyReminder } from './send-survey-reminder.ts';
import { sendSurvey } from './send-survey.ts';

/** Kind of action -> how it is done. The compiler demands a line for each kind. */
export const performers = {
  send_survey: sendSurvey,
  send_survey_reminder: sendSurveyReminder,
  open_case: openCase,
  open_care_case: openCareCase,
  close_care_case: closeCareCase,
  create_recovery_discount: createRecoveryDiscount,
  send_acknowledgement: sendAcknowledgement,
  post_points: postPoints,
  issue_referral_code: issueReferralCode,
  send_referral_invite: sendReferralInvite,
  give_incentive: giveIncentive,
  send_incentive: sendIncentive,
  send_review_request: sendReviewRequest,
} satisfies Record<ActionKind, (deps: Deps, action: ClaimedAction) => Promise<Performed>>;
