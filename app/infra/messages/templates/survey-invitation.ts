import { formatDuration } from '../../../domain/core/locales.ts';
import type { Locale } from '../../../domain/core/locales.ts';
import type { MessageSurveyKind } from '../../../domain/surveys/contract.ts';
import type { MailQuestion } from '../../../domain/surveys/mail-question.ts';
import type { MessageFrame, MessageParts } from './layout.ts';
import type { Say } from './texts.ts';

/** What the mails about a survey are made of: the invitation, and the reminder of it. */
export interface SurveyMailData extends MessageFrame {
  surveyKind: MessageSurveyKind;
  firstName: string | null;
  /** As the shopper knows it, e.g. "#1001"; empty where the mail is about none, as the quarterly one. */
  orderName: string;
  /** Title of the first line; null when the order's lines are not known. */
  productTitle: string | null;
  /** Its picture at Shopify, and the merchant's own description of it; absent when none is known. */
  productImage?: { url: string; alt: string | null } | null;
  surveyUrl: string;
  /** The same page by a link that no person sees: whoever opens it opens every link. */
  unseenUrl: string;
  /** What completing is rewarded with, in the mail's language. */
  promise?: string | undefined;
  /** The survey's first question, if one tap answers it. */
  question: MailQuestion | null;
  /** Days for which the link works. */
  linkDays: number;
  unsubscribeUrl: string;
}

/**
 * Asks for one answer: its first question stands in the mail, and each of its values leads to the hosted page, where
 * it is chosen already. The button is for whoever would rather answer there.
 */
export function surveyInvitation(data: SurveyMailData, say: Say, lang: Locale): MessageParts {
  const { surveyKind: kind } = data;
  const values = valuesOf(data, say);
  const words = {
    subject: say(`${kind}.subject`, values),
    preview: say('survey.preview'),
    text: say(
      kind === 'relationship' && !data.orderName ? 'relationship.text.plain' : `${kind}.text`,
      values,
    ),
  };
  return partsOf(data, words, say, lang);
}

/** The same question once more, in fewer words. It names no order but in its subject: the quarterly one has none. */
export function surveyReminder(data: SurveyMailData, say: Say, lang: Locale): MessageParts {
  const values = valuesOf(data, say);
  const words = {
    subject: say('reminder.subject', { subject: say(`${data.surveyKind}.subject`, values) }),
    preview: say('reminder.preview'),
    text: say('reminder.text', values),
  };
  return partsOf(data, words, say, lang);
}

/** Mails about what was bought; the others are about the shop's help, or about the person. */
const SHOWS_PRODUCT: readonly MessageSurveyKind[] = ['delivery', 'usage', 'relationship', 'return'];

/** Its name stands beside it, so that the picture needs no other words than the merchant's own. */
function pictureOf({ surveyKind, productTitle, productImage }: SurveyMailData): MessageParts['picture'] {
  if (!productImage || productTitle === null || !SHOWS_PRODUCT.includes(surveyKind)) return undefined;
  return { url: productImage.url, alt: productImage.alt ?? '', name: productTitle };
}

const valuesOf = (data: SurveyMailData, say: Say) => ({
  brand: data.brandName,
  order: data.orderName,
  product: data.productTitle ?? say('product.plain'),
});

function partsOf(
  data: SurveyMailData,
  { subject, preview, text }: { subject: string; preview: string; text: string },
  say: Say,
  lang: Locale,
): MessageParts {
  const { surveyKind: kind, firstName } = data;
  const values = valuesOf(data, say);
  const picture = pictureOf(data);
  return {
    subject,
    preview,
    unseenUrl: data.unseenUrl,
    heading: say(`${kind}.heading`, values),
    paragraphs: [
      firstName ? say('greeting.named', { firstName }) : say('greeting.plain'),
      text,
      ...(data.promise ? [data.promise] : []),
    ],
    ...(picture && { picture }),
    ...(data.question && { rating: ratingOf(data.question, data.surveyUrl) }),
    button: { label: say(`${kind}.button`), url: data.surveyUrl },
    footer: [
      { text: say('survey.expiry', { time: formatDuration(lang, data.linkDays, 'day') }) },
      { text: say('survey.why', values) },
      { text: say('unsubscribe.text'), link: { label: say('unsubscribe.link'), url: data.unsubscribeUrl } },
    ],
  };
}

/** A question with a link for each of its values. */
export function ratingOf(question: MailQuestion, surveyUrl: string): NonNullable<MessageParts['rating']> {
  const { id, text, ends } = question;
  const choices = question.choices.map(({ value, ...said }) => {
    const url = new URL(surveyUrl);
    url.searchParams.set(id, value);
    return { ...said, url: url.href };
  });
  return { text, choices, ends };
}
