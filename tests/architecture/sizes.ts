/** How long things may be. */
import ts from 'typescript';
import { isTest, parse, type Offence, type Source } from './source.ts';

export const FILE_LINES = 300;
export const SERVICE_LINES = 150;
export const ROUTE_LINES = 40;

/** Files, services and routes beyond their limit. */
export function tooLong(sources: readonly Source[]): Offence[] {
  return sources.flatMap((source) => {
    const { path, text } = source;
    const lines = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
    const found: Offence[] = [];
    const limit = (count: number, most: number, what: string, instead: string) => {
      if (count > most)
        found.push({ path, line: 1, message: `${what} ${count} lines, the limit is ${most}: ${instead}` });
    };
    limit(lines, FILE_LINES - 1, 'has', 'split it by what it is about.');
    if (path.startsWith('app/services/') && !isTest(path)) {
      limit(
        lines,
        SERVICE_LINES,
        'is a service of',
        'it does one verb; move rules to the domain and the rest to a second service.',
      );
    }
    if (path.startsWith('app/routes/') && !isTest(path)) {
      limit(
        handlerLines(source),
        ROUTE_LINES,
        'has a loader and action of together',
        'authenticate, parse, call one service, map the outcome.',
      );
    }
    return found;
  });
}

function handlerLines(source: Source): number {
  const tree = parse(source);
  const height = (node: ts.Node) =>
    tree.getLineAndCharacterOfPosition(node.end).line -
    tree.getLineAndCharacterOfPosition(node.getStart()).line +
    1;
  let total = 0;
  for (const statement of tree.statements) {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) continue;
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map((declaration) => declaration.name.getText())
      : ts.isFunctionDeclaration(statement)
        ? [statement.name?.text]
        : [];
    if (names.some((name) => name === 'loader' || name === 'action')) total += height(statement);
  }
  return total;
}
