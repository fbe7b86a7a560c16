/** The theme block in a browser, as a person meets it: by keyboard, by thumb, on a small screen, right to left. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SurveyKind, SurveyView } from '#app/domain/surveys/contract.ts';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { accessibilityFaults, launchBrowser, overflow, shoot } from './browser.ts';
import { everyType, viewOf } from './every-type.ts';
import { openShop, type ThemeShop } from './theme-shop.ts';

const NOW = Date.UTC(2026, 10, 22);
const COUNT = everyType().questions.length;

describe('the theme block', () => {
  let browser: Browser;
  let shop: ThemeShop;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await shop.close();
    const unexpected = shop.errors.filter((line) => !/ERR_FAILED/.test(line));
    expect(unexpected, 'errors on the console').toEqual([]);
    expect(shop.asked.filter((url) => !url.startsWith('http://shop.test/'))).toEqual([]);
  });

  async function open(view: SurveyView | null, more: Parameters<typeof openShop>[2] = {}): Promise<void> {
    shop = await openShop(browser, view, more);
    page = shop.page;
    await shop.visit();
  }
  /** The same, and from the first question on time only moves when it is told to. */
  async function openInStill(...[view, more]: Parameters<typeof open>): Promise<void> {
    shop = await openShop(browser, view, more);
    page = shop.page;
    await page.clock.install({ time: NOW });
    await shop.visit();
    await page.clock.pauseAt(NOW + 3_600_000);
  }
  const block = () => page.locator('.aftercare-survey');
  const heading = () => block().locator('[tabindex="-1"]');
  const button = (name: string) => block().getByRole('button', { name, exact: true });
  const at = (now: number, all = COUNT) => block().getByText(`Question ${now} of ${all}`).waitFor();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute('name') ?? document.activeElement?.id);

  it('is answered with the keyboard alone, each question read out as it comes', async () => {
    await openInStill(everyType());
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await block().locator('input').first().focus();
    await press('Space', 'ArrowRight', 'ArrowRight', 'ArrowLeft');
    await page.clock.runFor(2000);
    await at(1);
    await press('Enter');
    await at(2);
    expect(await heading().evaluate((node) => node === document.activeElement)).toBe(true);
    await press('Tab', 'ArrowDown', 'ArrowDown', 'Tab');
    expect(await focused()).toBe('one.other');
    await page.keyboard.type('From a friend');
    for (const number of [3, 4, 5, 6]) {
      await press('Enter');
      await at(number);
      await press('Tab', 'Space', 'ArrowRight');
    }
    await press('Enter');
    await at(7);
    await press('Tab', 'Space', 'Tab', 'Space');
    expect(await block().locator('input:disabled').count()).toBe(1);
    await press('Enter');
    await at(8);
    await press('Tab', 'Space', 'ArrowRight', 'Tab', 'Space', 'Enter');
    await at(9);
    await block().locator('[aria-pressed]').first().waitFor();
    await press('Tab', 'Tab', 'Enter', 'Shift+Tab', 'Space');
    await button('Next').focus();
    await press('Enter');
    await at(10);
    await press('Tab', 'Enter');
    await block().getByText('Please answer this question.').waitFor();
    expect(await focused()).toBe('short');
    await page.keyboard.type('Rex');
    await press('Enter');
    await at(11);
    await press('Tab');
    await page.keyboard.type('One line\n');
    await at(11);
    await press('Tab', 'Enter');
    await at(12);
    await press('Tab', 'Space', 'Tab', 'Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Back');
    await press('Enter');
    await at(11);
    await button('Next').press('Enter');
    await at(12);
    await press('Tab', 'Enter');
    await at(COUNT);
    await press('Tab');
    await page.keyboard.type('Ada');
    await button('Send').press('Enter');
    await block().getByRole('heading', { name: 'Thank you!' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Thank you!');
    expect(shop.posts.at(-1)).toEqual({
      kind: 'usage',
      order: '1001',
      locale: 'en',
      pageToken: 'page-token',
      edition: 'preset.1',
      answers: {
        nps: '1',
        one: 'other',
        'one.other': 'From a friend',
        csat: '2',
        ces: '2',
        stars: '2',
        mood: '2',
        some: ['x', 'y'],
        'lines.11': '2',
        'lines.12': '1',
        ranks: ['y', 'x'],
        short: 'Rex',
        long: 'One line\n',
        agree: true,
        'person.name': 'Ada',
      },
    });
  });

  it('has names for those who hear it', async () => {
    await open(everyType());
    const text = 'What do you like best about it?';
    const optional = `${text} (optional)`;
    const names: [Parameters<Page['getByRole']>[0], ...string[]][] = [
      ['radio', '0, Not at all likely', '5', '10, Extremely likely'],
      ['radiogroup', optional],
      ['radio', '1, Very dissatisfied', '3', '5, Very satisfied'],
      ['radiogroup', optional],
      ['radio', '4'],
      ['radio', 'Very unhappy', 'Neither happy nor unhappy', 'Very happy'],
      ['checkbox', 'What went wrong with the product?'],
      ['radiogroup', 'Vase', 'A bowl of blue glazed stoneware with two handles'],
      ['button', 'What went wrong with the product?'],
      ['textbox', text],
      ['textbox', optional],
      ['checkbox', 'I agree'],
      ['textbox', 'Name', 'E-mail', 'Phone'],
    ];
    for (const [index, [role, ...wanted]] of names.entries()) {
      await at(index + 1);
      for (const name of wanted) await block().getByRole(role, { name, exact: true }).first().waitFor();
      if (index === 0) await block().getByRole('radio').first().press('Space');
      if (wanted[0] === text) await block().getByRole('textbox').fill('Rex');
      if (index + 1 < COUNT) await button('Next').press('Enter');
    }
  });

  it.each([
    ['en', 320],
    ['ar', 320],
    ['en', 1280],
  ])(
    'shows every type in %s at %i pixels: nothing sticks out, nothing is too small, axe is content',
    async (locale, width) => {
      const view = everyType(locale);
      await open(view, { viewport: { width, height: 700 } });
      for (const [index, { id, type }] of view.questions.entries()) {
        if (type === 'ranking') await block().locator('[aria-pressed]').first().click();
        if (id === 'nps' || id === 'one') await block().getByRole('radio').last().press('Space');
        if (id === 'short') await block().getByRole('textbox').fill('Rex');
        expect(await accessibilityFaults(page.mainFrame()), id).toEqual([]);
        expect(await overflow(page.mainFrame()), id).toBe(0);
        expect(await tooSmall(), id).toEqual([]);
        if (index + 1 < COUNT) await button(view.labels.next).click();
      }
      if (width === 320)
        expect(await shoot(page, `theme-contact-${locale}`)).toEqual({ desktop: 0, narrow: 0 });
      expect(await block().locator('[lang]').getAttribute('dir')).toBe(view.dir);
    },
  );

  /** Targets under 44 pixels. */
  const tooSmall = () =>
    block().evaluate((root) =>
      [
        ...root.querySelectorAll<HTMLElement>(
          'button, label:has([type=radio], [type=checkbox]), input, textarea',
        ),
      ]
        .filter((node) => node.offsetParent && !node.matches('[type=radio], [type=checkbox], [type=hidden]'))
        .map((node) => ({ name: node.outerHTML, box: node.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 44 || box.height < 44)
        .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`),
    );

  it('goes on by itself after a tap, which one sees first, and stops at the words of "other"', async () => {
    await openInStill(everyType(), { hasTouch: true, viewport: { width: 390, height: 800 } });
    const values = block().locator('label');
    await values.nth(9).tap();
    await at(1);
    expect(await block().locator(':checked').getAttribute('value')).toBe('9');
    await page.clock.runFor(1000);
    await at(2);
    await values.nth(2).tap();
    await page.clock.runFor(1000);
    expect(await focused()).toBe('one.other');
    await at(2);
    await values.nth(0).tap();
    await page.clock.runFor(1000);
    await at(3);
    await expect.poll(() => shop.posts.at(-1)).toMatchObject({ answers: { nps: '9', one: 'x' }, step: true });
    await page.clock.resume();
    await shop.visit();
    await at(3);
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  });

  it('keeps what was written without a connection, and sends it when there is one', async () => {
    const view = viewOf(PRESETS.usage, 'en');
    await open(view);
    await block().locator('label').nth(4).click();
    await at(2, 2);
    shop.answers('away');
    await block().getByRole('textbox').fill('It holds the tea.');
    await page.context().setOffline(true);
    await button('Send').click();
    await block().getByText(view.labels.error).waitFor();
    expect(await accessibilityFaults(page.mainFrame())).toEqual([]);
    shop.answers({ outcome: 'stored', route: 'high', thanks: view.thanks.high });
    await page.context().setOffline(false);
    await block().getByText(view.thanks.high.text).waitFor();
    expect(shop.posts.at(-1)?.answers).toEqual({ rating: '5', comment_high: 'It holds the tea.' });
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  it.each<[SurveyKind, number]>([
    ['usage', 320],
    ['relationship', 320],
    ['delivery', 390],
    ['relationship', 1280],
  ])(
    'moves nothing when the %s survey comes at %i pixels, nor from question to thanks',
    async (kind, width) => {
      shop = await openShop(browser, viewOf(PRESETS[kind], 'de'), { viewport: { width, height: 900 } });
      page = shop.page;
      await page.addInitScript(() => {
        Object.assign(window, { shifts: [] });
        new PerformanceObserver((list) => {
          const entries = list.getEntries() as (PerformanceEntry & { hadRecentInput: boolean })[];
          // What a tap changes may move; what moves by itself counts.
          const { shifts } = window as unknown as { shifts: object[] };
          shifts.push(...entries.filter(({ hadRecentInput }) => !hadRecentInput));
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await shop.visit();
      const below = () =>
        page.locator('#below').evaluate((node) => node.getBoundingClientRect().top + scrollY);
      const before = await below();
      await block().locator('label').last().click();
      await block().getByRole('textbox').waitFor();
      expect(await below()).toBe(before);
      await button('Absenden').click();
      await block().getByRole('heading', { name: 'Thank you!' }).waitFor();
      expect(await below()).toBe(before);
      expect(await page.evaluate('shifts')).toEqual([]);
    },
  );

  it('loads the rest of the script only where a survey is open', async () => {
    await open(null);
    await block().getByText('No survey is open for you right now.').waitFor();
    expect(shop.asked.filter((url) => url.endsWith('.js'))).toHaveLength(1);
  });
});
