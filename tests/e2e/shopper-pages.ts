import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, keepImage, openTab, shoot, type Watched } from './browser.ts';
import type { World } from './world.ts';

/** Orders to look at until one has a survey that is still open. */
const ORDERS_TRIED = 25;

/** The survey inside the shop's own pages: checkout and storefront. */
export function shopperPageTests(world: World): void {
  describe('the shop', () => {
    let tab: Watched;
    let page: Page;
    let orders: { id: string; customer: string }[];

    beforeAll(async () => {
      tab = await openTab(world.browser());
      page = tab.page;
      await page.goto(world.demo().thankYou);
      const rows = page.locator('table tr', { has: page.locator('a') });
      orders = [];
      for (const row of (await rows.all()).slice(0, ORDERS_TRIED)) {
        const href = (await row.locator('a').first().getAttribute('href')) ?? '';
        orders.push({
          id: href.split('/').at(-1) ?? '',
          customer: await row.locator('td').nth(1).innerText(),
        });
      }
      expect(orders.length).toBeGreaterThan(0);
    });
    afterAll(() => tab?.close());

    const extension = (): Frame => {
      const found = page.frames().find((frame) => frame.url().includes('/dev-store/ui-frame/'));
      if (!found) throw new Error('The page has no frame with the UI extension.');
      return found;
    };

    /** Opens pages of orders until the extension asks something there. */
    async function findOpen(surface: 'thank-you' | 'order-status', locale: string): Promise<Frame> {
      for (const { id } of orders) {
        await page.goto(`${world.demo().devStore}/${surface}/${id}?locale=${locale}`);
        const frame = extension();
        await frame.waitForFunction(
          () => document.querySelector('s-form') !== null || document.body.childElementCount === 0,
        );
        if ((await frame.locator('s-form').count()) > 0) return frame;
      }
      throw new Error(
        `None of the latest ${orders.length} orders has an open survey on its ${surface} page.`,
      );
    }

    it('asks on the thank-you page, inside the checkout, and thanks', async () => {
      // A second tap right after the first would not count: time is moved on between them.
      await page.clock.install();
      const frame = await findOpen('thank-you', 'en');
      expect(await shoot(page, 'thank-you')).toEqual({ desktop: 0, narrow: 0 });
      await keepImage(page, 'thank-you.png', { width: 1000, height: 620 });
      await frame.getByRole('button', { name: 'Next' }).click();
      await frame.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
      await frame.getByRole('button', { name: /^5/ }).click();
      await frame.getByText('Question 2 of 3').waitFor();
      await page.clock.fastForward(1_000);
      await frame.getByRole('button', { name: '4' }).click();
      await frame.getByText('Question 3 of 3').waitFor();
      await page.clock.fastForward(1_000);
      await frame.getByRole('textbox').fill('Quick and clear.');
      await shoot(page, 'thank-you-answered');
      await frame.getByRole('button', { name: 'Send' }).click();
      await frame
        .getByText(/thank you/i)
        .first()
        .waitFor();
      expect(await frame.locator('s-form').count()).toBe(0);
      expect(await shoot(page, 'thank-you-thanks')).toEqual({ desktop: 0, narrow: 0 });
      expect(tab.errors.filter((line) => !/status of 422/.test(line))).toEqual([]);
    });

    it('asks in the language of the checkout', async () => {
      const frame = await findOpen('thank-you', 'de');
      await frame.getByRole('button', { name: 'Weiter' }).waitFor();
    });

    it('asks a customer who is logged in to the storefront, and thanks', async () => {
      const block = page.locator('.aftercare-survey[data-aftercare-survey$="/survey"]');
      await page.goto(world.demo().storefront);
      expect(await block.count(), 'strangers are not asked').toBe(0);
      let asked = false;
      for (const { customer } of orders) {
        await page.context().clearCookies();
        await page.goto(`${world.demo().storefront}/account?q=${encodeURIComponent(customer)}`);
        await page.getByRole('button', { name: 'Log in' }).click();
        await page.getByRole('heading', { name: `Hello, ${customer}` }).waitFor();
        await block.waitFor({ state: 'attached' });
        // The block waits for a quiet moment, and goes or says so where there is nothing to ask.
        await page.waitForFunction(() => {
          const root = document.querySelector<HTMLElement>('[data-aftercare-survey$="/survey"]');
          return root !== null && (root.hidden || root.querySelector('[aria-busy]') === null);
        });
        asked = (await block.locator('form').count()) > 0;
        if (asked) break;
      }
      expect(asked, `one of the customers of the latest ${orders.length} orders is asked`).toBe(true);
      const form = block.locator('form');
      expect(await form.locator('textarea').count(), 'follow-ups before a rating').toBe(0);
      expect(await shoot(page, 'storefront')).toEqual({ desktop: 0, narrow: 0 });
      await keepImage(page, 'theme-block.png', { width: 1000, height: 620 });
      await form.getByRole('button').click();
      await block.getByText('Please answer this question.').waitFor();
      await form.locator('input[name=rating]').last().focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      // The survey of the purchase has one more rating before the words.
      if ((await form.getByRole('textbox').count()) === 0)
        await form.getByRole('button', { name: 'Next' }).click();
      await form.getByRole('textbox').fill('I would buy this again.');
      expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
      await shoot(page, 'storefront-answered');
      await form.getByRole('button', { name: 'Send' }).click();
      await block.getByRole('heading', { name: /thank/i }).waitFor();
      expect(await form.count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
      expect(await shoot(page, 'storefront-thanks')).toEqual({ desktop: 0, narrow: 0 });
      expect(tab.errors.filter((line) => !/status of 422/.test(line))).toEqual([]);
    });
  });
}
