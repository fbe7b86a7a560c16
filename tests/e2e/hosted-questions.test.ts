import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { surveyPage } from '#app/components/survey/survey-pages.server.tsx';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { everyType, pageOf } from '../factories/survey-pages.ts';
import { launchBrowser, openTab, shoot, type Watched } from './browser.ts';
import { isGood, LOOKS, NARROW, servePages, type PageServer } from './survey-pages.ts';

/** Every type of question on the hosted page, in a browser; the page behind a real mail is in hosted-survey.ts. */
describe('the questions of the hosted page', () => {
  let browser: Browser;
  let server: PageServer;
  let tab: Watched;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), servePages()]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));
  beforeEach(() => {
    server.posts.length = 0;
  });
  afterEach(() => tab?.close());

  async function open(page: Response, options: BrowserContextOptions = {}, search = ''): Promise<Page> {
    // A question that is still fading in has too little contrast.
    tab = await openTab(browser, { reducedMotion: 'reduce', ...options });
    await tab.page.goto((await server.put(page)) + search);
    return tab.page;
  }
  const question = (page: Page, id: string) => page.locator(`[data-question="${id}"]`);
  const isOn = (page: Page, id: string) => question(page, id).waitFor();
  const next = (page: Page) => page.locator('button.main').click();
  const visits = () => server.posts.filter(({ fields }) => fields.some(([name]) => name === '_seen'));
  const steps = () => server.posts.filter((post) => post.isStep && !visits().includes(post));
  const sent = () => server.posts.find(({ isStep }) => !isStep)?.fields.filter(([, value]) => value !== '');

  it.each(LOOKS)('are all answered one at a time, %s', async (_name, options, locale) => {
    const page = await open(surveyPage(everyType(locale)), options);
    const pick = (name: string, value: string) => page.locator(`[name="${name}"][value="${value}"]`).click();
    await isGood(page);
    await pick('nps', '3');
    await isOn(page, 'why');
    await page.getByRole('textbox').fill('It came late.');
    await isGood(page);
    await next(page);
    await isGood(page);
    await pick('taste', '4');
    await isOn(page, 'mood');
    await isGood(page);
    await pick('mood', '2');
    await isOn(page, 'lines');
    await pick('lines.11', '5');
    await pick('lines.12', '1');
    await isGood(page);
    await next(page);
    await isGood(page);
    await pick('effort', '7');
    await isOn(page, 'source');
    await pick('source', 'other');
    await page.keyboard.type('At a market');
    await isGood(page);
    await page.keyboard.press('Enter');
    await pick('brew', 'press');
    await pick('brew', 'moka');
    await isGood(page);
    await next(page);
    await question(page, 'rank').getByRole('button').nth(1).click();
    await question(page, 'rank').getByRole('button').nth(0).click();
    await isGood(page);
    await next(page);
    await isGood(page);
    await page.getByRole('textbox').fill('Wien');
    await page.keyboard.press('Enter');
    await pick('news', 'true');
    await isGood(page);
    await next(page);
    await next(page);
    await page.locator('[name="contact.name"][aria-invalid]').waitFor();
    await isGood(page);
    await page.locator('[name="contact.email"]').fill('ada@example.com');
    await next(page);
    await isOn(page, 'more');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('ask');
    await next(page);
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();

    expect(sent()).toEqual([
      ['_edition', 'preset.1'],
      ['nps', '3'],
      ['why', 'It came late.'],
      ['taste', '4'],
      ['mood', '2'],
      ['lines.11', '5'],
      ['lines.12', '1'],
      ['effort', '7'],
      ['source', 'other'],
      ['source.other', 'At a market'],
      ['brew', 'press'],
      ['brew', 'moka'],
      ['rank', 'fresh'],
      ['rank', 'price'],
      ['city', 'Wien'],
      ['news', 'true'],
      ['contact.email', 'ada@example.com'],
    ]);
    expect(steps().length).toBeGreaterThan(2);
    expect(tab.errors).toEqual([]);
  });

  it('are answered by keyboard alone: arrows choose, Enter goes on', async () => {
    const page = await open(surveyPage(everyType()));
    const focused = () =>
      page.evaluate(() => {
        const { name, className, textContent } = document.activeElement as HTMLInputElement;
        return name || (className === 'ask' ? textContent?.trim() : className);
      });
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('[name=nps]:checked').getAttribute('value')).toBe('10');
    await page.keyboard.press('Enter');
    expect(await focused()).toMatch(/^How does the coffee taste\?/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('[name=taste]:checked').getAttribute('value')).toBe('3');
    await shoot(page, 'question-stars');
    await page.keyboard.press('Enter');
    for (const _ of ['mood', 'lines', 'effort', 'source', 'brew']) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
    expect(await focused()).toMatch(/^What matters most to you\?/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Space');
    expect(await question(page, 'rank').getByRole('button', { pressed: true }).allInnerTexts()).toEqual([
      '2\nA fair price',
      '1\nFreshly roasted',
    ]);
    await shoot(page, 'question-ranking');
    await page.goBack();
    expect(await focused()).toMatch(/^How do you brew\?/);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await isOn(page, 'source');
    expect(await focused()).toMatch(/^Where did you hear of us\?/);
  });

  it('answers to what is hidden again are not sent', async () => {
    const page = await open(surveyPage(pageOf(PRESETS.usage)));
    await page.locator('[name=rating][value="1"]').click();
    await page.locator('[name=comment_low]').fill('It broke.');
    await page.getByRole('button', { name: 'Back' }).click();
    await page.locator('[name=rating][value="5"]').click();
    await isOn(page, 'comment_high');
    await next(page);
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect(sent()).toEqual([
      ['_edition', 'preset.1'],
      ['rating', '5'],
    ]);
    const after = steps().filter(({ fields }) => fields.some(([, value]) => value === '5'));
    expect(after.flatMap(({ fields }) => fields.map(([name]) => name))).not.toContain('comment_low');
  });

  it('what was tapped in the mail is chosen, and stored once a person is there', async () => {
    const html = surveyPage(everyType(), { given: { nps: '9' }, errors: [] });
    tab = await openTab(browser);
    const { page } = tab;
    await page.clock.install();
    await page.goto(`${await server.put(html)}?nps=9`);
    expect(await page.locator('[name=nps]:checked').getAttribute('value')).toBe('9');
    // A program that opens links may click, and wait.
    for (const value of ['2', '9']) {
      await page.locator(`[name=nps][value="${value}"]`).evaluate((input: HTMLInputElement) => input.click());
    }
    await page.clock.runFor(60_000);
    expect(server.posts).toEqual([]);
    await page.mouse.wheel(0, 40);
    await page.clock.runFor(1000);
    await page.getByText('Your answers so far are kept.').waitFor();
    expect(visits()).toEqual([{ isStep: true, fields: [['_seen', '1']] }]);
    expect(steps().map(({ fields }) => fields.slice(0, 2))).toEqual([
      [
        ['_edition', 'preset.1'],
        ['nps', '9'],
      ],
    ]);
    expect(new URL(page.url()).search).toBe('');
    await question(page, 'nps').waitFor();
  });

  it('are usable within a second on a slow connection', async () => {
    tab = await openTab(browser, NARROW);
    const network = await tab.page.context().newCDPSession(tab.page);
    // Lighthouse's slow 4G.
    const kbps = (kilobits: number) => (kilobits * 1000) / 8;
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: kbps(1638.4),
      uploadThroughput: kbps(675),
    });
    await tab.page.goto(await server.put(surveyPage(everyType())));
    const took = await tab.page.evaluate(
      () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).domInteractive,
    );
    expect(await tab.page.locator('form.steps').count()).toBe(1);
    expect(took).toBeLessThan(1000);
  });
});
