/// <reference types="node" />
/** What shoppers load: all targets in one script, as the CLI builds it for a release. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const EXTENSION = dirname(import.meta.dirname);
const MOST_BYTES = 16 * 1024;

const manifest = readFileSync(join(EXTENSION, 'shopify.extension.toml'), 'utf8');
/** By handle, the targets of each extension with their modules. */
const extensions = manifest
  .split('[[extensions]]')
  .slice(1)
  .map((text): [string, string[][]] => [
    /^handle = "(.+)"$/m.exec(text)?.[1] ?? '',
    [...text.matchAll(/^module = (".+")\ntarget = (".+")$/gm)].map(([, module = '', target = '']) => [
      module,
      target,
    ]),
  ]);

it('a full page stands alone, as Shopify wants it', () => {
  expect(extensions.map(([handle, targets]) => [handle, targets.map(([, target]) => target)])).toEqual([
    [
      'checkout-survey',
      [
        '"purchase.thank-you.block.render"',
        '"customer-account.order-status.block.render"',
        '"customer-account.order-index.block.render"',
      ],
    ],
    ['account-survey', ['"customer-account.page.render"']],
  ]);
});

it.each(extensions)('%s is at most 16 KB compressed', async (_handle, targets) => {
  const { outputFiles } = await build({
    stdin: {
      contents: targets
        .map(
          ([module, target], index) =>
            `import Target${index} from ${module};shopify.extend(${target}, (...args) => Target${index}(...args));`,
        )
        .join('\n'),
      resolveDir: EXTENSION,
      loader: 'js',
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.APP_URL': '"https://aftercare.example.com"',
    },
  });
  const script = outputFiles[0]?.text ?? '';
  const size = gzipSync(script).byteLength;
  expect(size, 'it is all there').toBeGreaterThan(8_000);
  expect(size).toBeLessThanOrEqual(MOST_BYTES);
  // Only types are taken from the app: no schema library comes along.
  expect(script).not.toContain('ZodError');
});
