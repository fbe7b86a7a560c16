import { randomBytes } from 'node:crypto';
import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { pageStyle } from './page-style.ts';

/**
 * Shopper pages are whole documents made on the server: nothing is hydrated, so a page is
 * a few kilobytes and works in any mail client's browser.
 */
export interface ShopperPage {
  status: number;
  lang: string;
  dir: 'ltr' | 'rtl';
  title: string;
  brand: { name: string; colour: string } | null;
  /** Added to the common style. */
  style?: string;
  /** Said above everything else. */
  notice?: string | undefined;
  script?: string;
  /** What the page shows or plays beside its own text: only what the shopper has just added. */
  blobs?: readonly ('img-src' | 'media-src')[];
  body: ReactNode;
  headers?: Record<string, string>;
}

/** The page with its headers: kept by nobody, indexed by nobody, framed by nobody, no third parties, no referrer. */
export function shopperPage(page: ShopperPage): Response {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(page.script ? [`script-src 'nonce-${nonce}'`, "connect-src 'self'"] : []),
    ...(page.blobs ?? []).map((source) => `${source} blob:`),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return new Response(`<!doctype html>${renderToStaticMarkup(<Document page={page} nonce={nonce} />)}`, {
    status: page.status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': policy.join('; '),
      ...page.headers,
    },
  });
}

function Document({ page, nonce }: { page: ShopperPage; nonce: string }): ReactElement {
  const style = pageStyle(page.brand?.colour ?? null) + (page.style ?? '');
  return (
    <html lang={page.lang} dir={page.dir}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{page.title}</title>
        {/* Both are made from our own text and checked values, never from a shopper's. */}
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          {page.notice && (
            <p role="note" className="notice">
              {page.notice}
            </p>
          )}
          <div className="card">
            {page.brand && (
              <p className="brand">
                <bdi>{page.brand.name}</bdi>
              </p>
            )}
            {page.body}
          </div>
        </main>
        {page.script && <script nonce={nonce} dangerouslySetInnerHTML={{ __html: page.script }} />}
      </body>
    </html>
  );
}
