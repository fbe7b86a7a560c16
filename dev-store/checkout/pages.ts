import { html, raw, type Html } from '../http/html.ts';
import type { OrderRecord } from '../records.ts';

/** A page of an account: the list of orders with a block, or a page that is the extension's own. */
export type AccountSurface = 'order-index' | 'account-page';
type OrderSurface = 'thank-you' | 'order-status';
export type Surface = OrderSurface | AccountSurface;

/** Where the extension renders on a page. */
export interface Place {
  target: string;
  /** null: no extension of the app renders there. */
  frameUrl: string | null;
}

/** The order's page as a shopper sees it after buying, with the extension's frame in the main column. */
export function orderPage(
  surface: OrderSurface,
  shopName: string,
  order: OrderRecord,
  buyer: string,
  place: Place,
): string {
  const heading = surface === 'thank-you' ? `Thank you, ${buyer.split(/[ @]/)[0]}!` : `Order ${order.name}`;
  const to = order.shippingAddress;
  const address = [to?.name, to?.address1, to?.city, to?.country].filter(Boolean).join(', ');
  return shopperPage(
    `${heading} · ${shopName}`,
    html`<a href="/storefront">${shopName}</a>`,
    html`<div class="columns">
      <main>
        <p class="soft">Order ${order.name} · ${order.createdAt.slice(0, 10)}</p>
        <h1>${heading}</h1>
        <section>
          <b>${order.cancelledAt === null ? 'Your order is confirmed' : 'Your order was cancelled'}</b>
          <p>
            ${surface === 'thank-you' ? 'You will receive an e-mail when it ships.' : `Placed by ${buyer}.`}
          </p>
        </section>
        ${extensionFrame(place)}
        ${
          address === ''
            ? null
            : html`<section>
                <b>Shipping address</b>
                <p>${address}</p>
              </section>`
        }
      </main>
      <aside>
        ${order.lines.map(
          (line) =>
            html`<div class="line">
              <span>${line.quantity} × ${line.title}</span>
              <span>${money(line.quantity * Number(line.unitPrice.shop), order)}</span>
            </div>`,
        )}
        <div class="line total"><b>Total</b><b>${money(order.money.total?.shop, order)}</b></div>
      </aside>
    </div>`,
  );
}

/** A page of the account that Shopify hosts for the customer. */
export function accountPage(
  surface: AccountSurface,
  shopName: string,
  customer: string,
  orders: OrderRecord[],
  place: Place,
): string {
  const content =
    surface === 'account-page'
      ? extensionFrame(place)
      : html`<h1>Orders</h1>
          ${extensionFrame(place)}
          ${orders.map(
            (order) =>
              html`<section>
                <div class="line">
                  <a href="/order-status/${order.id}"><b>${order.name}</b></a>
                  <span>${order.createdAt.slice(0, 10)}</span>
                  <span>${money(order.money.total?.shop, order)}</span>
                </div>
              </section>`,
          )}`;
  return shopperPage(
    `${surface === 'account-page' ? 'Your opinion' : 'Orders'} · ${shopName}`,
    html`<a href="/storefront">${shopName}</a>
      <nav>
        <a href="/account">Orders</a><a href="/account/survey">Your opinion</a>
        <a href="/storefront/account">${customer}</a>
      </nav>`,
    html`<main class="narrow">${content}</main>`,
  );
}

function money(amount: string | number | undefined, { currency }: OrderRecord): string {
  if (amount === undefined) return '';
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(Number(amount));
}

function extensionFrame({ target, frameUrl }: Place): Html {
  return frameUrl === null
    ? html`<section class="soft">No UI extension of the app renders at ${target} yet.</section>`
    : html`<iframe id="extension" title="Survey" src="${frameUrl}"></iframe>`;
}

