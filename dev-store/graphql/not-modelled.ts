import { GraphQLError, type GraphQLFieldResolver, type GraphQLTypeResolver } from 'graphql';
import type { GraphqlContext } from './execute.ts';

type Resolvable = Record<string, unknown>;

/**
 * Reads a field from its object. A field that the object does not carry is refused by name:
 * the dev store never makes up data.
 */
export const resolveField: GraphQLFieldResolver<Resolvable, GraphqlContext> = (
  source,
  args,
  context,
  info,
) => {
  const value = source[info.fieldName];
  if (value === undefined) throw notModelled(`${info.parentType.name}.${info.fieldName}`);
  return typeof value === 'function' ? (value as (...all: unknown[]) => unknown)(args, context) : value;
};

export const resolveType: GraphQLTypeResolver<Resolvable, GraphqlContext> = (source) =>
  typeof source['__typename'] === 'string' ? source['__typename'] : undefined;

export function notModelled(what: string): GraphQLError {
  return new GraphQLError(`The dev store does not model ${what}.`, { extensions: { code: 'NOT_MODELLED' } });
}

/** Refuses what the token's scopes do not cover; a write scope includes reading. */
export function requireScope(context: GraphqlContext, scope: string): void {
  if (context.scopes.includes(scope) || context.scopes.includes(scope.replace(/^read_/, 'write_'))) return;
  throw new GraphQLError(`Access denied. Required access: \`${scope}\` access scope.`, {
    extensions: { code: 'ACCESS_DENIED', requiredAccess: `\`${scope}\` access scope.` },
  });
}
