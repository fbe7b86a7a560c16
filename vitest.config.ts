import { defineConfig } from 'vitest/config';

const inEveryProject = {
  pool: 'forks' as const,
  environment: 'node',
  // Shopify's extension tester is shipped as source that Node cannot load by itself.
  server: { deps: { inline: [/@shopify\/ui-extensions-tester/] } },
  env: { AFTERCARE_MODE: 'test', TZ: 'UTC' },
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
};

const e2e = {
  test: {
    ...inEveryProject,
    name: 'e2e',
    include: ['tests/e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
};

export default defineConfig({
  test: {
    globalSetup: ['tests/setup/global.ts'],
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...inEveryProject,
          name: 'unit',
          include: [
            '{app,server,workers,dev-store,bench,extensions,prisma}/**/*.test.{ts,tsx}',
            'tests/*.test.ts',
            'tests/{architecture,setup,factories,fakes}/**/*.test.ts',
          ],
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...inEveryProject,
          name: 'integration',
          include: ['tests/{integration,line}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // A browser is not on every machine; the global setup says that these are left out.
      ...(process.env.E2E === '1' ? [e2e] : []),
    ],
  },
});
