import { describe, expect, it } from 'vitest';
import { createLog, logFor, redactPath, redactText } from './log.server.ts';

function lineOf(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ level: 'debug', process: 'test' }, { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('redactText', () => {
  it.each([
    ['GET /s/0198c0de-0000/AbC-_123?lang=de', 'GET /s/0198c0de-0000/[redacted]?lang=de'],
    ['https://app.example/u/0198c0de/tok3n', 'https://app.example/u/0198c0de/[redacted]'],
    ['No route matches URL "/S/0198c0de/tok3n/x"', 'No route matches URL "/S/0198c0de/[redacted]/x"'],
    ['No route matches "/s/0198c0de/page/a.b.c"', 'No route matches "/s/0198c0de/page/[redacted]"'],
    ['POST /s/0198c0de/test/tok.en/upload', 'POST /s/0198c0de/test/[redacted]/upload'],
    ['at /%75/0198c0de/tok3n', 'at /u/0198c0de/[redacted]'],
    ['at /%53/0198c0de/%70a%67%65/a.b.c', 'at /S/0198c0de/page/[redacted]'],
    ['at /s/0198c0de/t%45st/tok.en/upload', 'at /s/0198c0de/tEst/[redacted]/upload'],
    ['/app?%69d%5Ftoken=abc.def&x=100%25', '/app?id_token=[redacted]&x=100%25'],
    ['/app?id_token=abc.def&shop=a.example', '/app?id_token=[redacted]&shop=a.example'],
    ['/apps/aftercare?shop=a&signature=00ff&x=1', '/apps/aftercare?shop=a&signature=[redacted]&x=1'],
    ['/auth?hmac=00ff', '/auth?hmac=[redacted]'],
    ["mail to jane.o'neil+x@mail.example.com failed", 'mail to [email] failed'],
    ['smtp://user:p%40ss@host:587', 'smtp://[redacted]@host:587'],
    ['token shpat_0123456789abcdef0123456789abcdef', 'token [redacted]'],
    ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'got [redacted]'],
    ['Authorization: Bearer abc123', 'Authorization: Bearer [redacted]'],
    ['/app/surveys/usage and /settings/units', '/app/surveys/usage and /settings/units'],
    ['order #1001 of shop 0198c0de: 3 lines', 'order #1001 of shop 0198c0de: 3 lines'],
  ])('%s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });
});

describe('redactPath', () => {
  const shop = '0198c0de-0000-7000-8000-000000000000';
  it.each([
    [`/s/${shop}/tok3n`, `/s/${shop}/[redacted]`],
    [`/s/${shop}/page/a.b.c`, `/s/${shop}/[redacted]`],
    [`/S/${shop}/tok3n/`, `/S/${shop}/[redacted]`],
    [`/%73/${shop}/tok3n`, `/s/${shop}/[redacted]`],
    ['/k/moss/tok3n', '/k/moss/[redacted]'],
    ['/%6B/moss/tok3n', '/k/moss/[redacted]'],
    [`/%55/${shop}/tok3n`, `/U/${shop}/[redacted]`],
    [`/a/../s/./${shop}/tok3n`, `/s/${shop}/[redacted]`],
    [`/a\\..\\%2e\\u\\${shop}\\tok3n`, `/u/${shop}/[redacted]`],
    [`//s/${shop}/tok3n`, `//s/${shop}/[redacted]`],
    [`/s/${'x'.repeat(80)}/tok3n`, `/s/${'x'.repeat(80)}/[redacted]`],
    [`/s/a%20b/%22tok3n`, '/s/a b/[redacted]'],
    [`/s/a%2Fb/c%2Ftok3n`, '/s/a%2Fb/[redacted]'],
    [`/s/${shop}/%0Atok3n`, `/s/${shop}/[redacted]`],
    [`/s/${shop}/tok3n%zz`, '[malformed]'],
    ['/app/customers/42', '/app/customers/42'],
    ['/S', '/S'],
    ['/jane%40mail.example.com', '/[email]'],
  ])('%s', (path, expected) => {
    expect(redactPath(path)).toBe(expected);
  });
});

describe('a log line', () => {
  it.each([
    { email: 'x' },
    { customer: { first_name: 'x', lastName: 'x', phone: 'x' } },
    { headers: { authorization: 'x', Cookie: 'x' } },
    { session: { accessToken: 'x', refresh_token: 'x', id_token: 'x' } },
    { config: [{ apiSecret: 'x', password: 'x' }] },
  ])('hides %j', (fields) => {
    const line = lineOf((log) =>
      log.info(JSON.parse(JSON.stringify(fields).replaceAll('"x"', '"Zanzibar"')), 'm'),
    );
    expect(line).toContain('[redacted]');
    expect(line).not.toContain('Zanzibar');
  });

  it.each([
    ['as a field', (log: ReturnType<typeof createLog>, error: Error) => log.error({ err: error }, 'failed')],
    [
      'as a field without a message',
      (log: ReturnType<typeof createLog>, error: Error) => log.error({ err: error }),
    ],
    ['alone', (log: ReturnType<typeof createLog>, error: Error) => log.error(error)],
  ])('of an error given %s has neither addresses nor row values', (_how, write) => {
    const cause = Object.assign(new Error('key (email)=(jane@mail.example.com) exists'), {
      code: '23505',
      detail: 'Key (first)=(Zanzibar)',
    });
    const line = lineOf((log) => write(log, new Error('cannot store jane@mail.example.com', { cause })));
    expect(line).not.toMatch(/jane|Zanzibar/);
    expect(JSON.parse(line)).toMatchObject({
      level: 'error',
      err: { type: 'Error', cause: { code: '23505' } },
    });
  });

  it('carries the ids of the work at hand, and nothing else of the payload', () => {
    const line = lineOf((log) => logFor(log, { shopId: 's', eventId: 'e', comment: 'x' }).info('done'));
    expect(JSON.parse(line)).toMatchObject({ shopId: 's', eventId: 'e', msg: 'done' });
    expect(JSON.parse(line)).not.toHaveProperty('comment');
  });
});
