import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { wholeView } from '#app/components/response-filter.ts';
import { MAX_UPLOAD_BYTES } from '#app/domain/surveys/uploads.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { showResponses } from '#app/services/show-responses.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { WITH_FILES } from '#tests/factories/survey-pages.ts';
import {
  aLink,
  anOrder,
  aShop,
  NOW,
  surveyDeps,
  type SurveyDeps,
} from '#tests/integration/surveys/survey-shop.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { accessibilityFaults, launchBrowser, openTab, shoot, type Watched } from './browser.ts';
import { added, choose, next, openChooser, picture, PNG, question } from './file-page.ts';
import { isGood, LOOKS } from './survey-pages.ts';
import { startUploadShop, type UploadShop } from './upload-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown, staff: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));
vi.mock('#app/infra/admin-context.server.ts', () => ({ adminContext: async () => built.staff }));

/** Pictures and voice notes, from the camera and the microphone of a shopper to the screen of staff. */
describe('answers with files', () => {
  const database = useTestDatabase();
  let browser: Browser;
  let server: UploadShop;
  let tab: Watched;
  let deps: SurveyDeps;
  let shop: Awaited<ReturnType<typeof aShop>>;

  beforeAll(async () => {
    const media = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    [browser, server] = await Promise.all([
      launchBrowser([...media, '--autoplay-policy=no-user-gesture-required']),
      startUploadShop(async () => {
        const filter = { ...wholeView('all'), days: null };
        const input = { shopId: shop.shopId, filter, cursor: {} };
        const { page } = await showResponses({ ...deps, admin: createAdminReads(database.pool) }, input);
        return { rows: page.rows, now: NOW };
      }),
    ]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));
  beforeEach(async () => {
    deps = surveyDeps(database.pool);
    built.deps = { ...deps, log: { error: (...what: unknown[]) => expect(what).toEqual([]) } };
    shop = await aShop(database.pool);
    built.staff = { shopId: shop.shopId, uploads: deps.uploads };
    await anOrder(database.pool, shop.shopId, shop.customerId, '1001', {
      placed: '2026-03-01',
      delivered: '2026-03-05',
    });
    await publish(database.pool, shop.shopId, WITH_FILES);
  });
  afterEach(() => tab?.close());

  /** The page behind a new link, at the question for pictures. */
  async function open(options: BrowserContextOptions = {}, locale = 'en'): Promise<Page> {
    await database.pool.query('UPDATE orders SET locale = $1', [locale]);
    const { token } = await aLink(database.pool, deps, { ...shop, orderId: '1001', kind: 'usage' });
    tab = await openTab(browser, { reducedMotion: 'reduce', ...options });
    await tab.page.goto(`${server.origin}/s/${shop.shopId}/${token}`);
    await tab.page.locator('[name=rating][value="2"]').click();
    await question(tab.page, 'photo').waitFor();
    return tab.page;
  }
  const stored = async () =>
    (await database.pool.query('SELECT * FROM survey_upload ORDER BY created_at, id')).rows;

  it('are made by a shopper, and seen and heard by staff', async () => {
    const page = await open();
    await choose(page, picture('front <b>.png'), picture('back.png'));
    await added(page).nth(1).waitFor();
    expect(await page.locator('.file-name').allInnerTexts()).toEqual([
      'front <b>.png\nAdded',
      'back.png\nAdded',
    ]);
    const thumbnail = page.locator('.file img').first();
    expect(await thumbnail.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2);
    await page.getByRole('button', { name: 'Remove: back.png' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('file');
    await next(page);

    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByText('Recording. Time left: 0:29').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await added(page).waitFor();
    const play = page.getByRole('button', { name: /^Play: 0:0/ });
    expect(await play.evaluate((button) => button === document.activeElement)).toBe(true);
    await play.click();
    // It ends by itself.
    await page.getByRole('button', { name: /^Stop: / }).waitFor();
    await play.waitFor();
    await next(page);
    await next(page);
    await page.getByRole('status').filter({ hasText: 'Thank you.' }).waitFor();
    expect(tab.errors).toEqual([]);

    const files = await stored();
    expect(files.map(({ media_type, response_id }) => [media_type, response_id !== null])).toEqual([
      ['image/png', true],
      ['image/png', false],
      ['audio/webm', true],
    ]);
    await tab.close();
    await staffSeeAndHear();
  });

  async function staffSeeAndHear() {
    tab = await openTab(browser);
    const { page } = tab;
    await page.goto(`${server.origin}/staff.html`);
    expect(await page.locator('.ac-more').innerText()).toMatch(
      /Show us what arrived\n1 picture\n+Or tell us about it\nVoice note/,
    );
    await page.getByRole('button', { name: 'Show: Picture' }).click();
    const image = page.getByRole('img', { name: 'Picture, as the customer sent it' });
    await image.waitFor();
    expect(await image.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(2);
    await page.getByRole('button', { name: 'Play: Voice note' }).click();
    const audio = page.locator('audio');
    await expect
      .poll(() => audio.evaluate((sound: HTMLAudioElement) => sound.currentTime))
      .toBeGreaterThan(0);
    expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download: Picture' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.png$/);
    expect(await shoot(page, 'answers-with-files')).toEqual({ desktop: 0, narrow: 0 });
    expect(tab.errors).toEqual([]);
    // The address itself shows nothing: it is a download.
    const [file] = await stored();
    const direct = await fetch(`${server.origin}/app/uploads/${file.id}`);
    expect(direct.headers.get('content-disposition')).toMatch(/^attachment/);
  }

  it.each(LOOKS)('look good, %s', async (_name, options, locale) => {
    const page = await open(options, locale);
    await isGood(page);
    const hollow = picture('a file with a very long name that has to be broken somewhere.png');
    await choose(
      page,
      hollow,
      picture('drawing.svg', Buffer.from('<svg onload="alert(1)"/>'), 'image/svg+xml'),
    );
    await added(page).waitFor();
    await page.locator('.file.refused').waitFor();
    await isGood(page);
    await shoot(page, `question-pictures-${locale}`);
    await next(page);
    await isGood(page);
    await page.locator('.record').click();
    await page.locator('[role=timer]', { hasText: '0:29' }).waitFor();
    await isGood(page);
    await page.locator('.record').click();
    await added(page).waitFor();
    await isGood(page);
    await shoot(page, `question-voice-${locale}`);
    // That the drawing was refused is meant.
    expect(tab.errors.filter((line) => !/status of 422/.test(line))).toEqual([]);
  });

  it('are made by keyboard alone', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    const chooser = await openChooser(page);
    await chooser.setFiles([picture('cup.png')]);
    await added(page).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await question(page, 'voice').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.locator('[role=timer]', { hasText: '0:29' }).waitFor();
    await page.keyboard.press('Space');
    await added(page).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.file:visible').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('record');
  });

  it('are waited for, told apart by size before they are sent, and there again after a reload', async () => {
    const page = await open();
    await choose(page, picture('huge.png', Buffer.concat([PNG, Buffer.alloc(MAX_UPLOAD_BYTES.image)])));
    await page.getByText('This file is too large. It may have up to 8 MB.').first().waitFor();
    expect(await stored()).toEqual([]);
    let answer = () => {};
    await page.route('**/upload?*', async (route) => {
      await new Promise<void>((done) => (answer = done));
      await route.continue();
    });
    await choose(page, picture('cup.png'));
    await page
      .getByText(/^Uploading: \d+%/)
      .first()
      .waitFor();
    await next(page);
    await page.getByText('One moment, please: the file is still being uploaded.').waitFor();
    const step = page.waitForResponse((response) => (response.request().postData() ?? '').includes('photo='));
    answer();
    await added(page).waitFor();
    expect((await step).status()).toBe(200);
    await page.reload();
    await question(page, 'voice').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByText('Added').waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Add a picture').waitFor();
  });

  it('without a microphone: a sentence, and a file instead', async () => {
    const page = await open();
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await next(page);
    await page.getByRole('button', { name: 'Record' }).click();
    await page.locator('p.refused', { hasText: 'The microphone cannot be used here.' }).waitFor();
    await isGood(page);
    const memo = Buffer.from('\0\0\0\x1cftypM4A \0\0\0\0M4A isom', 'latin1');
    await choose(page, picture('memo.m4a', memo, 'audio/x-m4a'));
    await added(page).waitFor();
    expect(await stored()).toMatchObject([{ kind: 'voice', media_type: 'audio/mp4' }]);
  });
});
