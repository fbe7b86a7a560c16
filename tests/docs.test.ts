/** Holds the pages that people read to the code: configuration, commands, files and links. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '#app/infra/env.server.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Variable {
  name: string;
  /** As text; empty = none. */
  default: string;
  required: boolean;
}

/** The variables of the schema in env.server.ts, read from its source: it is nobody's business but its own. */
function schemaVariables(): Variable[] {
  const path = 'app/infra/env.server.ts';
  const tree = ts.createSourceFile(path, read(path), ts.ScriptTarget.ESNext, true);
  const declarations = tree.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => [...statement.declarationList.declarations]);
  const schema = declarations.find((declaration) => declaration.name.getText() === 'schema')?.initializer;
  const shape = schema && ts.isCallExpression(schema) ? schema.arguments[0] : undefined;
  if (!shape || !ts.isObjectLiteralExpression(shape)) throw new Error(`${path} no longer has a schema.`);
  return shape.properties.filter(ts.isPropertyAssignment).map((property) => {
    const rule = property.initializer.getText();
    const fallback = /\.default\(([^)]*)\)$/.exec(rule)?.[1]?.replaceAll(/['_]/g, '') ?? '';
    const required = fallback === '' && !rule.endsWith('.optional()');
    return { name: property.name.getText(), default: fallback, required };
  });
}

/** The rows of README's configuration table. */
function tableVariables(): Variable[] {
  const section = read('README.md').split('\n## Configuration\n')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => /^\| `[A-Z_]+`/.test(line));
  return rows.map((row) => {
    const [, name = '', , fallback = '', required = ''] = row.split('|').map((cell) => cell.trim());
    const plain = (cell: string) => cell.replaceAll('`', '');
    return { name: plain(name), default: plain(fallback), required: required === 'yes' };
  });
}

/** The assignments of .env.example, those that are commented out marked. */
function exampleAssignments(): { name: string; value: string; set: boolean }[] {
  return read('.env.example')
    .split('\n')
    .flatMap((line) => {
      const [, hash, name, value] = /^(# )?([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, value: unquoted(value ?? ''), set: hash === undefined }];
    });
}

const unquoted = (value: string) => value.replace(/^"(.*)"$/, '$1');
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

describe('the configuration', () => {
  it('stands in README as the code has it', () => {
    const schema = schemaVariables();
    expect(schema.length).toBeGreaterThan(15);
    expect(tableVariables().sort(byName)).toEqual(schema.sort(byName));
  });

  it('stands in .env.example, each variable once, defaults as the code has them', () => {
    const example = exampleAssignments();
    const schema = schemaVariables();
    expect(example.map(({ name }) => name).sort()).toEqual(schema.map(({ name }) => name).sort());
    for (const { name, value, set } of example) {
      const variable = schema.find((entry) => entry.name === name)!;
      if (variable.required) expect(set, `${name} is required, so the example sets it`).toBe(true);
      if (!set && variable.default !== '') expect(`${name}=${value}`).toBe(`${name}=${variable.default}`);
    }
  });

  it('starts from .env.example once the secrets are filled in, and names them until then', () => {
    const set = exampleAssignments().filter((entry) => entry.set);
    const given = Object.fromEntries(set.map(({ name, value }) => [name, value]));
    const blank = set.filter(({ value }) => value === '').map(({ name }) => name);
    const messages = (() => {
      try {
        readConfig(given);
        return '';
      } catch (error) {
        if (error instanceof ConfigError) return error.message;
        throw error;
      }
    })();
    expect([...messages.matchAll(/^ {2}- ([A-Z_]+) /gm)].map((match) => match[1]).sort()).toEqual(
      blank.sort(),
    );
    const secrets = {
      SHOPIFY_API_KEY: 'id',
      SHOPIFY_API_SECRET: 'secret',
      TOKEN_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      HASH_KEY: 'h'.repeat(32),
    };
    expect(readConfig({ ...given, ...secrets })).toMatchObject({ mode: 'production', trustProxy: 1 });
  });
});

const DECISIONS = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => name.endsWith('.md'));
const PAGES = [
  'README.md',
  'AGENTS.md',
  'docs/architecture.md',
  'docs/performance.md',
  ...DECISIONS.map((name) => `docs/decisions/${name}`),
];

/** Drawn by the browser tests. */
const DRAWN = /^docs\/images\//;

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  it('links to files and headings that exist', () => {
    const broken = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
      .map(([, path = '', heading]) => ({ target: path ? join(dirname(page), path) : page, heading }))
      .filter(({ target }) => !DRAWN.test(target))
      .filter(({ target, heading }) => {
        if (!existsSync(join(ROOT, target))) return true;
        return heading !== undefined && target.endsWith('.md') && !headingsOf(target).includes(heading);
      });
    expect(broken).toEqual([]);
  });

  it('names files and folders that exist', () => {
    const named = [
      ...text.matchAll(
        /`((?:app|server|workers|extensions|prisma|dev-store|bench|tests|scripts|docs)\/[^`]*)`/g,
      ),
    ]
      .map((match) => match[1]!)
      .filter((path) => !/[<>…*,{ ]/.test(path));
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm (?:run (?:-s )?)?((?<=run (?:-s )?)[\w:-]+|test|start)\b/g)].map(
      (match) => match[1]!,
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

/** Anchors as GitHub makes them. */
function headingsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the decisions', () => {
  it('are numbered without a gap, and architecture.md lists every one', () => {
    const numbers = DECISIONS.map((name) => Number(name.slice(0, 3))).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const architecture = read('docs/architecture.md');
    expect(DECISIONS.filter((name) => !architecture.includes(`(decisions/${name})`))).toEqual([]);
  });

  it.each(DECISIONS)('%s has a date, a status and its three parts', (name) => {
    const text = read(`docs/decisions/${name}`);
    expect(text).toMatch(
      new RegExp(
        `^# ${name.slice(0, 3)}\\. .+\\n\\nDate: \\d{4}-\\d{2}-\\d{2}\\. Status: (accepted|superseded by \\d{3})\\.\\n`,
      ),
    );
    expect([...text.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
  });
});
