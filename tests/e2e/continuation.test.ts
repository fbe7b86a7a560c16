/** The page on which a survey goes on that was begun in a customer account: files, the rest, and one answer. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Config } from '#app/infra/env.server.ts';
import { offerToCustomer } from '#app/services/offer-survey.ts';
import { submitByCustomer } from '#app/services/submit-answer.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { WITH_FILES } from '#tests/factories/survey-pages.ts';
import { anOrder, aShop, surveyDeps, type SurveyDeps } from '#tests/integration/surveys/survey-shop.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { launchBrowser, openTab, shoot, type Watched } from './browser.ts';
import { added, choose, next, openChooser, picture, question } from './file-page.ts';
import { isGood, LOOKS } from './survey-pages.ts';
import { startUploadShop, type UploadShop } from './upload-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));
vi.mock('#app/infra/admin-context.server.ts', () => ({ adminContext: async () => null }));

describe('the page that an account leads to', () => {
  const database = useTestDatabase();
  let browser: Browser;
  let server: UploadShop;
  let tab: Watched;
  let deps: SurveyDeps;
  let shop: Awaited<ReturnType<typeof aShop>>;

  beforeAll(async () => {
    [browser, server] = await Promise.all([
      launchBrowser(),
      startUploadShop(async () => ({ rows: [], now: new Date() })),
    ]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));
  beforeEach(async () => {
    deps = { ...surveyDeps(database.pool), config: { appUrl: server.origin } as Config };
    built.deps = { ...deps, log: { error: (...what: unknown[]) => expect(what).toEqual([]) } };
    shop = await aShop(database.pool);
    const dates = { placed: '2026-03-01', delivered: '2026-03-05' };
    await anOrder(database.pool, shop.shopId, shop.customerId, '1001', dates);
    await publish(database.pool, shop.shopId, WITH_FILES);
  });
  afterEach(() => tab?.close());

  /** The page that the account leads to, once its first question was answered there. */
  async function goOn(options: BrowserContextOptions = {}, locale = 'en'): Promise<Page> {
    const { domain: shopDomain, shopifyCustomerId: customerId } = shop;
    const about = { shopDomain, customerId, kind: 'usage' as const, orderId: '1001', locale };
    const account = { ...about, surface: 'customer_account' as const };
    const offer = await offerToCustomer(deps, account);
    if (offer.outcome !== 'open' || !offer.continueAt) throw new Error('The account leads nowhere.');
    const { pageToken, view, continueAt } = offer;
    const step = { edition: view.edition, submission: { answers: { rating: 2 } }, isStep: true };
    expect(await submitByCustomer(deps, { ...account, ...step, pageToken })).toMatchObject({
      outcome: 'stored',
    });
    tab = await openTab(browser, { reducedMotion: 'reduce', ...options });
    await tab.page.goto(continueAt);
    // The script has taken over: what was answered in the account is out of view.
    await tab.page.locator('form.steps').waitFor();
    await question(tab.page, 'photo').waitFor();
    return tab.page;
  }
  const rows = async (sql: string) => (await database.pool.query(sql)).rows;

  it('goes on where the account was left, with the keyboard alone, to one answer', async () => {
    const page = await goOn();
    // Past the way back.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const chooser = await openChooser(page);
    await chooser.setFiles([picture('cup.png')]);
    await added(page).waitFor();
    // What is chosen by keyboard is stored a moment later, and is there again then.
    const withFile = "SELECT unfinished FROM survey_response WHERE answers ? 'uploads'";
    await expect.poll(() => rows(withFile), { timeout: 10_000 }).toEqual([{ unfinished: true }]);
    await page.reload();
    await question(page, 'voice').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByText('Added').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    expect(await page.locator('[name=rating][value="2"]').isChecked()).toBe(true);
    for (let more = 0; more < 3; more += 1) await next(page);
    await question(page, 'more').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('The handle was off.');
    await next(page);
    await page.getByRole('status').filter({ hasText: 'Thank you.' }).waitFor();
    expect(tab.errors).toEqual([]);
    expect(await rows('SELECT * FROM survey_response')).toMatchObject([
      { surface: 'customer_account', rating: 2, comment: 'The handle was off.', unfinished: false },
    ]);
    expect(await rows('SELECT * FROM survey_upload')).toMatchObject([
      { question_id: 'photo', media_type: 'image/png', response_id: expect.any(String) },
    ]);
    await page.goto(page.url());
    await page.getByText('You have already answered').waitFor();
  });

  it.each(LOOKS)('looks good, %s', async (_name, options, locale) => {
    const page = await goOn(options, locale);
    await isGood(page);
    await choose(page, picture('cup.png'));
    await added(page).waitFor();
    await isGood(page);
    await shoot(page, `continuation-${locale}`);
    expect(tab.errors).toEqual([]);
  });
});
