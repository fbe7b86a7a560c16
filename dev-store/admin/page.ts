import { html, raw, type Html } from '../http/html.ts';

const SECTIONS = [
  'Home',
  'Orders',
  'Products',
  'Customers',
  'Marketing',
  'Discounts',
  'Content',
  'Analytics',
];

/** The admin's chrome around the embedded app: top bar, navigation with the app's own links, title and save bar. */
export function adminPage(shopName: string, frameUrl: string, settings: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Aftercare · ${shopName} · Admin</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(ADMIN_CSS)}
        </style>
      </head>
      <body>
        <header class="top">
          <a class="brand" href="/">${shopName}</a>
          <div class="search" id="search" aria-hidden="true">Search</div>
          <div id="save-bar" hidden>
            <span>Unsaved changes</span>
            <div id="save-buttons"></div>
          </div>
          <div class="who" aria-hidden="true">${initials(shopName)}</div>
        </header>
        <div id="loading" hidden></div>
        <nav class="side" aria-label="Admin">
          ${SECTIONS.map((name) => html`<span class="off">${name}</span>`)}
          <p>Sales channels</p>
          <a href="/storefront">Online store</a>
          <p>Apps</p>
          <a class="app" href="/admin/apps/aftercare">Aftercare</a>
          <div id="app-nav"></div>
          <p>Dev store</p>
          <a href="/mailbox">Mailbox</a>
          <a href="/clock">Clock</a>
        </nav>
        <main>
          <div class="titlebar">
            <span class="mark" aria-hidden="true">A</span>
            <b id="app-title">Aftercare</b>
            <div id="title-buttons"></div>
          </div>
          <iframe id="app" title="Aftercare" src="${frameUrl}" allow="clipboard-write"></iframe>
        </main>
        <div id="toasts" aria-live="polite"></div>
        <script type="application/json" id="frame-settings">
          ${settings}
        </script>
        <script src="/dev-store/admin-frame.js"></script>
      </body>
    </html>`.text;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
    .slice(0, 2);
}

const ADMIN_CSS = `
*{box-sizing:border-box}html,body{height:100%;margin:0}
body{font:13px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#303030;background:#1a1a1a;display:grid;grid-template:56px 1fr/240px 1fr}
.top{grid-column:1/-1;display:flex;align-items:center;gap:16px;padding:0 16px;color:#e3e3e3}
.brand{color:#fff;font-weight:650;font-size:15px;text-decoration:none;white-space:nowrap;min-width:208px}
.search{flex:1;max-width:560px;margin:0 auto;background:#303030;border:1px solid #616161;border-radius:10px;padding:7px 14px;color:#b5b5b5}
#save-bar{flex:1;max-width:560px;margin:0 auto;display:flex;align-items:center;justify-content:space-between;background:#303030;border:1px solid #616161;border-radius:10px;padding:4px 6px 4px 14px}
#save-bar[hidden]{display:none}.search:has(+#save-bar:not([hidden])){display:none}
.who{width:30px;height:30px;border-radius:8px;background:#2f7d5b;color:#fff;display:grid;place-items:center;font-weight:600}
.side{background:#ebebeb;padding:12px;overflow:auto;display:flex;flex-direction:column;gap:2px;border-top-left-radius:12px}
.side a,.side span{padding:6px 10px;border-radius:8px;color:inherit;text-decoration:none;font-weight:500}
.side .off{color:#616161}.side a:hover{background:#f1f1f1}.side a.app{background:#fafafa;font-weight:650}
.side p{margin:14px 10px 4px;color:#616161;font-size:12px;font-weight:550}
#app-nav{display:flex;flex-direction:column;gap:2px}#app-nav a{padding-left:28px;font-weight:450}#app-nav a.current{background:#fafafa;font-weight:600}
main{background:#f1f1f1;display:grid;grid-template-rows:48px 1fr;min-width:0;border-top-right-radius:12px;overflow:hidden}
.titlebar{display:flex;align-items:center;gap:10px;padding:0 16px;background:#f7f7f7;border-bottom:1px solid #e3e3e3;font-size:14px}
.mark{width:22px;height:22px;border-radius:6px;background:#2f7d5b;color:#fff;display:grid;place-items:center;font-weight:700;font-size:12px}
#title-buttons{margin-left:auto}#title-buttons,#save-buttons{display:flex;gap:8px}
button{font:inherit;font-weight:550;padding:5px 12px;border-radius:8px;border:1px solid #c9c9c9;background:#fff;color:#303030;cursor:pointer}
button.primary{background:#303030;border-color:#303030;color:#fff}#save-bar button{background:#4a4a4a;border-color:#616161;color:#fff}#save-bar button.primary{background:#fff;color:#303030}
#save-buttons .primary{order:1}button:disabled{opacity:.5;cursor:default}
iframe{width:100%;height:100%;border:0;display:block;background:#f1f1f1}
#toasts{position:fixed;bottom:24px;left:50%;transform:translateX(-50%);display:flex;flex-direction:column;gap:8px;z-index:5}
.toast{background:#1a1a1a;color:#fff;border-radius:10px;padding:10px 16px;box-shadow:0 4px 16px rgba(0,0,0,.3)}.toast.error{background:#8e1f0b}
#loading{position:fixed;top:0;left:0;height:3px;width:40%;background:#2f9e6e;animation:load 1.2s infinite}@keyframes load{to{left:100%}}
@media(max-width:700px){body{grid-template:48px auto 1fr/1fr}.search,.side .off,.side p{display:none}.brand{min-width:0}
.side{flex-direction:row;border-radius:0;padding:6px 8px;white-space:nowrap}#app-nav{flex-direction:row}#app-nav a{padding-left:10px}main{border-radius:0}
.top:has(#save-bar:not([hidden])) :is(.brand,.who){display:none}#save-bar{min-width:0}}
`;
