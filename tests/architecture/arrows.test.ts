import { describe, expect, it } from 'vitest';
import { brokenArrows } from './arrows.ts';
import { imports, importsType, proves } from './prove.ts';
import { importsOf } from './source.ts';

describe('imports', () => {
  it.each([
    ["import { a } from './b.ts';", 'app/x/b.ts', false],
    ["import type { a } from '../b.ts';", 'app/b.ts', true],
    ["import { type a, type b } from '#app/c.ts';", 'app/c.ts', true],
    ["import { type a, b } from '#dev-store/c.ts';", 'dev-store/c.ts', false],
    ["import './b.ts';", 'app/x/b.ts', false],
    ["export * from './b.ts';", 'app/x/b.ts', false],
    ["export type { a } from './b.ts';", 'app/x/b.ts', true],
    ["const b = await import('./b.ts');", 'app/x/b.ts', false],
    ["type B = import('./b.ts').B;", 'app/x/b.ts', true],
    ["const pg = require('pg/lib/index.js');", 'pg', false],
    ["import css from '@shopify/polaris/build/esm/styles.css?url';", '@shopify/polaris', false],
    ["import fs from 'node:fs/promises';", 'node:fs', false],
  ])('reads %s', (text, target, typeOnly) => {
    expect(importsOf({ path: 'app/x/a.ts', text })).toMatchObject([{ target, typeOnly }]);
  });

  it('does not take words in comments and strings for imports', () => {
    expect(importsOf({ path: 'a.ts', text: "// import 'pg'\nconst a = \"import 'pg'\";" })).toEqual([]);
  });
});

const CONTRACT = '../../../app/domain/surveys/contract.ts';

describe('arrows', () => {
  proves(brokenArrows, [
    [
      '1 domain is closed',
      'app/domain/loyalty/a.ts',
      imports('node:crypto'),
      imports('zod'),
      'zod and the domain only',
    ],
    [
      '1 not even types',
      'app/domain/loyalty/a.ts',
      importsType('#app/infra/x.ts'),
      imports('./b.ts'),
      'move this work',
    ],
    [
      '1 also in tests',
      'app/domain/loyalty/a.test.ts',
      imports('#app/services/x.ts'),
      imports('fast-check'),
      'zod and',
    ],
    [
      '2 capabilities',
      'app/domain/loyalty/a.ts',
      imports('../surveys/b.ts'),
      imports('../core/b.ts'),
      'meet in core/decide',
    ],
    [
      '2 core',
      'app/domain/core/events.ts',
      imports('../surveys/b.ts'),
      imports('./facts.ts'),
      'only decide.ts knows',
    ],
    [
      '2 no way back',
      'app/domain/loyalty/a.ts',
      imports('../core/decide.ts'),
      imports('../core/a.ts'),
      'return data',
    ],
    [
      '3 infra',
      'app/services/a.ts',
      imports('../infra/x.server.ts'),
      importsType('../infra/x.server.ts'),
      'only types',
    ],
    ['3 I/O', 'app/services/a.ts', imports('pg'), imports('csv-stringify/sync'), 'behind a port'],
    [
      '3 edges',
      'app/services/a.ts',
      imports('../routes/x.tsx'),
      imports('../domain/core/x.ts'),
      'through deps',
    ],
    [
      '4 services',
      'app/infra/a.ts',
      importsType('../services/x.ts'),
      importsType('../domain/cases/x.ts'),
      'never knows',
    ],
    [
      '4 rules',
      'app/infra/a.ts',
      imports('../domain/cases/x.ts'),
      imports('../domain/core/x.ts'),
      'domain/core only',
    ],
    [
      '5 routes',
      'app/routes/a.tsx',
      imports('../infra/log.server.ts'),
      imports('../infra/deps.server.ts'),
      'deps.server.ts only',
    ],
    [
      '5 workers',
      'workers/handlers.ts',
      imports('#app/infra/db/pool.server.ts'),
      imports('#app/services/x.ts'),
      'calls services',
    ],
    [
      '5 entry',
      'workers/main.ts',
      imports('#app/infra/db/x.repo.server.ts'),
      imports('#app/infra/x.server.ts'),
      'calls services',
    ],
    ['6 app', 'app/infra/a.ts', imports('../../workers/main.ts'), imports('./b.ts'), 'never imports workers'],
    ['7 contract', 'extensions/x/src/a.ts', imports(CONTRACT), importsType(CONTRACT), 'import type'],
    [
      '7 alone',
      'extensions/x/src/a.ts',
      importsType('../../y/src/b.ts'),
      imports('./b.ts'),
      'shipped by itself',
    ],
    ['10 dev store', 'server/main.ts', imports('#dev-store/x.ts'), imports('#app/infra/x.ts'), 'never ship'],
    ['10 bench', 'workers/main.ts', "await import('../bench/x.ts');", imports('./b.ts'), 'never ship'],
  ]);

  it('decide.ts may know every capability', () => {
    const text = `${imports('../surveys/a.ts')}${imports('../loyalty/b.ts')}`;
    expect(brokenArrows([{ path: 'app/domain/core/decide.ts', text }])).toEqual([]);
  });
});
