import { Router } from 'express';
import { handle, RequestError } from './http/handlers.ts';
import { idToken } from './jwt.ts';
import type { DevStoreParts } from './server.ts';

/** The app answers an ordinary browser only. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
const PAGE = '/app/surveys?_data=routes%2Fapp.surveys';

/** GET /kiosk: asks the app as staff for the link of the shop's kiosk, and goes there. */
export function kioskRoutes({ config }: DevStoreParts): Router {
  const router = Router();
  router.get(
    '/kiosk',
    handle(async (_request, response) => {
      const party = { shop: config.shop.domain, apiKey: config.apiKey, apiSecret: config.apiSecret };
      const headers = { Authorization: `Bearer ${idToken(party, '1')}`, 'User-Agent': BROWSER };
      const page = await fetch(`${config.appUrl}${PAGE}`, { headers, redirect: 'manual' }).catch(() => null);
      const { kiosk } = ((await page?.json().catch(() => null)) ?? {}) as { kiosk?: unknown };
      if (typeof kiosk !== 'string')
        throw new RequestError(
          502,
          'The app did not give the link of its kiosk. Open it in the admin first, which installs it.',
        );
      response.redirect(303, kiosk);
    }),
  );
  return router;
}
