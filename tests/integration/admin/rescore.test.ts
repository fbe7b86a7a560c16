import { expect, it } from 'vitest';
import { createScorePassRepo } from '#app/infra/db/score-pass.repo.server.ts';
import { createScoresRepo } from '#app/infra/db/scores.repo.server.ts';
import { createUpkeepRepo } from '#app/infra/db/upkeep.repo.server.ts';
import { rescoreAll } from '#app/services/rescore-all.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aCustomer, aShop, hoursAhead, setClock } from './seed.ts';

const database = useTestDatabase();

it('makes every customer of the shop due for scoring, but nobody who was merged away and no other shop', async () => {
  const { pool } = database;
  await setClock(pool);
  const [shopId, other] = [await aShop(pool), await aShop(pool)];
  const later = { next_score_at: hoursAhead(20) };
  const ana = await aCustomer(pool, shopId, later);
  const ben = await aCustomer(pool, shopId, {});
  await aCustomer(pool, shopId, { merged_into_id: ana, ...later });
  await aCustomer(pool, other, later);
  const scores = createScoresRepo(pool);
  expect(await scores.dueShops(10)).toEqual([]);
  expect(await rescoreAll({ upkeep: createUpkeepRepo(pool) }, { shopId })).toEqual({
    outcome: 'queued',
    customers: 2,
  });
  expect(await scores.dueShops(10)).toEqual([{ shopId, crowd: false }]);
  const pass = createScorePassRepo(pool);
  const page = await pass.nextPage(shopId, null);
  expect(page?.sources.map(({ customerId }) => customerId)).toEqual([ana, ben].toSorted());
  expect(await pass.nextPage(other, null)).toBeNull();
});
