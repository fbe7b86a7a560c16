import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../domain/core/locales.ts';
import { renderMessage } from './render-message.ts';
import type { MessageData } from './render-message.ts';

const frame = { locale: 'en', brandName: 'Moss & Fern', brandColour: '#0a7d4f', firstName: 'Ada' };
const unsubscribeUrl = 'https://app.example.com/u/shop/token';
const code = { code: 'THANKS-7F3K2-9QW3R', amount: '10%', expiresAt: new Date('2026-05-01T22:30:00Z') };
const reward: MessageData['incentive_reward'] = {
  ...{ ...frame, unsubscribeUrl, reward: code },
  timeZone: 'Europe/Berlin',
};
const request: MessageData['review_request'] = {
  ...{ ...frame, unsubscribeUrl, caseNumber: 17 },
  text: 'Tell others <about> us.',
  reviewUrl: 'https://reviews.example.com/shop?a=1&b=2',
};

describe('the mail with the reward', () => {
  it('brings the code, what it takes off, and its last day in the reader’s time zone', () => {
    const { subject, text, html } = renderMessage('incentive_reward', reward);
    expect(subject).toBe('Your reward from Moss & Fern');
    expect(text).toContain('takes 10% off your next order. It works once, until May 2, 2026.');
    expect(html).toMatch(/<p class="code" dir="ltr"[^>]*>THANKS-7F3K2-9QW3R/);
    expect(text).toContain(unsubscribeUrl);
  });

  it('says how many points were given, and has no code then', () => {
    const { text, html } = renderMessage('incentive_reward', { ...reward, reward: { points: 1500 } });
    expect(text).toContain('you have been given 1,500 points');
    expect(html).not.toContain('class="code"');
  });

  it('says it plainly where all had been given', () => {
    const { subject, text, html } = renderMessage('incentive_reward', { ...reward, reward: null });
    expect(subject).toBe('About the reward from Moss & Fern');
    expect(text).toContain('all rewards had just been given');
    expect(html).not.toContain('class="code"');
  });
});

it('the request for a review shows the merchant’s words as text, and leads to the place of the reviews', () => {
  const { text, html } = renderMessage('review_request', request);
  expect(text).toContain('Your case 17 is closed now.');
  expect(text).toContain('Tell others <about> us.');
  expect(html).toContain('Tell others &lt;about&gt; us.');
  expect(html).toContain('href="https://reviews.example.com/shop?a=1&amp;b=2"');
  expect(text).toContain(`Write a review:\n${request.reviewUrl}`);
});

it.each(LOCALES)('both speak %s, in words of its own, with no placeholder left open', (locale) => {
  const mails = [code, { points: 5 }, null].map((what) =>
    renderMessage('incentive_reward', { ...reward, locale, reward: what }),
  );
  mails.push(renderMessage('review_request', { ...request, locale }));
  mails.push(renderMessage('incentive_reward', { ...reward, locale, firstName: null }));
  for (const { subject, text, html } of mails) {
    expect(subject + text).not.toMatch(/[{}]|undefined/);
    expect(html).toContain(`lang="${locale}"`);
  }
  if (locale === 'en') return;
  const english = renderMessage('incentive_reward', reward);
  expect(mails[0]!.subject).not.toBe(english.subject);
  expect(mails.map(({ text }) => text).join()).not.toMatch(/reward|survey|case 17/i);
});
