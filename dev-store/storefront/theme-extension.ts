import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface SchemaSetting {
  id?: string;
  type: string;
  default?: unknown;
}
interface BlockSchema {
  name: string;
  target?: 'section' | 'head' | 'body' | 'compliance_head';
  javascript?: string;
  stylesheet?: string;
  settings?: SchemaSetting[];
  enabled_on?: { templates?: string[] };
  disabled_on?: { templates?: string[] };
}

export interface ThemeBlock {
  extension: string;
  handle: string;
  source: string;
  schema: BlockSchema;
}
export interface ThemeExtension {
  handle: string;
  folder: string;
  blocks: ThemeBlock[];
  /** Storefront texts by locale. */
  locales: Map<string, Record<string, unknown>>;
}

const SCHEMA = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

/** Reads every theme app extension (a folder with `blocks/`), anew at each page, so that an edit shows at once. */
export function loadThemeExtensions(extensionsDir: string): ThemeExtension[] {
  if (!existsSync(extensionsDir)) return [];
  return readdirSync(extensionsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(extensionsDir, entry.name, 'blocks')))
    .map((entry) => loadThemeExtension(join(extensionsDir, entry.name), entry.name));
}

function loadThemeExtension(folder: string, handle: string): ThemeExtension {
  const blocks = readdirSync(join(folder, 'blocks'))
    .filter((file) => file.endsWith('.liquid'))
    .map((file): ThemeBlock => {
      const source = readFileSync(join(folder, 'blocks', file), 'utf8');
      const text = SCHEMA.exec(source)?.[1];
      if (text === undefined) throw new Error(`The theme block ${handle}/blocks/${file} has no schema tag.`);
      const schema = JSON.parse(text) as BlockSchema;
      return {
        extension: handle,
        handle: file.replace(/\.liquid$/, ''),
        source: source.replace(SCHEMA, ''),
        schema,
      };
    });
  const locales = new Map<string, Record<string, unknown>>();
  const localeDir = join(folder, 'locales');
  for (const file of existsSync(localeDir) ? readdirSync(localeDir) : []) {
    if (!file.endsWith('.json') || file.endsWith('.schema.json')) continue;
    const texts = JSON.parse(readFileSync(join(localeDir, file), 'utf8')) as Record<string, unknown>;
    locales.set(file.replace(/(\.default)?\.json$/, ''), texts);
  }
  return { handle, folder, blocks, locales };
}

/** The values a merchant has not touched: each setting's default from the schema. */
export function defaultSettings(block: ThemeBlock): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const setting of block.schema.settings ?? []) {
    if (setting.id !== undefined)
      settings[setting.id] = setting.default ?? (setting.type === 'checkbox' ? false : '');
  }
  return settings;
}

/** Whether the theme editor would offer the block on this template (`product`, `index`, `customers/account`). */
export function fitsTemplate(block: ThemeBlock, template: string): boolean {
  const listed = (templates: string[] | undefined) =>
    templates?.some((name) => name === '*' || name === template);
  const { enabled_on: on, disabled_on: off } = block.schema;
  if (on?.templates !== undefined) return listed(on.templates) === true;
  return listed(off?.templates) !== true;
}
