import { createHash } from 'node:crypto';
import { escapeHtml, Html, html } from '../http/html.ts';
import { liquidEngine } from './liquid.ts';
import {
  defaultSettings,
  fitsTemplate,
  loadThemeExtensions,
  type ThemeBlock,
  type ThemeExtension,
} from './theme-extension.ts';

export interface RenderedBlocks {
  head: Html[];
  section: Html[];
  body: Html[];
}

/** Names of objects in the page's Liquid: shop, customer, product, request, template … */
export type LiquidObjects = Record<string, unknown>;

/**
 * Renders all blocks of all theme extensions that fit the template, with their default settings.
 * A block that fails is replaced by a note that says why, as the theme editor does.
 * @param only which of them, by the name of their file
 */
export async function renderBlocks(
  extensionsDir: string,
  template: string,
  objects: LiquidObjects,
  shop: { currencyCode: string },
  locale: string,
  only: (handle: string) => boolean = () => true,
): Promise<RenderedBlocks> {
  const rendered: RenderedBlocks = { head: [], section: [], body: [] };
  for (const extension of loadThemeExtensions(extensionsDir)) {
    const engine = liquidEngine(extension, locale, shop);
    for (const block of extension.blocks) {
      if (!only(block.handle) || !fitsTemplate(block, template)) continue;
      const target = block.schema.target ?? 'section';
      const place = target === 'section' ? 'section' : target === 'body' ? 'body' : 'head';
      rendered.head.push(...assetTags(extension, block));
      const id = createHash('sha256')
        .update(`${extension.handle}/${block.handle}`)
        .digest('hex')
        .slice(0, 20);
      const scope = {
        ...objects,
        block: {
          id,
          type: `shopify://apps/${extension.handle}/blocks/${block.handle}/${id}`,
          settings: defaultSettings(block),
          shopify_attributes: `data-shopify-editor-block="${escapeHtml(JSON.stringify({ id, type: block.handle }))}"`,
        },
      };
      let content: Html;
      try {
        content = new Html((await engine.parseAndRender(block.source, scope)) as string);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        content = html`<p class="liquid-error" role="alert">
          Liquid error in ${extension.handle}/${block.handle}: ${message}
        </p>`;
      }
      rendered[place].push(place === 'head' ? content : wrapped(content, id, block));
    }
  }
  return rendered;
}

function wrapped(content: Html, id: string, block: ThemeBlock): Html {
  const kind = block.schema.target === 'body' ? 'shopify-app-embed' : 'shopify-app-block';
  return html`<div id="shopify-block-${id}" class="shopify-block ${kind}" data-block-handle="${block.handle}">
    ${content}
  </div>`;
}

function assetTags(extension: ThemeExtension, block: ThemeBlock): Html[] {
  const base = `/storefront/extensions/${extension.handle}/assets`;
  const { stylesheet, javascript } = block.schema;
  const tags: Html[] = [];
  if (stylesheet) tags.push(html`<link rel="stylesheet" href="${base}/${stylesheet}" />`);
  if (javascript) tags.push(html`<script src="${base}/${javascript}" defer></script>`);
  return tags;
}
