import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as hostedRoute from '#app/routes/s.$shop.$token.tsx';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, everyRow, surveyDeps } from './survey-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const database = useTestDatabase();
const url = 'https://app.example.com/s/x/y';
let params: Record<string, string>;
beforeEach(async () => {
  const deps = surveyDeps(database.pool);
  built.deps = { ...deps, log: { error: vi.fn() } };
  const shop = await aShop(database.pool);
  const days = { placed: '2026-03-01', delivered: '2026-03-05' };
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', days);
  const { token } = await aLink(database.pool, deps, { ...shop, orderId: '1001', kind: 'usage' });
  params = { shop: shop.shopId, token };
});

const handle = (handler: (args: never) => Promise<Response>, request: Request, of: Record<string, string>) =>
  handler({ request, params: of, context: { clientAddress: null, requestId: 'r' } } as never);
const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  handle(
    hostedRoute.action,
    new Request(url, { method: 'POST', headers, body: new URLSearchParams(fields) }),
    params,
  );
const get = () => handle(hostedRoute.loader, new Request(url), params);
const post = (fields: Record<string, string>) => send(fields);
const responses = async () => (await database.pool.query('SELECT * FROM survey_response')).rows;

describe('the hosted page, step by step', () => {
  const step = (fields: Record<string, string>) => send(fields, { Accept: 'application/json' });

  it('a value that was tapped in the mail is chosen, and ten openings of ten links store nothing', async () => {
    const before = await everyRow(database.pool);
    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        handle(hostedRoute.loader, new Request(`${url}?rating=${index + 1}`), params),
      ),
    );
    const pages = await Promise.all(opened.map((page) => page.text()));
    expect(opened.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(pages[3]).toMatch(/value="4"[^>]* checked|checked[^>]* value="4"/);
    expect(pages[5]).not.toMatch(/ checked/);
    expect(await everyRow(database.pool)).toEqual(before);
    // Then the human's own tap counts.
    await post({ rating: '2' });
    expect(await responses()).toMatchObject([{ rating: 2 }]);
  });

  it('answers a step with JSON, and the page goes on from there', async () => {
    const stored = await step({ rating: '2', comment_low: '' });
    expect(stored.headers.get('content-type')).toContain('application/json');
    expect(await stored.json()).toMatchObject({ outcome: 'stored', route: 'low' });
    expect(await responses()).toMatchObject([{ rating: 2, unfinished: true }]);
    expect(await (await get()).text()).toMatch(/value="2"[^>]* checked|checked[^>]* value="2"/);
    const wrong = await step({ rating: '8' });
    expect([wrong.status, await wrong.json()]).toMatchObject([422, { errors: [{ field: 'rating' }] }]);
    expect((await post({ rating: '2', comment_low: 'Late' })).status).toBe(200);
    expect((await step({ rating: '5' })).status).toBe(409);
    expect(await responses()).toMatchObject([{ rating: 2, comment: 'Late', unfinished: false }]);
  });
});
