/** As much of Shopify's Web Pixels API as the pixel uses. */

export interface PrivacyChoice {
  analyticsProcessingAllowed: boolean;
  marketingAllowed: boolean;
}

export interface PixelEvent {
  /** Unlike that of any other event. */
  id: string;
  context: { document: { location: { pathname: string } } };
}

export interface PixelApi {
  analytics: {
    subscribe(name: 'page_viewed' | 'product_viewed', hear: (event: PixelEvent) => void): unknown;
  };
  browser: { sendBeacon(url: string, body: string): Promise<boolean> };
  init: {
    customerPrivacy: PrivacyChoice;
    /** The customer who is logged in; `id` is a number or a gid. */
    data: { customer?: { id?: string | null } | null };
  };
  /** As the extension's toml names them. */
  settings: { accountID?: string; helpPages?: string };
  customerPrivacy: {
    subscribe(
      name: 'visitorConsentCollected',
      hear: (event: { customerPrivacy: PrivacyChoice }) => void,
    ): unknown;
  };
}

/** The body of a beacon; the app reads it with the schema in app/components/pixel-door.ts. */
export interface Beacon {
  account: string;
  /** Shopify's customer id, digits only. */
  customer: string;
  event: string;
  kind: 'page' | 'help' | 'product';
}
