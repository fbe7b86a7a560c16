import { html, raw, type Html } from '../http/html.ts';
import type { ProductRecord } from '../product-record.ts';
import type { RenderedBlocks } from './blocks.ts';
import { hueOf } from './product-picture.ts';

interface PageFacts {
  title: string;
  shopName: string;
  customerName: string | null;
  blocks: RenderedBlocks;
  /** What runs the app's web pixel. */
  pixel?: Html | null;
}

/** The theme: header, the page's own content, then the app's blocks. */
export function themePage(facts: PageFacts, content: Html): string {
  const { title, shopName, customerName, blocks, pixel = null } = facts;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${shopName}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(THEME_CSS)}
        </style>
        <script>
          ${raw(CONSENT)};
        </script>
        ${blocks.head}
      </head>
      <body>
        <header class="shop">
          <a class="logo" href="/storefront">${shopName}</a>
          <nav>
            <a href="/storefront">Shop</a>
            <a href="/storefront/pages/help">Help</a>
            <a href="/storefront/account">${customerName ?? 'Log in'}</a>
          </nav>
        </header>
        <main>${content} ${blocks.section}</main>
        <footer>© ${shopName} ${pixel}</footer>
        ${blocks.body}
      </body>
    </html>`.text;
}

/** The product's picture, or a tile in a colour of its own while it has none. */
export function productTile({ id, title, image }: ProductRecord): Html {
  if (image) return html`<img class="tile" src="${image.src}" alt="" />`;
  const letters = title
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2);
  return html`<span class="tile" style="--hue:${hueOf(id)}" aria-hidden="true"
    >${letters.toUpperCase()}</span
  >`;
}

/** As Shopify's script says it of a visitor from where nobody need be asked: allowed until it is refused. */
const CONSENT = `window.Shopify ??= { customerPrivacy: {
  preferencesProcessingAllowed: () => true,
  analyticsProcessingAllowed: () => !document.cookie.includes('dev_store_analytics=no'),
  setTrackingConsent({ analytics }) {
    document.cookie = 'dev_store_analytics=' + (analytics ? 'yes' : 'no') + '; path=/; SameSite=Lax';
    document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail: { analyticsAllowed: analytics } }));
  } } };`;

const THEME_CSS = `
*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#22262b;background:#fff}
a{color:inherit}header.shop{display:flex;justify-content:space-between;align-items:center;padding:20px max(24px,calc(50% - 560px));border-bottom:1px solid #ececec}
.logo{font-weight:700;font-size:20px;text-decoration:none;letter-spacing:-.01em}nav{display:flex;gap:24px}nav a{text-decoration:none}nav a:hover{text-decoration:underline}
main{max-width:1120px;margin:0 auto;padding:32px 24px 64px}h1{font-size:30px;line-height:1.2;letter-spacing:-.02em;margin:0 0 24px}h2{font-size:20px}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:24px}.grid a{text-decoration:none;display:block}
.tile{display:grid;width:100%;place-items:center;aspect-ratio:1;border-radius:14px;font-size:44px;font-weight:650;color:hsl(var(--hue) 35% 32%);background:linear-gradient(140deg,hsl(var(--hue) 45% 92%),hsl(var(--hue) 40% 82%))}
.grid b{display:block;margin-top:10px;font-weight:550}.price{color:#5b6470}
.product{display:grid;grid-template-columns:1fr 1fr;gap:48px;align-items:start;margin-bottom:48px}@media(max-width:700px){.product{grid-template-columns:1fr;gap:24px}}
button,.button{font:inherit;font-weight:550;padding:12px 24px;border-radius:10px;border:1px solid #22262b;background:#22262b;color:#fff;cursor:pointer;text-decoration:none;display:inline-block}
button.plain{background:#fff;color:#22262b}select,input{font:inherit;padding:11px 12px;border:1px solid #c6ccd3;border-radius:10px;max-width:100%}
table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:12px 8px;border-bottom:1px solid #ececec}
footer{max-width:1120px;margin:0 auto;padding:24px;color:#5b6470;border-top:1px solid #ececec;font-size:14px}
.shopify-app-block{margin-top:40px}.liquid-error{background:#fdecea;border-radius:8px;padding:12px}.soft{color:#5b6470}
form.row{display:flex;gap:12px;flex-wrap:wrap}
`;
