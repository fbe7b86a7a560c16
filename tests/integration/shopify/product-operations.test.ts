import { describe, expect, it } from 'vitest';
import { fakeAdmin } from './fake-admin.ts';

const shop = 'a.myshopify.com';
const page = (...ids: string[]) =>
  ids.map((id) => ({ id: `gid://shopify/Collection/${id}`, title: `C${id}` }));
const end = { hasNextPage: false, endCursor: null };
const node = (id: string, collections: object = { nodes: [], pageInfo: end }) => ({
  id: `gid://shopify/Product/${id}`,
  title: `Product ${id}`,
  featuredMedia: { alt: null, preview: { image: { url: `https://cdn.shopify.com/${id}.jpg` } } },
  collections,
});

describe('products by id', () => {
  it('come back under the ids that asked for them; what Shopify does not know is missing', async () => {
    const { calls, operations } = fakeAdmin({ nodes: [node('9007199254740995001'), null, node('3')] });
    expect(await operations.productsById(shop, ['9007199254740995001', '2', '3'])).toEqual({
      kind: 'products',
      found: ['9007199254740995001', '3'].map((productId) => ({
        productId,
        title: `Product ${productId}`,
        image: { url: `https://cdn.shopify.com/${productId}.jpg`, alt: null },
        collections: [],
      })),
      missing: ['2'],
    });
    expect(calls.map(({ variables }) => variables)).toEqual([
      { ids: ['9007199254740995001', '2', '3'].map((id) => `gid://shopify/Product/${id}`) },
    ]);
  });

  it('bring all their collections, however many there are', async () => {
    const first = { nodes: page('1', '2'), pageInfo: { hasNextPage: true, endCursor: 'two' } };
    const { calls, operations } = fakeAdmin(
      { nodes: [node('7', first)] },
      { owner: { page: { nodes: page('3'), pageInfo: { hasNextPage: true, endCursor: 'three' } } } },
      { owner: { page: { nodes: page('4'), pageInfo: end } } },
    );
    const answer = await operations.productsById(shop, ['7']);
    expect(answer).toMatchObject({ found: [{ collections: ['1', '2', '3', '4'].map((id) => ({ id })) }] });
    expect(calls.slice(1).map(({ variables }) => variables)).toEqual([
      { id: 'gid://shopify/Product/7', after: 'two' },
      { id: 'gid://shopify/Product/7', after: 'three' },
    ]);
  });

  it.each([
    { kind: 'throttled', retryAfterMs: 5 },
    { kind: 'retryable', reason: 'Shopify answered 503.' },
    { kind: 'reauthorise', reason: 'r' },
    { kind: 'refused', reason: 'Shopify reported: Access denied.' },
  ])('end as a whole in $kind, also in the middle of the collections', async (failure) => {
    expect(await fakeAdmin(failure).operations.productsById(shop, ['7'])).toEqual(failure);
    const first = { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'x' } };
    const { operations } = fakeAdmin({ nodes: [node('7', first)] }, failure);
    expect(await operations.productsById(shop, ['7'])).toEqual(failure);
  });
});
