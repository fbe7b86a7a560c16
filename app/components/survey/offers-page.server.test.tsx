import { describe, expect, it } from 'vitest';
import { survey } from '#tests/factories/surveys.ts';
import { LOCALES } from '../../domain/core/locales.ts';
import { ROUTES } from '../../domain/surveys/contract.ts';
import { resolveSurvey } from '../../domain/surveys/logic.ts';
import { NO_FACTS } from '../../domain/surveys/order-facts.ts';
import { surveyView } from '../../domain/surveys/view.ts';
import type { ViewContext } from '../../domain/surveys/view.ts';
import { submitResponse } from './json-door.ts';
import { surveyPage, thanksPage } from './survey-pages.server.tsx';

/** What a survey promises and asks for, on the hosted page and at the doors of the other surfaces. */
const texts = { 'incentive.text': 'Ten per cent off <b>.', 'review.text': 'Tell others about us.' };
const definition = survey([{ id: 'rating', type: 'stars' }], {
  languages: [...LOCALES],
  incentive: { text: 'incentive.text', reward: { kind: 'percent_off', percent: 10 }, budget: 5 },
  reviewAsk: { text: 'review.text', url: 'https://reviews.example.com/shop?a=1&b=2' },
  texts: { en: texts },
});
const shown = (over: Partial<ViewContext> = {}) => ({
  view: surveyView(resolveSurvey(definition, NO_FACTS, {}), {
    ...{ locale: 'en', brandName: 'Moss', targetHours: 4, edition: 'e', mailable: true, ...over },
  }),
  brand: { name: 'Moss', colour: '#0a7d4f' },
});
const LINK =
  /<a class="ask" href="https:\/\/reviews\.example\.com\/shop\?a=1&amp;b=2"[^>]*>Tell others about us\.<\/a>/;

describe('before the first question', () => {
  it('stands what completing is worth, as text, and that the number is limited', async () => {
    const html = await surveyPage(shown()).text();
    const promise = '<p class="promise">Ten per cent off &lt;b&gt;. The number of rewards is limited.</p>';
    expect(html).toContain(promise);
    expect(html.indexOf(promise)).toBeLessThan(html.indexOf('<form'));
    expect(html).not.toContain('reviews.example.com');
  });

  it('stands that none is left where one was promised, and nothing where none was', async () => {
    expect(await surveyPage(shown({ promise: 'gone' })).text()).toContain('there is none left');
    expect(await surveyPage(shown({ promise: 'none' })).text()).not.toContain('class="promise"');
  });
});

describe('after the last answer', () => {
  it.each(ROUTES)('of a stranger everybody reads the same request, %s too', async (route) => {
    expect(await thanksPage(shown({ mailable: false }), route).text()).toMatch(LINK);
  });

  it.each(ROUTES)('whoever is known and was not satisfied is asked later: %s', async (route) => {
    const html = await thanksPage(shown(), route).text();
    if (route === 'low') expect(html).not.toContain('reviews.example.com');
    else expect(html).toMatch(LINK);
    expect(html).toContain('<p>Your reward comes by e-mail.</p>');
  });

  it('the JSON doors say the same', () => {
    const stored = (route: (typeof ROUTES)[number], over: Partial<ViewContext> = {}) =>
      submitResponse({ outcome: 'stored', route, ...shown(over) }).body;
    const review = { text: 'Tell others about us.', url: definition.reviewAsk!.url };
    const reward = 'Your reward comes by e-mail.';
    expect(stored('high')).toMatchObject({ reward, review });
    expect(stored('low')).toMatchObject({ reward });
    expect(stored('low')).not.toHaveProperty('review');
    expect(stored('low', { mailable: false, promise: 'none' })).toMatchObject({ review });
    expect(stored('low', { mailable: false, promise: 'none' })).not.toHaveProperty('reward');
  });
});

it.each(LOCALES.filter((locale) => locale !== 'en'))('the app’s own words are in %s', (locale) => {
  const { promise, reward } = shown({ locale }).view;
  expect(promise).toMatch(/^Ten per cent off/);
  expect(promise + reward!).not.toMatch(/The number|Your reward/);
});
