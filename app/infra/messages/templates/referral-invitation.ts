import type { MessageFrame, MessageParts } from './layout.ts';
import type { Say } from './texts.ts';

export interface ReferralInvitationData extends MessageFrame {
  firstName: string | null;
  code: string;
  /** The customer's own link; null where only the code can be passed on. */
  shareUrl: string | null;
  unsubscribeUrl: string;
}

/** Gives a promoter a code of their own. Promises no reward: what the code gives is the merchant's offer. */
export function referralInvitation(data: ReferralInvitationData, say: Say): MessageParts {
  const { firstName, shareUrl } = data;
  const brand = { brand: data.brandName };
  return {
    subject: say('referral.subject', brand),
    preview: say('referral.preview'),
    heading: say('referral.heading'),
    paragraphs: [
      firstName ? say('greeting.named', { firstName }) : say('greeting.plain'),
      say('referral.text', brand),
    ],
    code: data.code,
    ...(shareUrl && { button: { label: say('referral.button'), url: shareUrl } }),
    footer: [
      { text: say('referral.why', brand) },
      { text: say('unsubscribe.text'), link: { label: say('unsubscribe.link'), url: data.unsubscribeUrl } },
    ],
  };
}
