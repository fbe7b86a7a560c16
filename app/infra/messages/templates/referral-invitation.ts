import type { Locale } from '../../../domain/core/locales.ts';
import type { MessageFrame, MessageParts } from './layout.ts';
import type { Say } from './texts.ts';

export interface ReferralInvitationData extends MessageFrame {
  firstName: string | null;
  code: string;
  /** What the code takes off, 0-100. */
  percentOff: number;
  /** The customer's own link; null where only the code can be passed on. */
  shareUrl: string | null;
  unsubscribeUrl: string;
}

/** Gives a promoter a code of their own, and says what it gives a friend. */
export function referralInvitation(data: ReferralInvitationData, say: Say, lang: Locale): MessageParts {
  const { firstName, shareUrl } = data;
  const brand = { brand: data.brandName };
  return {
    subject: say('referral.subject', brand),
    preview: say('referral.preview'),
    heading: say('referral.heading'),
    paragraphs: [
      firstName ? say('greeting.named', { firstName }) : say('greeting.plain'),
      say('referral.text', brand),
      say('referral.offer', { percent: percentIn(lang, data.percentOff) }),
    ],
    code: data.code,
    ...(shareUrl && { button: { label: say('referral.button'), url: shareUrl } }),
    footer: [
      { text: say('referral.why', brand) },
      { text: say('unsubscribe.text'), link: { label: say('unsubscribe.link'), url: data.unsubscribeUrl } },
    ],
  };
}

const percentIn = (lang: Locale, percent: number): string =>
  new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 2 }).format(percent / 100);
