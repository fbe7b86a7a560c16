/** Text that is already HTML; everything else is escaped when put into a page. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Part = Html | string | number | null | undefined | false | Part[];

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (Array.isArray(part)) return part.map(render).join('');
  return part instanceof Html ? part.text : escapeHtml(String(part));
}

/** A page piece; interpolated text is escaped, nested pieces are not. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.reduce((text, piece, i) => text + piece + (i < parts.length ? render(parts[i]) : ''), ''),
  );
}

export function raw(text: string): Html {
  return new Html(text);
}

/** JSON that may stand inside a script element. */
export function scriptJson(value: unknown): Html {
  return new Html(
    JSON.stringify(value)
      .replace(/</g, '\\u003c')
      .replace(/\u2028|\u2029/g, ' '),
  );
}

/** A tool page of the dev store (start page, mailbox, clock): narrow column, system font. */
export function toolPage(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(TOOL_CSS)}
        </style>
      </head>
      <body>
        <header>
          <a href="/"><b>Dev store</b></a>
          <nav>
            <a href="/admin">Admin</a><a href="/storefront">Storefront</a><a href="/thank-you">Thank-you</a
            ><a href="/mailbox">Mailbox</a><a href="/clock">Clock</a>
          </nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.text;
}

const TOOL_CSS = `
:root{color-scheme:light;--ink:#1f2328;--soft:#5b6470;--line:#e3e6ea;--brand:#0b6e4f}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:#f6f7f8}
header{background:#fff;border-bottom:1px solid var(--line);padding:12px 24px;display:flex;gap:24px;flex-wrap:wrap;align-items:baseline}
header a{color:inherit;text-decoration:none}nav{display:flex;gap:16px;flex-wrap:wrap}nav a{color:var(--soft)}nav a:hover{color:var(--brand)}
main{max-width:960px;margin:0 auto;padding:24px}h1{font-size:22px;margin:0 0 16px}h2{font-size:16px;margin:24px 0 8px}
.card{background:#fff;border:1px solid var(--line);border-radius:12px;padding:16px 20px;margin:0 0 16px}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:16px}.cards .card{margin:0;text-decoration:none;color:inherit;display:block}
a.card:hover{border-color:var(--brand)}.card b{display:block}.soft{color:var(--soft)}
table{width:100%;border-collapse:collapse;background:#fff;border:1px solid var(--line);border-radius:12px;overflow:hidden}
td,th{padding:10px 14px;text-align:left;border-top:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:500;border-top:0}
td a{color:inherit}input,select{font:inherit;padding:8px 10px;border:1px solid #c6ccd3;border-radius:8px;max-width:100%}
button,.button{font:inherit;padding:8px 14px;border:1px solid #c6ccd3;border-radius:8px;background:#fff;cursor:pointer;color:inherit;text-decoration:none}
button.primary{background:var(--brand);border-color:var(--brand);color:#fff}form.row{display:flex;gap:8px;flex-wrap:wrap;margin:0 0 16px}
.big{font-size:32px;font-weight:600;margin:0}iframe.mail{width:100%;height:620px;border:1px solid var(--line);border-radius:12px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,Menlo,monospace;margin:0}
@media(max-width:600px){main{padding:16px}tr{display:block;padding:10px 0;border-top:1px solid var(--line)}tr:first-child{border-top:0}tr:has(th){display:none}
td{display:block;border:0;padding:1px 14px;overflow-wrap:anywhere}}
`;
