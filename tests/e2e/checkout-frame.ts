import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { browserScript, extensionScript, stopBundler } from '#dev-store/browser-bundle.ts';
import { findUiExtension } from '#dev-store/checkout/extension.ts';
import { framePage } from '#dev-store/checkout/pages.ts';
import { scriptJson } from '#dev-store/http/html.ts';

const TARGETS = {
  'thank-you': 'purchase.thank-you.block.render',
  'order-index': 'customer-account.order-index.block.render',
  'account-page': 'customer-account.page.render',
};
const EXTENSIONS = join(import.meta.dirname, '../../extensions');

/** A page with the frame of one of the dev store's pages, the extension in it, and an app of three lines behind it. */
export interface CheckoutFrame {
  /** Where the survey is shown; null: nothing is open. `given`, by field, was stored before. */
  url(survey: SurveyView | null, given?: Record<string, string | string[]>): string;
  /** Bodies of the answers so far. */
  sent: { answers: Record<string, unknown>; step?: true; pageToken?: string; order: string }[];
  close(): Promise<void>;
}

export async function startCheckoutFrame(
  surface: keyof typeof TARGETS = 'thank-you',
): Promise<CheckoutFrame> {
  const target = TARGETS[surface];
  const extension = findUiExtension(EXTENSIONS, target);
  if (!extension) throw new Error(`No UI extension renders at ${target}.`);
  const sent: CheckoutFrame['sent'] = [];
  const inAccount = surface !== 'thank-you';
  let offer: { survey: SurveyView | null; [more: string]: unknown } = { survey: null };

  const answer = async (request: IncomingMessage): Promise<{ type: string; body: string }> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') return { type: 'text/html', body: outerPage(searchParams.get('locale') ?? 'en') };
    if (pathname === '/frame') {
      const locale = searchParams.get('locale') ?? 'en';
      const { apiVersion, locales, defaultLocale } = extension;
      const shop = { domain: 'moss.myshopify.com', name: 'Moss', storefrontUrl: '/' };
      const place = { timezone: 'UTC', currency: 'EUR', country: 'DE' };
      const about = inAccount
        ? { customerId: '7', order: null }
        : { customerId: null, order: { id: '1001', total: '10.00', lines: [] } };
      const texts = { locale, locales, defaultLocale };
      const settings = { target, surface, apiVersion, settings: {}, shop, ...place, ...about, ...texts };
      return { type: 'text/html', body: framePage(surface, locale, scriptJson(settings)) };
    }
    if (pathname === '/dev-store/checkout-host.js')
      return { type: 'text/javascript', body: await browserScript('checkout-host') };
    if (pathname === `/dev-store/ui-extension/${surface}.js`)
      return { type: 'text/javascript', body: await extensionScript(extension.module, target, origin()) };
    if (pathname === '/control/checkout-token') return json({ token: 'token' });
    if (pathname !== (inAccount ? '/api/account/survey' : '/api/checkout/survey')) return json(null);
    if (request.method === 'GET') return json(offer);
    sent.push(JSON.parse(await text(request)));
    return json({ outcome: 'stored', route: 'high', thanks: offer.survey?.thanks.high });
  };

  const server = createServer((request, response) => {
    answer(request).then(
      ({ type, body }) => response.setHeader('Content-Type', `${type}; charset=utf-8`).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url(survey, given = {}) {
      const order = { id: '1001', name: inAccount ? '#1001' : '' };
      offer = survey ? { survey, order, ...(inAccount && { pageToken: 'page-token', given }) } : { survey };
      sent.length = 0;
      return `${origin()}/?locale=${survey?.locale ?? 'en'}`;
    },
    sent,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await stopBundler();
    },
  };
}

const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });

const outerPage = (locale: string) => `<!doctype html><html lang="en"><head><title>Thank you</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>body{margin:0}iframe{border:0;inline-size:100%;block-size:1200px}</style></head>
<body><main><h1>Thank you</h1><iframe title="Survey" src="/frame?locale=${locale}"></iframe></main></body></html>`;
