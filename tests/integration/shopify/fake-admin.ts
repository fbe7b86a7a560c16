import { getOperationAST, getVariableValues, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { expect } from 'vitest';
import type { AdminClient, AdminOperation, AdminResult } from '#app/infra/shopify/admin.server.ts';
import { API_VERSION } from '#app/infra/shopify/api-version.ts';
import { createShopifyOperations } from '#app/infra/shopify/operations.server.ts';
import { adminSchema } from '#dev-store/graphql/schema.ts';

export const schema = adminSchema(API_VERSION) as GraphQLSchema;

/** Answers from a list, and checks each call's variables against Shopify's published schema first. */
export function fakeAdmin(...answers: unknown[]) {
  const calls: { document: string; variables: Record<string, unknown> }[] = [];
  const admin: AdminClient = {
    async adminGraphql<Data>(
      _shop: string,
      operation: AdminOperation<Data>,
      variables: Record<string, unknown>,
    ) {
      const document = parse(operation.document);
      const definitions = getOperationAST(document)?.variableDefinitions ?? [];
      expect(getVariableValues(schema, definitions, variables).errors).toBeUndefined();
      calls.push({ document: operation.document, variables });
      const answer = answers.shift();
      if (answer && typeof answer === 'object' && 'kind' in answer) return answer as AdminResult<Data>;
      return { kind: 'ok', data: operation.data.parse(answer) };
    },
  };
  return { calls, operations: createShopifyOperations(admin) };
}
