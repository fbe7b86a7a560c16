/** The survey of the thank-you page in a browser, as a person meets it: by keyboard, by thumb, right to left. */
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { resolveSurvey } from '#app/domain/surveys/logic.ts';
import { surveyView } from '#app/domain/surveys/view.ts';
import { facts, options, survey } from '../factories/surveys.ts';
import { launchBrowser, openTab, overflow, shoot, type Watched } from './browser.ts';
import { startCheckoutFrame, type CheckoutFrame } from './checkout-frame.ts';
import { comesTo, faultsOf, tabInto, tooSmall } from './survey-block.ts';

const ends = { least: 'csat.least', most: 'csat.most' };
const QUESTIONS = [
  { id: 'nps', type: 'nps', required: true, ends: { least: 'nps.least', most: 'nps.most' } },
  { id: 'stars', type: 'stars', ends },
  { id: 'mood', type: 'smileys' },
  { id: 'one', type: 'choice', options: options('x', 'y'), other: { text: 'choice.other' } },
  { id: 'some', type: 'multiple_choice', options: options('x', 'y', 'z'), atMost: 2 },
  { id: 'rank', type: 'ranking', options: options('x', 'y', 'z') },
  { id: 'lines', type: 'line_rating', ends },
  { id: 'short', type: 'short_text', required: true },
  { id: 'long', type: 'long_text' },
  { id: 'agree', type: 'consent' },
  { id: 'person', type: 'contact', asks: ['name', 'email', 'phone'] },
];

function everyType(locale: string): SurveyView {
  const definition = survey(
    QUESTIONS.map((question) => ({ text: 'usage.high', ...question })),
    { languages: [...new Set(['en', locale])], defaultLanguage: locale, needsRating: false },
  );
  const lineTitles = { '11': 'Vase', '12': 'A bowl of blue glazed stoneware with two handles' };
  return surveyView(resolveSurvey(definition, facts({ lineIds: Object.keys(lineTitles) }), {}), {
    locale,
    brandName: 'Moss',
    targetHours: 4,
    edition: 'edition-1',
    lineTitles,
  });
}

describe('the survey on the thank-you page', () => {
  let browser: Browser;
  let frame: CheckoutFrame;
  let tab: Watched;
  let page: Page;
  let block: Frame;
  beforeAll(async () => {
    browser = await launchBrowser();
    frame = await startCheckoutFrame();
  });
  afterAll(async () => {
    await browser?.close();
    await frame?.close();
  });
  beforeEach(async () => {
    tab = await openTab(browser);
    page = tab.page;
    await page.clock.install();
  });
  afterEach(async () => {
    await tab.close();
    expect(tab.errors).toEqual([]);
  });

  const at = (number: number, { labels }: SurveyView) => {
    const words = labels.progress.replace('{now}', `${number}`).replace('{all}', `${QUESTIONS.length}`);
    return comesTo(words, page, block);
  };
  const open = async (view: SurveyView) => {
    await visit(view);
    await block.getByRole('heading', { level: 3 }).waitFor();
  };
  const visit = async (view: SurveyView) => {
    await page.goto(frame.url(view));
    block = page.frame({ url: /\/frame/ }) ?? page.mainFrame();
  };
  const tabTo = (name: string) => tabInto(name, page, block);

  it('is answered with the keyboard alone', async () => {
    const view = everyType('en');
    await open(view);
    await tabTo('9');
    await page.keyboard.press('Enter');
    await at(2, view);
    await tabTo('4');
    await page.keyboard.press('Space');
    await at(3, view);
    await tabTo('Happy');
    await page.keyboard.press('Enter');
    await at(4, view);
    await tabTo('Something else');
    await page.keyboard.press('Enter');
    await block.getByRole('textbox', { name: 'Your own words' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('From a friend');
    await page.keyboard.press('Enter');
    await at(5, view);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await at(6, view);
    // The focus stays on what was tapped, which has another name then.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await tabTo('Next');
    await page.keyboard.press('Enter');
    await at(7, view);
    // Arrows choose within a list of radio buttons, and lead nowhere.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await at(7, view);
    await tabTo('Next');
    await page.keyboard.press('Enter');
    await at(8, view);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Fine.');
    await page.keyboard.press('Enter');
    await at(9, view);
    await tabTo('Next');
    await page.keyboard.press('Space');
    await at(10, view);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await at(11, view);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ada');
    await tabTo('Send');
    await page.keyboard.press('Enter');
    await block.getByText('Thank you').first().waitFor();
    expect(frame.sent.at(-1)).toMatchObject({
      edition: 'edition-1',
      answers: {
        nps: 9,
        stars: 4,
        mood: 4,
        one: 'other',
        'one.other': 'From a friend',
        some: ['x'],
        rank: ['y', 'z'],
        lines: { '11': 3 },
        short: 'Fine.',
        agree: true,
        person: { name: 'Ada' },
      },
    });
    const steps = frame.sent.filter(({ step }) => step);
    expect(steps.map(({ answers }) => Object.keys(answers).length)).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10]);
  });

  it.each(['en', 'ar'])('reads well, fits a phone and has targets for thumbs, in %s', async (locale) => {
    const view = everyType(locale);
    await open(view);
    expect(await block.evaluate(() => getComputedStyle(document.body).direction)).toBe(view.dir);
    const rating = block.getByRole('region').getByRole('button');
    const [first, second] = [await rating.nth(0).boundingBox(), await rating.nth(1).boundingBox()];
    expect((second?.x ?? 0) > (first?.x ?? 0)).toBe(view.dir === 'ltr');
    for (let number = 1; number <= QUESTIONS.length; number += 1) {
      const { id, type } = QUESTIONS[number - 1] ?? { id: '', type: '' };
      await at(number, view);
      expect(await faultsOf(block), type).toEqual([]);
      expect(await shoot(page, `checkout-${locale}-${type}`, block), type).toEqual({ desktop: 0, narrow: 0 });
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await tooSmall(block), type).toEqual([]);
      expect(await overflow(block)).toBe(0);
      if (id === 'short') await block.getByRole('textbox').fill('Fine.');
      if (id === 'nps') await rating.nth(9).click();
      else if (number < QUESTIONS.length) await block.getByRole('button', { name: view.labels.next }).click();
    }
  });

  it('says what is missing, at the field, also to those who cannot see it', async () => {
    const view = everyType('en');
    await open(view);
    await block.getByRole('button', { name: view.labels.next }).click();
    await block.getByRole('alert').getByText(view.labels.required).waitFor();
    expect(await faultsOf(block)).toEqual([]);
  });

  it('keeps the place of its first question while it loads', async () => {
    const view = everyType('en');
    let release: () => void = () => undefined;
    const released = new Promise<void>((done) => (release = done));
    await page.route('**/api/checkout/survey**', async (route) => {
      await released;
      await route.continue();
    });
    await visit(view);
    await block.locator('s-skeleton-paragraph').first().waitFor();
    const height = () => block.evaluate(() => document.body.getBoundingClientRect().height);
    const before = await height();
    release();
    await block.getByRole('heading', { level: 3 }).waitFor();
    const after = await height();
    expect(Math.abs(after - before), `${before} px became ${after} px`).toBeLessThan(40);
  });
});
