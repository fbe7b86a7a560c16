import { expect, it } from 'vitest';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aCustomer, aShop, daysAgo, insert, setClock } from './seed.ts';

const database = useTestDatabase();

it('tells of a customer’s visits of 30 days, the shop’s own, and of none who was never seen', async () => {
  const { pool } = database;
  await setClock(pool);
  const [shopId, other] = [await aShop(pool), await aShop(pool)];
  const seen = await aCustomer(pool, shopId, { last_seen_at: daysAgo(2) });
  const unseen = await aCustomer(pool, shopId);
  const day = (days: number, counts: object) =>
    insert(pool, 'site_day', {
      ...{ shop_id: shopId, customer_id: seen, day: daysAgo(days), views: 1 },
      ...counts,
    });
  await day(2, { product_views: 3, help_views: 1 });
  await day(29, { product_views: 2, help_views: 0 });
  await day(31, { product_views: 50, help_views: 50 });
  const reads = createAdminReads(pool);
  expect((await reads.customer(shopId, seen))!.visits).toEqual({
    lastSeenAt: daysAgo(2).toISOString(),
    ...{ days: 2, productViews: 5, helpViews: 1 },
  });
  expect((await reads.customer(shopId, unseen))!.visits).toBeNull();
  expect(await reads.customer(other, seen)).toBeNull();
});
