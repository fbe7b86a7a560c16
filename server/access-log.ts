import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { redactPath, type Log } from '../app/infra/log.server.ts';
import type { Metrics } from '../app/infra/metrics.server.ts';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Express's types are extended
  namespace Express {
    interface Locals {
      requestId: string;
    }
  }
}

/** Asked every few seconds by whoever watches the process. */
const PROBES = new Set(['/healthz', '/readyz']);

/**
 * One line per request, without the query (it carries signatures and session tokens),
 * without the client's address, and with link tokens taken out of the path, however it is spelt.
 */
export function logAccess(log: Log, metrics: Pick<Metrics, 'observeRequest'>): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    response.locals.requestId = requestId;
    const path = request.path;
    response.once('close', () => {
      const ms = performance.now() - startedAt;
      // 499: the client left before the answer was sent.
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.observeRequest(request.method, path, status, ms / 1000);
      const level =
        status >= 500 ? 'error' : path.startsWith('/assets/') || PROBES.has(path) ? 'debug' : 'info';
      if (!log.isLevelEnabled(level)) return;
      log[level](
        { requestId, method: request.method, path: redactPath(path), status, ms: Math.round(ms * 10) / 10 },
        'request',
      );
    });
    next();
  };
}
