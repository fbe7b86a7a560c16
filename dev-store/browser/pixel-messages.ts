/** What the page tells the sandbox of the web pixel. */

export interface VisitorPrivacy {
  analyticsProcessingAllowed: boolean;
  marketingAllowed: boolean;
  preferencesProcessingAllowed: boolean;
  saleOfDataAllowed: boolean;
}

export interface PixelStart {
  kind: 'start';
  init: { customerPrivacy: VisitorPrivacy; data: { customer: { id: string } | null } };
  settings: unknown;
}

export type PixelMessage =
  | PixelStart
  | { kind: 'event'; event: { name: string; id: string; [more: string]: unknown } }
  | { kind: 'consent'; customerPrivacy: VisitorPrivacy };

/** As the page's script finds it in the page. */
export interface PixelPage {
  settings: unknown;
  customer: { id: string } | null;
  /** Names of the events that opening the page is. */
  events: string[];
  needsAnalytics: boolean;
}
