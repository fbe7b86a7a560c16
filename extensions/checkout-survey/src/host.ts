import type { Door, Host } from './api.ts';

/** What every page has of `shopify`, as far as the survey needs it. */
interface Page {
  localization: { language: { value: { isoCode: string } } };
  settings: { value: Record<string, unknown> };
  extension: { editor?: unknown };
  sessionToken: { get(): Promise<string> };
  i18n: { translate(key: string, values?: Record<string, string>): string };
}

/** The page around the extension, with the door that answers for it. */
export function hostOn(page: Page, door: Door | null): Host {
  return {
    door,
    locale: page.localization.language.value.isoCode,
    heading: String(page.settings.value['heading'] ?? ''),
    preview: page.extension.editor !== undefined,
    token: () => page.sessionToken.get(),
    say: (key, values) => page.i18n.translate(key, values),
  };
}
