import { formatDuration } from '../../../domain/core/locales.ts';
import type { Locale } from '../../../domain/core/locales.ts';
import type { MessageSurveyKind } from '../../../domain/surveys/contract.ts';
import type { MessageFrame, MessageParts } from './layout.ts';
import type { Say } from './texts.ts';

export interface SurveyInvitationData extends MessageFrame {
  surveyKind: MessageSurveyKind;
  firstName: string | null;
  /** As the shopper knows it, e.g. "#1001". */
  orderName: string;
  /** Title of the first line; null when the order's lines are not known. */
  productTitle: string | null;
  surveyUrl: string;
  /** The survey's first question, if one tap answers it. */
  question: {
    id: string;
    text: string;
    values: number[];
    ends: { least: string; most: string } | null;
  } | null;
  /** Days for which the link works. */
  linkDays: number;
  unsubscribeUrl: string;
}

/**
 * Asks for one answer: its first question stands in the mail, and each of its values leads to the hosted page, where
 * it is chosen already. The button is for whoever would rather answer there.
 */
export function surveyInvitation(data: SurveyInvitationData, say: Say, lang: Locale): MessageParts {
  const { surveyKind: kind, firstName } = data;
  const values = {
    brand: data.brandName,
    order: data.orderName,
    product: data.productTitle ?? say('product.plain'),
  };
  return {
    subject: say(`${kind}.subject`, values),
    preview: say('survey.preview'),
    heading: say(`${kind}.heading`, values),
    paragraphs: [
      firstName ? say('greeting.named', { firstName }) : say('greeting.plain'),
      say(`${kind}.text`, values),
    ],
    ...(data.question && { rating: ratingOf(data.question, data.surveyUrl) }),
    button: { label: say(`${kind}.button`), url: data.surveyUrl },
    footer: [
      { text: say('survey.expiry', { time: formatDuration(lang, data.linkDays, 'day') }) },
      { text: say('survey.why', values) },
      { text: say('unsubscribe.text'), link: { label: say('unsubscribe.link'), url: data.unsubscribeUrl } },
    ],
  };
}

function ratingOf(
  { id, text, values, ends }: NonNullable<SurveyInvitationData['question']>,
  surveyUrl: string,
): NonNullable<MessageParts['rating']> {
  const choices = values.map((value) => {
    const url = new URL(surveyUrl);
    url.searchParams.set(id, String(value));
    return { label: String(value), url: url.href };
  });
  return { text, choices, ends };
}
