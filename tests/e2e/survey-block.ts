import type { Frame, Page } from 'playwright-core';
import { accessibilityFaults } from './browser.ts';

/** What is looked at in the survey of a UI extension, in the frame that it has to itself. */

/** Waits for a question by its progress, and reads it: a tap right after the last one would not count. */
export async function comesTo(progress: string, page: Page, block: Frame): Promise<void> {
  await block.getByRole('status').first().getByText(progress).waitFor();
  await page.clock.fastForward(1_000);
}

/** Presses the Tab key until the focus is on what has this name. */
export async function tabInto(name: string, page: Page, block: Frame): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(block)) === name) return;
  }
  throw new Error(`The Tab key does not reach ${name}; it is at "${await focused(block)}".`);
}

/** What the focus is on, through the shadow roots. */
function focused(block: Frame): Promise<string> {
  return block.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const root = element?.getRootNode();
    const host = root instanceof ShadowRoot ? root.host : null;
    return element?.getAttribute('aria-label') ?? host?.textContent ?? '';
  });
}

/** What axe finds, but for rules about whole pages: this is a part of one. */
export async function faultsOf(block: Frame): Promise<string[]> {
  const faults = await accessibilityFaults(block);
  return faults.filter((fault) => !/^(landmark-one-main|page-has-heading-one|region):/.test(fault));
}

/** What a thumb must hit and is smaller than 44 px; a box or a radio button counts with its label. */
export async function tooSmall(block: Frame): Promise<string[]> {
  const small: string[] = [];
  const targets = block.locator(
    'button, textarea, input:not([type=radio], [type=checkbox]), label:has([type=radio], [type=checkbox])',
  );
  for (const target of await targets.all()) {
    const box = await target.boundingBox();
    if (box && (box.height < 44 || box.width < 44))
      small.push(`${await target.innerText()} ${box.width} x ${box.height}`);
  }
  return small;
}
