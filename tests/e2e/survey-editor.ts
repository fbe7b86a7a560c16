import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminFrame } from './admin-frame.ts';
import { keepImage, openTab, type Watched } from './browser.ts';
import type { World } from './world.ts';

/** A survey of the shop's own, from the preset to publication and into the archive, as a member of staff would. */
export function surveyEditorTests(world: World): void {
  describe('the survey editor', () => {
    let tab: Watched;
    let page: Page;
    const { app, frame, button, field, toast, saveBar, inOrder } = adminFrame(() => page);
    const open = (name: RegExp) => app().getByRole('tab', { name }).click();
    const undo = () => page.locator('#toasts').getByRole('button', { name: 'Undo' }).last();
    const preview = () => app().getByRole('region', { name: 'Preview of the survey' });
    const questions = () => app().locator('.ac-questions > li');
    const act = async (name: string) => {
      await button(/^More actions: Parcel survey$/).click();
      await button(name).click();
    };

    beforeAll(async () => {
      tab = await openTab(world.browser());
      page = tab.page;
      await page.goto(`${world.demo().admin}/apps/aftercare/surveys`);
      await app().getByRole('heading', { level: 1, name: 'Surveys' }).waitFor();
    });
    afterAll(() => tab?.close());

    it('starts from a preset, which nobody is asked yet', async () => {
      await button('Create survey').click();
      const dialog = app().getByRole('dialog');
      await dialog.getByText('After the delivery', { exact: true }).click();
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await app().getByRole('heading', { level: 1, name: 'After the delivery' }).waitFor();
      await app().getByText('never published').waitFor();
      expect(await questions().count()).toBe(4);
      await inOrder('survey-editor');
    });

    it('shows at once what is typed, as the shopper would see it', async () => {
      await button(/^1\. How satisfied/).click();
      await field('Question').fill('How was the parcel?');
      await preview().getByText('How was the parcel?').waitFor();
      await preview().getByRole('radio', { name: '2' }).check({ force: true });
      await preview().getByText('Question 1 of 2').waitFor();
      await preview().getByRole('button', { name: 'Next' }).click();
      await preview().getByText('What went wrong with the delivery?').waitFor();
      await field('Shown in').selectOption('email');
      await preview().getByRole('listitem').first().waitFor();
      expect(await preview().getByRole('listitem').allInnerTexts()).toEqual(['1', '2', '3', '4', '5']);
      await field('Shown in').selectOption('order_status');
    });

    it('adds a question, which the order page asks by itself', async () => {
      await button(/^Add question/).click();
      await button('Ranking').click();
      await expect.poll(() => frame().evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
      await page.keyboard.type('What matters most to you?');
      await app().getByRole('textbox', { name: 'Option 1', exact: true }).fill('Speed');
      await app().getByRole('textbox', { name: 'Option 2', exact: true }).fill('Packaging');
      await preview().getByText('Packaging').waitFor();
      await field('Shown in').selectOption('hosted');
      await inOrder('survey-editor-question');
    });

    it('moves and deletes by keyboard, and one click brings back what was deleted', async () => {
      const up = button('Move up: What matters most to you?');
      await up.focus();
      for (let place = 4; place >= 2; place -= 1) {
        await page.keyboard.press('Enter');
        await questions()
          .nth(place - 1)
          .getByText(`${place}. What matters most to you?`)
          .waitFor();
        expect(await up.evaluate((one) => one === document.activeElement), 'the button keeps the focus').toBe(
          true,
        );
      }
      await button('Delete: What matters most to you?').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => questions().count()).toBe(4);
      const inPlace = () => frame().evaluate(() => document.activeElement?.getAttribute('aria-label'));
      expect(await inPlace(), 'focus goes to what took its place').toMatch(/^(Move|Delete)/);
      await undo().click();
      await questions().nth(1).getByText('2. What matters most to you?').waitFor();
    });

    it('reads its logic as sentences, which a builder changes', async () => {
      await open(/^Logic/);
      await app().getByText('Asked if the rating of "How was the parcel?" is low (1 or 2).').waitFor();
      await button('Ask only if: What matters most to you?').click();
      await field('How').selectOption('at_least');
      await field('Value').selectOption('4');
      await app().getByText('Asked if the rating of "How was the parcel?" is 4 or 5.').waitFor();
      await button('Add condition').click();
      await field('What').nth(1).selectOption({ label: 'Order: First order' });
      await app().getByText('is 4 or 5 and it is the first order.').waitFor();
      await inOrder('survey-editor-logic');
    });

    it('counts who is in its audience now', async () => {
      await open(/^Audience/);
      await button('Add condition').click();
      await app()
        .getByText(/^[\d,]+ of ([\d,]+|the last 1,000) customers match(es)? now, by their latest order\.$/)
        .waitFor();
      await inOrder('survey-editor-audience');
      await button('Ask everyone').click();
      await app().getByText('Everyone who is due for the delivery survey.').waitFor();
    });

    it('saves a draft by the save bar, and asks before it is left without', async () => {
      await open(/^Texts/);
      await field('Name').fill('Parcel survey');
      await page.locator('#app-nav').getByRole('link', { name: 'Cases', exact: true }).click();
      const dialog = app().getByRole('dialog', { name: 'Leave without saving?' });
      await dialog.getByRole('button', { name: 'Stay' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await saveBar().getByRole('button', { name: 'Save' }).click();
      await toast('Draft saved').waitFor();
      await saveBar().waitFor({ state: 'hidden' });
      await page.reload();
      await app().getByRole('heading', { level: 1, name: 'Parcel survey' }).waitFor();
      expect(await questions().count()).toBe(5);
    });

    it('is not published while a text is missing, and says which', async () => {
      await button('Publish').click();
      await app().getByRole('tab', { name: 'Checks (9)', selected: true }).waitFor();
      await app()
        .getByText(/^German: 4 texts are missing \(/)
        .waitFor();
      await inOrder('survey-editor-checks');
      await button('Translate: German').click();
      const german = field('1. Question in German');
      expect(await german.inputValue()).toBe('');
      await german.fill('Wie war das Paket?');
      await inOrder('survey-editor-languages');
      await field('Language').selectOption('de');
      await preview().getByText('Wie war das Paket?').waitFor();
      await open(/^Checks/);
      await app()
        .getByText(/^German: 3 texts are missing \(/)
        .waitFor();
      await button('Remove these 9 languages').click();
      await app().getByText('It can be published').waitFor();
    });

    it('asks once, says what will happen, and is live', async () => {
      await button('Publish').click();
      const dialog = app().getByRole('dialog', { name: 'Publish this survey?' });
      await dialog.getByText('Shoppers are asked this survey instead of the preset.').waitFor();
      await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
      await toast('Version 1 is published').waitFor();
      await app()
        .getByText(/version 1, published .+ by /)
        .waitFor();
      await open(/^Questions/);
      await keepImage(page, 'admin-survey-editor.png', { width: 1280, height: 800 }, frame());
    });

    it('keeps what was typed when somebody else saves meanwhile', async () => {
      const other = await openTab(world.browser());
      await other.page.goto(page.url());
      const theirs = other.page.frameLocator('iframe#app');
      await theirs.getByRole('tab', { name: 'Texts' }).click();
      await theirs.getByLabel('Introduction').fill('Theirs');
      await other.page.locator('#save-bar').getByRole('button', { name: 'Save' }).click();
      await other.page.locator('#toasts').getByText('Draft saved').waitFor();
      await other.close();

      await open(/^Texts/);
      await field('Introduction').fill('Mine');
      await saveBar().getByRole('button', { name: 'Save' }).click();
      await app()
        .getByText(/^Somebody else saved this survey/)
        .waitFor();
      expect(await field('Introduction').inputValue()).toBe('Mine');
      await button('Discard mine and load theirs').click();
      await expect.poll(() => field('Introduction').inputValue()).toBe('Theirs');
      await saveBar().waitFor({ state: 'hidden' });
    });

    it('stands in the list, where it is paused, archived and taken back', async () => {
      await page.locator('#app-nav').getByRole('link', { name: 'Surveys', exact: true }).click();
      await app().getByRole('heading', { level: 1, name: 'Surveys' }).waitFor();
      const row = app().locator('.ac-list > li', { hasText: 'Parcel survey' });
      await row.getByText('Live', { exact: true }).waitFor();
      await row.getByText('Changes not published').waitFor();
      await app().getByText('Asks “Parcel survey”.').waitFor();
      await inOrder('survey-list');
      await act('Pause');
      await toast('Survey paused').waitFor();
      await app().getByText('Nothing is asked: your own survey is paused.').waitFor();
      await undo().click();
      await toast('Survey resumed').waitFor();
      await act('Archive');
      await toast('Survey archived').waitFor();
      await button(/^Archived \(\d+\)/).waitFor();
      await app().getByText('How was the delivery? (CSAT)').waitFor();
      expect(tab.errors, 'errors on the console during the whole walk').toEqual([]);
    });
  });
}
