/** Codes that people read aloud and type: made from an id, so that making one again gives the same one. */

// Without vowels no words appear; without 0, 1, I, L, O and U nothing is mistaken for another.
const ALPHABET = '23456789BCDFGHJKMNPQRSTVWXYZ';
const MASK_64 = (1n << 64n) - 1n;

/**
 * `<PREFIX>-XXXXX-XXXXX`, 28^10 possible codes. The same id and prefix always give the same code; two of a
 * million ids share one with a probability of about 0.2%. No secret: whoever may redeem a code is checked elsewhere.
 * The prefix is reduced to letters and digits A-Z, 0-9 (at most 12).
 */
export function readableCode(id: string, prefix: string): string {
  const head = prefix
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 12);
  let rest = hash64(`${head}:${id}`);
  let body = '';
  for (let index = 0; index < 10; index += 1) {
    body += ALPHABET[Number(rest % 28n)];
    rest /= 28n;
  }
  return [head, body.slice(0, 5), body.slice(5)].filter((part) => part !== '').join('-');
}

/** FNV-1a over UTF-16 units, then mixed so that ids that differ in one digit give unlike codes. */
function hash64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = ((hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n) & MASK_64;
  }
  for (let round = 0; round < 2; round += 1) {
    hash ^= hash >> 32n;
    hash = (hash * 0x9e3779b97f4a7c15n) & MASK_64;
  }
  return hash ^ (hash >> 29n);
}
