import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminFrame } from './admin-frame.ts';
import { keepImage, openTab, type Watched } from './browser.ts';
import type { World } from './world.ts';

/** An experiment from the empty list to its end, as a member of staff would, mostly by keyboard. */
export function experimentTests(world: World): void {
  describe('experiments', () => {
    let tab: Watched;
    let page: Page;
    const { app, frame, button, field, toast, saveBar, inOrder } = adminFrame(() => page);
    const heading = (name: string) => app().getByRole('heading', { level: 1, name, exact: true });

    beforeAll(async () => {
      tab = await openTab(world.browser());
      page = tab.page;
      await page.goto(`${world.demo().admin}/apps/aftercare/surveys`);
      await heading('Surveys').waitFor();
    });
    afterAll(() => tab?.close());

    it('begin with what one can learn', async () => {
      await page.goto(`${world.demo().admin}/apps/aftercare/surveys/experiments`);
      await heading('Experiments').waitFor();
      await app().getByText('Find out what makes customers answer').waitFor();
      await inOrder('experiments-empty');
      await app().getByRole('link', { name: 'Create experiment' }).click();
      await heading('New experiment').waitFor();
    });

    it('are filled in by keyboard, and say how many people they take', async () => {
      await field('Name').focus();
      await page.keyboard.type('A later survey');
      await page.keyboard.press('Tab');
      // The choices of what differs are one stop; the first is chosen.
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.type('5');
      await field('Smallest difference that matters').fill('20');
      await app()
        .getByText(/About [\d,]+ people per arm, [\d,]+ in all, have to be asked\./)
        .waitFor();
      await button('Add variant').click();
      await app().getByRole('group', { name: 'Variant 2' }).getByLabel('Days after the delivery').fill('7');
      await inOrder('experiment-form');
    });

    it('say what a larger difference takes, at the own pace', async () => {
      await app()
        .getByText(/In the last 30 days [\d,]+ people were asked this survey: at that pace/)
        .waitFor();
      await button('10 points').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => field('Smallest difference that matters').inputValue()).toBe('10');
      await button('20 points').click();
    });

    it('give back the variants that another choice has left out', async () => {
      await app().getByText('Channel', { exact: true }).click();
      await app().getByText('2 variants were left out: they are about the timing.').waitFor();
      await inOrder('experiment-left-out');
      await button('Undo').click();
      const second = app().getByRole('group', { name: 'Variant 2' });
      expect(await second.getByLabel('Days after the delivery').inputValue()).toBe('7');
      await button('Remove variant 2').click();
    });

    it('say what is missing, and keep what was typed', async () => {
      await field('Days after the delivery').fill('');
      await saveBar().getByRole('button', { name: 'Save' }).click();
      await app().getByText('Nothing was created yet').waitFor();
      await app().getByText('An arm changes something else than the experiment is about.').waitFor();
      expect(await field('Name').inputValue()).toBe('A later survey');
      await field('Days after the delivery').fill('5');
      await saveBar().getByRole('button', { name: 'Save' }).click();
      await toast('Experiment created').waitFor();
      await heading('A later survey').waitFor();
      await app().getByText('Not started yet').waitFor();
      await inOrder('experiment-draft');
    });

    it('ask before they start, run, and are stopped without a result', async () => {
      await button('Start').click();
      const asking = app().getByRole('dialog', { name: 'Start this experiment?' });
      await asking.getByText('Surveys that are planned from now on take part').waitFor();
      await asking.getByRole('button', { name: 'Start', exact: true }).click();
      await toast('Experiment started').waitFor();
      // Its colours fade as it goes.
      await asking.waitFor({ state: 'hidden' });
      await app()
        .getByText(/^No result yet: 0 of [\d,]+ per arm$/)
        .waitFor();
      await app()
        .getByText(/^About [\d,]+ more deliveries per arm are needed to see a difference of 20 points\./)
        .waitFor();
      await app()
        .getByRole('button', { name: /^Numbers as a table/ })
        .click();
      await inOrder('experiment-running');
      await keepImage(page, 'admin-experiment.png', { width: 1280, height: 900 }, frame());
      await button('Stop').click();
      const ending = app().getByRole('dialog', { name: 'Stop this experiment?' });
      await ending.getByText('There will be no result').waitFor();
      await ending.getByRole('button', { name: 'Stop', exact: true }).click();
      await toast('Experiment stopped').waitFor();
      await app().getByText('Stopped before the planned number: no result').waitFor();
    });

    it('stand in the list', async () => {
      await app().getByRole('link', { name: 'Experiments' }).click();
      await heading('Experiments').waitFor();
      const row = app().locator('.ac-list > li', { hasText: 'A later survey' });
      await row.getByText('Ended', { exact: true }).waitFor();
      await inOrder('experiments');
      expect(tab.errors, 'errors on the console during the whole walk').toEqual([]);
    });
  });
}
