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
  /** Days for which the link works. */
  linkDays: number;
  unsubscribeUrl: string;
}

/** Asks for one answer; the button leads to the hosted page, and nothing else in the mail competes with it. */
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
    button: { label: say(`${kind}.button`), url: data.surveyUrl },
    footer: [
      { text: say('survey.expiry', { time: formatDuration(lang, data.linkDays, 'day') }) },
      { text: say('survey.why', values) },
      { text: say('unsubscribe.text'), link: { label: say('unsubscribe.link'), url: data.unsubscribeUrl } },
    ],
  };
}
