import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminFrame } from './admin-frame.ts';
import { accessibilityFaults, openTab, shoot, type Watched } from './browser.ts';
import type { World } from './world.ts';

const ADDRESS = 'staff-test@example.com';

/** A survey is tried out before it is published, and waits for its time: as a member of staff would, by keyboard. */
export function surveyTestTests(world: World): void {
  describe('a survey before it is asked', () => {
    let tab: Watched;
    let page: Page;
    const { app, button, field, toast, inOrder } = adminFrame(() => page);
    const preview = () => app().getByRole('region', { name: 'Preview of the survey' });
    const pressOn = async (name: string) => {
      await button(name).focus();
      await page.keyboard.press('Enter');
    };

    beforeAll(async () => {
      tab = await openTab(world.browser(), { reducedMotion: 'reduce' });
      page = tab.page;
      await page.goto(`${world.demo().admin}/apps/aftercare/surveys`);
      await app().getByRole('heading', { level: 1, name: 'Surveys' }).waitFor();
      await button('Create survey').click();
      const dialog = app().getByRole('dialog');
      await dialog.getByText('Product in use', { exact: true }).click();
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await app().getByText('never published').waitFor();
    });
    afterAll(() => tab?.close());

    it('is mailed as a test by keyboard, an address that is none is refused beside it', async () => {
      await pressOn('Send a test');
      const dialog = app().getByRole('dialog', { name: 'Send a test' });
      await field('Send to').focus();
      await field('Send to').fill('nobody');
      await dialog.getByRole('button', { name: 'Send test' }).focus();
      await page.keyboard.press('Enter');
      await dialog.getByText('Enter an e-mail address such as ada@example.com.').waitFor();
      await inOrder('survey-test-dialog');
      await field('Send to').fill(ADDRESS);
      await field('Language of the test').selectOption('de');
      await dialog.getByRole('button', { name: 'Send test' }).focus();
      await page.keyboard.press('Enter');
      await toast('Test sent').waitFor();
      await dialog.waitFor({ state: 'hidden' });
    });

    it('opens from that mail, says that it is a test, and is answered without being stored', async () => {
      const list = `${world.demo().devStore}/mailbox.json?limit=20&to=${encodeURIComponent(ADDRESS)}`;
      const mails = (await (await fetch(list)).json()) as { subject: string; links: string[] }[];
      expect(mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^\[Test\] /)]);
      const link = mails[0]?.links.find((one) => new URL(one).search === '') ?? '';
      const visitor = await openTab(world.browser(), { reducedMotion: 'reduce' });
      for (let again = 0; again < 2; again += 1) {
        await visitor.page.goto(link);
        await visitor.page.getByText('Dies ist ein Test').waitFor();
        expect(await accessibilityFaults(visitor.page.mainFrame())).toEqual([]);
        expect(await shoot(visitor.page, 'survey-test-page')).toEqual({ desktop: 0, narrow: 0 });
        await visitor.page.keyboard.press('Tab');
        await visitor.page.keyboard.press('Space');
        await visitor.page.keyboard.press('Enter');
        await visitor.page.locator('[data-question="comment_low"]').waitFor();
        await visitor.page.keyboard.press('Tab');
        await visitor.page.locator('button.main').focus();
        await visitor.page.keyboard.press('Enter');
        await visitor.page.getByRole('status').getByRole('heading').waitFor();
        await visitor.page.getByText('Dies ist ein Test').waitFor();
      }
      expect(visitor.errors).toEqual([]);
      await visitor.close();
    });

    it('shows the whole mail around the question', async () => {
      await field('Shown in').selectOption('email');
      await pressOn('Show the whole mail');
      await app().locator('iframe.ac-pv__mail').waitFor();
      await app().getByText('Subject:').waitFor();
      const mail = app().frameLocator('iframe.ac-pv__mail');
      await mail.getByRole('heading', { level: 1 }).waitFor();
      await field('Shown in').selectOption('hosted');
    });

    it('promises a reward and asks for a review, with what is wrong beside the field', async () => {
      await app()
        .getByRole('tab', { name: /^Texts/ })
        .click();
      await field('Reward those who complete it').focus();
      await page.keyboard.press('Space');
      await preview().getByText('As a thank-you for answering').waitFor();
      await field('How many in all').fill('0');
      await app().getByText('Must be at least 1.').waitFor();
      await field('How many in all').fill('50');
      await field('Ask for a public review').focus();
      await page.keyboard.press('Space');
      await app().getByText('Must start with https://.').waitFor();
      await inOrder('survey-offers');
      await field('Address of the review page').fill('https://reviews.example.com/us');
      await app().getByText('Must start with https://.').waitFor({ state: 'hidden' });
    });

    it('counts a number by a rule', async () => {
      await app()
        .getByRole('tab', { name: /^Logic/ })
        .click();
      await pressOn('Add number');
      await field('Name of the number').fill('troubles');
      await page.keyboard.press('Tab');
      await button('Add rule: How satisfied are you with the product?').click();
      await field('Then').selectOption('add');
      await app().getByText('add 1 to "troubles".').waitFor();
      await inOrder('survey-values');
    });

    it('waits for its time once it is published, and the badge says so', async () => {
      await app()
        .getByRole('tab', { name: /^Audience/ })
        .click();
      await field('Start date').focus();
      await page.keyboard.type('12242099');
      await app().getByText('Asked from 24 Dec 2099, 00:00 on.').waitFor();
      await field('End date').fill('2099-12-01');
      await app().getByText('The schedule ends before it begins').first().waitFor();
      await app()
        .getByRole('tab', { name: /^Checks \(1\)/ })
        .waitFor();
      await field('End date').fill('2099-12-31');
      await app().getByText('Asked from 24 Dec 2099, 00:00 until 31 Dec 2099, 23:59.').waitFor();
      await inOrder('survey-schedule');
      await pressOn('Publish');
      const dialog = app().getByRole('dialog', { name: 'Publish this survey?' });
      await dialog.getByText('Asked from 24 Dec 2099, 00:00 until').waitFor();
      await dialog.getByRole('button', { name: 'Publish', exact: true }).focus();
      await page.keyboard.press('Enter');
      await toast('Version 1 is published').waitFor();
      await app().getByText('Scheduled from 24 Dec 2099, 00:00', { exact: true }).waitFor();
    });

    it('stands in the list as scheduled, while the preset is asked', async () => {
      await page.locator('#app-nav').getByRole('link', { name: 'Surveys', exact: true }).click();
      await app().getByRole('heading', { level: 1, name: 'Surveys' }).waitFor();
      const row = app().locator('.ac-list > li', { hasText: 'Scheduled from 24 Dec 2099, 00:00' });
      await row.getByText('until 31 Dec 2099, 23:59').waitFor();
      await app().getByText('How is the product? (CSAT)').waitFor();
      await row.getByRole('button', { name: /^More actions/ }).click();
      await button('Archive').click();
      await toast('Survey archived').waitFor();
      expect(tab.errors, 'errors on the console during the whole walk').toEqual([]);
    });
  });
}
