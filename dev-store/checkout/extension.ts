import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface UiExtension {
  handle: string;
  folder: string;
  apiVersion: string;
  /** The source file of the target. */
  module: string;
  target: string;
  /** Texts by locale, e.g. `en`, `de`; the default locale's name is in `defaultLocale`. */
  locales: Record<string, unknown>;
  defaultLocale: string;
}

/** The UI extension that renders at a target, or null if none is in the extensions folder. */
export function findUiExtension(extensionsDir: string, target: string): UiExtension | null {
  for (const handle of existsSync(extensionsDir) ? readdirSync(extensionsDir) : []) {
    const folder = join(extensionsDir, handle);
    const manifest = join(folder, 'shopify.extension.toml');
    if (!existsSync(manifest)) continue;
    const text = readFileSync(manifest, 'utf8');
    for (const block of text.split(/^\s*\[\[extensions\.targeting\]\]/m).slice(1)) {
      if (/^\s*target\s*=\s*"([^"]+)"/m.exec(block)?.[1] !== target) continue;
      const module = /^\s*module\s*=\s*"([^"]+)"/m.exec(block)?.[1];
      if (module === undefined) continue;
      const apiVersion = /^\s*api_version\s*=\s*"([^"]+)"/m.exec(text)?.[1] ?? '';
      return { handle, folder, apiVersion, module: join(folder, module), target, ...readLocales(folder) };
    }
  }
  return null;
}

function readLocales(folder: string): { locales: Record<string, unknown>; defaultLocale: string } {
  const locales: Record<string, unknown> = {};
  let defaultLocale = 'en';
  const localeDir = join(folder, 'locales');
  for (const file of existsSync(localeDir) ? readdirSync(localeDir) : []) {
    if (!file.endsWith('.json') || file.endsWith('.schema.json')) continue;
    const name = file.replace(/(\.default)?\.json$/, '');
    if (file.endsWith('.default.json')) defaultLocale = name;
    locales[name] = JSON.parse(readFileSync(join(localeDir, file), 'utf8')) as unknown;
  }
  return { locales, defaultLocale };
}
