/** Every repository method says first for which shop: no query can forget its tenant. */
import ts from 'typescript';
import { lineOf, parse, type Offence, type Source } from './source.ts';

export interface Exception {
  path: string;
  method: string;
  reason: string;
}

/** A connection handed in may stand before the shop. */
const HANDLE = /^(db|tx|sql|pool|client|connection|executor|queryable)$/;

/**
 * Methods in app/infra/db/*.repo.server.ts that do not take `shopId` first, except the
 * listed ones; and list entries that name nothing any more.
 */
export function unscopedMethods(sources: readonly Source[], exceptions: readonly Exception[]): Offence[] {
  const used = new Set<Exception>();
  const offences = sources
    .filter(({ path }) => /^app\/infra\/db\/.*\.repo\.server\.ts$/.test(path))
    .flatMap((source) =>
      methodsOf(parse(source)).flatMap(({ name, parameters, line }) => {
        const allowed = exceptions.find((entry) => entry.path === source.path && entry.method === name);
        if (allowed) used.add(allowed);
        const first = parameters.find((parameter) => !HANDLE.test(parameter));
        if (allowed || first === 'shopId') return [];
        const message =
          `${name}(${parameters.join(', ')}) must take shopId first. If it truly serves no single shop, ` +
          'add it with the reason to tests/architecture/allow-list.ts.';
        return [{ path: source.path, line, message }];
      }),
    );
  const stale = exceptions
    .filter((entry) => !used.has(entry))
    .map(({ path, method }) => ({
      path,
      line: 1,
      message: `has no method ${method} any more: remove it from tests/architecture/allow-list.ts.`,
    }));
  return [...offences, ...stale];
}

interface Method {
  name: string;
  parameters: string[];
  line: number;
}

/** Exported functions that query, and what exported factories, classes and interfaces named …Repo offer. */
function methodsOf(tree: ts.SourceFile): Method[] {
  const methods = new Map<string, Method>();
  const add = (name: string, node: ts.SignatureDeclaration) => {
    const parameters = node.parameters.map((parameter) => parameter.name.getText());
    if (!methods.has(name)) methods.set(name, { name, parameters, line: lineOf(node) });
  };
  for (const statement of tree.statements) {
    if (!isExported(statement)) continue;
    if (ts.isFunctionDeclaration(statement))
      collectFunction(statement.name?.text ?? 'default', statement, add);
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (initializer && isFunction(initializer)) collectFunction(name.getText(), initializer, add);
        else if (initializer && ts.isObjectLiteralExpression(initializer)) collectObject(initializer, add);
      }
    }
    if (ts.isInterfaceDeclaration(statement) && /Repo(sitory)?$/.test(statement.name.text)) {
      for (const member of statement.members) collectMember(member, add);
    }
    if (ts.isClassDeclaration(statement)) {
      for (const member of statement.members) {
        const hidden =
          ts.canHaveModifiers(member) &&
          ts.getModifiers(member)?.some((m) => m.kind === ts.SyntaxKind.PrivateKeyword);
        if (ts.isMethodDeclaration(member) && !hidden && !ts.isPrivateIdentifier(member.name))
          add(member.name.getText(), member);
      }
    }
  }
  return [...methods.values()];
}

type Add = (name: string, node: ts.SignatureDeclaration) => void;
type Fn = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction;

/** A factory (its result is an object of functions) is looked into; a function that queries counts itself. */
function collectFunction(name: string, node: Fn, add: Add): void {
  const objects = returnedObjects(node);
  if (objects.length > 0 && !isAsync(node)) {
    for (const object of objects) collectObject(object, add);
    return;
  }
  const handed = node.parameters.some((parameter) => HANDLE.test(parameter.name.getText()));
  if (isAsync(node) || handed || /\bPromise</.test(node.type?.getText() ?? '')) {
    if (!/^(create|make)\w*(Repo|Repository)$/.test(name)) add(name, node);
  }
}

function collectObject(object: ts.ObjectLiteralExpression, add: Add): void {
  for (const property of object.properties) {
    if (ts.isMethodDeclaration(property)) add(property.name.getText(), property);
    if (ts.isPropertyAssignment(property) && isFunction(property.initializer))
      add(property.name.getText(), property.initializer);
  }
}

function collectMember(member: ts.TypeElement, add: Add): void {
  if (ts.isMethodSignature(member)) add(member.name.getText(), member);
  if (ts.isPropertySignature(member) && member.type && ts.isFunctionTypeNode(member.type))
    add(member.name.getText(), member.type);
}

function returnedObjects(node: Fn): ts.ObjectLiteralExpression[] {
  if (!node.body) return [];
  const bare = (value: ts.Expression | undefined): ts.Expression | undefined =>
    value &&
    (ts.isParenthesizedExpression(value) || ts.isSatisfiesExpression(value) || ts.isAsExpression(value))
      ? bare(value.expression)
      : value;
  const results = ts.isBlock(node.body)
    ? node.body.statements.filter(ts.isReturnStatement).map((statement) => bare(statement.expression))
    : [bare(node.body)];
  return results
    .filter(
      (result): result is ts.ObjectLiteralExpression => !!result && ts.isObjectLiteralExpression(result),
    )
    .filter((object) =>
      object.properties.some(
        (p) => ts.isMethodDeclaration(p) || (ts.isPropertyAssignment(p) && isFunction(p.initializer)),
      ),
    );
}

function isExported(statement: ts.Statement): boolean {
  return !!(
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)
  );
}

function isFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function isAsync(node: Fn): boolean {
  return !!node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword);
}
