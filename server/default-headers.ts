import type { RequestHandler } from 'express';
import { routedPath } from '../app/infra/routed-path.ts';

const EVERYWHERE = { 'X-Content-Type-Options': 'nosniff' };
/** The admin's pages and data: about people, so no cache keeps them. */
const ADMIN = { ...EVERYWHERE, 'Cache-Control': 'no-store' };
/** The shoppers' doors: their addresses hold tokens or signatures too. */
const SHOPPER = { ...ADMIN, 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' };

const BY_PLACE: ReadonlyMap<string, Record<string, string>> = new Map([
  ['app', ADMIN],
  ['api', SHOPPER],
  ['proxy', SHOPPER],
  ['s', SHOPPER],
  ['u', SHOPPER],
  ['k', SHOPPER],
]);

/**
 * Gives every answer the headers it must not go without, also the ones that no route made: refused
 * bodies, errors, documents, loader data. At the doors and in the admin these keep it private.
 * What a route says itself stays. It waits until the head is written, as Remix's adapter appends:
 * a header set before would be doubled.
 */
export function defaultHeaders(): RequestHandler {
  return (request, response, next) => {
    const defaults = Object.entries(defaultsFor(request.path));
    const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => typeof response;
    response.writeHead = (...args: unknown[]) => {
      for (const [name, value] of defaults) {
        if (!response.headersSent && !response.hasHeader(name)) response.setHeader(name, value);
      }
      return writeHead(...args);
    };
    next();
  };
}

/** A path that can't be decoded reaches no route, and its answer says nothing about anybody. */
function defaultsFor(path: string): Record<string, string> {
  const first = routedPath(path)?.split('/')[1]?.toLowerCase() ?? '';
  return BY_PLACE.get(first) ?? EVERYWHERE;
}
