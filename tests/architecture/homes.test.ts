import { describe, expect, it } from 'vitest';
import { impurities, strayUses, wrongEndings } from './homes.ts';
import { imports, importsType, proves } from './prove.ts';

describe('single homes', () => {
  proves(strayUses, [
    [
      '5 queue name',
      'app/routes/a.tsx',
      "enqueue('intake');",
      "enqueue({ name: 'event.process' });",
      'names a queue',
    ],
    ['5 SQL', 'workers/a.ts', 'q(`SELECT 1 FROM shop`);', 'q(`Select a shop`);', 'holds SQL'],
    [
      '6 at import',
      'app/infra/queue/a.ts',
      "const q = new Queue('x');",
      "const q = () => new Queue('x');",
      'when it is imported',
    ],
    [
      '6 at import',
      'app/infra/db/a.ts',
      'export const p = new pg.Pool();',
      'function p() { return new pg.Pool(); }',
      'when it is',
    ],
    [
      '8 env',
      'app/infra/a.server.ts',
      'const a = process.env.A;',
      'const a = process.pid;',
      'env.server.ts is its only home',
    ],
    ['8 remix', 'app/components/a.tsx', imports('@remix-run/react'), imports('@shopify/polaris'), 'as props'],
    [
      '8 graphql',
      'app/services/a.ts',
      'const q = `#graphql\n query A { shop { id } }`;',
      "const q = 'query it';",
      'app/infra/shopify',
    ],
    [
      '8 graphql',
      'app/routes/a.tsx',
      'const q = `mutation Tag($id: ID!) { x }`;',
      'const q = `a mutation`;',
      'app/infra/shopify',
    ],
    ['8 pg', 'app/infra/shopify/a.ts', importsType('pg'), imports('zod'), 'infra/db'],
    [
      '8 prisma',
      'workers/a.ts',
      imports('#app/generated/prisma/client.ts'),
      imports('#app/x.ts'),
      'infra/db',
    ],
    ['8 bullmq', 'server/a.ts', imports('bullmq'), imports('express'), 'infra/queue'],
    [
      '8 shopify',
      'app/services/a.ts',
      imports('@shopify/shopify-api'),
      importsType('@shopify/shopify-api'),
      'infra/shopify',
    ],
  ]);

  it.each([
    ['app/infra/env.server.ts', 'export const a = process.env.A;'],
    ['server/main.ts', 'export const a = process.env.A;'],
    ['app/infra/db/a.repo.server.ts', imports('pg')],
    ['app/infra/db/a.test.ts', `${imports('bullmq')}${imports('pg')}`],
    ['app/routes/a.tsx', imports('@remix-run/react')],
    ['dev-store/a.ts', imports('pg')],
  ])('leaves %s alone', (path, text) => {
    expect(strayUses([{ path, text }])).toEqual([]);
  });
});

describe('9 endings', () => {
  proves(wrongEndings, [
    ['package', 'app/infra/a.ts', imports('node:fs'), imports('node:crypto'), 'end in .server.ts'],
    ['connection', 'app/infra/a.ts', importsType('pg'), importsType('./b.server.ts'), 'end in .server.ts'],
    [
      'file',
      'app/services/a.ts',
      imports('../infra/b.server.ts'),
      importsType('../infra/b.server.ts'),
      'end in .server.ts',
    ],
    [
      'call',
      'app/infra/a.ts',
      "await fetch('https://x.example');",
      'await deps.fetch();',
      'end in .server.ts',
    ],
    ['no I/O', 'app/infra/a.server.ts', imports('node:crypto'), imports('nodemailer'), 'drop ".server"'],
  ]);
});

describe('the domain is pure', () => {
  const path = 'app/domain/core/a.ts';
  proves(impurities, [
    ['clock', path, 'const a = Date.now();', 'const a = now.getTime();', 'now: Date'],
    ['clock', path, 'const a = new Date();', 'const a = new Date(now.getTime() + 1);', 'now: Date'],
    ['random', path, 'const a = Math.random();', 'const a = Math.round(1.5);', 'random'],
    ['random', path, 'const a = crypto.randomUUID();', 'const a = newId();', 'randomness'],
    ['env', path, 'const a = process.env.A;', 'const a = settings.a;', 'environment'],
    ['async', path, 'export async function f() {}', 'export function f() {}', 'asynchronous'],
    ['print', path, "console.log('a');", "lines.push('a');", 'prints'],
  ]);
});
