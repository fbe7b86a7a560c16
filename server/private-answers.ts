import type { RequestHandler } from 'express';
import { routedPath } from '../app/infra/routed-path.ts';

/** The admin's pages and data: about people, so no cache keeps them. */
const ADMIN = { 'Cache-Control': 'no-store' };
/** The shoppers' doors: their addresses hold tokens or signatures too. */
const SHOPPER = { ...ADMIN, 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' };

const DEFAULTS: Record<string, Record<string, string>> = {
  app: ADMIN,
  api: SHOPPER,
  proxy: SHOPPER,
  s: SHOPPER,
  u: SHOPPER,
};

/**
 * Gives every answer of the doors and of the admin the headers that keep it private, also the ones
 * that no route made: refused bodies, errors, documents, loader data. What a route says itself stays.
 * It waits until the head is written, as Remix's adapter appends: a header set before would be doubled.
 */
export function keepAnswersPrivate(): RequestHandler {
  return (request, response, next) => {
    const defaults = defaultsFor(request.path);
    if (defaults) {
      const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => typeof response;
      response.writeHead = (...args: unknown[]) => {
        for (const [name, value] of Object.entries(defaults)) {
          if (!response.headersSent && !response.hasHeader(name)) response.setHeader(name, value);
        }
        return writeHead(...args);
      };
    }
    next();
  };
}

/** A path that can't be decoded reaches no route, and its answer says nothing about anybody. */
function defaultsFor(path: string): Record<string, string> | undefined {
  const first = routedPath(path)?.split('/')[1]?.toLowerCase() ?? '';
  return Object.hasOwn(DEFAULTS, first) ? DEFAULTS[first] : undefined;
}
