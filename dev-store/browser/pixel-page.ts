import type { PixelMessage, PixelPage, VisitorPrivacy } from './pixel-messages.ts';

/** Runs the app's web pixel on a page of the storefront, as far as the visitor allows it, and shows that choice. */

interface Privacy {
  analyticsProcessingAllowed(): boolean;
  setTrackingConsent(choice: { analytics: boolean }): void;
}
const { Shopify } = window as unknown as { Shopify: { customerPrivacy: Privacy } };
const privacy = Shopify.customerPrivacy;
const page = JSON.parse(document.getElementById('dev-store-pixel')?.textContent ?? 'null') as PixelPage;
let sandbox: Worker | undefined;

const choice = (): VisitorPrivacy => {
  const isAllowed = privacy.analyticsProcessingAllowed();
  return {
    ...{ analyticsProcessingAllowed: isAllowed, preferencesProcessingAllowed: true },
    ...{ marketingAllowed: isAllowed, saleOfDataAllowed: isAllowed },
  };
};

/** As Shopify does it: without the leave that the pixel's manifest asks for, the pixel is not even loaded. */
function start(): void {
  if (sandbox || (page.needsAnalytics && !privacy.analyticsProcessingAllowed())) return;
  sandbox = new Worker('/storefront/pixel/sandbox.js');
  sandbox.addEventListener('message', ({ data }: MessageEvent<{ url: string; body: string }>) => {
    navigator.sendBeacon(data.url, data.body);
  });
  const init = { customerPrivacy: choice(), data: { customer: page.customer } };
  tell({ kind: 'start', init, settings: page.settings });
  const location = { href: window.location.href, pathname: window.location.pathname };
  for (const name of page.events) {
    const event = { name, id: `sh-${crypto.randomUUID()}`, timestamp: new Date().toISOString() };
    tell({ kind: 'event', event: { ...event, context: { document: { location } } } });
  }
}
const tell = (message: PixelMessage) => sandbox?.postMessage(message);

const button = document.getElementById('dev-store-consent');
function show(): void {
  const isAllowed = privacy.analyticsProcessingAllowed();
  if (button)
    button.textContent = isAllowed
      ? 'Analytics and marketing: allowed. Withdraw'
      : 'Analytics and marketing: refused. Allow';
}
button?.addEventListener('click', () =>
  privacy.setTrackingConsent({ analytics: !privacy.analyticsProcessingAllowed() }),
);
document.addEventListener('visitorConsentCollected', () => {
  tell({ kind: 'consent', customerPrivacy: choice() });
  show();
  start();
});
show();
start();
