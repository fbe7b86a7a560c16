/** The survey in the customer account, as a person meets it: logging in, answering, leaving and coming back. */
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { options, survey } from '../factories/surveys.ts';
import { CONTINUED, startAccountShop, type AccountShop } from './account-shop.ts';
import { keepImage, launchBrowser, openTab, overflow, shoot, type Watched } from './browser.ts';
import { comesTo, faultsOf, tabInto, tooSmall } from './survey-block.ts';

const QUESTIONS = [
  { id: 'nps', type: 'nps', required: true, ends: { least: 'nps.least', most: 'nps.most' } },
  { id: 'some', type: 'multiple_choice', options: options('x', 'y', 'z') },
  { id: 'short', type: 'short_text', required: true },
];
const definitionIn = (locale: string) =>
  survey(
    QUESTIONS.map((question) => ({ text: 'usage.high', ...question })),
    { languages: [...new Set(['en', locale])], defaultLanguage: locale, needsRating: false },
  );

describe('the survey in the customer account', () => {
  let browser: Browser;
  let shop: AccountShop;
  let tab: Watched;
  let page: Page;
  let block: Frame;
  beforeAll(async () => {
    browser = await launchBrowser();
    shop = await startAccountShop();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });
  beforeEach(async () => {
    tab = await openTab(browser);
    page = tab.page;
    await page.clock.install();
  });
  afterEach(() => tab.close());

  const findBlock = async () => {
    await page.locator('#extension').waitFor();
    const frame = page.frames().find((one) => one.url().includes('/dev-store/ui-frame/'));
    if (!frame) throw new Error('The page has no frame with the UI extension.');
    block = frame;
  };
  /** Goes to a page of the account as a stranger, and logs in on the way. */
  const logInTo = async (path: string) => {
    await page.goto(`${shop.url}${path}`);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL(`**${path}`);
    await findBlock();
  };
  const at = (number: number, { labels }: SurveyView) =>
    comesTo(
      labels.progress.replace('{now}', `${number}`).replace('{all}', `${QUESTIONS.length}`),
      page,
      block,
    );

  it('is reached from the storefront, answered with the keyboard alone, and goes on where one left off', async () => {
    const view = shop.open(definitionIn('en'), 'en');
    await logInTo('/account');
    await page.goto(`${shop.url}/storefront/account`);
    await page.getByRole('link', { name: 'Customer account' }).click();
    await findBlock();
    await at(1, view);
    expect(await block.getByText('Order #0001').count()).toBe(1);
    await tabInto('9', page, block);
    await page.keyboard.press('Enter');
    await at(2, view);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await at(3, view);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Fi');

    await page.getByRole('link', { name: 'Your opinion' }).click();
    await page.waitForURL('**/account/survey');
    await findBlock();
    await at(3, view);
    expect(await block.getByRole('heading', { level: 1 }).innerText()).toBe('Your opinion');
    await tabInto(view.labels.back, page, block);
    await page.keyboard.press('Enter');
    await at(2, view);
    expect(await block.getByRole('checkbox').first().isChecked()).toBe(true);
    await tabInto(view.labels.next, page, block);
    await page.keyboard.press('Enter');
    await at(3, view);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Fine.');
    await page.keyboard.press('Enter');
    await block.getByText('Thank you').first().waitFor();
    const answers = [{ nps: 9 }, { nps: 9, some: ['x'] }, { nps: 9, some: ['x'], short: 'Fine.' }];
    expect(shop.sent.map((sent) => sent.answers)).toEqual(answers);
    expect(shop.sent.at(-1)).toMatchObject({ order: '6000000000000000001', pageToken: 'page-token' });
    expect(shop.sent.at(-1)?.step).toBeUndefined();

    await page.reload();
    await findBlock();
    await block.getByText('There is nothing to answer at the moment.').waitFor();
    await page.getByRole('link', { name: 'Orders' }).click();
    await findBlock();
    await block.waitForFunction(() => document.body.childElementCount === 0);
    expect(tab.errors).toEqual([]);
  });

  it.each([
    ['/account', 'en'],
    ['/account', 'ar'],
    ['/account/survey', 'en'],
    ['/account/survey', 'ar'],
  ])('%s reads well, fits a phone and has targets for thumbs, in %s', async (path, locale) => {
    const view = shop.open(definitionIn(locale), locale);
    await logInTo(path);
    await page.goto(`${shop.url}${path}?locale=${locale}`);
    await findBlock();
    for (let number = 1; number <= QUESTIONS.length; number += 1) {
      await at(number, view);
      expect(await block.evaluate(() => getComputedStyle(document.body).direction)).toBe(view.dir);
      expect(await faultsOf(block)).toEqual([]);
      const name = `${path.slice(1).replace('/', '-')}-${locale}-${number}`;
      expect(await shoot(page, name)).toEqual({ desktop: 0, narrow: 0 });
      if (name === 'account-survey-en-1')
        await keepImage(page, 'customer-account.png', { width: 1000, height: 620 });
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await tooSmall(block)).toEqual([]);
      expect(await overflow(block)).toBe(0);
      if (number === 1) await block.getByRole('region').getByRole('button').nth(9).click();
      else if (number < QUESTIONS.length) await block.getByRole('button', { name: view.labels.next }).click();
    }
    expect(tab.errors).toEqual([]);
  });

  it.each(['en', 'ar'])(
    'leads to a page that asks for files, and goes on here after it, in %s',
    async (locale) => {
      const asked = [QUESTIONS[0], { id: 'photo', type: 'image_upload' }, QUESTIONS[2]];
      const definition = survey(
        asked.map((question) => ({ text: 'usage.high', ...question })),
        { languages: [...new Set(['en', locale])], defaultLanguage: locale, needsRating: false },
      );
      const view = shop.open(definition, locale);
      await logInTo('/account');
      await page.goto(`${shop.url}/account?locale=${locale}`);
      await findBlock();
      await at(1, view);
      await tabInto('9', page, block);
      await page.keyboard.press('Enter');
      await at(2, view);
      await block.getByRole('link').waitFor();
      const link = await block.locator('s-button[href]').textContent();
      const inspect = async (name: string) => {
        expect(await faultsOf(block)).toEqual([]);
        expect(await shoot(page, `account-${locale}-${name}`)).toEqual({ desktop: 0, narrow: 0 });
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await tooSmall(block)).toEqual([]);
        expect(await overflow(block)).toBe(0);
      };
      await inspect('elsewhere');
      await tabInto(link ?? '', page, block);
      const [opened] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('Enter')]);
      await opened.waitForURL(`**${CONTINUED}`);
      await opened.close();
      await block.getByRole('button').waitFor();
      expect(shop.sent.map((sent) => sent.answers)).toEqual([{ nps: 9 }]);
      await inspect('left');
      await block.getByRole('button').click();
      // Two are left to ask here, and one of them is answered.
      await comesTo(view.labels.progress.replace('{now}', '2').replace('{all}', '2'), page, block);
      expect(tab.errors).toEqual([]);
    },
  );

  it('says on its own page that it could not be loaded, and tries again', async () => {
    const view = shop.open(definitionIn('en'), 'en');
    shop.breakDown(1);
    await logInTo('/account/survey');
    await block.getByText('The questions could not be loaded.').waitFor();
    expect(await faultsOf(block)).toEqual([]);
    await tabInto('Try again', page, block);
    await page.keyboard.press('Enter');
    await at(1, view);
  });

  it('keeps the place of its first question while it loads', async () => {
    shop.open(definitionIn('en'), 'en');
    let release: () => void = () => undefined;
    const released = new Promise<void>((done) => (release = done));
    await page.route('**/api/account/survey**', async (route) => {
      await released;
      await route.continue();
    });
    await logInTo('/account');
    await block.locator('s-skeleton-paragraph').first().waitFor();
    const height = () => block.evaluate(() => document.body.getBoundingClientRect().height);
    const before = await height();
    release();
    await block.getByRole('heading', { level: 3 }).waitFor();
    const after = await height();
    expect(Math.abs(after - before), `${before} px became ${after} px`).toBeLessThan(40);
  });
});
