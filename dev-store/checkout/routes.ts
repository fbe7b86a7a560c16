import { Router, type Request } from 'express';
import { browserScript, extensionScript } from '../browser-bundle.ts';
import { handle, queryText, RequestError } from '../http/handlers.ts';
import { html, scriptJson, toolPage } from '../http/html.ts';
import type { OrderRecord } from '../records.ts';
import type { DevStoreParts } from '../server.ts';
import { customerName, loggedInCustomer } from '../storefront/session.ts';
import { findUiExtension } from './extension.ts';
import { framePage, orderPage } from './pages.ts';

const TARGETS = {
  'thank-you': 'purchase.thank-you.block.render',
  'order-status': 'customer-account.order-status.block.render',
} as const;
type Surface = keyof typeof TARGETS;

/** /thank-you and /order-status: an order's page with the app's UI extension running in a frame. */
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
    const surface = request.params['surface'];
    if (surface === 'thank-you' || surface === 'order-status') return surface;
    throw new RequestError(404, 'A UI extension is hosted at thank-you and at order-status.');
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

  router.get(
    '/dev-store/ui-frame/:surface/:orderId',
    handle((request, response) => {
      const surface = surfaceOf(request);
      const order = orderOf(request);
      const extension = findUiExtension(config.extensionsDir, TARGETS[surface]);
      if (extension === null) throw new RequestError(404, `No UI extension renders at ${TARGETS[surface]}.`);
      const customer = loggedInCustomer(request, parts);
      const locale = queryText(request, 'locale') ?? order.locale ?? 'en';
      const earlier =
        order.customerId === null
          ? []
          : store.ordersOf(order.customerId).filter((one) => one.createdAt < order.createdAt);
      const settings = {
        surface,
        target: TARGETS[surface],
        apiVersion: extension.apiVersion,
        locale,
        locales: extension.locales,
        defaultLocale: extension.defaultLocale,
        settings: parseSettings(queryText(request, 'settings')),
        shop: {
          domain: config.shop.domain,
          name: config.shop.name,
          storefrontUrl: `${parts.baseUrl()}/storefront`,
        },
        timezone: config.shop.ianaTimezone,
        customerId: customer?.id ?? null,
        order: {
          id: order.id,
          name: order.name,
          confirmationNumber: order.confirmationNumber,
          processedAt: order.processedAt,
          cancelledAt: order.cancelledAt,
          isFirstOrder: earlier.length === 0,
          currency: order.currency,
          country: order.shippingAddress?.countryCode ?? null,
          total: order.money.total?.shop ?? null,
          lines: order.lines.map((line) => ({
            id: line.id,
            title: line.title,
            quantity: line.quantity,
            productId: line.productId,
            variantId: line.variantId,
          })),
        },
      };
      response.send(framePage(surface, scriptJson(settings)));
    }),
  );

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
        const present = findUiExtension(config.extensionsDir, TARGETS[surface]) !== null;
        const frame = present
          ? `/dev-store/ui-frame/${surface}/${order.id}?${new URLSearchParams(request.originalUrl.split('?')[1] ?? '')}`
          : null;
        response.send(
          orderPage(surface, config.shop.name, order, buyer(parts, order), frame, TARGETS[surface]),
        );
      }),
    );
  }
  return router;
}

function buyer(parts: DevStoreParts, order: OrderRecord): string {
  const customer = order.customerId === null ? undefined : parts.store.records.customer.get(order.customerId);
  return customer === undefined ? (order.email ?? 'Guest') : customerName(customer);
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
