import { Router } from 'express';
import { html, toolPage } from './http/html.ts';
import type { DevStoreParts } from './server.ts';

/** GET / lists everything one can look at. */
export function startPageRoutes(parts: DevStoreParts): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    const { config, store, mailbox } = parts;
    const { customer, order, product, discount } = store.records;
    const surfaces: [string, string, string][] = [
      ['/admin', 'Admin', 'The app as store staff see it, embedded in the Shopify admin.'],
      [
        '/storefront',
        'Storefront',
        `${product.size} products; the theme blocks of the app are on the pages. Whoever leaves by the top is asked why.`,
      ],
      [
        '/thank-you',
        'Thank-you and order status',
        `${order.size} orders; each page hosts the survey of the checkout.`,
      ],
      [
        '/account',
        'Customer account',
        'The orders of a customer, and a page of the app: surveys by who is logged in.',
      ],
      ['/kiosk', 'Kiosk', 'The survey of the store itself, on a tablet that asks one person after another.'],
      ['/mailbox', 'Mailbox', `${mailbox.stats().received} mails the app sent.`],
      ['/clock', 'Business clock', 'Let simulated time pass: an hour, a day, a week.'],
    ];
    response.send(
      toolPage(
        config.shop.name,
        html`<p class="soft">
            ${config.shop.domain}, an offline stand-in for Shopify. ${customer.size} customers, ${order.size}
            orders, ${discount.size} discount codes made by the app.
          </p>
          <div class="cards">
            ${surfaces.map(
              ([href, title, text]) =>
                html`<a class="card" href="${href}"><b>${title}</b><span class="soft">${text}</span></a>`,
            )}
          </div>`,
      ),
    );
  });
  return router;
}
