import type { Locale } from '../../../domain/core/locales.ts';
import type { MessageFrame, MessageParts } from './layout.ts';
import type { Say } from './texts.ts';

export interface AcknowledgementData extends MessageFrame {
  firstName: string | null;
  /** null when the complaint is about no order. */
  orderName: string | null;
  caseNumber: number;
  answerBy: Date;
  /** IANA zone in which the times are written. */
  timeZone: string;
  /** `amount` as text with its currency or percent sign ("€5.00", "10%"). */
  recovery: { code: string; amount: string; expiresAt: Date } | null;
  /** Whether the mail has a reply address that somebody reads. */
  replies: boolean;
}

/** A complaint was received: what happens next and by when, with the recovery code if there is one. A service message: no unsubscribe. */
export function acknowledgement(data: AcknowledgementData, say: Say, lang: Locale): MessageParts {
  const { firstName, recovery, orderName } = data;
  const brand = { brand: data.brandName };
  const answerBy = new Intl.DateTimeFormat(lang, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: data.timeZone,
    timeZoneName: 'short',
  }).format(data.answerBy);
  const date = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: data.timeZone });
  const paragraphs = [
    firstName ? say('greeting.named', { firstName }) : say('greeting.plain'),
    say('acknowledgement.heard', brand),
    say('acknowledgement.next', { answerBy, case: data.caseNumber }),
  ];
  if (recovery) {
    const expires = date.format(recovery.expiresAt);
    paragraphs.push(say('acknowledgement.offer', { amount: recovery.amount, expires }));
  }
  const footer = [{ text: say('acknowledgement.why', brand) }];
  return {
    subject: orderName
      ? say('acknowledgement.subject', { order: orderName })
      : say('acknowledgement.subject.plain', brand),
    preview: say('acknowledgement.preview'),
    heading: say('acknowledgement.heading'),
    paragraphs,
    ...(recovery && { code: recovery.code }),
    footer: data.replies ? [{ text: say('acknowledgement.reply') }, ...footer] : footer,
  };
}
