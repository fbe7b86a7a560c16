import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import type { Log } from '../app/infra/log.server.ts';
import type { Metrics } from '../app/infra/metrics.server.ts';
import { logAccess } from './access-log.ts';
import {
  BEACON_BODY_LIMIT,
  FORM_BODY_LIMIT,
  IMPORT_BODY_LIMIT,
  limitBody,
  UPLOAD_BODY_LIMIT,
  WEBHOOK_BODY_LIMIT,
} from './body-limit.ts';
import { defaultHeaders } from './default-headers.ts';
import { webhookDoor, type WebhookDoorOptions } from './webhook-door.ts';

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    /** Only known behind a trusted proxy (TRUST_PROXY): elsewhere it would be the proxy's own. */
    clientAddress: string | null;
    requestId: string;
  }
}

export interface WebAppOptions {
  build: ServerBuild;
  /** Folder of the browser's files, build/client. */
  clientFolder: string;
  /** Number of proxies in front whose forwarded headers are believed. */
  trustProxy: number;
  log: Log;
  metrics: Metrics;
  webhooks: Omit<WebhookDoorOptions, 'log'>;
  /** What keeps the app from serving, as a sentence; null when it is ready. */
  findProblem: () => Promise<string | null>;
}

const YEAR_SECONDS = 31_536_000;
const FORWARDED_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
];

/** Shopify topics, and the compliance topics, for which Shopify wants an address of their own. */
const WEBHOOK_PATHS = ['/webhooks/shopify', '/webhooks/compliance'];
const IMPORT_PATH = '/app/surveys/import';
const BEACON_PATH = '/api/pixel';
const UPLOAD_PATHS = [
  '/s/:shop/:token/upload',
  '/s/:shop/page/:token/upload',
  '/s/:shop/test/:token/upload',
  '/proxy/upload',
];

/** Express around the Remix build. No body parser stands before it: signatures are over raw bytes. */
export function createWebApp(options: WebAppOptions): Express {
  const { log, metrics, trustProxy } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trustProxy);

  app.use(logAccess(log, metrics));
  app.use(defaultHeaders());
  app.all(WEBHOOK_PATHS, limitBody(WEBHOOK_BODY_LIMIT), webhookDoor({ ...options.webhooks, log }));
  app.get('/healthz', (_request, response) => void response.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, response) => {
    const problem = await options.findProblem().catch((error: unknown) => String(error));
    if (problem) log.warn({ problem }, 'The web process is not ready.');
    // The reason stays in the log: this answer is public.
    response
      .status(problem ? 503 : 200)
      .type('text/plain')
      .send(problem ? 'not ready\n' : 'ready\n');
  });
  app.get('/metrics', async (request, response) => {
    if (!isLocal(request, trustProxy))
      return void response.status(404).type('text/plain').send(SENTENCES[404]);
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.use((request, _response, next) => {
    // Nobody vouches for these, so nothing behind here may read them.
    if (trustProxy === 0) for (const header of FORWARDED_HEADERS) delete request.headers[header];
    next();
  });

  const assets = { immutable: true, maxAge: YEAR_SECONDS * 1000, index: false, fallthrough: false } as const;
  app.use('/assets', express.static(`${options.clientFolder}/assets`, assets));
  app.use(express.static(options.clientFolder, { maxAge: '1h', index: false, redirect: false }));

  const remix = createRequestHandler({
    build: options.build,
    mode: 'production',
    getLoadContext: (request, response) => ({
      clientAddress: trustProxy > 0 ? (request.ip ?? null) : null,
      requestId: response.locals.requestId,
    }),
  });
  app.all(IMPORT_PATH, limitBody(IMPORT_BODY_LIMIT), remix);
  app.all(BEACON_PATH, limitBody(BEACON_BODY_LIMIT), remix);
  app.all(UPLOAD_PATHS, limitBody(UPLOAD_BODY_LIMIT), remix);
  app.all('*', limitBody(FORM_BODY_LIMIT), remix);
  app.use(answerError(log));
  return app;
}

/** From this machine, and not passed on by a proxy for somebody else. */
function isLocal(request: Request, trustProxy: number): boolean {
  if (trustProxy === 0 && FORWARDED_HEADERS.some((header) => header in request.headers)) return false;
  return /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/.test(request.ip ?? '');
}

/** What no route caught: a sentence for the client, the error for the log. */
function answerError(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const status = statusOf(error);
    if (status >= 500 && !response.headersSent) {
      log.error({ err: error, requestId: response.locals.requestId }, 'A request failed.');
    }
    if (response.headersSent) {
      // The answer is out (or half out): all that is left is to end it.
      if (!response.writableEnded) next(error);
      return;
    }
    response
      .status(status)
      .type('text/plain')
      .send(SENTENCES[status] ?? 'The request could not be answered.\n');
  };
}

const SENTENCES: Record<number, string> = {
  400: 'The address or the headers of this request are malformed.\n',
  404: 'There is nothing at this address.\n',
  500: 'Something went wrong on our side. Please try again in a moment.\n',
};

function statusOf(error: unknown): number {
  if (error instanceof URIError) return 400;
  if (error instanceof TypeError && 'code' in error && error.code === 'ERR_INVALID_URL') return 400;
  if (typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number') {
    return error.status;
  }
  return 500;
}
