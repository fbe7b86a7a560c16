import type { Beacon, PixelApi, PixelEvent, PrivacyChoice } from './api.ts';

declare const shopify: { extend(target: 'WebPixel::Render', run: (api: PixelApi) => void): void };
/** Written into the bundle when it is built. */
declare const process: { env: { APP_URL?: string } };

/** Both: visits are counted by name, and the score they are part of says who is offered something. */
const allows = (choice: PrivacyChoice) => choice.analyticsProcessingAllowed && choice.marketingAllowed;

/**
 * Tells the app of pages and products that a logged-in customer looks at: who, and which of three kinds. Nobody's visit
 * is told without a customer (nothing could be done with it) or without their leave, which counts anew at every event.
 */
shopify.extend('WebPixel::Render', ({ analytics, browser, init, settings, customerPrivacy }) => {
  const base = process.env.APP_URL;
  const account = settings.accountID;
  const customer = /\d+$/.exec(init.data.customer?.id ?? '')?.[0];
  if (!base || !account || !customer) return;

  let isAllowed = allows(init.customerPrivacy);
  customerPrivacy.subscribe('visitorConsentCollected', (choice) => {
    isAllowed = allows(choice.customerPrivacy);
  });

  const address = `${base.replace(/\/$/, '')}/api/pixel`;
  const tell = (event: PixelEvent, kind: Beacon['kind']) => {
    if (!isAllowed) return;
    const beacon: Beacon = { account, customer, event: event.id, kind };
    // As text, so that the browser need not ask first. One that is lost is made up for by the next page.
    browser.sendBeacon(address, JSON.stringify(beacon)).catch(() => undefined);
  };

  const helpPages = (settings.helpPages ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const isHelp = (path: string) => helpPages.some((part) => path.toLowerCase().includes(part));
  analytics.subscribe('page_viewed', (event) =>
    tell(event, isHelp(event.context.document.location.pathname) ? 'help' : 'page'),
  );
  analytics.subscribe('product_viewed', (event) => tell(event, 'product'));
});
