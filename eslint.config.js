import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * What the compiler and prettier do not see. The arrows of docs/architecture.md are kept by
 * tests/architecture.test.ts; the easy ones are here too, so that an editor shows them at once.
 */
const TYPED = ['{app,server,workers,dev-store,bench,tests,prisma}/**/*.{ts,tsx}', '*.ts'];

/** Forbids imports whose specifier matches, in the given files. */
const noImports = (files, ignores, ...patterns) => ({
  files,
  ignores: ['**/*.test.ts', '**/*.test.tsx', ...ignores],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: patterns.map(([regex, message]) => ({ regex, message })) },
    ],
  },
});

const STAND_INS = [
  '(^#|/)(dev-store|bench|tests)/',
  'dev-store, bench and tests never ship: reach the dev store over HTTP (DEV_STORE_URL).',
];
const DATABASE = [
  '^(pg|@prisma/.+)$|/generated/prisma/',
  'Prisma and pg live in infra/db: call a repository or a read model.',
];
const QUEUE = ['^(bullmq|ioredis)$', 'BullMQ and ioredis live in infra/queue: enqueue through the producer.'];
const REMIX = [
  '^@remix-run/',
  'Remix lives in routes, root, entry and server: pass data and links in as props.',
];
const OUTER = [
  '/(routes|components)/|(^#|/)(workers|server)/',
  'Inner rings never know routes, components, workers or server.',
];

export default defineConfig(
  globalIgnores([
    'build/',
    '.data/',
    'coverage/',
    'app/generated/',
    'extensions/*/dist/',
    'node_modules/',
    '**/shopify.d.ts',
  ]),
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    rules: {
      // The compiler knows globals and types better than these do.
      'no-undef': 'off',
      'no-redeclare': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-constant-condition': ['error', { checkLoops: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
    },
  },
  {
    files: TYPED,
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    files: ['app/**/*.{ts,tsx}', 'extensions/**/*.{ts,tsx,jsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // Ready for the browser: no build step in between.
    files: ['extensions/*/assets/**/*.js'],
    languageOptions: { sourceType: 'script' },
  },

  // For a file only the last of these that matches counts, so each names all that holds for it.
  noImports(['app/components/**'], [], STAND_INS, DATABASE, QUEUE, REMIX),
  noImports(
    ['app/routes/**', 'app/*.tsx', 'app/*.ts', 'server/**', 'workers/**'],
    [],
    STAND_INS,
    DATABASE,
    QUEUE,
  ),
  noImports(['app/services/**', 'app/domain/**'], [], STAND_INS, DATABASE, QUEUE, REMIX, OUTER),
  noImports(
    ['app/infra/**'],
    ['app/infra/db/**', 'app/infra/queue/**'],
    STAND_INS,
    DATABASE,
    QUEUE,
    REMIX,
    OUTER,
  ),
  noImports(['app/infra/db/**'], [], STAND_INS, QUEUE, REMIX, OUTER),
  noImports(['app/infra/queue/**'], [], STAND_INS, DATABASE, REMIX, OUTER),
  {
    files: ['app/**/*.{ts,tsx}'],
    ignores: ['app/infra/env.server.ts', '**/*.test.ts', '**/*.test.tsx'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Read it in app/infra/env.server.ts and take it from the config.',
        },
      ],
    },
  },
);
