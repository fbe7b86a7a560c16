import { afterEach, expect, it, vi } from 'vitest';
import { deps, type Built } from './deps.server.ts';

const KEPT = Symbol.for('aftercare.deps');
afterEach(async () => {
  const kept = globalThis as { [KEPT]?: Built };
  await kept[KEPT]?.close();
  delete kept[KEPT];
});

it.each([
  ['worker', 'aftercare-worker'],
  [undefined, 'aftercare-web'],
] as const)('the first call names the process (%s), and later ones get what was built', (name, expected) => {
  const env = {
    DATABASE_URL: 'postgresql://unused@127.0.0.1:1/unused',
    SHOPIFY_API_KEY: 'key',
    SHOPIFY_API_SECRET: 'secret',
    APP_URL: 'http://127.0.0.1:3000',
    TOKEN_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    HASH_KEY: 'h'.repeat(32),
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'care@example.com',
    LOG_LEVEL: 'silent',
  };
  for (const [variable, value] of Object.entries(env)) vi.stubEnv(variable, value);
  const built = deps(name);
  expect(built.pool.options.application_name).toBe(expected);
  expect(deps()).toBe(built);
  expect(deps('web')).toBe(built);
});
