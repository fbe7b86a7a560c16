/** Reading the project's own source: which files there are, and what each one imports. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export interface Source {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
}

export interface Import {
  /** "app/domain/core/money.ts" for a file of the project, else the package's name ("pg", "node:fs"). */
  target: string;
  /** The whole specifier for packages ("@shopify/shopify-api/adapters/node"). */
  specifier: string;
  isFile: boolean;
  /** Erased at run time. */
  typeOnly: boolean;
  line: number;
}

/** One broken rule; the message says what to do instead. */
export interface Offence {
  path: string;
  line: number;
  message: string;
}

const SOURCE_ENDINGS = /\.(ts|tsx|js|jsx|mjs|css|liquid|prisma)$/;
const NOT_OURS = /^app\/generated\/|^prisma\/migrations\/|(^|\/)shopify\.d\.ts$|^extensions\/[^/]+\/dist\//;

/** All source files that git tracks or would track. */
export function readSources(root: string): Source[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const list = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return [...new Set(list.split('\0'))]
    .filter((path) => SOURCE_ENDINGS.test(path) && !NOT_OURS.test(path) && existsSync(join(root, path)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const trees = new WeakMap<Source, ts.SourceFile>();

export function parse(source: Source): ts.SourceFile {
  let tree = trees.get(source);
  if (!tree) {
    const kind = /\.[jt]sx$/.test(source.path) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    tree = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ESNext, true, kind);
    trees.set(source, tree);
  }
  return tree;
}

export function isScript(path: string): boolean {
  return /\.(ts|tsx|js|jsx|mjs)$/.test(path);
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$|(^|\/)tests\//.test(path);
}

export function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

/** Visits the node and everything below it. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** Static, re-exporting, dynamic, `require` and type-position imports of a file. */
export function importsOf(source: Source): Import[] {
  let found = imports.get(source);
  if (!found) imports.set(source, (found = readImports(source)));
  return found;
}

const imports = new WeakMap<Source, Import[]>();

function readImports(source: Source): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    found.push({ ...resolve(source.path, specifier.text), typeOnly, line: lineOf(specifier) });
  };
  visit(parse(source), (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeExport(node));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const loads =
        expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(expression) && expression.text === 'require');
      if (loads) add(node.arguments[0], false);
    }
  });
  return found;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  if (clause.name || !named || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function isTypeExport(node: ts.ExportDeclaration): boolean {
  if (node.isTypeOnly) return true;
  const clause = node.exportClause;
  return (
    !!clause &&
    ts.isNamedExports(clause) &&
    clause.elements.length > 0 &&
    clause.elements.every((e) => e.isTypeOnly)
  );
}

function resolve(from: string, written: string): Pick<Import, 'target' | 'specifier' | 'isFile'> {
  const specifier = written.replace(/\?.*$/, '');
  if (specifier.startsWith('.')) {
    return { target: posix.join(posix.dirname(from), specifier), specifier, isFile: true };
  }
  if (/^#(app|dev-store|tests)\//.test(specifier))
    return { target: specifier.slice(1), specifier, isFile: true };
  if (specifier.startsWith('~/')) return { target: `app/${specifier.slice(2)}`, specifier, isFile: true };
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
  return { target: name, specifier, isFile: false };
}
