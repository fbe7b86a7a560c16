/** A customer in their account, and on the page that it leads to, through the routes. */
import type { Pool } from 'pg';
import type { Definition } from '#app/domain/surveys/definition.ts';
import { createCallers } from '#app/infra/callers.server.ts';
import { signSessionToken } from '#app/infra/shopify/session-token.ts';
import * as accountRoute from '#app/routes/api.account.survey.ts';
import * as pageRoute from '#app/routes/s.$shop.page.$token.tsx';
import * as uploadRoute from '#app/routes/s.$shop.page.$token_.upload.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { WITH_FILES } from '#tests/factories/survey-pages.ts';
import { anOrder, aShop, surveyDeps } from './survey-shop.ts';
import { args, JPEG } from './upload-scene.ts';

const SECRET = 'client-secret';
const API_KEY = 'client-id';
const ACCOUNT = 'https://app.example.com/api/account/survey';
const callers = createCallers({
  shopifyApiKey: API_KEY,
  shopifyApiSecret: SECRET,
  shopifyPreviousApiSecret: undefined,
});

/** What a page is good for. */
export interface Page {
  shop: string;
  token: string;
}

export async function continuationScene(pool: Pool, definition: Definition = WITH_FILES) {
  const deps = surveyDeps(pool);
  const shop = await aShop(pool);
  const order = (id: string) =>
    anOrder(pool, shop.shopId, shop.customerId, id, { placed: '2026-03-01', delivered: '2026-03-05' });
  await order('1001');
  const surveyId = await publish(pool, shop.shopId, definition);

  /** What the account asks about an order, or sends. */
  async function account(body: object | null = null, customerId = shop.shopifyCustomerId, orderId = '1001') {
    const claims = { dest: shop.domain, sub: `gid://shopify/Customer/${customerId}` };
    const token = await signSessionToken(claims, { apiKey: API_KEY, secret: SECRET }, new Date(), 300);
    const headers = { authorization: `Bearer ${token}` };
    const init = body && { method: 'POST', headers, body: JSON.stringify(body) };
    const request = new Request(`${ACCOUNT}?kind=usage&order=${orderId}`, init ?? { headers });
    const answer = await (body ? accountRoute.action : accountRoute.loader)(args(request, {}));
    return { status: answer.status, json: await answer.json() };
  }
  /** Sends answers from the account, as the page that is open there would. */
  async function answerInAccount(answers: object, isStep = false) {
    const { survey, order: about, pageToken } = (await account()).json;
    const { kind, edition, locale } = survey;
    return account({ kind, edition, locale, pageToken, order: about.id, answers, step: isStep });
  }
  /** The page that the account leads to. */
  async function page(orderId = '1001'): Promise<Page> {
    return pageAt((await account(null, undefined, orderId)).json.continueAt);
  }

  const url = 'https://app.example.com/s/x/page/y';
  const told = async (answer: Response) => ({ status: answer.status, text: await answer.text() });
  const open = async (at: Page, query = '') =>
    told(await pageRoute.loader(args(new Request(url + query), { ...at })));
  async function send(at: Page, fields: [string, string][], isStep = false) {
    const headers: Record<string, string> = isStep ? { Accept: 'application/json' } : {};
    const init = { method: 'POST', headers, body: new URLSearchParams(fields) };
    return told(await pageRoute.action(args(new Request(url, init), { ...at })));
  }
  async function upload(at: Page, question = 'photo', bytes: Uint8Array = JPEG) {
    const request = new Request(`${url}/upload?question=${question}&edition=x`, {
      method: 'POST',
      body: new Uint8Array(bytes),
    });
    const answer = await uploadRoute.action(args(request, { ...at }));
    return { status: answer.status, id: ((await answer.json()) as { id: string }).id };
  }

  const rows = async (sql: string, values: unknown[] = []) => (await pool.query(sql, values)).rows;
  return {
    ...{ deps: { ...deps, callers }, shop, order, surveyId, account, answerInAccount, page },
    ...{ open, send, upload, rows },
    responses: () => rows('SELECT * FROM survey_response ORDER BY order_id'),
  };
}
export type ContinuationScene = Awaited<ReturnType<typeof continuationScene>>;

export function pageAt(address: string): Page {
  const [, shop = '', token = ''] =
    /^https:\/\/app\.example\.com\/s\/([^/]+)\/page\/([^/]+)$/.exec(address) ?? [];
  return { shop, token };
}
