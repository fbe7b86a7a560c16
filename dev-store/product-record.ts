import { idOf, isoSeconds, objectOf, objectsOf, textOf, type JsonObject } from './json.ts';
import { tagsOf } from './records.ts';

export interface ProductRecord {
  id: string;
  title: string;
  handle: string;
  description: string | null;
  vendor: string | null;
  productType: string | null;
  price: string | null;
  tags: string[];
  /** `src` may be a path of the dev store; without this in records of earlier versions. */
  image?: { src: string; alt: string | null } | null;
  collections?: { id: string; title: string }[];
  createdAt: string | null;
  updatedAt: string | null;
}

/** A product body; null without an id or a title. */
export function productRecord(body: JsonObject): ProductRecord | null {
  const id = idOf(body);
  const title = textOf(body, 'title');
  if (id === null || title === null) return null;
  const variant = objectsOf(body, 'variants')[0];
  const image = objectOf(body, 'image');
  const src = image && textOf(image, 'src');
  return {
    id,
    title,
    handle: textOf(body, 'handle') ?? handleFor(title, id),
    description: textOf(body, 'body_html'),
    vendor: textOf(body, 'vendor'),
    productType: textOf(body, 'product_type'),
    price: (variant === undefined ? null : textOf(variant, 'price')) ?? textOf(body, 'price'),
    tags: tagsOf(body),
    image: image && src ? { src, alt: textOf(image, 'alt') } : null,
    // Shopify's own bodies do not tell these: its merchants keep them, as the scenario does here.
    collections: objectsOf(body, 'collections').flatMap((one) => {
      const [collection, name] = [idOf(one), textOf(one, 'title')];
      return collection && name ? [{ id: collection, title: name }] : [];
    }),
    createdAt: isoSeconds(textOf(body, 'created_at')),
    updatedAt: isoSeconds(textOf(body, 'updated_at')),
  };
}

/** A handle as Shopify derives it from the title; the id keeps two equal titles apart. */
export function handleFor(title: string, id: string): string {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${words || 'product'}-${id.slice(-4)}`;
}
