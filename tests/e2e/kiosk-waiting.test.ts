/** Answers at the kiosk that wait: for a connection, or for an app that takes them. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { launchBrowser } from './browser.ts';
import { everyType } from './every-type.ts';
import { openKiosk, storefront, type Kiosk, type Posted } from './kiosk-page.ts';

describe('answers that wait at the kiosk', () => {
  let browser: Browser;
  let kiosk: Kiosk;
  let page: Page;
  let posts: Posted[];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(() => kiosk.close());
  const open = async (views: SurveyView[], options = {}) => {
    kiosk = await openKiosk(browser, views, options);
    ({ page, posts } = kiosk);
  };
  const question = (id: string) => kiosk.question(id);
  const button = (name: string) => kiosk.button(name);
  const heading = (name: string) => kiosk.heading(name);
  const rate = (value: number) => kiosk.rate(value);
  const kept = () => kiosk.kept();

  it('keeps answers without a connection, each by itself, and contact details in no storage', async () => {
    const contact = { ...everyType('en').questions.find(({ id }) => id === 'person')!, id: 'person' };
    const [view] = storefront('en');
    await open([{ ...view!, questions: [view!.questions[0]!, contact] }]);
    kiosk.app.isAway = true;
    for (const value of [1, 5]) {
      await rate(value);
      await question('person').getByRole('textbox').first().fill('Ada Lovelace');
      await button('Send').click();
      await page.clock.runFor(3500);
      await heading(view!.thanks.middle.title).waitFor();
      await page.clock.runFor(9000);
    }
    expect(posts).toEqual([]);
    expect(String(await kept())).toContain('"rating":"1"');
    expect(String(await kept())).not.toContain('Ada');
    kiosk.app.isAway = false;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect
      .poll(() => posts.map(({ answers }) => answers))
      .toEqual([
        { rating: '1', 'person.name': 'Ada Lovelace' },
        { rating: '5', 'person.name': 'Ada Lovelace' },
      ]);
    expect(new Set(posts.map(({ order }) => order)).size).toBe(2);
    await expect.poll(kept).toEqual([]);
  });

  it('sends after a restart what waited before', async () => {
    await open(storefront('en'));
    kiosk.app.isAway = true;
    await rate(4);
    await button('Send').click();
    await page.clock.runFor(3500);
    kiosk.app.isAway = false;
    await page.reload();
    await expect.poll(() => posts).toMatchObject([{ answers: { rating: '4' } }]);
    await expect.poll(kept).toEqual([]);
  });

  it('is not held up by an answer that is refused for good, and waits with one that is not', async () => {
    await open(storefront('en'));
    const send = async (value: number) => {
      await rate(value);
      await button('Send').click();
      await page.clock.runFor(12_000);
    };
    kiosk.app.verdict = () => ({ status: 410, json: { outcome: 'expired', message: '' } });
    await send(1);
    await expect.poll(kept).toEqual([]);
    for (const [status, outcome] of [
      [410, 'unavailable'],
      [429, 'too_many_requests'],
    ] as const) {
      kiosk.app.verdict = () => ({ status, json: { outcome, message: '' } });
      await send(4);
      expect(String(await kept())).toContain('"rating":"4"');
      kiosk.app.verdict = kiosk.app.takesAll;
      await page.evaluate(() => dispatchEvent(new Event('online')));
      await expect.poll(kept).toEqual([]);
    }
  });

  it('leaves out what is refused of somebody who went away, and keeps the rest', async () => {
    const contact = { ...everyType('en').questions.find(({ id }) => id === 'person')!, id: 'person' };
    const [view] = storefront('en');
    await open([{ ...view!, questions: [view!.questions[0]!, contact] }]);
    const errors = [{ field: 'person', part: 'email', code: 'wrong_type', message: '' }];
    kiosk.app.verdict = ({ answers }) =>
      'person.email' in answers
        ? { status: 422, json: { outcome: 'invalid', errors } }
        : { json: { outcome: 'stored', route: 'low', thanks: {} } };
    await rate(2);
    await question('person').getByRole('textbox', { name: 'E-mail' }).fill('ada@');
    await page.clock.runFor(70_000);
    await expect
      .poll(() => posts.map(({ step, answers }) => ({ step, answers })))
      .toEqual([
        { step: true, answers: { rating: '2', 'person.email': 'ada@' } },
        { step: true, answers: { rating: '2' } },
      ]);
    expect(await kept()).toEqual([]);
    // What is refused whole is not sent for ever.
    kiosk.app.verdict = () => ({
      status: 422,
      json: { outcome: 'invalid', errors: [{ ...errors[0], field: 'x' }] },
    });
    await rate(3);
    await page.clock.runFor(70_000);
    await expect.poll(kept).toEqual([]);
    expect(posts).toHaveLength(3);
  });

  it('asks nobody while its list is full, and loses none of it', async () => {
    const [view] = storefront('en');
    await open([view!]);
    kiosk.app.isAway = true;
    await page.evaluate(() => {
      const one = { kind: 'storefront', edition: 'preset.1', locale: 'en', step: false };
      const all = Array.from({ length: 499 }, (_, id) => ({
        ...{ ...one, order: `${id}` },
        answers: { rating: '1' },
      }));
      localStorage.setItem('aftercare-kiosk:shop-1', JSON.stringify(all));
    });
    kiosk.app.isAway = false;
    kiosk.app.verdict = () => ({ status: 429, json: { outcome: 'too_many_requests', message: '' } });
    await page.reload();
    await rate(5);
    await button('Send').click();
    await page.clock.runFor(12_000);
    await heading('This device takes no more answers for now').waitFor();
    expect(await question('rating').isVisible()).toBe(false);
    const ratings = async () =>
      (JSON.parse((await kept())[0]![1]) as Posted[]).map(({ answers }) => answers['rating']).join('');
    expect(await ratings()).toBe(`${'1'.repeat(499)}5`);
    await page.clock.runFor(120_000);
    await heading('This device takes no more answers for now').waitFor();
    kiosk.app.verdict = kiosk.app.takesAll;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(kept, { timeout: 15_000 }).toEqual([]);
    await page.clock.runFor(46_000);
    await question('rating').waitFor();
  });
});
