import type { MailQuestion } from '../../../domain/surveys/mail-question.ts';
import type { MessageFrame, MessageParts } from './layout.ts';
import { ratingOf } from './survey-invitation.ts';

/** A survey that customers meet on a page only, mailed to staff so that they can try it out. */
export interface SurveyTestData extends MessageFrame {
  /** Of the survey, in the language of the test. */
  title: string;
  question: MailQuestion | null;
  surveyUrl: string;
}

/** In English around the survey's own words: only staff get it. */
export function surveyTest({ title, question, surveyUrl }: SurveyTestData): MessageParts {
  return {
    subject: title,
    preview: 'A survey to try out.',
    heading: title,
    paragraphs: [
      'Customers meet this survey on a page and get no mail about it. Try it out here: nothing you answer is stored.',
    ],
    ...(question && { rating: ratingOf(question, surveyUrl) }),
    button: { label: 'Open the survey', url: surveyUrl },
    footer: [{ text: 'You get this mail because a test of this survey was sent from Aftercare.' }],
  };
}
