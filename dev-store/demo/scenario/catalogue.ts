/** The generated shop: a coffee roastery in Hamburg that ships to its neighbours. */
export const SHOP = {
  domain: 'elbe-roastery.myshopify.com',
  name: 'Elbe Roastery',
  email: 'care@elbe-roastery.example',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
} as const;

export interface Product {
  id: string;
  title: string;
  sku: string;
  /** With tax, in cents. */
  priceMinor: number;
  type: 'Coffee' | 'Brewing' | 'Drinkware' | 'Digital';
  ships: boolean;
  /** How often it is bought, relative to the others. */
  weight: number;
}

/** Tax of what is eaten and drunk, and of everything else (Germany). */
export const TAX_RATE: Record<Product['type'], number> = {
  Coffee: 0.07,
  Brewing: 0.19,
  Drinkware: 0.19,
  Digital: 0.19,
};

const list: [title: string, sku: string, price: number, type: Product['type'], weight: number][] = [
  ['House Espresso 250 g', 'HES-250', 990, 'Coffee', 14],
  ['House Espresso 1 kg', 'HES-1000', 3490, 'Coffee', 10],
  ['Harbour Filter Blend 250 g', 'HFB-250', 1090, 'Coffee', 12],
  ['Harbour Filter Blend 1 kg', 'HFB-1000', 3790, 'Coffee', 7],
  ['Ethiopia Guji, washed 250 g', 'ETH-250', 1390, 'Coffee', 9],
  ['Colombia Huila 250 g', 'COL-250', 1290, 'Coffee', 8],
  ['Kenya Nyeri AA 250 g', 'KEN-250', 1590, 'Coffee', 5],
  ['Decaf Peru 250 g', 'DEC-250', 1250, 'Coffee', 6],
  ['Tasting set, four origins', 'TAS-4', 2990, 'Coffee', 6],
  ['Cold brew bags, 10 pieces', 'CBB-10', 1450, 'Coffee', 4],
  ['Drinking chocolate 70% 300 g', 'CHO-300', 1190, 'Coffee', 3],
  ['Paper filters, 100 pieces', 'FIL-100', 590, 'Brewing', 8],
  ['Pour-over dripper, ceramic', 'DRI-CER', 2790, 'Brewing', 3],
  ['French press 1 l', 'FRP-1', 3990, 'Brewing', 2],
  ['Gooseneck kettle 0.9 l', 'KET-09', 6990, 'Brewing', 2],
  ['Hand grinder, steel burrs', 'GRI-HND', 8900, 'Brewing', 2],
  ['Coffee scale with timer', 'SCA-TIM', 4990, 'Brewing', 2],
  ['Moka pot, 4 cups', 'MOK-4', 3290, 'Brewing', 2],
  ['Milk jug 350 ml', 'JUG-350', 1990, 'Brewing', 2],
  ['Descaler, 2 sachets', 'DES-2', 790, 'Brewing', 3],
  ['Stoneware mug, sea green', 'MUG-SEA', 1890, 'Drinkware', 3],
  ['Espresso cups, set of 2', 'CUP-2', 2490, 'Drinkware', 2],
  ['Travel tumbler 0.4 l', 'TUM-04', 2990, 'Drinkware', 2],
  ['Storage tin 500 g', 'TIN-500', 1690, 'Drinkware', 2],
  ['Online course: better espresso at home', 'COU-ESP', 3900, 'Digital', 1],
];

export const PRODUCTS: readonly Product[] = list.map(([title, sku, priceMinor, type, weight], index) => ({
  id: String(8_400_000_000_001 + index * 32),
  title,
  sku,
  priceMinor,
  type,
  ships: type !== 'Digital',
  weight,
}));

/** Of the shop: one for each type, and one across them. */
const COLLECTIONS: Record<Product['type'], string> = {
  Coffee: 'Coffee',
  Brewing: 'Brewing gear',
  Drinkware: 'Cups and tins',
  Digital: 'Courses',
};
const GIFTS = ['TAS-4', 'CHO-300', 'MUG-SEA', 'CUP-2', 'TUM-04', 'COU-ESP'];

function collectionsOf({ type, sku }: Product) {
  const own = { id: 9_600_000_000_001 + Object.keys(COLLECTIONS).indexOf(type), title: COLLECTIONS[type] };
  return GIFTS.includes(sku) ? [own, { id: 9_600_000_000_031, title: 'Gifts' }] : [own];
}

/** Bodies of products/create, for the storefront. */
export function productBodies(createdAt: Date): unknown[] {
  return PRODUCTS.map((product) => ({
    id: Number(product.id),
    admin_graphql_api_id: `gid://shopify/Product/${product.id}`,
    title: product.title,
    handle: product.title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
    vendor: SHOP.name,
    product_type: product.type,
    created_at: createdAt.toISOString(),
    updated_at: createdAt.toISOString(),
    tags: '',
    image: { src: `/storefront/pictures/${product.id}.svg`, alt: '' },
    collections: collectionsOf(product),
    variants: [
      { id: Number(product.id) + 1, price: (product.priceMinor / 100).toFixed(2), sku: product.sku },
    ],
  }));
}
