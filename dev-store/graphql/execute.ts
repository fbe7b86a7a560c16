import {
  execute,
  type GraphQLError,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
} from 'graphql';
import { isObject, type Json } from '../json.ts';
import type { StoreState } from '../store.ts';
import type { ShopFacts } from '../config.ts';
import { actualCost, MAX_QUERY_COST, requestedCost, type CostBucket } from './cost.ts';
import { resolveField, resolveType } from './not-modelled.ts';
import { rootValue } from './root.ts';
import { adminSchema } from './schema.ts';

/** What resolvers see. */
export interface GraphqlContext {
  store: StoreState;
  shop: ShopFacts;
  apiKey: string;
  scopes: string[];
  /** Address of the dev store, for links such as an order's status page. */
  baseUrl: string;
  /** Folder of the app's extensions: settings of its web pixel are checked against what that declares. */
  extensionsDir: string;
}

export interface GraphqlAnswer {
  status: number;
  body: unknown;
}

const NOT_FOUND: GraphqlAnswer = { status: 404, body: { errors: 'Not Found' } };

/**
 * One Admin GraphQL call: the document is validated against Shopify's schema of that version and
 * executed on the store. Errors in the document are HTTP 200 with `errors`, as Shopify gives them.
 */
export async function runGraphql(
  version: string,
  request: Json,
  context: GraphqlContext,
  bucket: CostBucket,
): Promise<GraphqlAnswer> {
  const schema = adminSchema(version);
  if (schema === null) return NOT_FOUND;
  const query = isObject(request) ? request['query'] : undefined;
  if (!isObject(request) || typeof query !== 'string') {
    return { status: 400, body: { errors: { query: 'Required parameter missing or invalid' } } };
  }
  const variables = isObject(request['variables']) ? request['variables'] : {};
  const operationName = typeof request['operationName'] === 'string' ? request['operationName'] : null;

  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return errors([(error as GraphQLError).toJSON()]);
  }
  const problems = validate(schema, document, undefined, { maxErrors: 10 });
  if (problems.length > 0) return errors(problems.map(withShopifyCode));

  const cost = requestedCost(schema, document, variables);
  if (cost > MAX_QUERY_COST) {
    const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).`;
    return errors([{ message, extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: MAX_QUERY_COST } }]);
  }
  if (!bucket.admit(cost)) {
    const throttled = { message: 'Throttled', extensions: { code: 'THROTTLED' } };
    return errors([throttled], {
      requestedQueryCost: cost,
      actualQueryCost: null,
      throttleStatus: bucket.status(),
    });
  }
  const result = await execute({
    schema,
    document,
    rootValue,
    contextValue: context,
    variableValues: variables,
    operationName,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  const isMutation = document.definitions.some(
    (part) => part.kind === Kind.OPERATION_DEFINITION && part.operation === 'mutation',
  );
  const actual = actualCost(result.data, isMutation);
  bucket.spend(actual);
  const costs = { requestedQueryCost: cost, actualQueryCost: actual, throttleStatus: bucket.status() };
  return { status: 200, body: { ...result, extensions: { cost: costs } } };
}

function errors(list: GraphQLFormattedError[], cost?: object): GraphqlAnswer {
  return { status: 200, body: { errors: list, ...(cost === undefined ? {} : { extensions: { cost } }) } };
}

function withShopifyCode(error: GraphQLError): GraphQLFormattedError {
  const formatted = error.toJSON();
  const code = error.message.startsWith('Cannot query field')
    ? 'undefinedField'
    : 'argumentLiteralsIncompatible';
  return { ...formatted, extensions: { code } };
}
