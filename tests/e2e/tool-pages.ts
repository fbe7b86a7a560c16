import { describe, expect, it } from 'vitest';
import { openTab, shoot } from './browser.ts';
import type { World } from './world.ts';

/** The dev store's own pages: they open, say something, and fit on a phone. */
export function toolPageTests(world: World): void {
  describe('the dev store', () => {
    it('leads from its start page to everything there is', async () => {
      const tab = await openTab(world.browser());
      const { page } = tab;
      try {
        await page.goto(world.demo().devStore);
        const cards = page.locator('.cards a');
        const targets = await cards.evaluateAll((links) =>
          links.map((link) => (link as HTMLAnchorElement).href),
        );
        expect(targets.length).toBeGreaterThanOrEqual(5);
        expect(await shoot(page, 'start')).toEqual({ desktop: 0, narrow: 0 });
        for (const target of targets) {
          expect((await page.goto(target))?.status(), target).toBe(200);
        }
        await page.goto(world.demo().mailbox);
        expect(await page.locator('table tr').count()).toBeGreaterThan(20);
        expect(await shoot(page, 'mailbox')).toEqual({ desktop: 0, narrow: 0 });
        await page.locator('table a b').first().click();
        await page.getByRole('heading', { name: 'Plain text' }).waitFor();
        expect(await shoot(page, 'mail')).toEqual({ desktop: 0, narrow: 0 });
        await page.goto(`${world.demo().devStore}/clock`);
        expect(await shoot(page, 'clock')).toEqual({ desktop: 0, narrow: 0 });
        expect(tab.errors).toEqual([]);
      } finally {
        await tab.close();
      }
    });
  });
}
