/**
 * Writes JSON the way Shopify does: ids are numbers, however large. They are kept as
 * decimal text until here, because a JavaScript number would round them.
 */

type RawJson = (text: string) => unknown;
const rawJSON = (JSON as unknown as { rawJSON: RawJson }).rawJSON;

/** An id that is written as a bare number. */
export function idNumber(id: string | null): unknown {
  if (id === null) return null;
  if (!/^\d+$/.test(id)) throw new Error(`"${id}" is no Shopify id: ids are decimal text.`);
  return rawJSON(id);
}

/** The gid of an id, e.g. gid("Order", "1001"). */
export const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;

/** A payload as the bytes of a webhook's body. */
export function jsonBytes(payload: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(payload));
}

/** Money as in every *_set field: shop money and the shopper's own, the same unless said. */
export function moneySet(amount: string, currency: string) {
  const money = { amount, currency_code: currency };
  return { shop_money: money, presentment_money: money };
}

/** A sequence of ids beyond 2^53, so that rounding anywhere shows. */
export function idSequence(start = 9_007_199_254_741_001n): () => string {
  let next = start;
  return () => String(next++);
}

/** A time as Shopify writes it; null stays null. */
export const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;
