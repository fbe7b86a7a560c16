import { beforeEach, describe, expect, it } from 'vitest';
import { resubscribe, showUnsubscribe, unsubscribe } from '#app/services/unsubscribe.ts';
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
  const aboutMe = () => ({
    shopId: shop.shopId,
    token: deps.tokens.unsubscribeToken(shop.shopId, shop.customerId),
  });
  const dates = () => one('SELECT unsubscribed_at, surveys_off_at FROM customer');

  it('asks on GET, does it on POST, once, and for ever', async () => {
    const about = aboutMe();
    const before = await everyRow(database.pool);
    expect(await showUnsubscribe(deps, about)).toMatchObject({
      outcome: 'shown',
      stopped: null,
      brand: { name: 'Moss & Fern' },
    });
    expect(await everyRow(database.pool)).toEqual(before);
    const all = { ...about, list: 'all' as const };
    expect(await unsubscribe(deps, all)).toMatchObject({ stopped: 'all' });
    await setNow(database.pool, new Date(NOW.getTime() + 1000 * 86_400_000));
    expect(await unsubscribe(deps, all)).toMatchObject({ stopped: 'all' });
    expect(await showUnsubscribe(deps, about)).toMatchObject({ stopped: 'all' });
    expect(await dates()).toEqual([{ unsubscribed_at: NOW, surveys_off_at: null }]);
  });

  it('ends the surveys alone, then everything; everything ended is not narrowed to surveys again', async () => {
    const about = aboutMe();
    expect(await unsubscribe(deps, { ...about, list: 'surveys' })).toMatchObject({ stopped: 'surveys' });
    expect(await dates()).toEqual([{ unsubscribed_at: null, surveys_off_at: NOW }]);
    expect(await unsubscribe(deps, { ...about, list: 'all' })).toMatchObject({ stopped: 'all' });
    expect(await unsubscribe(deps, { ...about, list: 'surveys' })).toMatchObject({ stopped: 'all' });
    expect(await dates()).toEqual([{ unsubscribed_at: NOW, surveys_off_at: NOW }]);
  });

  it('takes back what was ended by mistake, and nothing where nothing was', async () => {
    const about = aboutMe();
    expect(await resubscribe(deps, about)).toMatchObject({ stopped: null, resumed: false });
    await unsubscribe(deps, { ...about, list: 'all' });
    await unsubscribe(deps, { ...about, list: 'surveys' });
    expect(await resubscribe(deps, about)).toMatchObject({ stopped: null, resumed: true });
    expect(await dates()).toEqual([{ unsubscribed_at: null, surveys_off_at: null }]);
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
      expect(await unsubscribe(deps, { ...about, list: 'all' })).toEqual({ outcome: 'not_found' });
      expect(await resubscribe(deps, about)).toEqual({ outcome: 'not_found' });
    }
    expect(await one('SELECT id FROM customer WHERE unsubscribed_at IS NOT NULL')).toEqual([]);
  });
});
