import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import type { Condition } from '#app/domain/surveys/conditions.ts';
import { PRESETS } from '#app/domain/surveys/presets.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import type { ShopView } from '#app/infra/db/reads/views.ts';
import { countMatching } from '#app/services/count-matching.ts';
import { showSurveyEditor } from '#app/services/show-survey-editor.ts';
import { all, any, asks, fact } from '#tests/factories/survey-conditions.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import {
  aCustomer,
  anAnswer,
  anOrder,
  aShop,
  daysAgo,
  insert,
  NOW,
  setClock,
} from '#tests/integration/admin/seed.ts';

const database = useTestDatabase();
const deps = () => ({ admin: createAdminReads(database.pool) });

async function aSurvey(shopId: string, more: Record<string, unknown> = {}): Promise<string> {
  const id = uuidv7();
  const row = {
    shop_id: shopId,
    id,
    kind: 'delivery',
    status: 'draft',
    draft: PRESETS.delivery,
    position: 1,
  };
  await insert(database.pool, 'survey', { ...row, created_at: NOW, updated_at: NOW, ...more });
  return id;
}

async function aVersion(shopId: string, surveyId: string, definition: object): Promise<void> {
  const row = { shop_id: shopId, survey_id: surveyId, version: 1, definition, published_at: daysAgo(2) };
  await insert(database.pool, 'survey_version', { ...row, published_by: '7' });
}

describe('the list of own surveys', () => {
  it('says of each what it is, whether its draft differs from what is live, and when it was last answered', async () => {
    const shopId = await aShop(database.pool);
    const same = await aSurvey(shopId, { status: 'live', live_version: 1, position: 2 });
    await aVersion(shopId, same, { ...PRESETS.delivery, version: 7 });
    const target = fact('refunded', 'is', true);
    const draft = { ...PRESETS.delivery, name: 'Changed', target };
    const changed = await aSurvey(shopId, { status: 'paused', live_version: 1, draft });
    await aVersion(shopId, changed, PRESETS.delivery);
    const archived = await aSurvey(shopId, { status: 'archived', position: 0 });
    const usage = await aSurvey(shopId, { kind: 'usage', draft: PRESETS.usage });
    await anAnswer(database.pool, shopId, { survey_id: same, answered_at: daysAgo(5) });
    await anAnswer(database.pool, shopId, { survey_id: same, answered_at: daysAgo(4) });
    await anAnswer(database.pool, shopId, { survey_id: changed, answered_at: daysAgo(200) });
    await aSurvey(await aShop(database.pool));

    const rows = await deps().admin.ownSurveys(shopId, daysAgo(90));
    expect(rows.map(({ id }) => id)).toEqual([changed, same, usage, archived]);
    expect(rows[0]).toEqual({
      id: changed,
      kind: 'delivery',
      name: 'Changed',
      status: 'paused',
      liveVersion: 1,
      changed: true,
      questions: 4,
      targeted: true,
      schedule: null,
      rewards: null,
      updatedAt: NOW.toISOString(),
      publishedAt: daysAgo(2).toISOString(),
      identity: 'identified',
      lastAnswerAt: null,
    });
    expect(rows[1]).toMatchObject({
      changed: false,
      targeted: false,
      lastAnswerAt: daysAgo(4).toISOString(),
    });
    expect(rows[2]).toMatchObject({ changed: false, publishedAt: null, name: 'Product in use' });
  });
});

describe('one survey for the editor', () => {
  it('comes with who published it, the others of its kind, and what was sold', async () => {
    const { pool } = database;
    const shopId = await aShop(pool, { settings: { surveys: { delivery: { enabled: false } } } });
    await insert(pool, 'staff', { shop_id: shopId, user_id: '7', name: 'Ada', last_seen_at: NOW });
    const id = await aSurvey(shopId, { status: 'live', live_version: 1, revision: 4 });
    await aVersion(shopId, id, PRESETS.delivery);
    const other = await aSurvey(shopId, { status: 'paused', live_version: 1, position: 2 });
    for (const more of [{}, { status: 'archived' }, { kind: 'usage', status: 'live', live_version: 1 }])
      await aSurvey(shopId, more);
    const line = (productId: string | null, title: string) => ({ lineId: '1', productId, title });
    await anOrder(pool, shopId, '1', { doc: { lines: [line('11', 'Kettle'), line(null, 'Tip')] } });
    await anOrder(pool, shopId, '2', { doc: { lines: [line('11', 'Kettle'), line('12', 'Lid')] } });
    await anOrder(pool, shopId, '3');
    for (const [product, ...ids] of [
      ['11', '91', '92'],
      ['12', '92'],
    ])
      await insert(pool, 'product', {
        ...{ shop_id: shopId, product_id: product, refresh_at: NOW },
        collections: JSON.stringify(ids.map((one) => ({ id: one, title: `Collection ${one}` }))),
      });

    const shop = { id: shopId, name: 'Nordic Home', settings: { surveys: { delivery: { enabled: false } } } };
    const asked = { shop: shop as ShopView, now: NOW, staffEmail: 'ada@example.com' };
    const page = await showSurveyEditor(deps(), { ...asked, surveyId: id });
    expect(page).toMatchObject({
      survey: { id, revision: 4, status: 'live', changed: false, publishedBy: 'Ada' },
      others: [{ id: other }],
      enabled: false,
      brand: { name: 'Nordic Home' },
      targetHours: 4,
      testTo: 'ada@example.com',
      products: [
        { id: '11', title: 'Kettle' },
        { id: '12', title: 'Lid' },
      ],
      // The one of most products first.
      collections: [
        { id: '92', title: 'Collection 92' },
        { id: '91', title: 'Collection 91' },
      ],
    });
    expect(page?.survey.definition).toEqual(PRESETS.delivery);
    expect(await showSurveyEditor(deps(), { ...asked, surveyId: uuidv7() })).toBeNull();
  });
});

