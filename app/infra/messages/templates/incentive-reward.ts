import type { Locale } from '../../../domain/core/locales.ts';
import type { MessageFrame, MessageParts } from './layout.ts';
import type { Say } from './texts.ts';

export interface IncentiveRewardData extends MessageFrame {
  firstName: string | null;
  /** What was earned; null: all had been given when the answer came. `amount` as text ("€5.00", "10%"). */
  reward: { code: string; amount: string; expiresAt: Date } | { points: number } | null;
  /** IANA zone in which the day is written. */
  timeZone: string;
  unsubscribeUrl: string;
}

/** What was promised for completing a survey, or that none was left. It answers what the customer did: nothing is asked or offered. */
export function incentiveReward(data: IncentiveRewardData, say: Say, lang: Locale): MessageParts {
  const { firstName, reward } = data;
  const brand = { brand: data.brandName };
  const had = reward === null ? 'reward.gone' : 'reward';
  return {
    subject: say(`${had}.subject`, brand),
    preview: say(`${had}.preview`),
    heading: say('reward.heading'),
    paragraphs: [
      firstName ? say('greeting.named', { firstName }) : say('greeting.plain'),
      sentence(data, say, lang),
    ],
    ...(reward && 'code' in reward && { code: reward.code }),
    footer: [
      { text: say('reward.why', brand) },
      { text: say('unsubscribe.text'), link: { label: say('unsubscribe.link'), url: data.unsubscribeUrl } },
    ],
  };
}

function sentence({ reward, timeZone }: IncentiveRewardData, say: Say, lang: Locale): string {
  if (reward === null) return say('reward.gone');
  if ('points' in reward)
    return say('reward.points', { points: new Intl.NumberFormat(lang).format(reward.points) });
  const expires = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone }).format(reward.expiresAt);
  return say('reward.code', { amount: reward.amount, expires });
}
