import { Router, type Request } from 'express';
import { browserScript, pixelScript } from '../browser-bundle.ts';
import type { PixelPage } from '../browser/pixel-messages.ts';
import { handle, RequestError } from '../http/handlers.ts';
import { html, raw, type Html } from '../http/html.ts';
import type { DevStoreParts } from '../server.ts';
import { findPixelExtension } from './pixel-extension.ts';
import { loggedInCustomer } from './session.ts';

/** The scripts of the app's web pixel: the page's, and the sandbox with the pixel itself. */
export function pixelRoutes({ config }: DevStoreParts): Router {
  const router = Router();
  router.get(
    '/storefront/pixel/page.js',
    handle(async (_request, response) => {
      response.type('js').send(await browserScript('pixel-page'));
    }),
  );
  router.get(
    '/storefront/pixel/sandbox.js',
    handle(async (_request, response) => {
      const extension = findPixelExtension(config.extensionsDir);
      if (extension === null) throw new RequestError(404, 'The app has no web pixel.');
      const scripts = [browserScript('pixel-sandbox'), pixelScript(extension.module, config.appUrl)];
      response.type('js').send((await Promise.all(scripts)).join('\n'));
    }),
  );
  return router;
}

/** What runs the pixel on a page, with the visitor's choice; null while the app has not switched it on. */
export function pixelOn(request: Request, parts: DevStoreParts, template: string): Html | null {
  const { webPixel } = parts.store;
  const extension = findPixelExtension(parts.config.extensionsDir);
  if (webPixel === null || extension === null) return null;
  const customer = loggedInCustomer(request, parts);
  const page: PixelPage = {
    settings: webPixel.settings,
    customer: customer && { id: customer.id },
    events: ['page_viewed', ...(template === 'product' ? ['product_viewed'] : [])],
    needsAnalytics: extension.needsAnalytics,
  };
  const json = JSON.stringify(page).replaceAll('<', '\\u003c');
  return html`<button type="button" class="plain" id="dev-store-consent"></button>
    <script type="application/json" id="dev-store-pixel">
      ${raw(json)}
    </script>
    <script src="/storefront/pixel/page.js" defer></script>`;
}
