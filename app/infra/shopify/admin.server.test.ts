import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAdminClient } from './admin.server.ts';
import type { OfflineToken } from './offline-token.server.ts';

const shop = 'a.myshopify.com';
const operation = {
  document: 'query { shop { id } }',
  data: z.object({ shop: z.object({ id: z.string() }) }),
};

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

let server: Server;
let seen: { url: string; token: string; body: unknown }[];
let answers: Answer[];

async function answer(request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const token = String(request.headers['x-shopify-access-token']);
  seen.push({ url: request.url ?? '', token, body: JSON.parse(Buffer.concat(chunks).toString()) });
  const next = answers.shift() ?? { status: 500 };
  response.writeHead(next.status ?? 200, { 'content-type': 'application/json', ...next.headers });
  response.end(typeof next.body === 'string' ? next.body : JSON.stringify(next.body ?? {}));
}

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function client(tokens: OfflineToken[] = [{ kind: 'token', accessToken: 'first', scope: null }]) {
  const asked: (string | undefined)[] = [];
  const { port } = server.address() as AddressInfo;
  const admin = createAdminClient({
    devStoreUrl: `http://127.0.0.1:${port}`,
    tokens: {
      getOfflineToken: async (_shop, rejected) => {
        asked.push(rejected);
        return tokens.shift() ?? { kind: 'none' };
      },
    },
  });
  return { asked, run: () => admin.adminGraphql(shop, operation, { a: 1 }) };
}

const data = { shop: { id: 'gid://shopify/Shop/1' } };
const throttled = (extensions?: object) => ({
  body: { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions },
});
const cost = (requested: number, available: number, rate: number) => ({
  cost: {
    requestedQueryCost: requested,
    throttleStatus: { currentlyAvailable: available, restoreRate: rate },
  },
});

describe('adminGraphql', () => {
  it('posts the operation to the pinned version of the shop, redirected to the dev store', async () => {
    answers = [{ body: { data } }];
    expect(await client().run()).toEqual({ kind: 'ok', data });
    expect(seen).toEqual([
      {
        url: `/shops/${shop}/admin/api/2026-10/graphql.json`,
        token: 'first',
        body: { query: operation.document, variables: { a: 1 } },
      },
    ]);
  });

  it.each<[string, Answer, unknown]>([
    ['THROTTLED with a cost', throttled(cost(350, 50, 100)), { kind: 'throttled', retryAfterMs: 3_000 }],
    ['THROTTLED without a cost', throttled(), { kind: 'throttled', retryAfterMs: 1_000 }],
    [
      'THROTTLED that is over already',
      throttled(cost(10, 50, 100)),
      { kind: 'throttled', retryAfterMs: 500 },
    ],
    [
      '429 with seconds',
      { status: 429, headers: { 'retry-after': '2.0' } },
      { kind: 'throttled', retryAfterMs: 2_000 },
    ],
    ['429 without', { status: 429 }, { kind: 'throttled', retryAfterMs: 1_000 }],
    ['500', { status: 500 }, { kind: 'retryable', reason: 'Shopify answered 500.' }],
    ['503', { status: 503, body: '<html>' }, { kind: 'retryable', reason: 'Shopify answered 503.' }],
    [
      'a page instead of JSON',
      { body: '<html>' },
      { kind: 'retryable', reason: expect.stringMatching(/no GraphQL/) },
    ],
    ['402, a frozen shop', { status: 402 }, { kind: 'refused', reason: 'Shopify answered 402.' }],
    [
      'an error in the query',
      { body: { errors: [{ message: "Field 'x' doesn't exist" }] } },
      { kind: 'refused', reason: "Shopify reported: Field 'x' doesn't exist" },
    ],
    [
      'an internal error',
      { body: { errors: [{ message: 'Oops', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] } },
      { kind: 'retryable', reason: 'Shopify reported: Oops' },
    ],
    [
      'data of another shape',
      { body: { data: { shop: null } } },
      { kind: 'refused', reason: "Shopify's answer has an unexpected shape at shop." },
    ],
  ])('%s', async (_name, one, expected) => {
    answers = [one];
    expect(await client().run()).toEqual(expected);
    expect(seen).toHaveLength(1);
  });

  it('after a 401 asks once for another token than the refused one', async () => {
    answers = [{ status: 401 }, { body: { data } }];
    const both = client([
      { kind: 'token', accessToken: 'dead', scope: null },
      { kind: 'token', accessToken: 'new', scope: null },
    ]);
    expect(await both.run()).toEqual({ kind: 'ok', data });
    expect([both.asked, seen.map((one) => one.token)]).toEqual([
      [undefined, 'dead'],
      ['dead', 'new'],
    ]);
  });

  it('gives up after a second 401', async () => {
    answers = [{ status: 401 }, { status: 401 }, { body: { data } }];
    const tokens: OfflineToken[] = ['a', 'b', 'c'].map((accessToken) => ({
      kind: 'token',
      accessToken,
      scope: null,
    }));
    expect(await client(tokens).run()).toMatchObject({ kind: 'reauthorise' });
    expect(seen).toHaveLength(2);
  });

  it.each<[OfflineToken, string]>([
    [{ kind: 'none' }, 'reauthorise'],
    [{ kind: 'reauthorise', reason: 'gone' }, 'reauthorise'],
    [{ kind: 'unavailable', reason: 'later' }, 'retryable'],
  ])('without a token (%o) nothing is sent', async (token, kind) => {
    expect(await client([token]).run()).toMatchObject({ kind });
    expect(seen).toEqual([]);
  });

  it('is retryable when nobody answers', async () => {
    const { run } = client();
    await new Promise((resolve) => server.close(resolve));
    expect(await run()).toMatchObject({
      kind: 'retryable',
      reason: expect.stringMatching(/could not be reached/),
    });
    server = createServer().listen(0);
  });
});
