/** Holds the project to docs/architecture.md. Each message says where and what to do instead. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ACROSS_SHOPS, UNSCOPED_METHODS } from './architecture/allow-list.ts';
import { brokenArrows } from './architecture/arrows.ts';
import { impurities, strayUses, wrongEndings } from './architecture/homes.ts';
import { unscopedMethods } from './architecture/repositories.ts';
import { tooLong } from './architecture/sizes.ts';
import { readSources, type Offence } from './architecture/source.ts';
import { shoplessStatements, tenantTables } from './architecture/tenants.ts';

const sources = readSources(join(import.meta.dirname, '..'));

const listed = (offences: Offence[]) =>
  offences.map(({ path, line, message }) => `${path}:${line} ${message}`);

it('sees the project', () => {
  const paths = sources.map(({ path }) => path);
  expect(paths).toContain('app/domain/core/facts.ts');
  expect(paths.filter((path) => /node_modules|app\/generated/.test(path))).toEqual([]);
});

it('imports go along the arrows', () => {
  expect(listed(brokenArrows(sources))).toEqual([]);
  // Reads every file of the project: a busy machine needs longer than a test usually may.
}, 60_000);

it('each outside thing has one home', () => {
  expect(listed(strayUses(sources))).toEqual([]);
});

it('a file with I/O ends in .server.ts, and only such a file', () => {
  expect(listed(wrongEndings(sources))).toEqual([]);
});

it('the domain is pure', () => {
  expect(listed(impurities(sources))).toEqual([]);
});

it('files, services and routes stay short', () => {
  expect(listed(tooLong(sources))).toEqual([]);
});

it('repository methods take the shop first', () => {
  expect(listed(unscopedMethods(sources, UNSCOPED_METHODS))).toEqual([]);
});

it('statements on tenant tables say whose rows', () => {
  const schema = sources.filter(({ path }) => path.endsWith('.prisma'));
  const tables = tenantTables(schema.map(({ text }) => text).join('\n'));
  expect(tables).toEqual(expect.arrayContaining(['orders', 'customer', 'survey_invitation']));
  expect(tables).not.toContain('shop');
  expect(listed(shoplessStatements(sources, tables, ACROSS_SHOPS))).toEqual([]);
});
