import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminFrame } from './admin-frame.ts';
import { keepImage, openTab, type Watched } from './browser.ts';
import type { World } from './world.ts';

/** Whether the numbers may be trusted, as a member of staff would ask: by menu and keyboard. */
export function predictionTests(world: World): void {
  describe('predictions', () => {
    let tab: Watched;
    let page: Page;
    const { app, frame, button, toast, inOrder } = adminFrame(() => page);
    const heading = (name: string) => app().getByRole('heading', { level: 1, name, exact: true });
    const verdict = () =>
      app().locator('.Polaris-ShadowBevel', {
        has: app().getByRole('heading', { name: 'Orders and value', exact: true }),
      });
    const fit = async () => {
      await button('Fit now').focus();
      await page.keyboard.press('Enter');
      await page
        .locator('#toasts')
        .getByText(/^Fits done: /)
        .first()
        .waitFor({ timeout: 60_000 });
    };

    beforeAll(async () => {
      tab = await openTab(world.browser(), { acceptDownloads: true });
      page = tab.page;
      await page.goto(world.demo().admin);
      await heading('Home').waitFor();
      await page.locator('#app-nav').getByRole('link', { name: 'Predictions', exact: true }).click();
      await heading('Predictions').waitFor();
    });
    afterAll(() => tab?.close());

    it('are fitted when staff ask for it, and say how that ended', async () => {
      await fit();
      await app().getByRole('heading', { name: 'History of fits' }).waitFor();
      const rows = app().locator('table', { hasText: 'Fits, newest first' }).locator('tbody tr');
      const newest = rows.filter({ hasText: 'Orders and value' }).first();
      expect(await newest.innerText()).toMatch(/Passed|Hidden/);
    });

    it('lead with the verdict and what it rests on, and prove it', async () => {
      const text = await verdict().innerText();
      expect(text).toMatch(/Shown|Little data|Hidden|Rules only/);
      expect(text).toMatch(/Fitted\s+\d+ \w+ \d{4}/);
      await app().getByText('Recency only (days since the last order)').waitFor();
      const deciles = app().locator('.Polaris-ShadowBevel', {
        has: app().getByRole('list', { name: 'Orders by group, predicted and actual' }),
      });
      await keepImage(page, 'admin-predictions.png', { width: 1280, height: 900 }, frame(), deciles);
      for (const name of [/Orders by group of buyers/, /Chance of an order, predicted and actual/])
        await app().getByRole('button', { name }).click();
      expect(await app().locator('main, body').first().innerText()).not.toMatch(/NaN|undefined|Infinity/);
      await inOrder('predictions');
    });

    it('are a file too', async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), button('Export as CSV').click()]);
      const text = await readFile(await download.path(), 'utf8');
      expect(text).toMatch(/^\ufeffPart,Row,Figure,Value\r\n/);
      expect(text).toMatch(/^deciles,1,actual,\d+\r$/m);
      expect(text).toMatch(/^comparison,recencyOnly,brier,0\.\d+\r$/m);
    });

    it('stand on the page of a customer, with what explains them', async () => {
      await page.locator('#app-nav').getByRole('link', { name: 'Customers', exact: true }).click();
      await heading('Customers').waitFor();
      await app().getByRole('tab', { name: 'All', exact: true }).click();
      await app().locator('tbody tr td a').first().click();
      await app().getByRole('heading', { name: 'Predictions', exact: true }).waitFor();
      await app().getByRole('list', { name: 'Warning indicators' }).waitFor();
      await app()
        .getByText(/chance of no order in the next \d+ days?|Orders and value are not predicted\./)
        .waitFor();
      await inOrder('customer-predictions');
    });

    it('can be hidden by the team, and come back by Undo', async () => {
      await page.locator('#app-nav').getByRole('link', { name: 'Predictions', exact: true }).click();
      await heading('Predictions').waitFor();
      const hide = button('Hide: Orders and value');
      // Who did not pass is hidden already.
      if ((await hide.count()) === 0) return expect(await verdict().innerText()).toMatch(/Hidden|Rules only/);
      await hide.click();
      const asking = app().getByRole('dialog', { name: 'Hide these predictions?' });
      await asking.getByRole('button', { name: 'Hide', exact: true }).click();
      await toast('Predictions are hidden').waitFor();
      await verdict().getByText('Hidden by you', { exact: true }).waitFor();
      await button('Show: Orders and value').click();
      await toast('Predictions are shown again').waitFor();
      await hide.waitFor();
    });

    it('leave no error on the console', () => {
      expect(tab.errors).toEqual([]);
    });
  });
}
