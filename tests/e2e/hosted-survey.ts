import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, keepImage, openTab, shoot, type Watched } from './browser.ts';
import type { World } from './world.ts';

interface Mail {
  id: number;
  subject: string;
  link: string;
}

/** Words that only the English mails have, by survey. */
const ASKS = { delivery: /^Did .+ arrive/, usage: /^How do you like /, relationship: /^How is .+ doing\?$/ };

/** The survey behind a mailed link, from the mailbox to the thanks. */
export function hostedSurveyTests(world: World): void {
  describe('a mailed survey', () => {
    let tab: Watched;
    const taken = new Set<string>();
    beforeAll(async () => {
      // A question that is still fading in has too little contrast.
      tab = await openTab(world.browser(), { reducedMotion: 'reduce' });
    });
    afterAll(() => tab?.close());

    /** The newest mail of that survey whose link leads to a form; each is given once. */
    async function findMail(wanted: RegExp, path: '/s/' | '/u/' = '/s/'): Promise<Mail> {
      const response = await fetch(`${world.demo().devStore}/mailbox.json?limit=400`);
      const mails = (await response.json()) as { id: number; subject: string; links: string[] }[];
      for (const { id, subject, links } of mails) {
        const link = links.find(
          // The links that choose a value are another way to the same page.
          (one) => new URL(one).pathname.startsWith(path) && !/[?&](?!list=)/.test(new URL(one).search),
        );
        if (!link || taken.has(link) || !wanted.test(subject)) continue;
        if (!(await (await fetch(link)).text()).includes('<form')) continue;
        taken.add(link);
        return { id, subject, link };
      }
      throw new Error(
        `None of the last ${mails.length} mails with a subject like ${wanted} leads to a form.`,
      );
    }

    /** Opens the mail in the mailbox and follows its button, which opens a tab of its own. */
    async function follow(page: Page, mail: Mail): Promise<Page> {
      await page.goto(`${world.demo().mailbox}/${mail.id}`);
      await page.getByRole('heading', { level: 1, name: mail.subject }).waitFor();
      const button = page.frameLocator('iframe.mail').locator(`a[href="${mail.link}"]`);
      const [survey] = await Promise.all([page.waitForEvent('popup'), button.click()]);
      await survey.waitForLoadState();
      return survey;
    }

    it('is answered by keyboard alone, shows the follow-up that fits, and only once', async () => {
      const mail = await findMail(ASKS.relationship);
      const survey = await follow(tab.page, mail);
      const question = (id: string) => survey.locator(`[data-question="${id}"]`);
      expect(await survey.locator('[data-question]:visible').count()).toBe(1);
      expect(await accessibilityFaults(survey.mainFrame())).toEqual([]);
      expect(await shoot(survey, 'survey')).toEqual({ desktop: 0, narrow: 0 });

      const focused = () => survey.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name);
      const chosen = () => survey.locator('input[name=rating]:checked').getAttribute('value');
      await survey.keyboard.press('Tab');
      expect(await focused()).toBe('rating');
      await survey.keyboard.press('Space');
      expect(await chosen()).toBe('0');
      // From 0 one step back leads to the other end of the scale.
      await survey.keyboard.press('ArrowLeft');
      expect(await chosen()).toBe('10');
      await survey.keyboard.press('Enter');
      await question('comment_high').waitFor();
      expect(await question('comment_low').isVisible()).toBe(false);
      expect(await question('rating').isVisible()).toBe(false);
      await survey.keyboard.press('Tab');
      expect(await focused()).toBe('comment_high');
      await survey.keyboard.type('Fresh beans, and they always arrive on time.');
      expect(await accessibilityFaults(survey.mainFrame())).toEqual([]);
      await keepImage(survey, 'survey.png', { width: 760, height: 560 });
      expect(await shoot(survey, 'survey-answered')).toEqual({ desktop: 0, narrow: 0 });

      // A mail scanner and a reload read the page too: reading is no answer.
      expect((await fetch(mail.link)).status).toBe(200);
      await survey.keyboard.press('Tab');
      expect(await survey.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
      await survey.keyboard.press('Enter');
      await survey.getByRole('heading', { level: 1, name: /thank/i }).waitFor();
      expect(await survey.locator('form').count()).toBe(0);
      expect(await accessibilityFaults(survey.mainFrame())).toEqual([]);
      expect(await shoot(survey, 'survey-thanks')).toEqual({ desktop: 0, narrow: 0 });

      const again = await survey.goto(mail.link);
      expect(again?.status()).toBe(410);
      await survey.getByRole('heading', { name: 'You have already answered' }).waitFor();
      expect(await accessibilityFaults(survey.mainFrame())).toEqual([]);
      expect(await shoot(survey, 'survey-again')).toEqual({ desktop: 0, narrow: 0 });
      // The refusal of the second visit is meant; anything else is not.
      expect(tab.errors.filter((line) => !/status of 410/.test(line))).toEqual([]);
      await survey.close();
    });

    it('takes a tap in the mail: chosen on the page, stored once a person is there, kept for later', async () => {
      const mail = await findMail(ASKS.usage);
      const { page } = tab;
      await page.goto(`${world.demo().mailbox}/${mail.id}`);
      const values = page.frameLocator('iframe.mail').locator(`a[href*="rating="]:visible`);
      expect(await values.allInnerTexts()).toEqual(['1', '2', '3', '4', '5']);
      const shown = page.locator('iframe.mail');
      await keepImage(page, 'mail.png', { width: 760, height: 760 }, page.mainFrame(), shown);
      const [survey] = await Promise.all([page.waitForEvent('popup'), values.nth(3).click()]);
      await survey.waitForLoadState();
      expect(await survey.locator('input[name=rating]:checked').getAttribute('value')).toBe('4');
      const isStored = async () => / checked=""/.test(await (await fetch(mail.link)).text());
      expect(await isStored()).toBe(false);

      await survey.mouse.move(200, 200);
      await survey.mouse.wheel(0, 40);
      await survey.getByText('Your answers so far are kept.').waitFor();
      expect(await isStored()).toBe(true);
      expect(new URL(survey.url()).search).toBe('');
      expect(await accessibilityFaults(survey.mainFrame())).toEqual([]);
      expect(await shoot(survey, 'survey-tapped')).toEqual({ desktop: 0, narrow: 0 });

      // Who comes back goes on where they were.
      await survey.reload();
      await survey.locator('textarea[name=comment_middle]').fill('The lid could close better.');
      // Without a connection the form waits; back again, it goes out by itself.
      await survey.context().setOffline(true);
      await survey.getByRole('button', { name: 'Send' }).click();
      await survey.getByText('There is no connection right now.').waitFor();
      await survey.context().setOffline(false);
      await survey.getByRole('status').filter({ hasText: 'Thank you' }).waitFor();
      expect((await fetch(mail.link)).status).toBe(410);
      await survey.close();
    });

    it('says what is missing, keeps what was written, and leaves the link open', async () => {
      const mail = await findMail(ASKS.usage);
      const survey = await follow(tab.page, mail);
      const message = survey.getByText('Please answer this question.');
      await survey.getByRole('button', { name: 'Send' }).click();
      await message.waitFor();
      expect(await survey.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('rating');
      // What the page itself would stop, a program sends.
      const [answer] = await Promise.all([
        survey.waitForResponse((response) => response.request().isNavigationRequest()),
        survey.locator('form').evaluate((form: HTMLFormElement) => form.submit()),
      ]);
      expect(answer.status()).toBe(422);
      await survey.waitForLoadState();
      await message.waitFor();
      expect(await survey.locator('[role=radiogroup][aria-invalid]').count()).toBe(1);
      expect(await accessibilityFaults(survey.mainFrame())).toEqual([]);
      expect(await shoot(survey, 'survey-missing')).toEqual({ desktop: 0, narrow: 0 });
      expect((await fetch(mail.link)).status).toBe(200);
      await survey.close();
    });

    it('works without JavaScript on a phone; a low answer is promised care, and staff see it', async () => {
      const phone = await openTab(world.browser(), {
        javaScriptEnabled: false,
        viewport: { width: 320, height: 640 },
        isMobile: true,
        hasTouch: true,
      });
      const comment = 'Half of the beans were crushed on the way.';
      try {
        const mail = await findMail(ASKS.delivery);
        const { page } = phone;
        await page.goto(mail.link);
        await page.locator('label', { has: page.locator('input[name=rating][value="1"]') }).tap();
        await page.locator('textarea[name=comment_low]').fill(comment);
        expect(await page.locator('textarea[name=comment_high]').isVisible()).toBe(false);
        await page.getByRole('button').tap();
        await page.getByRole('heading', { level: 1, name: /sorry/i }).waitFor();
        expect(await page.getByText(/within \d+ hours/).count()).toBe(1);
      } finally {
        await phone.close();
      }
      const { page } = tab;
      await expect
        .poll(
          async () => {
            await page.goto(world.demo().admin);
            const quotes = page.frameLocator('iframe#app').locator('.ac-quote');
            await quotes.first().waitFor();
            return quotes.allInnerTexts();
          },
          { timeout: 30_000 },
        )
        .toContain(comment);
    });

    it('tells a visitor with a wrong link so, and stores nothing', async () => {
      const mail = await findMail(ASKS.delivery);
      const wrong = `${mail.link.slice(0, -4)}AAAA`;
      const { page } = tab;
      expect((await page.goto(wrong))?.status()).toBe(404);
      await page.getByRole('heading', { name: 'This link is not complete' }).waitFor();
      expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
    });

    it('lets one unsubscribe, after asking', async () => {
      const { link } = await findMail(ASKS.delivery, '/u/');
      const { page } = tab;
      await page.goto(link);
      await page.getByRole('heading', { name: 'Unsubscribe from e-mails' }).waitFor();
      expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
      expect(await shoot(page, 'unsubscribe')).toEqual({ desktop: 0, narrow: 0 });
      await page.getByRole('button', { name: 'No more surveys', exact: true }).click();
      await page.getByRole('heading', { name: 'Surveys have ended' }).waitFor();
      expect(await shoot(page, 'unsubscribed-surveys')).toEqual({ desktop: 0, narrow: 0 });
      await page.getByRole('button', { name: 'No more surveys and offers' }).click();
      await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('heading', { name: 'Everything as before' }).waitFor();
    });
  });
}
