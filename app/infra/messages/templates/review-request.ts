import type { MessageFrame, MessageParts } from './layout.ts';
import type { Say } from './texts.ts';

export interface ReviewRequestData extends MessageFrame {
  firstName: string | null;
  caseNumber: number;
  /** The merchant's words, the same that everybody reads after the survey. */
  text: string;
  reviewUrl: string;
  unsubscribeUrl: string;
}

/** Asks whoever had a case for a review, once it is closed: the others were asked when they had answered. */
export function reviewRequest(data: ReviewRequestData, say: Say): MessageParts {
  const { firstName } = data;
  const brand = { brand: data.brandName };
  return {
    subject: say('review.subject', brand),
    preview: say('review.preview'),
    heading: say('review.heading'),
    paragraphs: [
      firstName ? say('greeting.named', { firstName }) : say('greeting.plain'),
      say('review.text', { case: data.caseNumber }),
      data.text,
    ],
    button: { label: say('review.button'), url: data.reviewUrl },
    footer: [
      { text: say('review.why', brand) },
      { text: say('unsubscribe.text'), link: { label: say('unsubscribe.link'), url: data.unsubscribeUrl } },
    ],
  };
}
