/** Runs once before all tests: the database server, only when a test of this run needs one. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openTestServer, type TestServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** null = no test of this run asks for a database. */
    testServer: TestServer | null;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { root } = project.config;
  if (process.env.E2E !== '1') {
    console.warn('SKIPPED: tests/e2e, which need a browser. To run them: npm run test:e2e');
  }
  if (!project.vitest.state.getPaths().some((path) => asksForDatabase(relative(root, path), path))) {
    project.provide('testServer', null);
    return async () => undefined;
  }
  const { server, close } = await openTestServer(root, process.env.TEST_DATABASE_URL?.trim() || undefined);
  project.provide('testServer', server);
  return close;
}

/** Helpers may ask on a test's behalf, so every import from #tests counts. */
function asksForDatabase(name: string, path: string): boolean {
  if (/^tests[\\/](integration|line)[\\/]/.test(name)) return true;
  const text = readFileSync(path, 'utf8');
  return text.includes('useTestDatabase') || text.includes('#tests/');
}
