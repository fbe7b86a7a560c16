import type { Pool } from 'pg';

/** What Shopify says of a product. */
export interface ProductInfo {
  /** Shopify's id as decimal text. */
  productId: string;
  title: string;
  image: ProductImage | null;
  collections: { id: string; title: string }[];
}

export interface ProductImage {
  url: string;
  /** The merchant's own description of the picture; null when there is none. */
  alt: string | null;
}

export interface ProductsToFetch {
  shopId: string;
  domain: string;
  /** Of the newest orders first. */
  productIds: string[];
}

/** What is known of the products that orders name, from Shopify's catalogue. */
export interface ProductsRepo {
  /**
   * Installed shops that Shopify may be asked about, with the products of their newest orders that are unknown or
   * that are to be looked at again.
   */
  toFetch(limits: { shops: number; newestOrders: number; perShop: number }): Promise<ProductsToFetch[]>;
  /**
   * Stores an answer. Of what Shopify does not know any more title and collections stay as they were, for the orders
   * that name it; its picture goes.
   * @param hours machine time until each is looked at again
   */
  save(
    shopId: string,
    answer: { found: ProductInfo[]; missing: string[] },
    hours: { found: number; missing: number },
  ): Promise<void>;
  /** After no answer: what was known stays, and Shopify is not asked again for so many minutes of machine time. */
  putOff(shopId: string, productIds: string[], minutes: number): Promise<void>;
  /** null: there is none, or none is known yet. */
  image(shopId: string, productId: string): Promise<ProductImage | null>;
}

/** Shops that have not granted read_products yet are left alone: Shopify would refuse each question. */
const TO_FETCH = `
  SELECT s.id AS "shopId", s.domain, wanted.ids AS "productIds"
  FROM shop s CROSS JOIN LATERAL (
    SELECT array_agg(id ORDER BY placed_at DESC, id) AS ids FROM (
      SELECT line ->> 'productId' AS id, max(placed_at) AS placed_at
      FROM (
        SELECT o.doc, o.placed_at FROM orders o WHERE o.shop_id = s.id AND o.placed_at IS NOT NULL
        ORDER BY o.placed_at DESC LIMIT $2
      ) newest, jsonb_array_elements(newest.doc -> 'lines') line
      WHERE line ->> 'productId' IS NOT NULL AND NOT EXISTS (SELECT FROM product p
        WHERE p.shop_id = s.id AND p.product_id = line ->> 'productId' AND p.refresh_at > now())
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $3
    ) products
  ) wanted
  WHERE s.status = 'installed' AND (s.throttled_until IS NULL OR s.throttled_until <= now())
    AND string_to_array(s.scopes, ',') && ARRAY['read_products', 'write_products'] AND wanted.ids IS NOT NULL
  ORDER BY s.id LIMIT $1`;

/** Nothing comes back for a shop that left while Shopify was asked. */
const SAVE = `
  INSERT INTO product AS p (shop_id, product_id, title, image_url, image_alt, collections, missing, fetched_at, refresh_at)
  SELECT $1, told.id, coalesce(told.title, ''), told.url, told.alt, coalesce(told.collections, '[]'), told.missing, now(),
    now() + told.hours * interval '1 hour'
  FROM jsonb_to_recordset($2) AS told(id text, title text, url text, alt text, collections jsonb, missing boolean, hours float8)
  WHERE EXISTS (SELECT FROM shop WHERE id = $1 AND status = 'installed')
  ON CONFLICT (shop_id, product_id) DO UPDATE SET image_url = excluded.image_url, image_alt = excluded.image_alt,
    title = CASE WHEN excluded.missing THEN p.title ELSE excluded.title END,
    collections = CASE WHEN excluded.missing THEN p.collections ELSE excluded.collections END,
    missing = excluded.missing, fetched_at = excluded.fetched_at, refresh_at = excluded.refresh_at`;

const PUT_OFF = `
  INSERT INTO product (shop_id, product_id, refresh_at)
  SELECT $1, id, now() + $3 * interval '1 minute' FROM unnest($2::text[]) AS id
  WHERE EXISTS (SELECT FROM shop WHERE id = $1 AND status = 'installed')
  ON CONFLICT (shop_id, product_id) DO UPDATE SET refresh_at = excluded.refresh_at`;

export function createProductsRepo(pool: Pool): ProductsRepo {
  return {
    async toFetch({ shops, newestOrders, perShop }) {
      const values = [shops, newestOrders, perShop];
      return (await pool.query<ProductsToFetch>({ name: 'products_to_fetch', text: TO_FETCH, values })).rows;
    },

    async save(shopId, { found, missing }, hours) {
      const told = [
        ...found.map(({ productId: id, title, image, collections }) => ({
          ...{ id, title, collections, url: image?.url ?? null, alt: image?.alt ?? null },
          ...{ missing: false, hours: hours.found },
        })),
        ...missing.map((id) => ({ id, missing: true, hours: hours.missing })),
      ];
      await pool.query(SAVE, [shopId, JSON.stringify(told)]);
    },

    async putOff(shopId, productIds, minutes) {
      await pool.query(PUT_OFF, [shopId, productIds, minutes]);
    },

    async image(shopId, productId) {
      const { rows } = await pool.query<ProductImage>({
        name: 'product_image',
        text: `SELECT image_url AS url, image_alt AS alt FROM product
               WHERE shop_id = $1 AND product_id = $2 AND image_url IS NOT NULL`,
        values: [shopId, productId],
      });
      return rows[0] ?? null;
    },
  };
}
