import { join } from 'node:path';
import { Router, type Request, type Response } from 'express';
import { bodyFields, handle, queryText, RequestError } from '../http/handlers.ts';
import { html, type Html } from '../http/html.ts';
import type { ProductRecord } from '../product-record.ts';
import type { OrderRecord } from '../records.ts';
import type { DevStoreParts } from '../server.ts';
import { renderBlocks, type LiquidObjects } from './blocks.ts';
import { cartCount, cartRoutes } from './cart.ts';
import { productTile, themePage } from './layout.ts';
import { pixelOn, pixelRoutes } from './pixel.ts';
import { productPicture } from './product-picture.ts';
import { CUSTOMER_COOKIE, customerName, liquidObjects, loggedInCustomer } from './session.ts';
import { loadThemeExtensions } from './theme-extension.ts';

const SHOWN = 48;
/** Pages that send a stranger here to log in. */
const ACCOUNT_PAGES = ['/account', '/account/survey'];

/** /storefront: product list, product, cart, help, account with a log-in by picking a customer, and the extensions' assets. */
export function storefrontRoutes(parts: DevStoreParts): Router {
  const { config, store } = parts;
  const router = Router();
  router.use(cartRoutes());
  router.use(pixelRoutes(parts));
  const money = (amount: string | null, currency = config.shop.currencyCode) =>
    amount === null
      ? ''
      : new Intl.NumberFormat('en', { style: 'currency', currency }).format(Number(amount));

  const show = async (
    request: Request,
    response: Response,
    template: string,
    title: string,
    content: Html,
    more: LiquidObjects = {},
  ) => {
    const objects = { ...liquidObjects(request, parts, template), ...more };
    const blocks = await renderBlocks(config.extensionsDir, template, objects, config.shop, 'en');
    const customer = loggedInCustomer(request, parts);
    const facts = {
      title,
      shopName: config.shop.name,
      customerName: customer && customerName(customer),
      blocks,
      pixel: pixelOn(request, parts, template),
    };
    response.send(themePage(facts, content));
  };

  router.get('/storefront/extensions/:extension/assets/:file', (request, response) => {
    const extension = loadThemeExtensions(config.extensionsDir).find(
      (one) => one.handle === request.params.extension,
    );
    if (extension === undefined || !/^[\w.-]+$/.test(request.params.file)) {
      response.status(404).type('text').send('There is no such asset.');
      return;
    }
    response.sendFile(request.params.file, { root: join(extension.folder, 'assets'), cacheControl: false });
  });

  router.get(
    '/storefront',
    handle((request, response) => {
      const products = [...store.records.product.values()].slice(0, SHOWN);
      const list = products.map(
        (product) =>
          html`<a href="/storefront/products/${product.handle}">
            ${productTile(product)}<b>${product.title}</b>
            <span class="price">${money(product.price)}</span>
          </a>`,
      );
      const content = html`<h1>All products</h1>
        ${list.length === 0 ? html`<p>The store has no products yet.</p>` : html`<div class="grid">${list}</div>`}`;
      return show(request, response, 'index', 'All products', content);
    }),
  );

  router.get(
    '/storefront/pictures/:id.svg',
    handle((request, response) => {
      const product = store.records.product.get(request.params['id'] ?? '');
      if (product === undefined) throw new RequestError(404, 'The store has no picture of this product.');
      response.setHeader('Cache-Control', 'max-age=3600');
      response.type('svg').send(productPicture(product));
    }),
  );

  router.get(
    '/storefront/products/:handle',
    handle((request, response) => {
      const product = findProduct(parts, request.params['handle'] ?? '');
      const content = html`<div class="product">
        ${productTile(product)}
        <div>
          <h1>${product.title}</h1>
          <p class="price">${money(product.price)}</p>
          ${product.vendor === null ? null : html`<p>By ${product.vendor}</p>`}
          <form method="post" action="/storefront/cart/add"><button>Add to cart</button></form>
          ${inCart(cartCount(request))}
        </div>
      </div>`;
      const { id, title, handle: slug, vendor, tags } = product;
      const drop = {
        id,
        title,
        handle: slug,
        vendor,
        tags,
        type: product.productType,
        price: Math.round(Number(product.price ?? 0) * 100),
      };
      return show(request, response, 'product', title, content, { product: drop });
    }),
  );

  router.get(
    '/storefront/pages/help',
    handle((request, response) => {
      const content = html`<h1>Help</h1>
        <p>How long does a delivery take? Two to four days.</p>
        <p>May I send something back? Within 30 days, whatever the reason.</p>`;
      return show(request, response, 'page', 'Help', content);
    }),
  );

  router.get(
    '/storefront/account',
    handle((request, response) => {
      const customer = loggedInCustomer(request, parts);
      if (customer === null)
        return show(
          request,
          response,
          'customers/login',
          'Log in',
          logInForm(parts, queryText(request, 'q') ?? '', returnTo(queryText(request, 'return_to'))),
        );
      const orders = store.ordersOf(customer.id).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
      const content = html`<h1>Hello, ${customerName(customer)}</h1>
        <table>
          <tr>
            <th>Order</th>
            <th>Date</th>
            <th>Total</th>
            <td></td>
          </tr>
          ${orders.map((order) => orderRow(order, money(order.money.total?.shop ?? null, order.currency)))}
        </table>
        <p><a href="/account">Customer account</a> · <a href="/account/survey">Your opinion</a></p>
        <form method="post" action="/storefront/account">
          <p><button class="plain" name="customer" value="">Log out</button></p>
        </form>`;
      return show(request, response, 'customers/account', 'Your account', content);
    }),
  );

  router.post(
    '/storefront/account',
    handle((request, response) => {
      const fields = bodyFields(request);
      const id = String(fields['customer'] ?? '');
      if (id === '') response.clearCookie(CUSTOMER_COOKIE);
      else if (store.records.customer.has(id))
        response.cookie(CUSTOMER_COOKIE, id, { httpOnly: true, sameSite: 'lax' });
      else throw new RequestError(400, `The store has no customer ${id}.`);
      response.redirect(303, returnTo(fields['return_to']) ?? '/storefront/account');
    }),
  );
  return router;
}

