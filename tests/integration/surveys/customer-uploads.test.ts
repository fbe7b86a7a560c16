import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_UPLOADS } from '#app/domain/surveys/uploads.ts';
import { createCallers } from '#app/infra/callers.server.ts';
import { signProxyQuery } from '#app/infra/shopify/hmac.ts';
import * as answerRoute from '#app/routes/proxy.survey.ts';
import * as uploadRoute from '#app/routes/proxy.upload.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { anOrder, aShop } from './survey-shop.ts';
import { args, JPEG, uploadScene, WEBM, type UploadScene } from './upload-scene.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const SECRET = 'client-secret';
const database = useTestDatabase();
let scene: UploadScene;

beforeEach(async () => {
  scene = await uploadScene(database.pool);
  const callers = createCallers({
    shopifyApiKey: 'client-id',
    shopifyApiSecret: SECRET,
    shopifyPreviousApiSecret: undefined,
  });
  built.deps = { ...scene.deps, callers, log: { error: vi.fn() } };
});

/** A request as Shopify passes it on from the storefront, for the customer who is logged in. */
function signed(path: string, query: Record<string, string>, init?: RequestInit): Request {
  const params = new URLSearchParams({
    shop: 'moss.myshopify.com',
    logged_in_customer_id: scene.shop.shopifyCustomerId,
    path_prefix: '/apps/aftercare',
    timestamp: String(Math.floor(Date.now() / 1000)),
    ...query,
  });
  return new Request(`https://app.example.com/proxy/${path}?${signProxyQuery(params, SECRET)}`, init);
}

async function pageToken(orderId = '1001'): Promise<string> {
  const offered = await answerRoute.loader(args(signed('survey', { kind: 'usage', order: orderId }), {}));
  return ((await offered.json()) as { pageToken: string }).pageToken;
}

async function send(bytes: Uint8Array, over: Record<string, string> = {}, customerId?: string) {
  const query = { kind: 'usage', order: '1001', question: 'photo', edition: scene.edition, ...over };
  const about = { ...query, token: over['token'] ?? (await pageToken()) };
  const who: Record<string, string> = customerId === undefined ? {} : { logged_in_customer_id: customerId };
  const request = signed('upload', { ...about, ...who }, { method: 'POST', body: new Uint8Array(bytes) });
  const answered = await uploadRoute.action(args(request, {}));
  return { status: answered.status, body: (await answered.json()) as { id: string } };
}

async function answer(photo: string[], orderId = '1001') {
  const body = {
    kind: 'usage',
    order: orderId,
    pageToken: await pageToken(orderId),
    edition: scene.edition,
    answers: { rating: 2, photo },
  };
  const request = signed('survey', {}, { method: 'POST', body: JSON.stringify(body) });
  return (await answerRoute.action(args(request, {}))).status;
}

describe('files of a customer in the store', () => {
  it('are taken with the token of the page, and belong to the answer that names them', async () => {
    const photo = await send(JPEG);
    expect(photo).toEqual({ status: 201, body: { outcome: 'stored', id: expect.any(String) } });
    const voice = await send(WEBM, { question: 'voice' });
    expect(await answer([photo.body.id])).toBe(200);
    expect(await scene.stored()).toMatchObject([
      { id: photo.body.id, customer_id: scene.shop.customerId, response_id: expect.any(String) },
      { id: voice.body.id, response_id: null },
    ]);
  });

  it('are not taken for an answer that stays, from a page that was opened before it', async () => {
    const token = await pageToken();
    expect(await answer([])).toBe(200);
    await scene.rows('UPDATE survey_response SET page = NULL');
    expect((await send(JPEG, { token })).status).toBe(409);
    expect(await scene.stored()).toEqual([]);
    // Opened now, it asks again.
    expect((await send(JPEG)).status).toBe(201);
  });

  it('may not be named by the answer about another order, nor through a mailed link', async () => {
    await scene.order('1002');
    const { id } = (await send(JPEG)).body;
    expect(await answer([id], '1002')).toBe(422);
    expect((await scene.answer([['photo', id]])).status).toBe(422);
  });

  it.each<[string, () => Promise<{ status: number }>, number]>([
    ['without the token of a page', () => send(JPEG, { token: 'x.y' }), 403],
    ['with the token of another order', async () => send(JPEG, { order: '1002' }), 403],
    ['of somebody who is not logged in', () => send(JPEG, {}, ''), 401],
    ['of another customer', async () => send(JPEG, { token: await pageToken() }, '999'), 403],
    ['for no order', () => send(JPEG, { order: '' }), 400],
    ['for a text', () => send(JPEG, { question: 'more' }), 422],
  ])('are refused %s', async (_what, sent, status) => {
    expect((await sent()).status).toBe(status);
    expect(await scene.stored()).toEqual([]);
  });

  it('are refused once the person was erased, and for an order that is somebody else’s', async () => {
    const token = await pageToken();
    await scene.rows('UPDATE customer SET redacted_at = now()');
    expect((await send(JPEG, { token })).status).toBe(404);
    await scene.rows('UPDATE customer SET redacted_at = NULL');
    const other = await aShop(database.pool, 'fern.myshopify.com');
    await anOrder(database.pool, other.shopId, other.customerId, '77', {
      placed: '2026-03-01',
      delivered: '2026-03-05',
    });
    await scene.rows(`UPDATE orders SET customer_id = NULL WHERE shop_id = $1`, [scene.shop.shopId]);
    expect((await send(JPEG, { token })).status).toBe(404);
    expect(await scene.stored()).toEqual([]);
  });

  it('are counted, also when they come at once', async () => {
    const token = await pageToken();
    const sent = await Promise.all(Array.from({ length: MAX_UPLOADS + 3 }, () => send(JPEG, { token })));
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(MAX_UPLOADS);
    expect(await scene.stored()).toHaveLength(MAX_UPLOADS);
  });
});
