import { GraphQLError } from 'graphql';

export interface SearchTerm {
  field: string;
  operator: ':' | ':>' | ':>=' | ':<' | ':<=';
  value: string;
}

/**
 * Reads Shopify's search syntax as far as the store filters: `field:value` and comparisons,
 * joined by spaces or AND. Anything else is refused rather than silently ignored.
 */
export function parseSearch(query: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  const pattern = /\s*(?:AND\s+)?([a-z_]+)(:>=|:<=|:>|:<|:)\s*(?:'([^']*)'|"([^"]*)"|(\S+))\s*/gy;
  while (pattern.lastIndex < query.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(query);
    if (match === null) {
      throw new GraphQLError(`The dev store does not model the search "${query.slice(at).trim()}".`, {
        extensions: { code: 'NOT_MODELLED' },
      });
    }
    const [, field, operator, single, double, bare] = match;
    terms.push({
      field: field ?? '',
      operator: operator as SearchTerm['operator'],
      value: single ?? double ?? bare ?? '',
    });
  }
  return terms;
}

function holds(order: number, operator: SearchTerm['operator']): boolean {
  if (operator === ':>') return order > 0;
  if (operator === ':>=') return order >= 0;
  if (operator === ':<') return order < 0;
  if (operator === ':<=') return order <= 0;
  return order === 0;
}

/** Whether the record's value, a time or plain text, satisfies the term. */
export function matches(term: SearchTerm, value: string | null): boolean {
  if (value === null) return false;
  if (term.field.endsWith('_at')) {
    const wanted = Date.parse(term.value);
    if (Number.isNaN(wanted)) {
      throw new GraphQLError(`The search value "${term.value}" of ${term.field} is not a time.`);
    }
    return holds(Date.parse(value) - wanted, term.operator);
  }
  if (term.field === 'id') {
    const difference = BigInt(value) - BigInt(/^\d+$/.test(term.value) ? term.value : 0);
    return holds(difference === 0n ? 0 : difference > 0n ? 1 : -1, term.operator);
  }
  return holds(value.toLowerCase().localeCompare(term.value.toLowerCase()), term.operator);
}
