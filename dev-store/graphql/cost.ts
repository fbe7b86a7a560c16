import {
  getNamedType,
  isCompositeType,
  isLeafType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from 'graphql';

export const MAX_QUERY_COST = 1000;
const MUTATION_COST = 10;

/** How many objects a field asks for, as a page or by a list of ids; null where it asks for one. */
function pageSize(field: FieldNode, variables: Record<string, unknown>): number | null {
  for (const argument of field.arguments ?? []) {
    const { value } = argument;
    if (argument.name.value === 'ids') {
      const ids = value.kind === Kind.VARIABLE ? variables[value.name.value] : null;
      return value.kind === Kind.LIST ? value.values.length : Array.isArray(ids) ? ids.length : null;
    }
    if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind === Kind.VARIABLE) return Number(variables[value.name.value] ?? 0);
  }
  return null;
}

/**
 * Points a document asks for, by Shopify's rule: a scalar 0, an object 1, a mutation 10, and
 * what stands below a paged field times its page size.
 */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
): number {
  const typeInfo = new TypeInfo(schema);
  const multipliers = [1];
  let cost = 0;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        enter(field) {
          const type = typeInfo.getType();
          const factor = multipliers.at(-1) ?? 1;
          const parent = typeInfo.getParentType();
          const named = type == null ? undefined : getNamedType(type);
          if (parent !== null && parent === schema.getMutationType()) cost += MUTATION_COST;
          else if (
            named !== undefined &&
            !isLeafType(named) &&
            isCompositeType(named) &&
            isCounted(named.name)
          )
            cost += factor;
          multipliers.push(factor * (pageSize(field, variables) ?? 1));
        },
        leave() {
          multipliers.pop();
        },
      },
    }),
  );
  return cost;
}

function isCounted(typeName: string): boolean {
  return !typeName.endsWith('Edge') && typeName !== 'PageInfo' && !typeName.endsWith('Payload');
}

/** Points that the answer really used: objects returned, or the mutation's price. */
export function actualCost(data: unknown, isMutation: boolean): number {
  const count = (value: unknown, key: string): number => {
    if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + count(item, key), 0);
    if (typeof value !== 'object' || value === null) return 0;
    const own = key === 'edges' || key === 'pageInfo' ? 0 : 1;
    return Object.entries(value).reduce((sum, [name, inner]) => sum + count(inner, name), own);
  };
  if (isMutation) return MUTATION_COST * Object.keys((data as object | null) ?? {}).length;
  return Math.max(0, count(data, '') - 1);
}

/** The leaky bucket of one app in one store, in machine time. */
export class CostBucket {
  readonly maximumAvailable: number;
  readonly restoreRate: number;
  #available: number;
  #at = Date.now();
  #forced = 0;

  constructor(maximumAvailable = 20_000, restoreRate = 1000) {
    this.maximumAvailable = maximumAvailable;
    this.restoreRate = restoreRate;
    this.#available = maximumAvailable;
  }

  /** Answers THROTTLED to the next `calls` calls, whatever they cost. */
  forceThrottle(calls: number): void {
    this.#forced = calls;
  }

  #refill(): void {
    const now = Date.now();
    this.#available = Math.min(
      this.maximumAvailable,
      this.#available + ((now - this.#at) / 1000) * this.restoreRate,
    );
    this.#at = now;
  }

  /** True if a call of this cost may run now. */
  admit(cost: number): boolean {
    if (this.#forced > 0) {
      this.#forced -= 1;
      return false;
    }
    this.#refill();
    return cost <= this.#available;
  }

  spend(cost: number): void {
    this.#available = Math.max(0, this.#available - cost);
  }

  status() {
    this.#refill();
    const { maximumAvailable, restoreRate } = this;
    return { maximumAvailable, currentlyAvailable: Math.floor(this.#available), restoreRate };
  }
}
