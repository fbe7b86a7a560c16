import { execSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './env.server.ts';

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const COMPLETE = {
  AFTERCARE_MODE: 'production',
  DATABASE_URL: 'postgresql://aftercare@127.0.0.1:5432/aftercare',
  SHOPIFY_API_KEY: 'id',
  SHOPIFY_API_SECRET: 'secret',
  APP_URL: 'https://aftercare.example.com',
  TOKEN_KEYS: `k1:${key(1)}`,
  HASH_KEY: 'h'.repeat(32),
  SMTP_URL: 'smtp://user:password@smtp.example.com:587',
  MAIL_FROM: 'Shop care <care@example.com>',
};

/** The lines of the message, without the first and the last; none when the configuration is taken. */
function problems(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return [...(error as ConfigError).message.matchAll(/^ {2}- (.*)$/gm)].map(([, line]) => line!);
  }
}

describe('a wrong value is refused with what to do instead', () => {
  it.each([
    ['AFTERCARE_MODE', 'prod', 'must be production, demo or test'],
    ['DATABASE_URL', 'mysql://host/aftercare', 'must be a PostgreSQL address such as postgresql://'],
    ['DATABASE_URL', 'postgresql:///aftercare', 'must be a PostgreSQL address such as postgresql://'],
    ['REDIS_URL', 'localhost:6379', 'must be a Redis address such as redis://host:6379, or unset'],
    ['REDIS_URL', 'http://localhost:6379', 'must be a Redis address such as redis://host:6379, or unset'],
    ['QUEUE_PREFIX', 'My Queue', 'must be 1 to 40 of a-z, 0-9, _ and -'],
    ['SHOPIFY_API_KEY', ' ', 'must be the client id of the app'],
    ['APP_URL', 'aftercare.example.com', 'must be the bare http(s) address of the app'],
    ['APP_URL', 'ftp://aftercare.example.com', 'must be the bare http(s) address of the app'],
    ['APP_URL', 'https://aftercare.example.com/app', 'must be the bare http(s) address of the app'],
    ['APP_URL', 'https://aftercare.example.com?x=1', 'must be the bare http(s) address of the app'],
    ['APP_URL', 'https://aftercare.example.com/#x', 'must be the bare http(s) address of the app'],
    ['APP_URL', 'https://me@aftercare.example.com', 'must be the bare http(s) address of the app'],
    ['APP_URL', 'http://aftercare.example.com', 'must start with https: in production'],
    ['APP_URL', 'https://0.0.0.0', 'must be the public address of the app in production, not this machine'],
    ['APP_URL', 'https://[::]', 'must be the public address of the app in production, not this machine'],
    ['APP_URL', 'https://[::1]:3000', 'must be the public address of the app in production'],
    ['APP_URL', 'https://localhost', 'must be the public address of the app in production'],
    ['APP_URL', 'https://127.1', 'must be the public address of the app in production'],
    ['PORT', 'web', 'must be the port of the web process: a whole number from 0 to 65535'],
    ['PORT', '65536', 'must be the port of the web process: a whole number from 0 to 65535'],
    ['WORKER_PORT', '-1', 'must be the port of the worker: a whole number from 0 to 65535'],
    ['TOKEN_KEYS', 'k1', 'must be name:key pairs with commas between them'],
    ['TOKEN_KEYS', `k1:${key(1)},`, 'must be name:key pairs with commas between them'],
    ['TOKEN_KEYS', `k1:${key(1)},k1:${key(2)}`, 'must not name two keys alike'],
    ['HASH_KEY', 'short', 'must be a secret of at least 32 characters'],
    ['SMTP_URL', 'https://mail.example.com', 'must be an SMTP address such as smtp://'],
    ['SMTP_URL', 'mail.example.com:587', 'must be an SMTP address such as smtp://'],
    ['MAIL_FROM', 'Shop care', 'must be the sender of all mail, such as "Shop care <care@example.com>"'],
    ['TRUST_PROXY', 'true', 'must be how many proxies in front are believed: a whole number from 0 to 10'],
    ['LOG_LEVEL', 'verbose', 'must be silent, fatal, error, warn, info or debug'],
    ['DB_POOL_MAX', '1', 'must be connections of one process: a whole number from 2 to 100'],
    ['WORKER_CONCURRENCY', '1.5', 'must be jobs at once per queue: a whole number from 1 to 100'],
    ['MIGRATE_QUEUE', 'no', 'must be true or false'],
    ['SIMULATED_CLOCK', 'true', 'must not be true in production'],
    ['DEV_STORE_URL', 'http://127.0.0.1:4400', 'must not be set in production'],
    ['APP_BRIDGE_URL', 'http://127.0.0.1:4400/app-bridge.js', 'must not be set in production'],
  ])('%s=%s', (name, value, fix) => {
    expect(problems({ ...COMPLETE, [name]: value })).toEqual([expect.stringContaining(`${name} ${fix}`)]);
  });

  it('all of them in one message, which repeats no value', () => {
    const wrong = {
      MAIL_FROM: 'hunter2',
      APP_URL: 'https://localhost',
      HASH_KEY: undefined,
      PORT: 'hunter2',
    };
    const found = problems({ ...COMPLETE, ...wrong });
    expect(found.map((line) => line.split(' ')[0]).sort()).toEqual([
      'APP_URL',
      'HASH_KEY',
      'MAIL_FROM',
      'PORT',
    ]);
    expect(found.join()).not.toContain('hunter2');
  });

  it('or says that it is missing', () => {
    for (const line of problems({ AFTERCARE_MODE: 'demo' }))
      expect(line).toMatch(/^[A-Z_]+ is missing; it must be .{10}/);
    expect(problems({})).toHaveLength(Object.keys(COMPLETE).length);
  });
});

