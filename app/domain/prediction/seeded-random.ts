/**
 * Numbers in [0, 1) that look like chance and are the same for the same seed: SplitMix with 32 bits (Steele, Lea &
 * Flood 2014), an evenly spaced counter mixed by the finaliser of MurmurHash3.
 * @param seed a whole number
 */
export function seededRandom(seed: number): () => number {
  let counter = seed | 0;
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
