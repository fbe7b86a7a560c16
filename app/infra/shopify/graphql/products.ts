import { z } from 'zod';
import type { AdminOperation } from '../admin.server.ts';

/**
 * Reading products. Thirty of them with their first collections stay under the 1,000 points that a query may cost.
 * The picture is asked for at twice the size in which mails show it, for sharp screens.
 */
const IMAGE_PX = 192;

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const collections = z.object({ nodes: z.array(z.object({ id: z.string(), title: z.string() })), pageInfo });
const COLLECTIONS = '{ nodes { id title } pageInfo { hasNextPage endCursor } }';

const product = z.object({
  id: z.string(),
  title: z.string(),
  featuredMedia: z
    .object({
      alt: z.string().nullable(),
      preview: z.object({ image: z.object({ url: z.string() }).nullable() }).nullable(),
    })
    .nullable(),
  collections,
});
export type ProductNode = z.output<typeof product>;

export const productsById = {
  document: `#graphql
    query AftercareProducts($ids: [ID!]!) {
      nodes(ids: $ids) {
        ... on Product {
          id title
          featuredMedia { alt preview { image { url(transform: { maxWidth: ${IMAGE_PX}, maxHeight: ${IMAGE_PX} }) } } }
          collections(first: 20) ${COLLECTIONS}
        }
      }
    }`,
  data: z.object({ nodes: z.array(product.nullable()) }),
} satisfies AdminOperation<unknown>;

export const moreCollections = {
  document: `#graphql
    query AftercareProductCollections($id: ID!, $after: String!) {
      owner: product(id: $id) { page: collections(first: 100, after: $after) ${COLLECTIONS} }
    }`,
  data: z.object({ owner: z.object({ page: collections }).nullable() }),
} satisfies AdminOperation<unknown>;
