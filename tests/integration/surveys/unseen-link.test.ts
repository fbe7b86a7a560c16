import { beforeEach, expect, it, vi } from 'vitest';
import * as hostedRoute from '#app/routes/s.$shop.$token.tsx';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, everyRow, NOW, surveyDeps } from './survey-shop.ts';

/** The link that no person sees, at the door itself. */
const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const database = useTestDatabase();
const url = 'https://app.example.com/s/x/y';
let params: Record<string, string>;
let mark: string;
beforeEach(async () => {
  const deps = surveyDeps(database.pool);
  built.deps = { ...deps, log: { error: vi.fn() } };
  const shop = await aShop(database.pool);
  const days = { placed: '2026-03-01', delivered: '2026-03-05' };
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', days);
  const { token } = await aLink(database.pool, deps, { ...shop, orderId: '1001', kind: 'usage' });
  params = { shop: shop.shopId, token };
  mark = deps.tokens.unseenMark(token);
});

const handle = (handler: (args: never) => Promise<Response>, request: Request) =>
  handler({ request, params, context: { clientAddress: null, requestId: 'r' } } as never);
const get = (search: string) => handle(hostedRoute.loader, new Request(url + search));
const post = (rating: string, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams({ rating });
  return handle(hostedRoute.action, new Request(url, { method: 'POST', headers, body }));
};
const withoutNonce = (html: string) => html.replaceAll(/nonce="[^"]*"/g, '');
const rows = async (sql: string) => (await database.pool.query(sql)).rows;

it('shows the page that everybody gets, and leaves one mark', async () => {
  const before = await everyRow(database.pool);
  const [plain, scanned] = [await get(''), await get(`?rating=${mark}`)];
  expect(scanned.status).toBe(plain.status);
  expect(withoutNonce(await scanned.text())).toBe(withoutNonce(await plain.text()));
  expect(await rows('SELECT scanned_at, used_at FROM survey_link')).toEqual([
    { scanned_at: NOW, used_at: null },
  ]);
  const { survey_link: _was, ...others } = before;
  const { survey_link: _is, ...after } = await everyRow(database.pool);
  expect(after).toEqual(others);
});

it('is known by its value, whatever the name in front of it', async () => {
  await get(`?q=1&why=${mark}`);
  expect(await rows('SELECT scanned_at FROM survey_link')).toEqual([{ scanned_at: NOW }]);
});

it('who posts after it is thanked like anybody, and not heard', async () => {
  await get(`?rating=${mark}`);
  const step = await post('1', { Accept: 'application/json' });
  expect([step.status, await step.json()]).toMatchObject([200, { outcome: 'stored' }]);
  const page = await post('1');
  expect(page.status).toBe(200);
  expect(await rows('SELECT status, held_reason FROM survey_response')).toEqual([
    { status: 'quarantined', held_reason: 'scanned' },
  ]);
  expect(await rows('SELECT id FROM event')).toEqual([]);
  expect(await rows('SELECT kind FROM timer')).toEqual([]);
});
