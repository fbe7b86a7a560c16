import { Router, type Request } from 'express';
import { browserScript, extensionScript } from '../browser-bundle.ts';
import { handle, queryText, RequestError } from '../http/handlers.ts';
import { html, scriptJson, toolPage } from '../http/html.ts';
import type { OrderRecord } from '../records.ts';
import type { DevStoreParts } from '../server.ts';
import { customerName, loggedInCustomer } from '../storefront/session.ts';
import { findUiExtension } from './extension.ts';
import { accountPage, framePage, orderPage, type Place, type Surface } from './pages.ts';

const TARGETS: Record<Surface, string> = {
  'thank-you': 'purchase.thank-you.block.render',
  'order-status': 'customer-account.order-status.block.render',
  'order-index': 'customer-account.order-index.block.render',
  'account-page': 'customer-account.page.render',
};

/**
 * /thank-you and /order-status: an order's page with the app's UI extension running in a frame. /account: the same for
 * the pages of a customer who is logged in.
 */
export function checkoutRoutes(parts: DevStoreParts): Router {
  const { config, store } = parts;
  const router = Router();
  const orderOf = (request: Request): OrderRecord => {
    const id = request.params['orderId'] ?? '';
    const order = store.records.order.get(id);
    if (order === undefined)
      throw new RequestError(404, `The store has no order ${id}. See /thank-you for the latest ones.`);
    return order;
  };
  const surfaceOf = (request: Request): Surface => {
    const surface = request.params['surface'] ?? '';
    if (Object.hasOwn(TARGETS, surface)) return surface as Surface;
    throw new RequestError(404, `A UI extension is hosted at ${Object.keys(TARGETS).join(', ')}.`);
  };
  /** `path` names the surface, and the order if the page is about one. */
  const placeOf = (surface: Surface, path: string, request: Request): Place => {
    const target = TARGETS[surface];
    const query = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
    const frameUrl = findUiExtension(config.extensionsDir, target) && `/dev-store/ui-frame/${path}?${query}`;
    return { target, frameUrl };
  };

  router.get(
    '/dev-store/checkout-host.js',
    handle(async (_request, response) => {
      response.type('text/javascript').send(await browserScript('checkout-host'));
    }),
  );

  /** The built extension; a build error is shown in the frame as text. */
  router.get(
    '/dev-store/ui-extension/:surface.js',
    handle(async (request, response) => {
      const extension = findUiExtension(config.extensionsDir, TARGETS[surfaceOf(request)]);
      if (extension === null)
        throw new RequestError(404, `No UI extension renders at ${TARGETS[surfaceOf(request)]}.`);
      response
        .type('text/javascript')
        .send(await extensionScript(extension.module, extension.target, config.appUrl));
    }),
  );

  /** What the frame's script makes the global `shopify` of; `order` is what the page is about, if anything. */
  const frame = (request: Request, order: OrderRecord | null): string => {
    const surface = surfaceOf(request);
    const target = TARGETS[surface];
    const extension = findUiExtension(config.extensionsDir, target);
    if (extension === null) throw new RequestError(404, `No UI extension renders at ${target}.`);
    const { apiVersion, locales, defaultLocale } = extension;
    const locale = queryText(request, 'locale') ?? order?.locale ?? 'en';
    const { domain, name, ianaTimezone, currencyCode } = config.shop;
    const settings = {
      surface,
      target,
      apiVersion,
      locale,
      locales,
      defaultLocale,
      settings: parseSettings(queryText(request, 'settings')),
      shop: { domain, name, storefrontUrl: `${parts.baseUrl()}/storefront` },
      timezone: ianaTimezone,
      currency: order?.currency ?? currencyCode,
      country: order?.shippingAddress?.countryCode ?? null,
      customerId: loggedInCustomer(request, parts)?.id ?? null,
      order: order && orderFacts(parts, order),
    };
    return framePage(surface, locale, scriptJson(settings));
  };
  router.get(
    '/dev-store/ui-frame/:surface/:orderId',
    handle((request, response) => {
      response.send(frame(request, orderOf(request)));
    }),
  );
  router.get(
    '/dev-store/ui-frame/:surface',
    handle((request, response) => {
      response.send(frame(request, null));
    }),
  );

  for (const [path, surface] of [
    ['/account', 'order-index'],
    ['/account/survey', 'account-page'],
  ] as const) {
    router.get(path, (request, response) => {
      const customer = loggedInCustomer(request, parts);
      if (customer === null) {
        response.redirect(303, `/storefront/account?${new URLSearchParams({ return_to: path })}`);
        return;
      }
      const orders = store.ordersOf(customer.id).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
      const place = placeOf(surface, surface, request);
      response.send(accountPage(surface, config.shop.name, customerName(customer), orders, place));
    });
  }

  for (const surface of ['thank-you', 'order-status'] as const) {
    router.get(`/${surface}`, (_request, response) => {
      const latest = [...store.records.order.values()]
        .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
        .slice(0, 50);
      const list = html`<table>
        <tr>
          <th>Order</th>
          <th>Customer</th>
          <th>Placed</th>
          <td></td>
        </tr>
        ${latest.map(
          (order) =>
            html`<tr>
              <td>
                <a href="/thank-you/${order.id}"><b>${order.name}</b></a>
              </td>
              <td>${buyer(parts, order)}</td>
              <td>${order.createdAt.slice(0, 10)}</td>
              <td>
                <a href="/thank-you/${order.id}">Thank-you</a> ·
                <a href="/order-status/${order.id}">Status</a>
              </td>
            </tr>`,
        )}
      </table>`;
      response.send(
        toolPage(
          'Thank-you and order status',
          latest.length === 0 ? html`<p>The store has no orders yet.</p>` : list,
        ),
      );
    });
    router.get(
      `/${surface}/:orderId`,
      handle((request, response) => {
        const order = orderOf(request);
        const place = placeOf(surface, `${surface}/${order.id}`, request);
        response.send(orderPage(surface, config.shop.name, order, buyer(parts, order), place));
      }),
    );
  }
  return router;
}

function buyer(parts: DevStoreParts, order: OrderRecord): string {
  const customer = order.customerId === null ? undefined : parts.store.records.customer.get(order.customerId);
  return customer === undefined ? (order.email ?? 'Guest') : customerName(customer);
}

/** What the page of an order knows of it. */
function orderFacts({ store }: DevStoreParts, order: OrderRecord) {
  const { id, name, confirmationNumber, processedAt, cancelledAt, customerId, createdAt } = order;
  const ofCustomer = customerId === null ? [] : store.ordersOf(customerId);
  return {
    id,
    name,
    confirmationNumber,
    processedAt,
    cancelledAt,
    isFirstOrder: !ofCustomer.some((one) => one.createdAt < createdAt),
    total: order.money.total?.shop ?? null,
    lines: order.lines.map((line) => ({
      id: line.id,
      title: line.title,
      quantity: line.quantity,
      productId: line.productId,
      variantId: line.variantId,
    })),
  };
}

/** Merchant settings of the block can be tried out as ?settings={"key":"value"}. */
function parseSettings(text: string | null): Record<string, unknown> {
  if (text === null) return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new RequestError(400, 'The parameter "settings" must be a JSON object.');
  }
}
