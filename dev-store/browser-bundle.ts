import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Esbuild from 'esbuild';

/** The bundler that vite brings; the one at the top of node_modules may be years older. */
function loadEsbuild(): typeof Esbuild {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve('vite/package.json'))('esbuild') as typeof Esbuild;
}

const cache = new Map<string, Promise<string>>();
let started = false;

/** One script of `dev-store/browser/` as a classic script; built once per process. */
export function browserScript(name: string): Promise<string> {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const built = buildScript({
    entryPoints: [join(import.meta.dirname, 'browser', `${name}.ts`)],
    target: 'es2022',
  });
  cache.set(name, built);
  return built;
}

/** The CLI's way of building a UI extension: one module per target, registered by `shopify.extend`. */
export function extensionScript(module: string, target: string, appUrl: string): Promise<string> {
  return buildScript({
    stdin: {
      contents: `import Target from ${JSON.stringify(module)};shopify.extend(${JSON.stringify(target)}, (...args) => Target(...args));`,
      resolveDir: dirname(module),
      loader: 'js',
    },
    target: 'es2020',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.esnext': 'ts', '.js': 'jsx' },
    resolveExtensions: ['.tsx', '.ts', '.js', '.json', '.esnext', '.mjs', '.ejs'],
    define: { 'process.env.NODE_ENV': '"development"', 'process.env.APP_URL': JSON.stringify(appUrl) },
  });
}

/** The CLI's way of building a web pixel, whose module registers itself. */
export function pixelScript(module: string, appUrl: string): Promise<string> {
  return buildScript({
    entryPoints: [module],
    target: 'es2020',
    define: { 'process.env.NODE_ENV': '"development"', 'process.env.APP_URL': JSON.stringify(appUrl) },
  });
}

/** @throws Error with esbuild's messages when the source does not build. */
async function buildScript(options: Esbuild.BuildOptions): Promise<string> {
  const esbuild = loadEsbuild();
  started = true;
  const result = await esbuild.build({
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
    legalComments: 'none',
    ...options,
  });
  return result.outputFiles?.[0]?.text ?? '';
}

/** Ends the bundler's helper process. */
export async function stopBundler(): Promise<void> {
  // Not in the type declarations of the old version that resolves here.
  const esbuild = loadEsbuild() as typeof Esbuild & { stop(): Promise<void> };
  if (started) await esbuild.stop();
}
