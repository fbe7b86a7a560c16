import { createHash } from 'node:crypto';
import { metafieldKey, type MetafieldRecord, type StoreState } from '../store.ts';
import { connection, type PageArgs } from './connection.ts';
import type { GraphqlContext } from './execute.ts';
import { requireScope } from './not-modelled.ts';
import { findNode } from './node.ts';

interface MetafieldInput {
  ownerId: string;
  namespace?: string | null;
  key: string;
  type?: string | null;
  value: string;
  compareDigest?: string | null;
}
interface UserError {
  field: string[];
  message: string;
  code: string;
  elementIndex: null;
}

function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

function metafieldNode(field: MetafieldRecord) {
  return {
    __typename: 'Metafield',
    id: `gid://shopify/Metafield/${field.id}`,
    legacyResourceId: field.id,
    namespace: field.namespace,
    key: field.key,
    type: field.type,
    value: field.value,
    jsonValue: () =>
      /^(json|list\.|number|boolean|rating|money)/.test(field.type) ? JSON.parse(field.value) : field.value,
    compareDigest: digestOf(field.value),
    createdAt: field.createdAt,
    updatedAt: field.updatedAt,
  };
}

/** `$app` and an omitted namespace mean the app's own reserved one. */
function namespaceOf(namespace: string | null | undefined): string {
  if (namespace == null || namespace === '$app') return 'app--aftercare';
  return namespace.replace(/^\$app:/, 'app--aftercare--');
}

/** The two fields that everything with metafields has. */
export function metafieldsOf(ownerId: string, store: StoreState) {
  return {
    metafield: (args: { namespace?: string | null; key: string }) => {
      const key = metafieldKey({ ownerId, namespace: namespaceOf(args.namespace), key: args.key });
      const field = store.records.metafield.get(key);
      return field === undefined ? null : metafieldNode(field);
    },
    metafields: (args: PageArgs & { namespace?: string | null }) => {
      const own = [...store.records.metafield.values()].filter(
        (field) =>
          field.ownerId === ownerId &&
          (args.namespace == null || field.namespace === namespaceOf(args.namespace)),
      );
      return connection(own, args, () => '', metafieldNode);
    },
  };
}

const OWNER_SCOPE: Record<string, string> = {
  Customer: 'write_customers',
  Order: 'write_orders',
  Product: 'write_products',
};

/** metafieldsSet: at most 25, all or none, with compare-and-set by digest. */
export function metafieldsSet(args: { metafields: MetafieldInput[] }, context: GraphqlContext) {
  const { store } = context;
  const userErrors: UserError[] = [];
  const refuse = (index: number, name: string, message: string, code: string) =>
    userErrors.push({ field: ['metafields', String(index), name], message, code, elementIndex: null });
  if (args.metafields.length > 25) {
    refuse(25, 'key', 'Exceeded the maximum metafields input limit of 25.', 'LESS_THAN_OR_EQUAL_TO');
  }
  const now = new Date().toISOString();
  const records = args.metafields.map((input, index): MetafieldRecord => {
    const place = { ownerId: input.ownerId, namespace: namespaceOf(input.namespace), key: input.key };
    const stored = store.records.metafield.get(metafieldKey(place));
    const scope = OWNER_SCOPE[/^gid:\/\/shopify\/(\w+)\//.exec(input.ownerId)?.[1] ?? ''];
    if (scope !== undefined) requireScope(context, scope);
    const type = input.type ?? stored?.type;
    if (findNode(input.ownerId, context) === null)
      refuse(index, 'ownerId', 'Owner does not exist.', 'INVALID');
    if (input.key.length < 2) refuse(index, 'key', 'Key is too short (minimum is 2 characters)', 'TOO_SHORT');
    if (input.key.length > 64) refuse(index, 'key', 'Key is too long (maximum is 64 characters)', 'TOO_LONG');
    if (input.value === '') refuse(index, 'value', "Value can't be blank", 'BLANK');
    if (type === undefined) refuse(index, 'type', "Type can't be blank", 'BLANK');
    if (type !== undefined && !fits(type, input.value)) {
      refuse(index, 'value', `Value is not valid for the type ${type}.`, 'INVALID_VALUE');
    }
    if (
      input.compareDigest != null &&
      input.compareDigest !== (stored === undefined ? null : digestOf(stored.value))
    ) {
      refuse(index, 'compareDigest', 'The resource has been updated since it was loaded.', 'STALE_OBJECT');
    }
    const id = stored?.id ?? store.newId();
    return {
      ...place,
      id,
      type: type ?? '',
      value: input.value,
      createdAt: stored?.createdAt ?? now,
      updatedAt: now,
    };
  });
  if (userErrors.length > 0) return { metafields: null, userErrors };
  for (const record of records) store.save('metafield', record);
  return { metafields: records.map(metafieldNode), userErrors };
}

function fits(type: string, value: string): boolean {
  if (type === 'number_integer') return /^-?\d+$/.test(value);
  if (type === 'number_decimal') return /^-?\d+(\.\d+)?$/.test(value);
  if (type === 'boolean') return value === 'true' || value === 'false';
  if (type === 'date_time') return !Number.isNaN(Date.parse(value));
  if (type !== 'json' && !type.startsWith('list.')) return true;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
