import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionFunctionArgs, LoaderFunctionArgs, ServerBuild } from '@remix-run/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../app/infra/log.server.ts';
import { createMetrics } from '../app/infra/metrics.server.ts';
import { signWebhook } from '../app/infra/shopify/hmac.ts';
import { readWebhook } from '../app/infra/shopify/read-webhook.ts';
import { createWebApp, type WebAppOptions } from './app.ts';
import { FORM_BODY_LIMIT, IMPORT_BODY_LIMIT, UPLOAD_BODY_LIMIT, WEBHOOK_BODY_LIMIT } from './body-limit.ts';

const LINK = '/s/0198c0de-0000-7000-8000-000000000000/c2VjcmV0LXRva2VuLWhlcmU';

let server: Server | undefined;
let folder: string;
let lines: string[];
let bodiesRead: string[];

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const SECRET = 'client-secret';

function signedHeaders(body: Uint8Array) {
  return {
    'x-shopify-topic': 'orders/create',
    'x-shopify-shop-domain': 'pines.myshopify.com',
    'x-shopify-webhook-id': 'delivery-1',
    'x-shopify-hmac-sha256': signWebhook(body, SECRET),
  };
}

async function action({ request }: ActionFunctionArgs) {
  bodiesRead.push(digest(new Uint8Array(await request.arrayBuffer())));
  return new Response('posted');
}

async function loader({ request, context }: LoaderFunctionArgs) {
  return Response.json({ context, forwarded: request.headers.get('x-forwarded-for') });
}

const fails = () => {
  throw new Error('The database is away.');
};

const routes = ['s/:shop/:token', 's/:shop/*', 'whoami', 'proxy/fails', 'app/fails'];
const build = {
  entry: { module: { default: () => new Response('rendered'), handleError: () => undefined } },
  routes: Object.fromEntries(
    routes.map((path) => [
      path,
      { id: path, path, module: path.endsWith('fails') ? { loader: fails } : { action, loader } },
    ]),
  ),
  assets: { entry: { module: '', imports: [] }, routes: {}, url: '', version: '1' },
  ...{ publicPath: '/', assetsBuildDirectory: '' },
  future: {},
  isSpaMode: false,
} as unknown as ServerBuild;