it.each([
  [{ DATABASE_URL: 'postgres:///aftercare?host=/var/run/postgresql' }, {}],
  [{ REDIS_URL: 'rediss://:password@redis.example.com:6380/1' }, {}],
  [{ SMTP_URL: 'smtps://smtp.example.com' }, {}],
  [{ MAIL_FROM: 'care@example.com' }, { mailFrom: 'care@example.com' }],
  [{ APP_URL: 'https://Aftercare.example.com:443/' }, { appUrl: 'https://aftercare.example.com' }],
  [
    { PORT: '', TRUST_PROXY: '2' },
    { port: 3000, trustProxy: 2 },
  ],
  [{ AFTERCARE_MODE: 'demo', APP_URL: 'http://127.0.0.1:3000' }, { appUrl: 'http://127.0.0.1:3000' }],
  [{ HASH_KEY: ` ${'h'.repeat(32)}` }, { hashKey: ` ${'h'.repeat(32)}` }],
])('takes %o', (given, expected) => {
  expect(readConfig({ ...COMPLETE, ...given })).toMatchObject({ mailFrom: 'care@example.com', ...expected });
});

it('reads several keys, the newest first', () => {
  const { tokenKeys } = readConfig({ ...COMPLETE, TOKEN_KEYS: `k2:${key(2)}, k1:${key(1)}` });
  expect(tokenKeys).toEqual([
    { id: 'k2', key: Buffer.alloc(32, 2) },
    { id: 'k1', key: Buffer.alloc(32, 1) },
  ]);
});

it('names commands for new secrets that a shell runs as they stand, and whose output is taken', () => {
  const { TOKEN_KEYS: _keys, HASH_KEY: _secret, ...rest } = COMPLETE;
  const commandFor = (name: string): string => {
    try {
      readConfig(rest);
    } catch (error) {
      const line = (error as Error).message.split('\n').find((one) => one.includes(name));
      return /make one with: (.+)$/.exec(line ?? '')?.[1] ?? '';
    }
    return '';
  };
  const made = (name: string) => execSync(commandFor(name), { encoding: 'utf8' }).trim();
  const [tokenKeys, hashKey] = [made('TOKEN_KEYS'), made('HASH_KEY')];
  expect(readConfig({ ...rest, TOKEN_KEYS: tokenKeys, HASH_KEY: hashKey })).toMatchObject({ hashKey });
});