/** A page of the shop, whose frame is as high as the extension in it. */
function shopperPage(title: string, header: Html, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(PAGE_CSS)}
        </style>
      </head>
      <body>
        <header>${header}</header>
        ${content}
        <script>
          addEventListener('message', (event) => {
            const frame = document.getElementById('extension');
            if (event.origin !== location.origin || event.source !== frame?.contentWindow) return;
            if (typeof event.data?.extensionHeight === 'number')
              frame.style.height = event.data.extensionHeight + 'px';
          });
        </script>
      </body>
    </html>`.text;
}

/** The frame in which the extension is the whole document, as in Shopify's sandbox. */
export function framePage(surface: Surface, locale: string, settings: Html): string {
  const dir = /^(ar|fa|he|ur)\b/.test(locale) ? 'rtl' : 'ltr';
  return html`<!doctype html>
    <html lang="${locale}" dir="${dir}">
      <head>
        <meta charset="utf-8" />
        <title>Extension</title>
        <style>
          ${raw(FRAME_CSS)}
        </style>
        <script type="application/json" id="host-settings">
          ${settings}
        </script>
        <script src="/dev-store/checkout-host.js"></script>
      </head>
      <body>
        <script src="/dev-store/ui-extension/${surface}.js" onerror="extensionFailed()"></script>
      </body>
    </html>`.text;
}

const PAGE_CSS = `
*{box-sizing:border-box}body{margin:0;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#22262b;background:#fff}
header{display:flex;flex-wrap:wrap;gap:8px 24px;justify-content:space-between;align-items:center;padding:20px max(24px,calc(50% - 500px));border-bottom:1px solid #e6e6e6}
header a{color:inherit;text-decoration:none}header>a{font-weight:700;font-size:19px}nav{display:flex;flex-wrap:wrap;gap:8px 20px}.narrow{max-width:760px;margin:0 auto}
.columns{display:grid;grid-template-columns:minmax(0,1fr) 340px;max-width:1048px;margin:0 auto}main{padding:28px 24px}
aside{background:#f6f6f6;padding:28px 24px;min-height:70vh;border-left:1px solid #e6e6e6}h1{font-size:24px;margin:0 0 20px}
section{border:1px solid #dedede;border-radius:10px;padding:16px 18px;margin:0 0 16px}section p{margin:4px 0 0}.soft{color:#5b6470;margin:0 0 4px}
iframe{width:100%;height:180px;border:0;box-shadow:0 0 0 1px #dedede;border-radius:10px;margin:0 0 16px;display:block}
.line{display:flex;justify-content:space-between;gap:16px;padding:8px 0}.total{border-top:1px solid #dedede;margin-top:8px;padding-top:16px}
@media(max-width:760px){.columns{grid-template-columns:1fr}aside{min-height:0;border-left:0;border-top:1px solid #e6e6e6}}
`;

/** Look of the layout elements; the interactive ones bring their own (browser/checkout-elements.ts). */
const FRAME_CSS = `
*{box-sizing:border-box}html{background:#fff}body{margin:0;padding:16px 18px;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#22262b}
s-stack,s-block-stack{display:flex;flex-direction:column;align-items:stretch;gap:var(--gap,0)}s-stack[direction=inline]{flex-direction:row;flex-wrap:wrap;align-items:center}
s-stack[gap=base],s-grid[gap=base]{--gap:14px}s-stack[gap^=small],s-grid[gap^=small]{--gap:8px}s-stack[gap^=large],s-grid[gap^=large]{--gap:22px}
s-stack[alignitems=center]{align-items:center}s-stack[justifycontent=center]{justify-content:center}s-stack[justifycontent=space-between]{justify-content:space-between}
s-grid{display:grid;gap:var(--gap,0)}s-box,s-page,s-section,s-form,s-paragraph,s-heading,s-banner,s-choice-list,s-text-area,s-text-field{display:block}
s-box[padding]{padding:14px}s-box[border]{border:1px solid #dedede;border-radius:8px}s-heading{font-weight:650;font-size:17px}
s-text[type=strong],s-text[tone=strong]{font-weight:650}s-text[tone=subdued],s-text[color=subdued],s-paragraph[color=subdued],s-paragraph[tone=subdued]{color:#5b6470}
s-text[tone=critical]{color:#b42318}s-text[type=small],s-paragraph[type=small]{font-size:13px}s-divider{display:block;border-top:1px solid #dedede}s-choice{display:none}
`;
