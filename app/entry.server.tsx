import { PassThrough } from 'node:stream';
import {
  type ActionFunctionArgs,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { deps } from './infra/deps.server.ts';
import { redactPath } from './infra/log.server.ts';
import { addDocumentResponseHeaders } from './shopify.server.ts';

const ABORT_AFTER_MS = 5_000;

/** Only these pages may stand in the Shopify admin's frame; the others set headers of their own. */
const EMBEDDED = /^\/(app|auth)(\/|$)/;

/** Renders a document; robots get it in one piece, people as soon as its frame stands. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
) {
  if (EMBEDDED.test(new URL(request.url).pathname)) allowFrame(request, headers);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady';

  return new Promise<Response>((resolve, reject) => {
    let responseStatus = status;
    let shellSent = false;
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={context} url={request.url} />, {
      [ready]: () => {
        shellSent = true;
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }));
        pipe(body);
      },
      onShellError: reject,
      onError: (error) => {
        responseStatus = 500;
        // Before the shell is sent, the rejection above is logged by handleError.
        if (shellSent) deps().log.error({ err: error }, 'A page could not be rendered to its end.');
      },
    });
    setTimeout(abort, ABORT_AFTER_MS).unref();
  });
}

/** Logs what a loader, an action or the rendering threw; never the address, which may carry a session token. */
export function handleError(error: unknown, { request }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (request.signal.aborted) return;
  // An address that leads nowhere is the visitor's mistake; the access log has it.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  deps().log.error(
    { err: error, path: redactPath(new URL(request.url).pathname), method: request.method },
    'A request failed.',
  );
}

/** Shopify's admin may frame the app; so may the stand-in's, where there is one (never in production). */
function allowFrame(request: Request, headers: Headers) {
  addDocumentResponseHeaders(request, headers);
  const { appBridgeUrl, devStoreUrl } = deps().config;
  // The library asks for Shopify's script early, whichever one the page then uses.
  if (appBridgeUrl && headers.has('Link')) {
    headers.set('Link', `<${appBridgeUrl}>; rel="preload"; as="script";`);
  }
  const policy = headers.get('Content-Security-Policy');
  if (devStoreUrl && policy) {
    headers.set('Content-Security-Policy', policy.replace(/;?\s*$/, ` ${new URL(devStoreUrl).origin};`));
  }
}
