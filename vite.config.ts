import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: false;
  }
}

export default defineConfig({
  plugins: [
    remix({
      appDirectory: 'app',
      buildDirectory: 'build',
      serverBuildFile: 'index.js',
      ignoredRouteFiles: ['**/.*', '**/*.test.{ts,tsx}'],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: true,
        // Breaks Shopify's redirects and re-authorisation inside the admin frame.
        v3_singleFetch: false,
      },
    }),
  ],
  build: {
    // Shopify's admin frames the app in current browsers only.
    target: 'es2022',
    assetsInlineLimit: 0,
  },
  // Polaris imports JSON and CSS in a way that Node does not load by itself; whatever else
  // brings its components must share the one copy, or they miss its AppProvider.
  ssr: { noExternal: ['@shopify/polaris', '@shopify/shopify-app-remix'] },
  server: { fs: { allow: ['app', 'node_modules'] } },
});
