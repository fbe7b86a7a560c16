import type { ProductInfo } from '../../db/products.repo.server.ts';
import type { ProductNode } from '../graphql/products.ts';

/** Where Shopify keeps the pictures of all shops. */
const CDN_HOST = 'cdn.shopify.com';

/**
 * A product as it is stored.
 * @param devStoreUrl where pictures come from instead of Shopify's CDN, when the app runs against the dev store
 */
export function productInfo(productId: string, node: ProductNode, devStoreUrl?: string): ProductInfo {
  const { title, featuredMedia, collections } = node;
  const url = featuredMedia?.preview?.image?.url;
  return {
    productId,
    title,
    image: url && isOwnPicture(url, devStoreUrl) ? { url, alt: featuredMedia.alt?.trim() || null } : null,
    collections: collections.nodes.flatMap(({ id, title: name }) => {
      const digits = /(\d+)$/.exec(id)?.[1];
      return digits ? [{ id: digits, title: name }] : [];
    }),
  };
}

/** Mails load pictures from Shopify only, and encrypted: any other host would learn who opens them. */
function isOwnPicture(address: string, devStoreUrl?: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  if (devStoreUrl) return url.origin === new URL(devStoreUrl).origin;
  return url.protocol === 'https:' && url.host === CDN_HOST && url.username === '';
}
