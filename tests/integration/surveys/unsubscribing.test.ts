import { beforeEach, describe, expect, it } from 'vitest';
import { showUnsubscribe, unsubscribe } from '#app/services/unsubscribe.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aShop, everyRow, NOW, setNow, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const database = useTestDatabase();
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  shop = await aShop(database.pool);
});

const one = async (sql: string) => (await database.pool.query(sql)).rows;

describe('unsubscribing', () => {
  it('asks on GET, does it on POST, once, and for ever', async () => {
    const about = { shopId: shop.shopId, token: deps.tokens.unsubscribeToken(shop.shopId, shop.customerId) };
    const before = await everyRow(database.pool);
    expect(await showUnsubscribe(deps, about)).toMatchObject({
      outcome: 'ask',
      brand: { name: 'Moss & Fern' },
    });
    expect(await everyRow(database.pool)).toEqual(before);
    expect(await unsubscribe(deps, about)).toMatchObject({ outcome: 'done' });
    await setNow(database.pool, new Date(NOW.getTime() + 1000 * 86_400_000));
    expect(await unsubscribe(deps, about)).toMatchObject({ outcome: 'done' });
    expect(await showUnsubscribe(deps, about)).toMatchObject({ outcome: 'done' });
    expect(await one('SELECT unsubscribed_at FROM customer')).toEqual([{ unsubscribed_at: NOW }]);
  });

  it('refuses what we did not sign for this shop', async () => {
    const token = deps.tokens.unsubscribeToken(shop.shopId, shop.customerId);
    const other = await aShop(database.pool, 'other.myshopify.com');
    for (const about of [
      { shopId: other.shopId, token },
      { shopId: shop.shopId, token: `${token}x` },
      { shopId: shop.shopId, token: token.replace(/^./, (char) => (char === 'A' ? 'B' : 'A')) },
      { shopId: 'moss', token },
      { shopId: shop.shopId, token: '' },
    ]) {
      expect(await unsubscribe(deps, about)).toEqual({ outcome: 'not_found' });
    }
    expect(await one('SELECT id FROM customer WHERE unsubscribed_at IS NOT NULL')).toEqual([]);
  });
});
