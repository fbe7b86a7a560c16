import type { Locale } from '../../domain/core/locales.ts';
import { acknowledgement } from './templates/acknowledgement.ts';
import type { AcknowledgementData } from './templates/acknowledgement.ts';
import { renderParts } from './templates/layout.ts';
import type { MessageParts, RenderedMessage } from './templates/layout.ts';
import { incentiveReward } from './templates/incentive-reward.ts';
import type { IncentiveRewardData } from './templates/incentive-reward.ts';
import { referralInvitation } from './templates/referral-invitation.ts';
import type { ReferralInvitationData } from './templates/referral-invitation.ts';
import { reviewRequest } from './templates/review-request.ts';
import type { ReviewRequestData } from './templates/review-request.ts';
import { surveyInvitation, surveyReminder } from './templates/survey-invitation.ts';
import type { SurveyMailData } from './templates/survey-invitation.ts';
import { surveyTest } from './templates/survey-test.ts';
import type { SurveyTestData } from './templates/survey-test.ts';
import { wordsFor } from './templates/texts.ts';
import type { Say } from './templates/texts.ts';

export interface MessageData {
  survey_invitation: SurveyMailData;
  survey_reminder: SurveyMailData;
  survey_test: SurveyTestData;
  acknowledgement: AcknowledgementData;
  referral_invitation: ReferralInvitationData;
  incentive_reward: IncentiveRewardData;
  review_request: ReviewRequestData;
}
export type MessageKind = keyof MessageData;

const TEMPLATES: {
  [Kind in MessageKind]: (data: MessageData[Kind], say: Say, lang: Locale) => MessageParts;
} = {
  survey_invitation: surveyInvitation,
  survey_reminder: surveyReminder,
  survey_test: surveyTest,
  acknowledgement,
  referral_invitation: referralInvitation,
  incentive_reward: incentiveReward,
  review_request: reviewRequest,
};

/** Subject, HTML and plain text of a message, in the reader's language. Pure; every value is escaped in the HTML. */
export function renderMessage<Kind extends MessageKind>(
  kind: Kind,
  data: MessageData[Kind],
): RenderedMessage {
  const { lang, say } = wordsFor(data.locale);
  return renderParts(lang, data, TEMPLATES[kind](data, say, lang));
}
