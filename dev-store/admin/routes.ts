import { createHmac } from 'node:crypto';
import { Router } from 'express';
import { browserScript } from '../browser-bundle.ts';
import { handle } from '../http/handlers.ts';
import { html, scriptJson, toolPage } from '../http/html.ts';
import { idToken } from '../jwt.ts';
import type { DevStoreParts } from '../server.ts';
import { adminPage } from './page.ts';

const APP_HOME = '/admin/apps/aftercare';
/** Where the embedded app lives in the web app. */
const APP_BASE = '/app';

/** GET /admin and below, and the scripts of both sides of the frame. */
export function adminRoutes(parts: DevStoreParts): Router {
  const { config } = parts;
  const router = Router();
  const script = (path: string, name: string) =>
    router.get(
      path,
      handle(async (_request, response) => {
        response.type('text/javascript').send(await browserScript(name));
      }),
    );
  script('/app-bridge.js', 'app-bridge');
  script('/dev-store/admin-frame.js', 'admin-frame');

  router.get('/admin', (_request, response) => response.redirect(302, APP_HOME));
  router.get([APP_HOME, `${APP_HOME}/*`], (request, response) => {
    const path = request.path.slice(APP_HOME.length);
    const query = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
    const frameUrl = `${config.appUrl}${APP_BASE}${path}?${embeddedQuery(parts, query)}`;
    const settings = { appOrigin: new URL(config.appUrl).origin, base: APP_HOME, appBase: APP_BASE };
    response.send(adminPage(config.shop.name, frameUrl, scriptJson(settings)));
  });
  // Links from the app into the rest of the admin, such as an order's page.
  router.get(/^\/admin\/(.+)$/, (request, response) => {
    const page = html`<p>
        ${request.path} is a page of Shopify's own admin, which the dev store does not have.
      </p>
      <p><a class="button" href="${APP_HOME}">Back to the app</a></p>`;
    response.status(404).send(toolPage('Outside of the app', page));
  });
  return router;
}

/** The query with which the admin opens an embedded app, signed like Shopify does. */
function embeddedQuery(parts: DevStoreParts, query: URLSearchParams): URLSearchParams {
  const { shop, apiKey, apiSecret } = { ...parts.config, shop: parts.config.shop.domain };
  const handleOf = shop.replace('.myshopify.com', '');
  query.set('embedded', '1');
  query.set('host', Buffer.from(`admin.shopify.com/store/${handleOf}`).toString('base64').replace(/=+$/, ''));
  query.set('id_token', idToken({ shop, apiKey, apiSecret }, '1'));
  query.set('locale', 'en');
  query.set('session', createHmac('sha256', apiSecret).update(shop).digest('hex'));
  query.set('shop', shop);
  query.set('timestamp', String(Math.floor(Date.now() / 1000)));
  query.sort();
  query.set('hmac', createHmac('sha256', apiSecret).update(query.toString()).digest('hex'));
  return query;
}
