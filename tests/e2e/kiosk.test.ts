/** The kiosk in a browser: one person after another. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { keepImage, launchBrowser, shoot } from './browser.ts';
import { everyType } from './every-type.ts';
import { openKiosk, storefront, type Kiosk, type Posted } from './kiosk-page.ts';
import { isGood, LOOKS } from './survey-pages.ts';

describe('the kiosk', () => {
  let browser: Browser;
  let kiosk: Kiosk;
  let page: Page;
  let posts: Posted[];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(() => kiosk.close());
  const open = async (views: SurveyView[], options = {}) => {
    kiosk = await openKiosk(browser, views, options);
    ({ page, posts } = kiosk);
  };
  const question = (id: string) => kiosk.question(id);
  const button = (name: string) => kiosk.button(name);
  const heading = (name: string) => kiosk.heading(name);
  const rate = (value: number) => kiosk.rate(value);
  const kept = () => kiosk.kept();

  it('is answered with the keyboard alone, thanks by the answer, and begins anew', async () => {
    const [view] = storefront('en');
    await open([view!]);
    await question('rating').locator('input').first().focus();
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await question('comment_middle').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('More mirrors');
    await button('Send').press('Enter');
    await heading(view!.thanks.high.title).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(posts).toEqual([
      {
        kind: 'storefront',
        order: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        edition: 'preset.1',
        locale: 'en',
        step: false,
        answers: { rating: '3', comment_middle: 'More mirrors' },
      },
    ]);
    await page.clock.runFor(9000);
    expect(await page.locator(':checked').count()).toBe(0);
    await question('rating').waitFor();
    expect(
      await page
        .locator('textarea')
        .evaluateAll((all) => all.map((each) => (each as HTMLTextAreaElement).value).join('')),
    ).toBe('');
    expect(await kept()).toEqual([]);
    expect(await page.evaluate(() => history.length)).toBe(2);
    await rate(5);
    await button('Send').click();
    await expect.poll(() => posts.length).toBe(2);
    expect(posts[1]!.order).not.toBe(posts[0]!.order);
  });

  it.each(LOOKS)('shows every type it takes, %s', async (name, look, locale) => {
    const view = everyType(locale);
    const questions = view.questions.filter(({ type }) => type !== 'line_rating');
    await open([{ ...view, questions }, ...storefront('de')], { ...look, isStill: false });
    for (const [index, { id }] of questions.entries()) {
      await question(id).waitFor();
      if (id === 'nps' || id === 'one') await question(id).getByRole('radio').last().press('Space');
      if (id === 'short') await question(id).getByRole('textbox').fill('Rex');
      await isGood(page);
      if (index < questions.length - 1) await button(view.labels.next).click();
    }
    expect(await shoot(page, `kiosk-${name.replaceAll(' ', '-')}`)).toEqual({ desktop: 0, narrow: 0 });
    await button(view.labels.submit).click();
    await heading(view.thanks.high.title).waitFor();
    await isGood(page);
  });

  it('asks whoever stops whether they are still there, and then keeps what they answered', async () => {
    await open(storefront('en'));
    await rate(2);
    await question('comment_low').getByRole('textbox').fill('My secret');
    await page.clock.runFor(45_000);
    const dialog = page.getByRole('dialog', { name: 'Are you still there?' });
    await dialog.getByText('in 20 s').waitFor();
    await page.clock.runFor(5000);
    await dialog.getByText('in 15 s').waitFor();
    await button('Continue').click();
    await page.clock.runFor(44_000);
    expect(await dialog.isVisible()).toBe(false);
    expect(await question('comment_low').getByRole('textbox').inputValue()).toBe('My secret');
    await page.clock.runFor(22_000);
    await question('rating').waitFor();
    expect(await dialog.isVisible()).toBe(false);
    expect(await page.content()).not.toContain('My secret');
    await expect
      .poll(() => posts)
      .toMatchObject([{ step: true, answers: { rating: '2', comment_low: 'My secret' } }]);
    expect(await kept()).toEqual([]);
    // Nobody is there: nothing is asked, nothing is sent.
    await page.clock.runFor(300_000);
    expect(posts).toHaveLength(1);
  });

  it.each(LOOKS)(
    'asks whether they are still there so that it can be read and reached, %s',
    async (name, look, locale) => {
      await open(storefront(locale), { ...look, isStill: false });
      if (name === 'on a desk') await keepImage(page, 'kiosk.png', { width: 1024, height: 640 });
      await rate(2);
      await page.clock.fastForward(46_000);
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await dialog.getByRole('button').evaluate((node) => node === document.activeElement)).toBe(true);
      await isGood(page);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    },
  );

  it('speaks the language that is chosen, and its own to whoever comes next', async () => {
    const [english, arabic] = storefront('en', 'ar');
    await open([english!, arabic!]);
    await page.getByLabel('Language').selectOption({ label: 'العربية' });
    await heading(arabic!.title).waitFor();
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
      'ar',
      'rtl',
    ]);
    await rate(5);
    await button(arabic!.labels.submit).click();
    await heading(arabic!.thanks.high.title).waitFor();
    expect(posts).toMatchObject([{ locale: 'ar', answers: { rating: '5' } }]);
    await page.clock.runFor(9000);
    await heading(english!.title).waitFor();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('ltr');
    await page.getByLabel('Language').selectOption({ label: 'العربية' });
    await page.clock.runFor(46_000);
    await heading(english!.title).waitFor();
  });

  it('fills the screen at the first touch, and by its button', async () => {
    await open(storefront('en'), { viewport: { width: 1080, height: 1400 } });
    await button('Full screen').waitFor();
    await rate(5);
    const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
    await expect.poll(isFull).toBe(true);
    expect(await button('Full screen').isVisible()).toBe(false);
    await page.evaluate(() => document.exitFullscreen());
    await button('Full screen').click();
    await expect.poll(isFull).toBe(true);
    await button('Start over').click();
    expect(posts).toEqual([]);
    expect(await page.locator('.asks :checked').count()).toBe(0);
  });

  it('learns within a quarter of an hour that its link is no longer good', async () => {
    await open(storefront('en'));
    kiosk.app.pageStatus = 410;
    await page.clock.runFor(14 * 60_000);
    await question('rating').waitFor();
    await page.clock.runFor(2 * 60_000);
    await heading('Closed').waitFor();
  });
});