function findProduct(parts: DevStoreParts, handleText: string): ProductRecord {
  for (const product of parts.store.records.product.values()) {
    if (product.handle === handleText) return product;
  }
  throw new RequestError(404, `The store has no product ${handleText}.`);
}

function inCart(count: number): Html | null {
  if (count === 0) return null;
  return html`<form class="row" method="post" action="/storefront/cart/clear">
    <p class="soft">${count} in the cart</p>
    <button class="plain">Empty it</button>
  </form>`;
}

function orderRow(order: OrderRecord, total: string): Html {
  return html`<tr>
    <td>${order.name}</td>
    <td>${order.createdAt.slice(0, 10)}</td>
    <td>${total}</td>
    <td><a href="/order-status/${order.id}">Status</a></td>
  </tr>`;
}

/** The page of the customer account that asked for the log-in. */
const returnTo = (path: unknown): string | null => ACCOUNT_PAGES.find((page) => page === path) ?? null;

function logInForm(parts: DevStoreParts, search: string, backTo: string | null): Html {
  const wanted = search.toLowerCase();
  const found = [...parts.store.records.customer.values()]
    .filter((customer) => `${customerName(customer)} ${customer.email ?? ''}`.toLowerCase().includes(wanted))
    .slice(0, 200);
  const hidden = backTo === null ? null : html`<input type="hidden" name="return_to" value="${backTo}" />`;
  return html`<h1>Log in</h1>
    <p class="soft">The dev store asks for no password: choose who you are.</p>
    <form class="row" method="get">
      ${hidden}<input name="q" value="${search}" placeholder="Name or e-mail" aria-label="Search" /><button
        class="plain"
      >
        Search
      </button>
    </form>
    <form class="row" method="post" action="/storefront/account">
      ${hidden}<select name="customer" aria-label="Customer">
        ${found.map((customer) => html`<option value="${customer.id}">${customerName(customer)} (${customer.email ?? customer.id})</option>`)}
      </select>
      <button>Log in</button>
    </form>`;
}