describe('how many match now', () => {
  const count = (shopId: string, condition: Condition) =>
    countMatching(deps(), { shopId, json: JSON.stringify(condition) });

  async function aBuyer(shopId: string, name: string, orders: Record<string, unknown>[], more = {}) {
    const dates = orders.map(({ placed_at: placed }) => (placed as Date) ?? daysAgo(20));
    const last = new Date(Math.max(...dates.map(Number)));
    const id = await aCustomer(database.pool, shopId, { last_order_at: last, ...more });
    for (const [index, order] of orders.entries()) {
      const row = { customer_id: id, source_updated_at: daysAgo(1), ...order };
      await anOrder(database.pool, shopId, `${name}${index}`, row);
    }
  }

  it('goes by the latest order that counts of each customer', async () => {
    await setClock(database.pool);
    const shopId = await aShop(database.pool);
    const refunds = [{ refundId: '1', createdAt: daysAgo(3), totalMinor: 100, lines: [] }];
    await aBuyer(shopId, 'a', [
      { placed_at: daysAgo(9), doc: { refunds } },
      { placed_at: daysAgo(2), country_code: 'DE' },
      { placed_at: daysAgo(1), country_code: 'FR', test: true },
    ]);
    await aBuyer(shopId, 'b', [{ placed_at: daysAgo(2), country_code: 'DE', doc: { refunds } }], {
      tier: 'vip',
    });
    await aBuyer(shopId, 'c', [{ placed_at: daysAgo(2), cancelled_at: daysAgo(1), country_code: 'DE' }]);
    await aBuyer(shopId, 'd', [{ country_code: 'DE' }], { redacted_at: daysAgo(1) });
    await aBuyer(await aShop(database.pool), 'e', [{ country_code: 'DE' }]);

    const inGermany = fact('country', 'is', 'DE');
    const refunded = fact('refunded', 'is', true);
    const counted = { outcome: 'counted', customers: 2, bounded: false };
    expect(await count(shopId, inGermany)).toEqual({ ...counted, matching: 2 });
    expect(await count(shopId, all(inGermany, refunded))).toEqual({ ...counted, matching: 1 });
    expect(await count(shopId, fact('order_count', 'is', 2))).toEqual({ ...counted, matching: 1 });
    expect(await count(shopId, fact('tier', 'is', 'vip'))).toEqual({ ...counted, matching: 1 });
    expect(await count(shopId, any(refunded, fact('first_order', 'is', false)))).toEqual({
      ...counted,
      matching: 2,
    });
  });

  it('looks at the newest 1,000 only, and says so', async () => {
    const shopId = await aShop(database.pool);
    await database.pool.query(
      `INSERT INTO customer (shop_id, id, key, last_order_at, created_at)
       SELECT $1, gen_random_uuid(), 'c:' || n, $2::timestamptz - n * interval '1 minute', $2 FROM generate_series(1, 1001) n`,
      [shopId, NOW],
    );
    await database.pool.query(
      `INSERT INTO orders (shop_id, order_id, customer_id, placed_at, source_updated_at, country_code)
       SELECT $1, key, id, last_order_at, last_order_at, CASE WHEN key = 'c:1001' THEN 'FR' ELSE 'DE' END FROM customer WHERE shop_id = $1`,
      [shopId],
    );
    const counted = { outcome: 'counted', customers: 1000, bounded: true };
    expect(await count(shopId, fact('country', 'is', 'DE'))).toEqual({ ...counted, matching: 1000 });
    expect(await count(shopId, fact('country', 'is', 'FR'))).toEqual({ ...counted, matching: 0 });
  });

  it.each([['{'], ['null'], ['{"if":"fact"}'], [JSON.stringify(asks('rating', 'is', 1))]])(
    'refuses %s',
    async (json) => {
      const shopId = await aShop(database.pool);
      expect(await countMatching(deps(), { shopId, json })).toEqual({ outcome: 'invalid' });
    },
  );
});
