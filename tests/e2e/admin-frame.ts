import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityFaults, shoot } from './browser.ts';

/** The app in the frame of the admin, as tests reach for it. @param page the tab, once it is open */
export function adminFrame(page: () => Page) {
  const app = () => page().frameLocator('iframe#app');
  const frame = (): Frame => {
    const found = page()
      .frames()
      .find((one) => one.parentFrame() === page().mainFrame());
    if (!found) throw new Error('The admin page has no frame with the app in it.');
    return found;
  };
  /** Nothing sticks out to the side, at the width of a desk and of a phone. */
  const fits = async (name: string) =>
    expect(await shoot(page(), name, frame()), `${name} sticks out to the side`).toEqual({
      desktop: 0,
      narrow: 0,
    });
  return {
    ...{ app, frame, fits },
    button: (name: string | RegExp) =>
      app().getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }),
    field: (label: string) => app().getByLabel(label, { exact: true }),
    toast: (text: string) => page().locator('#toasts').getByText(text, { exact: true }),
    /** The admin's own, for what is not saved yet. */
    saveBar: () => page().locator('#save-bar'),
    /** And whoever sees or hears it otherwise can use it. */
    inOrder: async (name: string) => {
      // Landmarks are those of the admin around the frame.
      const faults = (await accessibilityFaults(frame())).filter(
        (fault) => !/^(landmark-one-main|region):/.test(fault),
      );
      expect(faults, `${name}: axe`).toEqual([]);
      await fits(name);
    },
  };
}
