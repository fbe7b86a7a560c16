import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PixelExtension {
  /** The source file that registers the pixel. */
  module: string;
  /** The settings that it declares; `required` must not be empty. */
  settings: { id: string; required: boolean }[];
  /** Whether it waits for the visitor's leave to analyse. */
  needsAnalytics: boolean;
}

/** The web pixel among the app's extensions, or null if there is none. */
export function findPixelExtension(extensionsDir: string): PixelExtension | null {
  for (const handle of existsSync(extensionsDir) ? readdirSync(extensionsDir) : []) {
    const manifest = join(extensionsDir, handle, 'shopify.extension.toml');
    const text = existsSync(manifest) ? readFileSync(manifest, 'utf8') : '';
    if (!/^\s*type\s*=\s*"web_pixel_extension"/m.test(text)) continue;
    const settings = text.split(/^\s*\[settings\.fields\./m).slice(1);
    return {
      module: join(extensionsDir, handle, 'src', 'index.ts'),
      settings: settings.map((field) => ({
        id: field.slice(0, field.indexOf(']')),
        required: /name\s*=\s*"min"/.test(field),
      })),
      needsAnalytics: /^\s*analytics\s*=\s*true/m.test(text),
    };
  }
  return null;
}
