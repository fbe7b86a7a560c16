/** A mailed survey with questions for files, and what a shopper does with it, through the routes. */
import type { Pool } from 'pg';
import * as hostedRoute from '#app/routes/s.$shop.$token.tsx';
import * as uploadRoute from '#app/routes/s.$shop.$token_.upload.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { WITH_FILES } from '#tests/factories/survey-pages.ts';
import { aLink, anOrder, aShop, surveyDeps } from './survey-shop.ts';

export const JPEG = Buffer.from('\xff\xd8\xff\xe0 a cup in two parts', 'latin1');
export const WEBM = Buffer.from('\x1aE\xdf\xa3\x9fB\x82\x84webm and a voice', 'latin1');

export interface Sent {
  question?: string;
  type?: string;
  token?: string;
  shopId?: string;
  edition?: string;
}

/** Arguments of a route. */
export const args = (request: Request, params: Record<string, string>) =>
  ({ request, params, context: { clientAddress: '203.0.113.9', requestId: 'r' } }) as never;

export type UploadScene = Awaited<ReturnType<typeof uploadScene>>;

export async function uploadScene(pool: Pool) {
  const deps = surveyDeps(pool);
  const shop = await aShop(pool);
  const order = (id: string) =>
    anOrder(pool, shop.shopId, shop.customerId, id, { placed: '2026-03-01', delivered: '2026-03-05' });
  const link = async (orderId: string) =>
    (await aLink(pool, deps, { ...shop, orderId, kind: 'usage' })).token;
  await order('1001');
  const edition = `${await publish(pool, shop.shopId, WITH_FILES)}.1`;
  const token = await link('1001');

  /** Sends one file to the door. */
  async function send(bytes: Uint8Array, over: Sent = {}) {
    const to = { question: 'photo', type: 'image/jpeg', token, shopId: shop.shopId, edition, ...over };
    const query = new URLSearchParams({ question: to.question, edition: to.edition });
    const request = new Request(`https://app.example.com/s/x/y/upload?${query}`, {
      method: 'POST',
      headers: { 'Content-Type': to.type },
      body: new Uint8Array(bytes),
    });
    const answered = await uploadRoute.action(args(request, { shop: to.shopId, token: to.token }));
    const body = (await answered.json()) as { id: string; outcome: string; errors?: { message: string }[] };
    const { status, headers } = answered;
    return { status, headers, body, sentence: body.errors?.[0]?.message };
  }

  /** Posts the form of the hosted page, or a step of it, with a rating beside these fields. */
  async function answer(fields: [string, string][], { isStep = false } = {}) {
    const request = new Request('https://app.example.com/s/x/y', {
      method: 'POST',
      headers: isStep ? { Accept: 'application/json' } : {},
      body: new URLSearchParams([['_edition', edition], ['rating', '2'], ...fields]),
    });
    const page = await hostedRoute.action(args(request, { shop: shop.shopId, token }));
    return { status: page.status, text: await page.text() };
  }

  const rows = async (sql: string, values: unknown[] = []) => (await pool.query(sql, values)).rows;
  return {
    ...{ deps, shop, token, edition, order, link, send, answer, rows },
    /** Sends a picture, unless told. @returns its id */
    add: async (over: Sent = {}, bytes = JPEG) => (await send(bytes, over)).body.id,
    stored: () =>
      rows(
        `SELECT id, question_id, kind, media_type, size_bytes, response_id, customer_id FROM survey_upload ORDER BY id`,
      ),
  };
}
