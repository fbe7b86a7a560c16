/** The app embed in a browser: it waits for its moment, is no obstacle, and keeps what it counts to itself. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { keepImage, launchBrowser } from './browser.ts';
import { everyType, viewOf } from './every-type.ts';
import { isGood, LOOKS } from './survey-pages.ts';
import { openShop, type ThemeShop } from './theme-shop.ts';

const NOW = Date.UTC(2026, 10, 22);
const DAY_MS = 86_400_000;

describe('the app embed', () => {
  let browser: Browser;
  let shop: ThemeShop;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await shop.close();
    expect(shop.errors, 'errors on the console').toEqual([]);
    expect(shop.asked.filter((url) => !url.startsWith('http://shop.test/'))).toEqual([]);
  });

  async function open(
    view: SurveyView | null = viewOf(PRESETS.website, 'en'),
    { consent = true, ...options }: BrowserContextOptions & { consent?: boolean } = {},
  ): Promise<void> {
    shop = await openShop(browser, view, options, 'survey-embed');
    page = shop.page;
    await page.addInitScript((may) => {
      const allowed = () => may;
      const customerPrivacy = { preferencesProcessingAllowed: allowed, analyticsProcessingAllowed: allowed };
      Object.assign(window, { Shopify: { customerPrivacy } });
    }, consent);
    await page.clock.install({ time: NOW });
    await shop.visit();
  }
  const dialog = () => page.getByRole('dialog', { name: 'Short survey' });
  const stay = async (seconds: number) => {
    await page.clock.runFor(seconds * 1000);
  };
  const leave = () =>
    page.evaluate(() =>
      document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 })),
    );
  const scripts = () => shop.asked.filter((url) => url.endsWith('.js')).map((url) => url.split('/').at(-1));
  const kept = () =>
    page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage } }) as const);

  it('loads nothing but itself, and asks nothing, until its moment comes', async () => {
    await open();
    await stay(4);
    await leave();
    await stay(20);
    expect(await dialog().isVisible()).toBe(false);
    expect(shop.asked.map((url) => new URL(url).pathname)).toEqual([
      '/',
      '/storefront/extensions/theme-survey/assets/embed.js',
    ]);
    await leave();
    await dialog().waitFor();
    expect(scripts()).toEqual(['embed.js', 'cart.js', 'embed-show.js', 'survey.js', 'survey-form.js']);
  });

  it('takes the focus, is answered with the keyboard alone, and gives the focus back', async () => {
    await open();
    await stay(10);
    await page.getByRole('link', { name: 'Shop' }).first().focus();
    await leave();
    await dialog().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.className);
    await expect.poll(focused).toBe('aftercare-embed');
    for (const key of ['Tab', 'Tab', 'Space', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await dialog().getByText('Question 2 of 2').waitFor();
    await dialog().getByRole('button', { name: 'Send' }).press('Enter');
    await dialog().getByRole('heading', { name: 'Thank you!' }).waitFor();
    expect(shop.posts.at(-1)).toMatchObject({ kind: 'website', answers: { rating: '2' } });
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Shop');
  });

  it('leaves whoever is writing alone, and is closed by its button', async () => {
    await open();
    await page.evaluate(() => document.body.append(document.createElement('textarea')));
    await stay(10);
    await page.locator('textarea').last().focus();
    await leave();
    await dialog().waitFor();
    await page.keyboard.type('still mine');
    expect(await page.locator('body > textarea').inputValue()).toBe('still mine');
    await dialog().getByRole('button', { name: 'Close' }).click();
    expect(await dialog().isVisible()).toBe(false);
  });

  it.each(LOOKS)('shows every type, moves nothing on the page, %s', async (_name, look, locale) => {
    const view = everyType(locale);
    await open(view, look);
    await page.evaluate(() => {
      Object.assign(window, { shifts: [] });
      new PerformanceObserver((list) => {
        const { shifts } = window as unknown as { shifts: object[] };
        const entries = list.getEntries() as (PerformanceEntry & { hadRecentInput: boolean })[];
        shifts.push(...entries.filter(({ hadRecentInput }) => !hadRecentInput));
      }).observe({ type: 'layout-shift' });
    });
    await stay(10);
    await leave();
    const survey = page.locator('.aftercare-embed');
    await survey.locator('form').waitFor();
    expect(await page.evaluate('shifts')).toEqual([]);
    for (const [index, { id }] of view.questions.entries()) {
      if (id === 'nps' || id === 'one') await survey.getByRole('radio').last().press('Space');
      if (id === 'short') await survey.getByRole('textbox').fill('Rex');
      await isGood(page);
      if (index < view.questions.length - 1)
        await survey.getByRole('button', { name: view.labels.next, exact: true }).click();
    }
  });

  it('asks at most once in 30 days, and counts on', async () => {
    await open();
    await stay(10);
    await leave();
    await dialog().waitFor();
    await keepImage(page, 'embed.png', { width: 900, height: 640 });
    for (const [days, isAsked] of [
      [29, false],
      [31, true],
    ] as const) {
      await page.clock.setSystemTime(NOW + days * DAY_MS);
      await shop.visit();
      await stay(10);
      await leave();
      await stay(1);
      if (isAsked) await dialog().waitFor();
      else expect(await dialog().isVisible()).toBe(false);
    }
  });

  it('comes at the third view of a product', async () => {
    await open();
    await stay(2);
    await shop.visit();
    await stay(2);
    expect(await dialog().isVisible()).toBe(false);
    await shop.visit();
    await stay(2);
    await dialog().waitFor();
  });

  it('comes after a long look at a help page, and when a filled cart is left alone', async () => {
    await open();
    await shop.visit('/pages/help');
    await stay(40);
    expect(await dialog().isVisible()).toBe(false);
    await stay(6);
    await dialog().waitFor();
    await shop.close();
    await open();
    await stay(110);
    expect(await dialog().isVisible()).toBe(false);
    await stay(15);
    await dialog().waitFor();
  });

  it('comes on a touch screen when a finger goes back to the top at a stroke', async () => {
    await open(undefined, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 700 } });
    await page.evaluate(() => {
      document.body.style.minHeight = '4000px';
      scrollTo(0, 2500);
    });
    await stay(10);
    expect(await dialog().isVisible()).toBe(false);
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'smooth' }));
    await dialog().waitFor();
  });

  it('shows nothing where the app has nothing to ask', async () => {
    await open(null);
    await stay(10);
    await leave();
    await expect.poll(() => scripts()).toContain('survey.js');
    await expect.poll(() => shop.asked.some((url) => url.includes('/apps/aftercare/visit'))).toBe(true);
    expect(await page.locator('.aftercare-embed').isVisible()).toBe(false);
    expect((await kept()).local['aftercare-embed']).not.toContain('asked');
  });

  it('keeps nothing beyond the tab without the consent, and sends nothing of what it counts', async () => {
    await open(undefined, { consent: false });
    await stay(10);
    expect((await kept()).local).toEqual({});
    expect(Object.keys((await kept()).session)).toEqual(['aftercare-embed']);
    await leave();
    await dialog().waitFor();
    const asked = shop.asked.find((url) => url.includes('/apps/aftercare/visit'));
    expect([...new URL(asked ?? '').searchParams]).toEqual([
      ['kind', 'website'],
      ['order', ''],
      ['locale', 'en'],
    ]);
    await shop.visit();
    await stay(10);
    await leave();
    await stay(1);
    expect(await dialog().isVisible()).toBe(false);
  });

  it('asks nobody again who consents after they were asked', async () => {
    await open(undefined, { consent: false });
    await stay(10);
    await leave();
    await dialog().waitFor();
    // What is set up last stands.
    await page.addInitScript(() => {
      const allowed = () => true;
      const customerPrivacy = { preferencesProcessingAllowed: allowed, analyticsProcessingAllowed: allowed };
      Object.assign(window, { Shopify: { customerPrivacy } });
    });
    await shop.visit();
    await stay(10);
    await leave();
    await stay(1);
    expect(await dialog().isVisible()).toBe(false);
    const { local, session } = await kept();
    expect(local['aftercare-embed']).toContain('asked');
    expect(session).not.toHaveProperty('aftercare-embed');
  });
});
