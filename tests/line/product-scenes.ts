import type { ProductInfo } from '#app/infra/db/products.repo.server.ts';
import type { AdminFailure } from '#app/infra/shopify/admin.server.ts';
import type { ProductsOutcome } from '#app/infra/shopify/operations.server.ts';
import { refreshProducts } from '#app/services/refresh-products.ts';
import type { LineHarness } from '#tests/fakes/line.ts';
import { BLANKET, MUG, order } from '#tests/fakes/order-life.ts';
import { hear } from './scenes.ts';

/** Orders that name products, and a Shopify that knows some of them. */

export const [BLANKETS, MUGS] = ['9007199254740996001', '9007199254740996002'];
export const KITCHEN = { id: '9007199254740997001', title: 'Kitchen' };
export const GIFTS = { id: '2', title: 'Gifts' };

export const grant = (line: LineHarness, scopes: string) =>
  line.rows('UPDATE shop SET scopes = $1', [scopes]);

export const known = (productId: string, over: Partial<ProductInfo> = {}): ProductInfo => ({
  productId,
  title: `Product ${productId}`,
  image: { url: `https://cdn.shopify.com/${productId}.jpg`, alt: 'As sold' },
  collections: [],
  ...over,
});

/** Ada buys one of each. */
export async function ordered(
  line: LineHarness,
  productIds: (string | null)[] = [BLANKETS, MUGS],
  over: Parameters<typeof order>[0] = {},
) {
  const lines = productIds.map((productId, index) => ({
    id: [BLANKET, MUG][index] ?? `7${index}`,
    title: ['Wool blanket', 'Stoneware mug'][index] ?? 'More',
    productId,
    unitPriceMinor: 1_000,
  }));
  await hear(line, { topic: 'orders/paid', payload: order({ lines, ...over }) });
  await line.settle();
}

/** Shopify with these products; the answers given come first. Says what it was asked, and what was logged. */
export function shopify(line: LineHarness, products: ProductInfo[], answers: AdminFailure[] = []) {
  const asks: string[][] = [];
  const warnings: unknown[] = [];
  const deps = {
    ...line.deps,
    shopify: {
      ...line.deps.shopify,
      async productsById(_domain: string, ids: readonly string[]): Promise<ProductsOutcome> {
        asks.push([...ids]);
        const failure = answers.shift();
        if (failure) return failure;
        const found = products.filter(({ productId }) => ids.includes(productId));
        const missing = ids.filter((id) => found.every(({ productId }) => productId !== id));
        return { kind: 'products', found, missing };
      },
    },
    log: Object.assign(Object.create(line.deps.log), {
      warn: (entry: unknown) => void warnings.push(entry),
    }) as typeof line.deps.log,
  };
  return { asks, warnings, run: () => refreshProducts(deps, {}) };
}
