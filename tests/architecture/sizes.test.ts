import { describe, expect, it } from 'vitest';
import { proves } from './prove.ts';
import { unscopedMethods } from './repositories.ts';
import { tooLong } from './sizes.ts';

describe('sizes', () => {
  const lines = (count: number, line = 'let a;') => `${line}\n`.repeat(count);
  const loader = (count: number) => `export async function loader() {\n${lines(count)}}\n`;
  const action = (count: number) => `export const action = () => {\n${lines(count)}};\n`;
  proves(tooLong, [
    ['file', 'dev-store/a.ts', lines(300), lines(299), '300 lines'],
    ['style sheet', 'app/a.css', lines(300, 'a {}'), lines(299, 'a {}'), 'split it'],
    ['service', 'app/services/a.ts', lines(151), lines(150), 'one verb'],
    ['loader', 'app/routes/a.tsx', loader(39), loader(38), '41 lines'],
    ['both', 'app/routes/a.tsx', loader(20) + action(20), loader(18) + action(18) + lines(50), '44 lines'],
  ]);
});

describe('repositories', () => {
  const path = 'app/infra/db/a.repo.server.ts';
  const factory = (method: string) => `export function createRepo(pool: Pool) { return { ${method} }; }`;
  const arrow = (method: string) => `export const make = (pool: Pool) => ({ ${method} });`;
  proves(
    (sources) => unscopedMethods(sources, []),
    [
      [
        'function',
        path,
        'export async function find(id) {}',
        'export async function find(shopId, id) {}',
        'find(id)',
      ],
      [
        'handle',
        path,
        'export function find(db: Pool, id) {}',
        'export function find(db: Pool, shopId) {}',
        'shopId first',
      ],
      [
        'shop later',
        path,
        'export async function find(id, shopId) {}',
        'export function toRow(row) {}',
        'shopId first',
      ],
      ['factory', path, factory('find(id) {}'), factory('find(shopId) {}'), 'find(id)'],
      ['arrow', path, arrow('find: async (id) => 1'), arrow('find: async (shopId) => 1'), 'find(id)'],
      [
        'interface',
        path,
        'export interface ARepo { find(id): void }',
        'export interface ARepo { find(shopId): void }',
        'find',
      ],
      [
        'class',
        path,
        'export class A { find(id) {} }',
        'export class A { find(shopId) {} #inner(id) {} }',
        'find(id)',
      ],
    ],
  );

  it('accepts a listed exception, and refuses a list entry that names nothing', () => {
    const entry = { path, method: 'find', reason: 'finds the shop' };
    const source = { path, text: 'export async function find(domain: string) {}' };
    expect(unscopedMethods([source], [entry])).toEqual([]);
    expect(unscopedMethods([], [entry])[0]?.message).toContain('remove it');
  });

  it('looks at repositories only', () => {
    const source = { path: 'app/infra/db/a.server.ts', text: 'export async function find(id) {}' };
    expect(unscopedMethods([source], [])).toEqual([]);
  });
});
