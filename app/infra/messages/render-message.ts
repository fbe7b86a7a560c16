import type { Locale } from '../../domain/core/locales.ts';
import { acknowledgement } from './templates/acknowledgement.ts';
import type { AcknowledgementData } from './templates/acknowledgement.ts';
import { renderParts } from './templates/layout.ts';
import type { MessageParts, RenderedMessage } from './templates/layout.ts';
import { referralInvitation } from './templates/referral-invitation.ts';
import type { ReferralInvitationData } from './templates/referral-invitation.ts';
import { surveyInvitation, surveyReminder } from './templates/survey-invitation.ts';
import type { SurveyMailData } from './templates/survey-invitation.ts';
import { wordsFor } from './templates/texts.ts';
import type { Say } from './templates/texts.ts';

export interface MessageData {
  survey_invitation: SurveyMailData;
  survey_reminder: SurveyMailData;
  acknowledgement: AcknowledgementData;
  referral_invitation: ReferralInvitationData;
}
export type MessageKind = keyof MessageData;

const TEMPLATES: {
  [Kind in MessageKind]: (data: MessageData[Kind], say: Say, lang: Locale) => MessageParts;
} = {
  survey_invitation: surveyInvitation,
  survey_reminder: surveyReminder,
  acknowledgement,
  referral_invitation: referralInvitation,
};

/** Subject, HTML and plain text of a message, in the reader's language. Pure; every value is escaped in the HTML. */
export function renderMessage<Kind extends MessageKind>(
  kind: Kind,
  data: MessageData[Kind],
): RenderedMessage {
  const { lang, say } = wordsFor(data.locale);
  return renderParts(lang, data, TEMPLATES[kind](data, say, lang));
}
