import { join } from 'node:path';
import {
  Liquid,
  type TagToken,
  type Template,
  type TopLevelToken,
  type Context,
  type Emitter,
  Tag,
} from 'liquidjs';
import { escapeHtml } from '../http/html.ts';
import type { ThemeExtension } from './theme-extension.ts';

/** Keeps the text between a tag and its end tag; `wrap` is what comes out. */
function rawBlock(name: string, wrap: (text: string) => string) {
  return class extends Tag {
    readonly #templates: Template[] = [];
    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      while (remaining.length > 0) {
        const next = remaining.shift();
        if (next === undefined || (next as TagToken).name === `end${name}`) return;
        this.#templates.push(liquid.parser.parseToken(next, remaining));
      }
      throw new Error(`The Liquid tag ${name} is not closed.`);
    }
    *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
      const text = (yield this.liquid.renderer.renderTemplates(this.#templates, context)) as string;
      emitter.write(wrap(text));
    }
  };
}

function lookUp(texts: Record<string, unknown> | undefined, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], texts);
}

/** The `t` filter: nested keys, plural forms by `count`, `{{ name }}` filled in and escaped unless the key ends in _html. */
export function translate(
  extension: ThemeExtension | null,
  locale: string,
  key: string,
  values: Record<string, unknown>,
): string {
  const languages = [locale, locale.split('-')[0] ?? locale, 'en'];
  let found: unknown;
  for (const language of languages) found ??= lookUp(extension?.locales.get(language), key);
  if (typeof found === 'object' && found !== null) {
    const forms = found as Record<string, unknown>;
    found = forms[new Intl.PluralRules(locale).select(Number(values['count'] ?? 0))] ?? forms['other'];
  }
  if (typeof found !== 'string') return `Translation missing: ${locale}.${key}`;
  return found.replace(/\{\{\s*(\w+)\s*\}\}/g, (_match, name: string) => {
    const text = String(values[name] ?? '');
    return key.endsWith('_html') ? text : escapeHtml(text);
  });
}

interface MoneyShop {
  currencyCode: string;
}

/** A Liquid engine with the tags and filters that theme app extensions may use. */
export function liquidEngine(extension: ThemeExtension | null, locale: string, shop: MoneyShop): Liquid {
  const engine = new Liquid({
    root: extension === null ? [] : [join(extension.folder, 'snippets')],
    partials: extension === null ? [] : [join(extension.folder, 'snippets')],
    extname: '.liquid',
    strictFilters: true,
    lenientIf: true,
  });
  engine.registerTag(
    'schema',
    rawBlock('schema', () => ''),
  );
  engine.registerTag(
    'style',
    rawBlock('style', (text) => `<style data-shopify>${text}</style>`),
  );
  engine.registerTag(
    'stylesheet',
    rawBlock('stylesheet', (text) => `<style>${text}</style>`),
  );
  engine.registerTag(
    'javascript',
    rawBlock('javascript', (text) => `<script>${text}</script>`),
  );
  const asset = (name: unknown) =>
    `/storefront/extensions/${extension?.handle ?? 'theme'}/assets/${String(name)}`;
  engine.registerFilter('asset_url', asset);
  engine.registerFilter('asset_img_url', asset);
  engine.registerFilter(
    'stylesheet_tag',
    (url: unknown) => `<link rel="stylesheet" href="${escapeHtml(String(url))}">`,
  );
  engine.registerFilter(
    'script_tag',
    (url: unknown) => `<script src="${escapeHtml(String(url))}" defer></script>`,
  );
  engine.registerFilter('t', (key: unknown, ...pairs: [string, unknown][]) =>
    translate(extension, locale, String(key), Object.fromEntries(pairs)),
  );
  engine.registerFilter('translate', (key: unknown, ...pairs: [string, unknown][]) =>
    translate(extension, locale, String(key), Object.fromEntries(pairs)),
  );
  const money = (cents: unknown) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency: shop.currencyCode }).format(
      Number(cents) / 100,
    );
  engine.registerFilter('money', money);
  engine.registerFilter('money_with_currency', (cents: unknown) => `${money(cents)} ${shop.currencyCode}`);
  engine.registerFilter('handleize', (text: unknown) =>
    String(text)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-'),
  );
  engine.registerFilter('font_face', () => '');
  return engine;
}
