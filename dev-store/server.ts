import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type ErrorRequestHandler } from 'express';
import { adminRoutes } from './admin/routes.ts';
import { checkoutRoutes } from './checkout/routes.ts';
import { clockRoutes } from './clock-routes.ts';
import type { DevStoreConfig } from './config.ts';
import { controlRoutes } from './control-routes.ts';
import { CostBucket } from './graphql/cost.ts';
import { RequestError } from './http/handlers.ts';
import { html, toolPage } from './http/html.ts';
import { Mailbox } from './mailbox/mailbox.ts';
import { mailboxRoutes } from './mailbox/routes.ts';
import { MailReceiver } from './mailbox/smtp.ts';
import { kioskRoutes } from './kiosk.ts';
import { TokenBook } from './oauth.ts';
import { stopBundler } from './browser-bundle.ts';
import { shopifyApiRoutes } from './shopify-api-routes.ts';
import { startPageRoutes } from './start-page.ts';
import { proxyRoutes } from './storefront/proxy.ts';
import { storefrontRoutes } from './storefront/routes.ts';
import { StoreState } from './store.ts';
import { WebhookSender } from './webhooks.ts';

/** What the parts of the dev store share. */
export interface DevStoreParts {
  config: DevStoreConfig;
  store: StoreState;
  tokens: TokenBook;
  bucket: CostBucket;
  mailbox: Mailbox;
  mail: MailReceiver;
  webhooks: WebhookSender;
  /** The dev store's own address, known once it listens. */
  baseUrl: () => string;
}

export interface DevStore {
  /** Starts both servers. `notes` are sentences worth telling, such as a port that was taken. */
  listen(): Promise<{ url: string; smtpPort: number; notes: string[] }>;
  close(): Promise<void>;
  readonly url: string;
  readonly store: StoreState;
  readonly mailbox: Mailbox;
  readonly tokens: TokenBook;
  readonly webhooks: WebhookSender;
}

/** Builds the offline Shopify stand-in; nothing listens until `listen()`. Port 0 takes a free one. */
export function createDevStore(config: DevStoreConfig): DevStore {
  const inState = (file: string) => (config.stateDir === null ? null : join(config.stateDir, file));
  let url = `http://${config.host}:${config.port}`;
  const mailbox = new Mailbox(config.stateDir);
  const { shop, apiKey, apiSecret, scopes, appUrl, apiVersion } = config;
  const parts: DevStoreParts = {
    config,
    store: new StoreState(inState('store.jsonl')),
    tokens: new TokenBook({ shop: shop.domain, apiKey, apiSecret, scopes }, inState('tokens.jsonl')),
    bucket: new CostBucket(),
    mailbox,
    mail: new MailReceiver(mailbox),
    webhooks: new WebhookSender({ appUrl, apiSecret, shop: shop.domain, apiVersion }),
    baseUrl: () => url,
  };
  const clock = clockRoutes(config.databaseUrl);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(express.raw({ type: () => true, limit: '64mb' }));
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.use(shopifyApiRoutes(parts));
  app.use(controlRoutes(parts));
  app.use(mailboxRoutes(mailbox));
  app.use(clock.router);
  app.use(adminRoutes(parts));
  app.use(proxyRoutes(parts));
  app.use(storefrontRoutes(parts));
  app.use(checkoutRoutes(parts));
  app.use(kioskRoutes(parts));
  app.use(startPageRoutes(parts));
  app.use((request, response) => {
    const page = toolPage('Not found', html`<p>The dev store has no page ${request.path}.</p>`);
    response.status(404).send(page);
  });
  app.use(onError);
  const server = createServer(app);
  server.keepAliveTimeout = 65_000;

  return {
    get url() {
      return url;
    },
    store: parts.store,
    mailbox,
    tokens: parts.tokens,
    webhooks: parts.webhooks,
    async listen() {
      const notes: string[] = [];
      const port = await claimPort('DEV_STORE_PORT', config.port, config, notes, (wanted) =>
        listenHttp(server, wanted, config.host),
      );
      url = `http://${config.host}:${port}`;
      const smtpPort = await claimPort('MAIL_SMTP_PORT', config.smtpPort, config, notes, (wanted) =>
        parts.mail.listen(wanted, config.host),
      );
      return { url, smtpPort, notes };
    },
    async close() {
      parts.webhooks.close();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      await parts.mail.close();
      await Promise.all([
        clock.close(),
        parts.store.close(),
        parts.tokens.close(),
        mailbox.close(),
        stopBundler(),
      ]);
    },
  };
}

function listenHttp(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * Listens on the wanted port; where it is taken, on a free one if the configuration allows that.
 * @throws Error with a sentence naming the variable to change.
 */
async function claimPort(
  name: string,
  wanted: number,
  config: DevStoreConfig,
  notes: string[],
  listen: (port: number) => Promise<number>,
): Promise<number> {
  try {
    return await listen(wanted);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : 'may not be opened by this user';
    if (!config.freePortIfTaken) {
      throw new Error(
        `Port ${wanted} (${name}) ${why}. Set ${name} to another port or to 0 for a free one.`,
        { cause: error },
      );
    }
    const port = await listen(0);
    notes.push(`Port ${wanted} (${name}) ${why}; using ${port} instead.`);
    return port;
  }
}

const onError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const tooLarge = (error as { type?: string }).type === 'entity.too.large';
  const status = error instanceof RequestError ? error.status : tooLarge ? 413 : 500;
  const message = error instanceof Error ? error.message : String(error);
  if (status === 500) process.stderr.write(`The dev store failed to answer: ${message}\n`);
  response.status(status);
  // Programs get JSON; a person with a browser gets a page.
  if (request.accepts(['json', 'html']) === 'html')
    response.send(toolPage('Not possible', html`<p>${message}</p>`));
  else response.json({ error: message });
};
