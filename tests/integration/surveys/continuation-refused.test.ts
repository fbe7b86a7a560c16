/** Who does not come in, and how often one may, on the page that an account leads to. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useTestDatabase } from '#tests/setup/database.ts';
import { continuationScene, type ContinuationScene, type Page } from './continuation-scene.ts';
import { aShop, NOW, setNow } from './survey-shop.ts';
import { JPEG } from './upload-scene.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const HOUR = 3_600_000;
const database = useTestDatabase();
const logged = vi.fn();
let scene: ContinuationScene;
let page: Page;

beforeEach(async () => {
  scene = await continuationScene(database.pool);
  built.deps = { ...scene.deps, log: { error: logged } };
  page = await scene.page();
});

/** Statuses of the page, of an answer, a step and a file; nothing may have been stored, and nothing have failed. */
async function statuses(at: Page) {
  const { status: shown, text } = await scene.open(at);
  const { status: answered } = await scene.send(at, [['rating', '5']]);
  const { status: step } = await scene.send(at, [['rating', '5']], true);
  const { status: file } = await scene.upload(at);
  expect(await scene.responses()).toEqual([]);
  expect(await scene.rows('SELECT id FROM survey_upload')).toEqual([]);
  expect(logged).not.toHaveBeenCalled();
  return { codes: [shown, answered, step, file], title: /<h1>([^<]+)/.exec(text)?.[1] };
}

const INCOMPLETE = { codes: [404, 404, 404, 404], title: 'This link is not complete' };

it.each<[string, (good: Page) => Page | Promise<Page>]>([
  ['forged', ({ shop }) => ({ shop, token: 'AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.AAAA' })],
  ['of nothing', ({ shop }) => ({ shop, token: '' })],
  ['cut off', ({ shop, token }) => ({ shop, token: token.slice(0, -3) })],
  ['hung on to', ({ shop, token }) => ({ shop, token: `${token}AA` })],
  ['at another shop', async ({ token }) => ({ shop: (await fern()).shopId, token })],
  ['at no shop', ({ token }) => ({ shop: '../x', token })],
  ['of the account itself', async ({ shop }) => ({ shop, token: (await scene.account()).json.pageToken })],
])('a token %s opens nothing', async (_what, changed) => {
  expect(await statuses(await changed(page))).toEqual(INCOMPLETE);
});

const fern = () => aShop(database.pool, 'fern.myshopify.com');
const ERASED = 'UPDATE customer SET redacted_at = now(), shopify_id = NULL';

it.each<[string, string, number[], string]>([
  // As `redacted_at` alone says it while an erasure is under way.
  [
    'a person being erased',
    'UPDATE customer SET redacted_at = now()',
    [410, 410, 410, 404],
    'This survey no longer exists',
  ],
  ['an erased person', ERASED, [410, 410, 410, 404], 'This link has expired'],
  [
    'an order that is somebody else’s',
    'UPDATE orders SET customer_id = NULL',
    [410, 410, 410, 404],
    'This link has expired',
  ],
  [
    'a survey that was switched off',
    `UPDATE shop SET settings = '{"surveys":{"usage":{"enabled":false}}}'`,
    [410, 410, 410, 410],
    'This survey is closed',
  ],
  [
    'a shop that uninstalled the app',
    "UPDATE shop SET status = 'uninstalled'",
    [410, 410, 410, 410],
    'This survey is closed',
  ],
  [
    'a domain that is another shop’s by now',
    "UPDATE shop SET id = '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a'",
    [410, 410, 403, 403],
    'This survey is closed',
  ],
])('%s', async (_what, change, codes, title) => {
  await scene.rows(change);
  expect(await statuses(page)).toEqual({ codes, title });
});

it('is good for two hours of business time', async () => {
  await setNow(database.pool, new Date(NOW.getTime() + 2 * HOUR - 1));
  expect((await scene.open(page)).status).toBe(200);
  await setNow(database.pool, new Date(NOW.getTime() + 2 * HOUR));
  expect(await statuses(page)).toEqual({ codes: [410, 410, 410, 410], title: 'This link has expired' });
});

it('belongs to one customer and one order', async () => {
  await scene.order('1002');
  const other = await scene.page('1002');
  const { id } = await scene.upload(other);
  // A file that was given for another order cannot be named here.
  const named = await scene.send(page, [
    ['rating', '5'],
    ['photo', id],
  ]);
  expect([named.status, named.text.includes('could not be found')]).toEqual([422, true]);
  await scene.send(other, [['rating', '5']]);
  expect(await scene.responses()).toMatchObject([{ order_id: '1002' }]);
  // To a stranger's account no order of this customer is offered.
  const { json } = await scene.account(null, '77');
  expect(json).toEqual({ survey: null, reason: 'no_order' });
});

it('takes no steps of what was sent off', async () => {
  await scene.send(page, [['rating', '5']]);
  expect((await scene.send(page, [['rating', '1']], true)).status).toBe(409);
  expect(await scene.responses()).toMatchObject([{ rating: 5 }]);
});

describe('is limited', () => {
  it.each<[string, () => Promise<{ status: number }>]>([
    ['pageByAddress', () => scene.open(page)],
    ['guessByAddress', () => scene.open({ ...page, token: 'x' })],
    ['guessByAddress', () => scene.send({ ...page, token: 'x' }, [['rating', '5']])],
    ['guessByAddress', () => scene.upload({ ...page, token: 'x' })],
    ['answerByAddress', () => scene.send(page, [['rating', '5']])],
    ['answerBySubject', () => scene.send(page, [['rating', '5']])],
    ['stepByAddress', () => scene.send(page, [['rating', '5']], true)],
    ['stepBySubject', () => scene.send(page, [['rating', '5']], true)],
    ['uploadByAddress', () => scene.upload(page)],
    ['uploadBySubject', () => scene.upload(page, 'photo', JPEG)],
  ])('by %s', async (budget, asked) => {
    scene.deps.limitOn(budget);
    expect((await asked()).status).toBe(429);
    expect(await scene.responses()).toEqual([]);
  });
});

it('names nobody in its address, which a browser can hold', async () => {
  const { json } = await scene.account();
  expect(json.continueAt).not.toContain(scene.shop.shopifyCustomerId);
  expect(json.continueAt.length).toBeLessThan(600);
});
