/** What a person does on a hosted page that asks for files. */
import type { FileChooser, Page } from 'playwright-core';

/** Four pixels. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP8zwACTGCSAQANHQEDqtPptQAAAABJRU5ErkJggg==',
  'base64',
);

/** A file to be chosen. */
export const picture = (name: string, buffer = PNG, mimeType = 'image/png') => ({ name, mimeType, buffer });

export const question = (page: Page, id: string) => page.locator(`[data-question="${id}"]`);
export const choose = (page: Page, ...files: ReturnType<typeof picture>[]) =>
  page.locator('[type=file]:visible').setInputFiles(files);
/** The files in view that have arrived. */
export const added = (page: Page) =>
  page.locator('.file:visible:not(.busy)', { has: page.locator('[type=hidden]') });
export const next = (page: Page) => page.locator('button.main').click();

/** Opens the chooser of the file field that has the focus, by keyboard. */
export async function openChooser(page: Page): Promise<FileChooser> {
  const opened = page.waitForEvent('filechooser');
  // Keys take a faster way to the page than the order to hand choosers over: without a round trip this one is never seen.
  await page.evaluate(() => undefined);
  await page.keyboard.press('Enter');
  return opened;
}
