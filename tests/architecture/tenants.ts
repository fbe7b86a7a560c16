/** Every statement about a tenant's rows says whose: a query that forgets its shop reads all of them. */
import ts from 'typescript';
import { isTest, lineOf, parse, visit, type Offence, type Source } from './source.ts';

export interface AcrossShops {
  path: string;
  /** Words of the statement by which it is known. */
  statement: string;
  reason: string;
}

const VERB = /\b(?:select|insert|update|delete)\b/i;
/** Compared with a parameter, or the first column of what is inserted; a join on shop_id alone names no shop. */
const SCOPED = /\bshop_id\s*=\s*\$\d|\binsert\s+into\s+\w+(?:\s+as\s+\w+)?\s*\(shop_id\b/i;

/** What stands in a text for a part that is only known when it runs. */
const UNKNOWN = '\u0000';

/** Tables with a shop_id column, from the text of prisma/*.prisma. */
export function tenantTables(schema: string): string[] {
  return [...schema.matchAll(/^model (\w+) \{\n([^]*?)^\}/gm)]
    .filter(([, , body]) => /@map\("shop_id"\)/.test(body!))
    .map(([, model, body]) => /@@map\("(\w+)"\)/.exec(body!)?.[1] ?? model!);
}

/**
 * SQL texts in app/infra/db that name a tenant table, or one that is only known when they run, and
 * nowhere a shop as a parameter, except the listed ones; and list entries that name nothing any
 * more. A text counts as a whole: of two halves of one statement one may still forget the shop.
 */
export function shoplessStatements(
  sources: readonly Source[],
  tables: readonly string[],
  exceptions: readonly AcrossShops[],
): Offence[] {
  const names = new RegExp(
    `\\b(?:FROM|JOIN|INTO|UPDATE|USING)\\s+(?:ONLY\\s+)?(?:[\\w."]+(?:\\s+(?:AS\\s+)?\\w+)?\\s*,\\s*)*"?(${[...tables, UNKNOWN].join('|')})(?!\\w)`,
    'i',
  );
  const used = new Set<AcrossShops>();
  const offences = sources
    .filter(({ path }) => path.startsWith('app/infra/db/') && path.endsWith('.ts') && !isTest(path))
    .flatMap((source) =>
      textsOf(source).flatMap(({ text, line }) => {
        const table = names.exec(text)?.[1];
        if (!table || !VERB.test(text) || SCOPED.test(text)) return [];
        const allowed = exceptions.find(
          (entry) => entry.path === source.path && text.includes(entry.statement),
        );
        if (allowed) used.add(allowed);
        if (allowed) return [];
        const message =
          `a statement about ${table === UNKNOWN ? 'a table' : table} must say whose rows: shop_id = $1. If it truly ` +
          'looks across shops, add it with the reason to tests/architecture/allow-list.ts.';
        return [{ path: source.path, line, message }];
      }),
    );
  const stale = exceptions
    .filter((entry) => !used.has(entry))
    .map(({ path, statement }) => ({
      path,
      line: 1,
      message: `has no statement "${statement}" across shops any more: remove it from tests/architecture/allow-list.ts.`,
    }));
  return [...offences, ...stale];
}

/** The string and template literals of a file; constants of the file that a template names are put in. */
function textsOf(source: Source): { text: string; line: number }[] {
  const tree = parse(source);
  const constants = new Map<string, ts.Expression>();
  visit(tree, (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, node.initializer);
  });
  const textOf = (node: ts.Expression, depth = 0): string => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isTemplateExpression(node)) {
      const spans = node.templateSpans.map(
        ({ expression, literal }) => textOf(expression, depth) + literal.text,
      );
      return node.head.text + spans.join('');
    }
    const constant = ts.isIdentifier(node) && depth < 9 ? constants.get(node.text) : undefined;
    return constant ? textOf(constant, depth + 1) : UNKNOWN;
  };
  const found: { text: string; line: number }[] = [];
  visit(tree, (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return;
    found.push({ text: textOf(node), line: lineOf(node) });
  });
  return found;
}
