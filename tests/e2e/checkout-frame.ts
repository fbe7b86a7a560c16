import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { browserScript, extensionScript, stopBundler } from '#dev-store/browser-bundle.ts';
import { findUiExtension } from '#dev-store/checkout/extension.ts';
import { framePage } from '#dev-store/checkout/pages.ts';
import { scriptJson } from '#dev-store/http/html.ts';

const TARGET = 'purchase.thank-you.block.render';
const EXTENSIONS = join(import.meta.dirname, '../../extensions');

/** A page with the frame of the dev store's thank-you page, the extension in it, and an app of three lines behind it. */
export interface CheckoutFrame {
  /** Where the survey is shown. */
  url(survey: SurveyView): string;
  /** Bodies of the answers so far. */
  sent: { answers: Record<string, unknown>; step?: true }[];
  close(): Promise<void>;
}

export async function startCheckoutFrame(): Promise<CheckoutFrame> {
  const extension = findUiExtension(EXTENSIONS, TARGET);
  if (!extension) throw new Error(`No UI extension renders at ${TARGET}.`);
  const sent: CheckoutFrame['sent'] = [];
  let survey: SurveyView | null = null;

  const answer = async (request: IncomingMessage): Promise<{ type: string; body: string }> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') return { type: 'text/html', body: outerPage(searchParams.get('locale') ?? 'en') };
    if (pathname === '/frame') {
      const locale = searchParams.get('locale') ?? 'en';
      const { apiVersion, locales, defaultLocale } = extension;
      const order = { id: '1001', total: '10.00', lines: [] };
      const shop = { domain: 'moss.myshopify.com', name: 'Moss', storefrontUrl: '/' };
      const place = { timezone: 'UTC', currency: 'EUR', country: 'DE' };
      const about = { target: TARGET, surface: 'thank-you', settings: {}, ...place, customerId: null };
      const settings = { ...about, apiVersion, locale, locales, defaultLocale, shop, order };
      return { type: 'text/html', body: framePage('thank-you', locale, scriptJson(settings)) };
    }
    if (pathname === '/dev-store/checkout-host.js')
      return { type: 'text/javascript', body: await browserScript('checkout-host') };
    if (pathname === '/dev-store/ui-extension/thank-you.js')
      return { type: 'text/javascript', body: await extensionScript(extension.module, TARGET, origin()) };
    if (pathname === '/control/checkout-token') return json({ token: 'token' });
    if (pathname !== '/api/checkout/survey') return json(null);
    if (request.method === 'GET') return json({ survey, order: { id: '1001', name: '' } });
    sent.push(JSON.parse(await text(request)));
    return json({ outcome: 'stored', route: 'high', thanks: survey?.thanks.high });
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
    url(shown) {
      survey = shown;
      sent.length = 0;
      return `${origin()}/?locale=${shown.locale}`;
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
