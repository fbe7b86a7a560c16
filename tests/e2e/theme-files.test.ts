/** Pictures and voice notes in the theme block: chosen, sent, named by the answer, taken back. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { withFiles } from '#app/components/survey/upload-door.ts';
import { pageOf, WITH_FILES } from '#tests/factories/survey-pages.ts';
import { accessibilityFaults, launchBrowser, shoot } from './browser.ts';
import { openShop, type ThemeShop } from './theme-shop.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP8zwACTGCSAQANHQEDqtPptQAAAABJRU5ErkJggg==',
  'base64',
);
const picture = (name: string, buffer = PNG) => ({ name, mimeType: 'image/png', buffer });

describe('files in the theme block', () => {
  let browser: Browser;
  let shop: ThemeShop;
  let page: Page;
  beforeAll(async () => {
    const media = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    // Browsers lend the microphone to pages by https only, as stores are.
    browser = await launchBrowser([...media, '--unsafely-treat-insecure-origin-as-secure=http://shop.test']);
  });
  afterAll(() => browser?.close());
  afterEach(() => shop?.close());

  /** At the question for a picture. */
  async function open(options: BrowserContextOptions = {}, locale = 'en'): Promise<void> {
    const { view } = pageOf(WITH_FILES, locale);
    shop = await openShop(browser, withFiles(view, { order: '1001', token: 'page-token' }), options);
    page = shop.page;
    await shop.visit();
    await block().locator('[name=rating][value="2"]').click();
    await choose().waitFor({ state: 'attached' });
  }
  const block = () => page.locator('.aftercare-survey');
  const choose = () => block().locator('[type=file]');
  const button = (name: string | RegExp) => block().getByRole('button', { name });
  const sent = () => shop.posts.at(-1)!.answers;

  it('sends a picture at once, and the answer names it', async () => {
    await open();
    expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
    await choose().setInputFiles(picture('Broken handle.png'));
    await block().getByText('Broken handle.png: Added').waitFor();
    expect(shop.files).toEqual([
      {
        bytes: PNG.length,
        query: {
          ...{ kind: 'usage', order: '1001', token: 'page-token', locale: 'en' },
          ...{ edition: 'preset.1', question: 'photo' },
        },
      },
    ]);
    expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
    expect(await shoot(page, 'theme-picture')).toEqual({ desktop: 0, narrow: 0 });
    await button('Next').click();
    await button('Next').click();
    await button('Send').click();
    await block().getByText('Thank you!').waitFor();
    expect(sent()).toEqual({ rating: '2', photo: ['file-1'] });
  });

  it('leaves out what was taken back, and asks for no more than it may have', async () => {
    await open();
    await choose().setInputFiles(picture('One.png'));
    await block().getByText('One.png: Added').waitFor();
    await choose().setInputFiles(picture('Two.png'));
    await block().getByText('Two.png: Added').waitFor();
    expect(await choose().isVisible()).toBe(false);
    await button('Remove: One.png').click();
    expect(await choose().evaluate((input) => input === document.activeElement)).toBe(true);
    await button('Next').click();
    await button('Back').click();
    // The question comes back with what is left of it.
    await button(/^Remove: /).waitFor();
    expect(
      await block()
        .locator('[type=hidden][name=photo]')
        .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value)),
    ).toEqual(['file-2']);
  });

  it('refuses by itself what is too large, without sending it', async () => {
    await open();
    await choose().setInputFiles(picture('Huge.png', Buffer.alloc(8 * 1024 * 1024 + 1)));
    await block().getByText('Huge.png: This file is too large. It may have up to 8 MB.').waitFor();
    expect(shop.files).toEqual([]);
  });

  it('tries again when the connection broke', async () => {
    await open();
    shop.answers('away');
    await choose().setInputFiles(picture('Later.png'));
    const again = button('Try again');
    await again.waitFor();
    shop.answers({ outcome: 'stored', route: 'low', thanks: { title: 'Thank you!', text: '' } });
    await again.click();
    await block().getByText('Later.png: Added').waitFor();
  });

  it('records a voice note with the keyboard, and asks to wait while it does', async () => {
    await open();
    await button('Next').click();
    const record = button('Record');
    await record.focus();
    await page.keyboard.press('Enter');
    const stop = button(/^Stop \(0:\d\d\)/);
    await stop.waitFor();
    await button('Next').click();
    expect(await block().locator('audio').count()).toBe(0);
    await stop.waitFor();
    await stop.press('Enter');
    await block().locator('audio').waitFor();
    await block().getByText('Record: Added').waitFor();
    expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
    await button('Next').click();
    await button('Send').click();
    await block().getByText('Thank you!').waitFor();
    expect(sent()).toEqual({ rating: '2', voice: 'file-1' });
    expect(shop.files[0]!.bytes).toBeGreaterThan(100);
  });

  it('fits a phone of 320 pixels from right to left, with targets for thumbs', async () => {
    await open({ viewport: { width: 320, height: 640 } }, 'ar');
    await choose().setInputFiles(picture('كوب.png'));
    await block().locator('[type=hidden][name=photo]').waitFor({ state: 'attached' });
    const small = await block()
      .locator('button:visible, label:visible')
      .evaluateAll((all) =>
        all.filter((each) => each.getBoundingClientRect().height < 44).map(({ textContent }) => textContent),
      );
    expect(small).toEqual([]);
    expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
    expect((await shoot(page, 'theme-picture-rtl')).narrow).toBe(0);
  });
});