async function start(options: Partial<WebAppOptions> = {}): Promise<string> {
  const log = createLog({ level: 'info', process: 'test' }, { write: (line) => void lines.push(line) });
  const app = createWebApp({
    build,
    clientFolder: folder,
    trustProxy: 0,
    log,
    metrics: createMetrics(),
    webhooks: {
      read: (request) => readWebhook(request, [SECRET]),
      ingest: async ({ body }) => void bodiesRead.push(digest(body)),
    },
    findProblem: async () => null,
    ...options,
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends chunks without announcing their length. */
async function postChunked(url: string, chunks: Buffer[]): Promise<{ status: number; text: string }> {
  const headers = { ...signedHeaders(Buffer.concat(chunks)), 'transfer-encoding': 'chunked' };
  const request = httpRequest(url, { method: 'POST', headers });
  const answered = once(request, 'response');
  for (const chunk of chunks) if (!request.write(chunk)) await once(request, 'drain');
  request.end();
  const [response] = (await answered) as [import('node:http').IncomingMessage];
  let text = '';
  for await (const part of response) text += String(part);
  return { status: response.statusCode ?? 0, text };
}

beforeEach(() => {
  lines = [];
  bodiesRead = [];
  folder = mkdtempSync(join(tmpdir(), 'aftercare-client-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', 'root-abc123.js'), 'export {}');
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true });
});

describe('bodies', () => {
  it.each([
    [
      'announced',
      (url: string, body: Buffer) =>
        fetch(url, { method: 'POST', headers: signedHeaders(body), body: new Uint8Array(body) }),
    ],
    ['chunked', (url: string, body: Buffer) => postChunked(url, [body.subarray(0, 7), body.subarray(7)])],
  ])('reach the webhook door byte for byte up to the limit (%s)', async (_how, post) => {
    const url = `${await start()}/webhooks/shopify`;
    for (const size of [1, 9_800, WEBHOOK_BODY_LIMIT]) {
      const body = randomBytes(size);
      expect((await post(url, body)).status).toBe(200);
      expect(bodiesRead.at(-1)).toBe(digest(body));
    }
  });

  it('reach a route byte for byte up to its own limit', async () => {
    const url = await start();
    const body = randomBytes(FORM_BODY_LIMIT);
    const posted = await fetch(`${url}${LINK}`, { method: 'POST', body: new Uint8Array(body) });
    expect(await posted.text()).toBe('posted');
    expect(bodiesRead).toEqual([digest(body)]);
  });

  it('over the limit are refused by their announced length, before the route', async () => {
    const url = await start();
    const large = new Uint8Array(WEBHOOK_BODY_LIMIT + 1);
    const refused = await fetch(`${url}/webhooks/shopify`, {
      method: 'POST',
      headers: signedHeaders(large),
      body: large,
    });
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain(String(WEBHOOK_BODY_LIMIT));
    expect(bodiesRead).toEqual([]);
    const form = await fetch(`${url}${LINK}`, { method: 'POST', body: new Uint8Array(FORM_BODY_LIMIT + 1) });
    expect(form.status).toBe(413);
  });

  const UPLOADS = [LINK, LINK.replace(/[^/]+$/, 'page/$&')].map((link) => `${link}/upload`);
  it.each([...UPLOADS, '/proxy/upload', '/app/surveys/import'])('reach %s up to a limit', async (path) => {
    const limit = path.startsWith('/app/') ? IMPORT_BODY_LIMIT : UPLOAD_BODY_LIMIT;
    const url = `${await start()}${path}`;
    const post = (size: number) => fetch(url, { method: 'POST', body: new Uint8Array(size) });
    expect((await post(limit)).status).not.toBe(413);
    expect((await post(limit + 1)).status).toBe(413);
  });

  it('over the limit are refused while they are read, and nobody takes the cut body for a whole one', async () => {
    const url = await start();
    const chunk = randomBytes(256 * 1024);
    const refused = await postChunked(
      `${url}/webhooks/shopify`,
      Array.from({ length: 12 }, () => chunk),
    );
    expect(refused.status).toBe(413);
    expect(bodiesRead).toEqual([]);
    // The process goes on.
    expect((await postChunked(`${url}/webhooks/shopify`, [chunk])).status).toBe(200);
    expect(bodiesRead).toEqual([digest(chunk)]);
  });
});

describe('what the log holds', () => {
  it('has neither query, nor link token, nor client address', async () => {
    const url = await start();
    await fetch(`${url}${LINK}?id_token=eyJhbGciOiJIUzI1NiJ9.payload&hmac=abcdef`);
    await fetch(`${url}/whoami`);
    const text = lines.join('');
    expect(text).toContain('/s/0198c0de-0000-7000-8000-000000000000/[redacted]');
    for (const secret of ['c2VjcmV0', 'eyJ', 'hmac', 'abcdef', '127.0.0.1'])
      expect(text).not.toContain(secret);
  });
});

describe('what the log holds of a link', () => {
  it.each(['/S', '/%73', '/%53', '/x/../s', '/x/%2e%2e/%73'])('spelt %s is not its token', async (door) => {
    const url = new URL(await start());
    const path = LINK.replace('/s', door);
    const request = httpRequest({ host: url.hostname, port: url.port, path });
    const answered = once(request, 'response');
    request.end();
    const [response] = (await answered) as [import('node:http').IncomingMessage];
    // The route took it for the same link.
    expect(response.statusCode).toBe(200);
    response.resume();
    await once(response, 'end');
    await expect.poll(() => lines.join('')).toContain('[redacted]');
    expect(lines.join('')).not.toContain('c2VjcmV0');
  });

  it('that cannot be decoded is one word', async () => {
    const url = new URL(await start());
    const request = httpRequest({ host: url.hostname, port: url.port, path: `${LINK}%zz` });
    request.end();
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    expect(response.statusCode).toBe(400);
    response.resume();
    await expect.poll(() => lines.join('')).toContain('[malformed]');
    expect(lines.join('')).not.toContain('c2VjcmV0');
  });
});

describe('headers that keep an answer private', () => {
  const door = {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  };
  it('stand on what a door answers, and on what is refused before it', async () => {
    const url = await start();
    const large = { method: 'POST', body: new Uint8Array(FORM_BODY_LIMIT + 1) };
    for (const [init, status] of [[{}, 200] as const, [large, 413] as const]) {
      const answer = await fetch(`${url}${LINK}`, init);
      expect(answer.status).toBe(status);
      expect(Object.fromEntries(answer.headers)).toMatchObject(door);
    }
  });

  it('stand on an error that no route answered', async () => {
    const url = await start();
    for (const path of ['/proxy/fails', '/app/fails', '/app/fails?_data=app%2Ffails']) {
      const answer = await fetch(`${url}${path}`);
      expect(answer.status).toBe(500);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-robots-tag')).toBe(path.startsWith('/proxy') ? 'noindex' : null);
    }
    expect((await fetch(`${url}/whoami`)).headers.get('cache-control')).toBeNull();
  });
});

describe('whom the app believes', () => {
  it('does not know the client without a trusted proxy, whatever a header claims', async () => {
    const url = await start();
    const answer = await fetch(`${url}/whoami`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(await answer.json()).toMatchObject({ context: { clientAddress: null }, forwarded: null });
  });

  it('takes the address that the trusted proxy saw, not what the client put in front', async () => {
    const url = await start({ trustProxy: 1 });
    const answer = await fetch(`${url}/whoami`, {
      headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' },
    });
    expect(await answer.json()).toMatchObject({ context: { clientAddress: '203.0.113.9' } });
  });

  it('shows its metrics to this machine only', async () => {
    const url = await start();
    await fetch(`${url}/whoami`);
    const shown = await fetch(`${url}/metrics`);
    expect(await shown.text()).toContain(
      'aftercare_http_request_seconds_count{method="GET",area="other",status="200"}',
    );
    const passedOn = await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(passedOn.status).toBe(404);
  });
});

describe('around the routes', () => {
  it('says whether it lives and whether it can work, without saying why not', async () => {
    let problem: string | null = 'The database at db.internal:5432/aftercare cannot be reached.';
    const url = await start({ findProblem: async () => problem });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const unready = await fetch(`${url}/readyz`);
    expect(unready.status).toBe(503);
    expect(await unready.text()).not.toContain('db.internal');
    problem = null;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('lets browsers keep hashed files for good and says what it is not', async () => {
    const url = await start();
    const asset = await fetch(`${url}/assets/root-abc123.js`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('x-content-type-options')).toBe('nosniff');
    expect(asset.headers.get('x-powered-by')).toBeNull();
    expect((await fetch(`${url}/assets/gone.js`)).status).toBe(404);
  });

  it.each(['/%E0%A4%A', '/assets/%zz'])('answers the malformed address %s with 400', async (path) => {
    const url = new URL(await start());
    const request = httpRequest({ host: url.hostname, port: url.port, path });
    request.end();
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(400);
  });
});
