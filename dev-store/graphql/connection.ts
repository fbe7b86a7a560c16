import { GraphQLError } from 'graphql';

export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  reverse?: boolean | null;
}

/** Where an item stands in a sorted list: its sort value, then its id. */
interface Place {
  last_value: string | number;
  last_id: string;
}

function decode(cursor: string, name: string): Place {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as Partial<Place>;
    if (place.last_id !== undefined && place.last_value !== undefined) return place as Place;
  } catch {
    // Falls through to the error below.
  }
  throw badRequest(`The value of \`${name}\` is not a cursor of this connection.`);
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

function compare(a: Place, b: Place): number {
  if (a.last_value !== b.last_value) return a.last_value < b.last_value ? -1 : 1;
  // Decimal text: the longer number is the larger one.
  if (a.last_id.length !== b.last_id.length) return a.last_id.length - b.last_id.length;
  return a.last_id === b.last_id ? 0 : a.last_id < b.last_id ? -1 : 1;
}

/**
 * A Relay connection over `items`, sorted by `valueOf` and then by id. A cursor keeps the sort
 * value, so a record that moves between two pages hides no other. Pages hold at most 250.
 */
export function connection<T extends { id: string }>(
  items: T[],
  args: PageArgs,
  valueOf: (item: T) => string | number,
  toNode: (item: T) => unknown,
) {
  const size = args.first ?? args.last;
  if (size == null) throw badRequest('you must provide one of first or last');
  if (size < 0 || size > 250) throw badRequest(`The page size ${size} is outside 0 to 250.`);
  const sign = args.reverse === true ? -1 : 1;
  const placed = items
    .map((item) => ({ item, place: { last_value: valueOf(item), last_id: item.id } }))
    .sort((a, b) => sign * compare(a.place, b.place));
  const after = args.after == null ? null : decode(args.after, 'after');
  const before = args.before == null ? null : decode(args.before, 'before');
  const inside = placed.filter(
    ({ place }) =>
      (after === null || sign * compare(place, after) > 0) &&
      (before === null || sign * compare(place, before) < 0),
  );
  const page = args.first != null ? inside.slice(0, size) : inside.slice(Math.max(0, inside.length - size));
  const cut = inside.length > page.length;
  const cursors = page.map(({ place }) => Buffer.from(JSON.stringify(place)).toString('base64'));
  return {
    edges: () => page.map(({ item }, i) => ({ cursor: cursors[i], node: toNode(item) })),
    nodes: () => page.map(({ item }) => toNode(item)),
    pageInfo: {
      hasNextPage: args.first != null ? cut : before !== null,
      hasPreviousPage: args.first != null ? after !== null : cut,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  };
}
