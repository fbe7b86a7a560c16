import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SCOPES } from '#app/infra/env.server.ts';
import { createAdminClient } from '#app/infra/shopify/admin.server.ts';
import { createShopifyOperations } from '#app/infra/shopify/operations.server.ts';
import { countMatching } from '#app/services/count-matching.ts';
import { refreshProducts } from '#app/services/refresh-products.ts';
import { productBodies, PRODUCTS } from '#dev-store/demo/scenario/catalogue.ts';
import { startTestStore, TEST_SHOP, type RunningStore } from '#dev-store/testing.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { fact } from '#tests/factories/survey-conditions.ts';
import { survey } from '#tests/factories/surveys.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, delivered } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { BLANKETS, GIFTS, grant, KITCHEN, known, MUGS, ordered, shopify } from './product-scenes.ts';
import { hear, invitationsOf, START } from './scenes.ts';

/** What becomes of what Shopify says of products: pictures in mails, and conditions on collections. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
  await grant(line, 'read_orders,read_products');
});

/** The order is delivered, and the morning of its survey comes. */
async function arrives() {
  await line.moveTo(at('2026-03-05T15:00:00'));
  await hear(line, ...delivered);
  await line.settle();
  await line.moveTo(at('2026-03-06T09:00:00'));
  await line.settle();
}

describe('a picture in the mail', () => {
  let store: RunningStore;
  let token: string;
  beforeAll(async () => {
    store = await startTestStore({ scopes: [...SCOPES] });
    token = await store.accessToken();
    await store.post('/control/store', { products: productBodies(START) });
  });
  afterAll(() => store.devStore.close());

  const askedAbout = async (productIds: (string | null)[]) => {
    await ordered(line, productIds);
    const tokens = {
      getOfflineToken: async () => ({ kind: 'token' as const, accessToken: token, scope: null }),
    };
    const admin = createAdminClient({ tokens, devStoreUrl: store.url });
    const operations = createShopifyOperations(
      { adminGraphql: (_shop, ...rest) => admin.adminGraphql(TEST_SHOP, ...rest) },
      { devStoreUrl: store.url },
    );
    await refreshProducts({ ...line.deps, shopify: operations }, {});
    await arrives();
    return line.mails[0]!;
  };
  const imagesIn = (html: string) => [...html.matchAll(/<img[^>]*\ssrc="([^"]+)"/g)].map(([, src]) => src!);

  it('shows the first product of the order as the demo shop sells it', async () => {
    const [{ id }] = PRODUCTS as [(typeof PRODUCTS)[number]];
    const mail = await askedAbout([id, null]);
    const [src, ...others] = imagesIn(mail.html);
    expect([src, others]).toEqual([`${store.url}/storefront/pictures/${id}.svg`, []]);
    expect((await fetch(src!)).headers.get('content-type')).toContain('image/svg+xml');
    expect(mail.text).not.toContain('/storefront/');
  });

  it.each([
    ['names no product', [null]],
    ['names one that Shopify does not know', ['404']],
  ])('is left out when the order %s', async (_name, productIds) => {
    const mail = await askedAbout(productIds);
    expect(mail.text).toContain('Wool blanket');
    expect(imagesIn(mail.html)).toEqual([]);
  });
});

describe('collections', () => {
  const target = fact('collection_ids', 'one_of', ['1', KITCHEN.id]);
  const meant = () =>
    publish(
      database.pool,
      line.shopId,
      survey([{ id: 'rating', type: 'csat' }], { kind: 'delivery', target }),
    );
  async function decided() {
    await arrives();
    return (await invitationsOf(line))[0];
  }
  const matching = () => countMatching(line.deps, { shopId: line.shopId, json: JSON.stringify(target) });

  it('of the products of an order decide whom a survey is for', async () => {
    await meant();
    await ordered(line);
    await shopify(line, [known(BLANKETS), known(MUGS, { collections: [GIFTS, KITCHEN] })]).run();
    expect(await matching()).toMatchObject({ matching: 1, customers: 1 });
    expect(await decided()).toMatchObject({ status: 'sent' });
    expect(await line.deps.admin.soldCollections(line.shopId)).toEqual([GIFTS, KITCHEN]);
  });

  it('that are not known meet no condition', async () => {
    await meant();
    await ordered(line);
    await shopify(line, [known(BLANKETS), known(MUGS, { collections: [GIFTS] })]).run();
    expect(await matching()).toMatchObject({ matching: 0, customers: 1 });
    expect(await decided()).toMatchObject({ status: 'suppressed', reason: 'not_targeted' });
  });

  it('of another shop are nobody else’s', async () => {
    await ordered(line);
    const install = { domain: 'b.myshopify.com', scopes: '', now: START };
    const other = await line.deps.shops.install(line.deps.newId(), install);
    const hours = { found: 24, missing: 24 };
    await line.deps.products.save(
      other.shopId,
      { found: [known(MUGS, { collections: [KITCHEN] })], missing: [] },
      hours,
    );
    expect(await matching()).toMatchObject({ matching: 0, customers: 1 });
    expect(await line.deps.admin.soldCollections(line.shopId)).toEqual([]);
    expect(await line.deps.products.image(line.shopId, MUGS)).toBeNull();
  });
});
