import type { ProductRecord } from '../product-record.ts';

/** What a product looks like, by its type; anything else is a parcel. Drawn on 96 by 96 units. */
const SHAPES: Record<string, string> = {
  Coffee:
    '<path d="M30 26h36l5 50a4 4 0 0 1-4 4H29a4 4 0 0 1-4-4z"/><path d="M30 26l2-8h32l2 8z" opacity=".6"/><ellipse cx="48" cy="54" rx="9" ry="13" fill="#fff" opacity=".85"/><path d="M48 42c-6 8 6 16 0 24" fill="none" stroke-width="2.5"/>',
  Brewing:
    '<path d="M24 24h48L58 54H38z"/><path d="M72 28c14 0 12 20-6 18" fill="none" stroke-width="5"/><rect x="36" y="54" width="24" height="6" rx="3" opacity=".6"/><path d="M34 64h28l4 16H30z" opacity=".35"/>',
  Drinkware:
    '<path d="M26 32h40v30a14 14 0 0 1-14 14H40a14 14 0 0 1-14-14z"/><path d="M66 40c16-2 16 22 0 20" fill="none" stroke-width="6"/><path d="M38 26c-4-6 4-8 0-14M52 26c-4-6 4-8 0-14" fill="none" stroke-width="3" opacity=".5"/>',
  Digital:
    '<rect x="18" y="24" width="60" height="40" rx="5"/><rect x="24" y="30" width="48" height="28" rx="2" fill="#fff" opacity=".85"/><path d="M43 37v14l12-7z"/><rect x="38" y="68" width="20" height="6" rx="3" opacity=".6"/>',
};
const PARCEL =
  '<path d="M20 36l28-14 28 14v30L48 80 20 66z"/><path d="M20 36l28 14 28-14M48 50v30" fill="none" stroke="#fff" stroke-width="3" opacity=".85"/>';

/** A picture in a colour of the product's own, for a store that has no photographs. */
export function productPicture({ id, productType }: ProductRecord): string {
  const hue = hueOf(id);
  const ink = `hsl(${hue} 38% 36%)`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="480" height="480">` +
    `<rect width="96" height="96" fill="hsl(${hue} 42% 89%)"/>` +
    `<g fill="${ink}" stroke="${ink}" stroke-width="0">${SHAPES[productType ?? ''] ?? PARCEL}</g></svg>`
  );
}

/** 0 to 359, the same for a product wherever it is shown. */
export function hueOf(id: string): number {
  return Number(BigInt(/^\d+$/.test(id) ? id : '0') % 360n);
}
