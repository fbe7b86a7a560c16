import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminFrame } from './admin-frame.ts';
import { accessibilityFaults, keepImage, openTab, overflow, type Watched } from './browser.ts';
import type { World } from './world.ts';

/** The embedded app in the admin's frame, walked through as a member of staff would. */
export function adminTests(world: World): void {
  describe('the admin', () => {
    let tab: Watched;
    let page: Page;
    const { app, frame, toast, fits } = adminFrame(() => page);
    const heading = (text: string | RegExp) => app().getByRole('heading', { level: 1, name: text });
    /** Opens a page by the menu that the admin shows for the app. */
    const open = async (name: string) => {
      await page.locator('#app-nav').getByRole('link', { name, exact: true }).click();
      await heading(name).waitFor();
    };

    beforeAll(async () => {
      tab = await openTab(world.browser(), { acceptDownloads: true });
      page = tab.page;
      await page.goto(world.demo().admin);
      await heading('Home').waitFor();
    });
    afterAll(() => tab?.close());

    it('opens on Home, with every figure and how sure it is', async () => {
      await app().getByRole('link', { name: 'All cases' }).waitFor();
      for (const name of ['NPS', 'CSAT, 1 to 5', 'Response rate']) {
        const card = app().locator('.Polaris-ShadowBevel', {
          has: app().getByRole('heading', { name, exact: true }),
        });
        await expect(card.innerText(), name).resolves.toMatch(/\d[^]*n = [\d,]+ · 95% interval \S+ to \S+/);
      }
      const bands = await app().locator('.ac-legend li').allInnerTexts();
      expect(bands.map((text) => text.split('\n')[0])).toEqual([
        'Thriving',
        'Healthy',
        'At-risk',
        'Critical',
        'Lost',
        'Not enough data',
      ]);
      expect(await app().locator('.ac-quote').count(), 'quotes of customers').toBeGreaterThan(0);
      await fits('admin-home');
      await keepImage(page, 'admin-home.png', { width: 1280, height: 800 }, frame());
    });

    it('leads from a health band to its customers, and downloads them as CSV', async () => {
      await app()
        .getByRole('link', { name: /^Critical/ })
        .click();
      await heading('Customers').waitFor();
      await app()
        .getByRole('button', { name: /^Health: Critical/ })
        .waitFor();
      expect(new URL(page.url()).searchParams.get('band')).toBe('critical');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        app()
          .getByRole('button', { name: /^Export [\d,]+ as CSV$/ })
          .click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^customers-.*\.csv$/);
      const [head, first] = (await readFile(await download.path(), 'utf8')).split(/\r?\n/);
      expect(head?.replace('\ufeff', '')).toMatch(
        /^First name,Last name,E-mail,Health,Health band,Main reason,/,
      );
      expect(first).toContain(',critical,');
    });

    it('lists the customers at risk, the largest value first, and tells the story of one', async () => {
      await open('Customers');
      await app().getByRole('tab', { name: 'At risk', selected: true }).waitFor();
      const values = (await app().locator('tbody tr td:nth-child(4)').allInnerTexts()).map((text) =>
        Number(text.replace(/[^\d.]/g, '')),
      );
      expect(values.length).toBeGreaterThan(1);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      await fits('admin-customers');

      await app().locator('tbody tr td a').first().click();
      await app().getByRole('heading', { name: 'Timeline' }).waitFor();
      expect(await app().locator('.ac-timeline__entry').count()).toBeGreaterThan(2);
      const points = (await app().locator('.ac-reason__points').allInnerTexts()).map((text) =>
        Number(text.replace('−', '-')),
      );
      const total = points.pop() ?? Number.NaN;
      expect(points.length, 'reasons of the score').toBeGreaterThan(1);
      expect(points.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 6);
      await app().getByRole('button', { name: 'Orders', exact: true }).click();
      await expect.poll(() => new URL(page.url()).searchParams.get('show')).toBe('order');
      await app().getByRole('button', { name: 'Everything' }).click();
      await fits('admin-customer');
    });

    it('shows the queue of cases; acknowledging one stops its clock and is confirmed', async () => {
      await open('Cases');
      await app().locator('tbody tr').first().waitFor();
      await fits('admin-cases');
      const waiting = app().locator('tbody tr', { hasText: /Overdue by|Due (in|soon)/ });
      await waiting.first().locator('a').first().click();
      await heading(/^Case #\d+/).waitFor();
      await app().getByRole('heading', { name: 'Conversation' }).waitFor();
      await fits('admin-case');
      await app().getByRole('button', { name: 'Acknowledge', exact: true }).click();
      await toast('Case acknowledged').waitFor();
      await app()
        .getByText(/^Answered (in time|.+ late)$/)
        .waitFor();
      await app().getByRole('button', { name: 'Resolve', exact: true }).waitFor();
      expect(await app().getByRole('button', { name: 'Acknowledge', exact: true }).count()).toBe(0);
      await page.reload();
      await app()
        .getByText(/^Acknowledged the case/)
        .waitFor();
    });

    it('refuses to resolve a case without a word on how, beside the field', async () => {
      await app().getByRole('button', { name: 'Resolve', exact: true }).click();
      const field = app().getByLabel('What was done for the customer?');
      await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    });

    it('shows each survey with its funnel', async () => {
      await open('Surveys');
      for (const name of [
        'Purchase survey',
        'Delivery survey',
        'Product survey',
        'Relationship survey (NPS)',
      ]) {
        await app().getByRole('heading', { name, exact: true }).waitFor();
      }
      expect(await app().locator('.ac-funnel').count()).toBeGreaterThan(1);
      await fits('admin-surveys');
    });

    it('says how far people come, of one survey too, and downloads it as CSV', async () => {
      await app().getByRole('link', { name: 'Where people stop: Delivery survey' }).click();
      await heading('Funnel').waitFor();
      expect(await app().getByLabel('Survey', { exact: true }).inputValue()).toBe('delivery');
      const counts = async () =>
        Object.fromEntries(
          (await app().locator('.ac-bars').first().locator('li').allInnerTexts()).map((text) => {
            const [step = '', count = ''] = text.split('\n');
            return [step, Number(count.replaceAll(',', ''))];
          }),
        );
      const delivery = await counts();
      expect(delivery['Finished']).toBeGreaterThan(0);
      expect(delivery['Eligible']).toBe(
        delivery['Held back']! + delivery['Put off']! + delivery['Sent by e-mail']!,
      );
      await app()
        .getByRole('button', { name: /question by question$/ })
        .first()
        .click();
      await app().getByRole('columnheader', { name: 'Went away' }).waitFor();
      // The frame around the app has the landmarks.
      const faults = await accessibilityFaults(frame());
      expect(faults.filter((fault) => !/^(landmark-one-main|region):/.test(fault))).toEqual([]);
      await fits('admin-funnel');
      await keepImage(page, 'admin-funnel.png', { width: 1280, height: 900 }, frame());

      await app().getByLabel('Survey', { exact: true }).selectOption('');
      await expect.poll(async () => (await counts())['Eligible']).toBeGreaterThan(delivery['Eligible']!);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        app().getByRole('button', { name: 'Export as CSV' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('survey-funnel.csv');
      expect(await readFile(await download.path(), 'utf8')).toMatch(/^\ufeffPart,Survey,Step,Count,Of,/);
      await open('Surveys');
    });

    it('shows what customers said; an answer is held back with a reason, and one click undoes it', async () => {
      await app().getByRole('link', { name: 'Responses', exact: true }).click();
      await heading('Responses').waitFor();
      const answers = app().locator('.ac-response');
      await answers.first().waitFor();
      const routes = await app().locator('.ac-mix tbody th').allInnerTexts();
      expect(routes.map((text) => text.trim())).toEqual(['Low', 'Middle', 'High']);
      expect(await app().locator('.ac-mix tbody').innerText()).toMatch(/\d%\s+[\d.]+% to [\d.]+%/);
      await fits('admin-responses');

      const said = await answers.first().getAttribute('aria-label');
      await answers
        .first()
        .getByRole('button', { name: /^Quarantine: / })
        .click();
      const dialog = app().getByRole('dialog');
      await dialog.getByRole('button', { name: 'Quarantine', exact: true }).click();
      await dialog.getByText('Choose why the answer should not count.').waitFor();
      await dialog.getByLabel('Why should it not count?').selectOption('test');
      await dialog.getByRole('button', { name: 'Quarantine', exact: true }).click();
      await toast('Answer quarantined').waitFor();
      await page.locator('#toasts').getByRole('button', { name: 'Undo' }).first().click();
      await toast('Answer restored').waitFor();
      await expect.poll(() => answers.first().getAttribute('aria-label')).toBe(said);

      await app().getByRole('tab', { name: 'Quarantined', exact: true }).click();
      await app().getByText('No answer is in quarantine').waitFor();
      await app().getByRole('button', { name: 'Show all time' }).waitFor();
      expect(new URL(page.url()).searchParams.get('view')).toBe('quarantined');
    });

    it('keeps a changed setting, by the save bar of the admin', async () => {
      await open('Settings');
      await app().getByRole('heading', { name: 'Compensation' }).waitFor();
      await fits('admin-settings');
      const field = app().getByLabel('Answer within');
      const bar = page.locator('#save-bar');
      const before = await field.inputValue();
      for (const value of ['6', before]) {
        await field.fill(value);
        await bar.getByRole('button', { name: 'Save' }).click();
        await toast('Settings saved').last().waitFor();
        await bar.waitFor({ state: 'hidden' });
        await page.reload();
        await heading('Settings').waitFor();
        await expect.poll(() => field.inputValue()).toBe(value);
      }
      await field.fill('999999');
      await bar.getByRole('button', { name: 'Discard' }).click();
      await bar.waitFor({ state: 'hidden' });
      expect(await field.inputValue()).toBe(before);
    });

    it('finds its way by keyboard alone', async () => {
      await page.locator('#app-nav').getByRole('link', { name: 'Customers', exact: true }).focus();
      await page.keyboard.press('Enter');
      await heading('Customers').waitFor();
      await app().locator('tbody tr td a').first().focus();
      await page.keyboard.press('Enter');
      await app().getByRole('heading', { name: 'Timeline' }).waitFor();
      expect(await overflow(page.mainFrame())).toBe(0);
    });

    it('says plainly that a customer or a case is not there', async () => {
      await page.goto(`${world.demo().admin}/apps/aftercare/cases/00000000-0000-7000-8000-000000000000`);
      await app()
        .getByText(/no such case|not (here|found)/i)
        .first()
        .waitFor();
      // The refusal of that address is the one thing a console should tell.
      const rest = tab.errors.filter((line) => !/status of 404/.test(line));
      expect(rest, 'errors on the console during the whole walk').toEqual([]);
    });
  });
}
