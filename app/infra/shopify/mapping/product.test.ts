import { describe, expect, it } from 'vitest';
import type { ProductNode } from '../graphql/products.ts';
import { productInfo } from './product.ts';

const none = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
const node = (over: Partial<ProductNode> = {}): ProductNode => ({
  id: 'gid://shopify/Product/11',
  title: 'Kettle',
  featuredMedia: null,
  collections: none,
  ...over,
});
const pictured = (url: string, alt: string | null = null) =>
  node({ featuredMedia: { alt, preview: { image: { url } } } });
const CDN = 'https://cdn.shopify.com/s/files/1/0001/products/kettle.jpg?v=1&width=192';

describe('a product', () => {
  it('has its collections, by ids beyond 2^53 too', () => {
    const nodes = [
      { id: 'gid://shopify/Collection/9007199254740995123', title: 'Kitchen' },
      { id: 'gid://shopify/Collection/', title: 'Nothing' },
    ];
    expect(productInfo('11', node({ collections: { ...none, nodes } }))).toEqual({
      productId: '11',
      title: 'Kettle',
      image: null,
      collections: [{ id: '9007199254740995123', title: 'Kitchen' }],
    });
  });

  it.each<[string, ProductNode['featuredMedia']]>([
    ['no picture', null],
    ['a video without a preview', { alt: 'x', preview: null }],
    ['a preview that is not ready', { alt: 'x', preview: { image: null } }],
  ])('with %s has none', (_name, featuredMedia) => {
    expect(productInfo('11', node({ featuredMedia })).image).toBeNull();
  });

  it.each([
    ['A kettle', 'A kettle'],
    ['  ', null],
    [null, null],
  ])('is described by %j', (alt, expected) => {
    expect(productInfo('11', pictured(CDN, alt)).image).toEqual({ url: CDN, alt: expected });
  });

  it.each([
    ['http://cdn.shopify.com/a.jpg'],
    ['https://cdn.shopify.com.example.com/a.jpg'],
    ['https://cdn.shopify.com@example.com/a.jpg'],
    ['https://user@cdn.shopify.com/a.jpg'],
    ['https://cdn.shopify.com:8443/a.jpg'],
    ['https://images.example.com/a.jpg'],
    ['javascript:alert(1)'],
    ['data:image/png;base64,AA=='],
    ['//cdn.shopify.com/a.jpg'],
    ['http://127.0.0.1:4400/storefront/pictures/11.svg'],
    [''],
  ])('takes no picture from %s', (url) => {
    expect(productInfo('11', pictured(url)).image).toBeNull();
  });

  it('takes pictures from the dev store, and from nowhere else, when it stands in for Shopify', () => {
    const own = 'http://127.0.0.1:4400/storefront/pictures/11.svg';
    const from = (url: string) => productInfo('11', pictured(url), 'http://127.0.0.1:4400').image?.url;
    expect([own, CDN, 'http://127.0.0.1:4401/a.svg'].map(from)).toEqual([own, undefined, undefined]);
  });
});
