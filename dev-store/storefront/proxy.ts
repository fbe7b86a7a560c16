import { createHmac } from 'node:crypto';
import { Router, type Request } from 'express';
import { bodyBytes, handle } from '../http/handlers.ts';
import { Html } from '../http/html.ts';
import type { DevStoreParts } from '../server.ts';
import { renderBlocks } from './blocks.ts';
import { themePage } from './layout.ts';
import { liquidEngine } from './liquid.ts';
import { customerName, liquidObjects, loggedInCustomer } from './session.ts';

/** What Shopify passes on of a shopper's request; cookies are not among it. */
const REQUEST_HEADERS = ['accept', 'accept-language', 'content-type', 'user-agent'];
const RESPONSE_HEADERS = [
  'content-type',
  'cache-control',
  'location',
  'retry-after',
  'referrer-policy',
  'x-robots-tag',
  'content-security-policy',
];

/** Values that occur twice are joined by a comma; pairs are sorted and joined without a separator. */
export function proxySignature(params: URLSearchParams, secret: string): string {
  const names = [...new Set(params.keys())].filter((name) => name !== 'signature').sort();
  const message = names.map((name) => `${name}=${params.getAll(name).join(',')}`).join('');
  return createHmac('sha256', secret).update(message).digest('hex');
}

/** The app proxy: /apps/aftercare/… goes to the app's /proxy/… with a signed query. */
export function proxyRoutes(parts: DevStoreParts): Router {
  const { config } = parts;
  const router = Router();
  router.all(
    new RegExp(`^${config.proxyPrefix}(/.*)?$`),
    handle(async (request, response) => {
      const answer = await forward(request, parts);
      for (const name of RESPONSE_HEADERS) {
        const value = answer.headers.get(name);
        if (value !== null) response.setHeader(name, value);
      }
      response.status(answer.status);
      if (!(answer.headers.get('content-type') ?? '').startsWith('application/liquid')) {
        response.send(Buffer.from(await answer.arrayBuffer()));
        return;
      }
      const objects = liquidObjects(request, parts, 'page');
      const engine = liquidEngine(null, 'en', config.shop);
      const content = (await engine.parseAndRender(await answer.text(), objects)) as string;
      const blocks = await renderBlocks(config.extensionsDir, 'page', objects, config.shop, 'en');
      const customer = loggedInCustomer(request, parts);
      const facts = {
        title: 'Page',
        shopName: config.shop.name,
        customerName: customer && customerName(customer),
        blocks,
      };
      response.type('html').send(themePage(facts, new Html(content)));
    }),
  );
  return router;
}

async function forward(request: Request, parts: DevStoreParts): Promise<globalThis.Response> {
  const { config } = parts;
  const params = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
  // What a shopper appends under these names would be believed, so Shopify sets them itself.
  for (const name of ['shop', 'logged_in_customer_id', 'path_prefix', 'timestamp', 'signature'])
    params.delete(name);
  params.set('shop', config.shop.domain);
  params.set('logged_in_customer_id', loggedInCustomer(request, parts)?.id ?? '');
  params.set('path_prefix', config.proxyPrefix);
  params.set('timestamp', String(Math.floor(Date.now() / 1000)));
  params.set('signature', proxySignature(params, config.apiSecret));

  const headers = new Headers();
  for (const name of REQUEST_HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set('X-Forwarded-For', request.socket.remoteAddress ?? '');
  headers.set('X-Forwarded-Host', config.shop.domain);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  try {
    return await fetch(`${config.appUrl}/proxy${request.path.slice(config.proxyPrefix.length)}?${params}`, {
      method: request.method,
      headers,
      redirect: 'manual',
      ...(hasBody ? { body: new Uint8Array(bodyBytes(request)) } : {}),
    });
  } catch {
    return new globalThis.Response('There was an error in the third-party application.', { status: 502 });
  }
}
