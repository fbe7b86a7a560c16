import fc from 'fast-check';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { surveyPage } from '#app/components/survey/survey-pages.server.tsx';
import { QUESTION_TYPES, type AnswerValue } from '#app/domain/surveys/contract.ts';
import { shownQuestions } from '#app/domain/surveys/visibility.ts';
import { everyType, pageOf } from '../factories/survey-pages.ts';
import { anyAnswers, anySurvey } from '../factories/surveys.ts';
import { launchBrowser, openTab, shoot, type Watched } from './browser.ts';
import { isGood, LOOKS, NARROW, servePages, type PageServer } from './survey-pages.ts';

/** The hosted page where no script runs: one form, and conditions in CSS alone. */
describe('the questions of the hosted page, without a script,', () => {
  let browser: Browser;
  let server: PageServer;
  let tab: Watched;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), servePages()]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));
  afterEach(() => tab?.close());

  /** The page as a browser has it whose scripts are blocked; a tool that looks at it may still run its own. */
  const unscripted = async (page: Response): Promise<Response> =>
    new Response((await page.text()).replace(/<script[^]*<\/script>/, ''), page);
  async function open(page: Response, options: BrowserContextOptions): Promise<Page> {
    tab = await openTab(browser, options);
    await tab.page.goto(await server.put(page));
    return tab.page;
  }

  it('stand in one form, on a phone, and are sent by it', async () => {
    const page = await open(surveyPage(everyType()), { ...NARROW, javaScriptEnabled: false });
    expect(await page.locator('[data-question=why]').isVisible()).toBe(false);
    expect(await page.locator('[data-question=contact]').isVisible()).toBe(false);
    expect(await page.locator('[name="source.other"]').isVisible()).toBe(false);
    await page.locator('[name=nps][value="0"]').click();
    await page.locator('[name=why]').fill('It came late.');
    await page.locator('[name=source][value=other]').click();
    await page.locator('[name="source.other"]').fill('At a market');
    await page.locator('[name=rank]').nth(0).selectOption('origin');
    await page.locator('[name=news]').click();
    await page.locator('[name="contact.name"]').fill('Ada');
    await page.getByRole('button').click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    const [post] = server.posts;
    expect(post?.fields.filter(([, value]) => value !== '')).toEqual([
      ['_edition', 'preset.1'],
      ['nps', '0'],
      ['why', 'It came late.'],
      ['source', 'other'],
      ['source.other', 'At a market'],
      ['rank', 'origin'],
      ['news', 'true'],
      ['contact.name', 'Ada'],
    ]);
    expect(server.posts).toHaveLength(1);
  });

  it.each(LOOKS)('look good, %s', async (_name, options, locale) => {
    const given = { nps: '3', source: 'other', news: 'true' };
    const page = await open(await unscripted(surveyPage(everyType(locale), { given, errors: [] })), options);
    expect(await page.locator('[data-question]:visible').count()).toBe(13);
    await isGood(page);
    await shoot(page, `questions-plain-${locale}`);
  });

  /** Puts answers into the fields as a hand would, and says which questions are to be seen. */
  function fill(page: Page, answers: Record<string, AnswerValue>): Promise<string[]> {
    return page.evaluate((given) => {
      for (const [id, answer] of Object.entries(given)) {
        const values = Object(answer) === answer ? Object.values(answer) : [answer];
        const lines = Array.isArray(answer) ? [] : Object.keys(Object(answer));
        for (const field of document.querySelectorAll<HTMLInputElement>(`[name="${id}"], [name^="${id}."]`)) {
          const line = lines.indexOf(field.name.slice(id.length + 1));
          const wanted = line < 0 ? values : [values[line]];
          if (/radio|checkbox/.test(field.type)) field.checked = wanted.map(String).includes(field.value);
        }
      }
      return [...document.querySelectorAll<HTMLElement>('[data-question]')]
        .filter((element) => element.checkVisibility())
        .map((element) => element.dataset.question ?? '');
    }, answers);
  }

  /** A box that is not ticked is no answer. */
  const inForm = (answers: Record<string, AnswerValue>) =>
    Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== false));
  const TYPES = QUESTION_TYPES.filter((type) => !/upload|voice/.test(type));
  it.each([
    [
      'what the conditions say, unless they are very long, where boxes and buttons tell',
      TYPES.filter((type) => !/text|ranking|contact/.test(type)),
      0.95,
    ],
    ['never less, with questions of every type', TYPES, 0.6],
  ])('shows %s', async (_name, types, exact) => {
    const scenes = fc
      .sample(
        anySurvey({ types, questions: 7, faulty: false }).chain((definition) =>
          anyAnswers(definition).map((answers) => ({ page: pageOf(definition), answers })),
        ),
        { numRuns: 5000, seed: 7 },
      )
      .filter(({ page }) => page.view.questions.some(({ showWhen }) => showWhen))
      .slice(-150);
    tab = await openTab(browser);
    let same = 0;
    let hidden = 0;
    for (const { page, answers } of scenes) {
      await tab.page.setContent(await (await unscripted(surveyPage(page))).text());
      const seen = await fill(tab.page, answers);
      const { questions } = page.view;
      const wanted = shownQuestions(questions, inForm(answers));
      expect(seen, JSON.stringify({ questions, answers })).toEqual(expect.arrayContaining(wanted));
      if (seen.length === wanted.length) same += 1;
      hidden += questions.length - seen.length;
    }
    expect([scenes.length, hidden > 100]).toEqual([150, true]);
    expect(same / scenes.length).toBeGreaterThanOrEqual(exact);
  });
});
