import { expect, it } from 'vitest';
import { parseSettings } from '#app/domain/shop-settings/settings.ts';
import { createScoresRepo } from '#app/infra/db/scores.repo.server.ts';
import { createStaffActs } from '#app/infra/db/staff-acts.repo.server.ts';
import { saveSettings } from '#app/services/save-settings.ts';
import { scoreRow } from '#app/services/score-row.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aCustomer, aShop, daysAgo } from './seed.ts';

const database = useTestDatabase();

it('who ordered within the year is scored again when anniversaries are switched on, and only then', async () => {
  const { pool } = database;
  const [shopId, other] = [await aShop(pool), await aShop(pool)];
  const buyer = await aCustomer(pool, shopId, { last_order_at: daysAgo(200) });
  await aCustomer(pool, shopId, { last_order_at: daysAgo(400) });
  await aCustomer(pool, shopId, {});
  await aCustomer(pool, other, { last_order_at: daysAgo(10) });
  const due = async () =>
    (await pool.query('select id from customer where next_score_at is not null')).rows.map(({ id }) => id);
  const save = (milestone: object) =>
    saveSettings(
      { acts: createStaffActs(pool) },
      { shopId, json: JSON.stringify({ surveys: { milestone } }) },
    );

  await save({ enabled: true, anniversaries: false });
  expect(await due()).toEqual([]);
  expect(await save({ anniversaries: true })).toEqual({ outcome: 'saved' });
  expect(await due()).toEqual([buyer]);
  await pool.query('update customer set next_score_at = null');
  await save({ enabled: true });
  expect(await due()).toEqual([]);
});

it('a score that was read by the old settings is not stored after the new ones', async () => {
  const { pool } = database;
  const shopId = await aShop(pool);
  const buyer = await aCustomer(pool, shopId, { last_order_at: daysAgo(200) });
  const scores = createScoresRepo(pool);
  const score = async () => {
    const loaded = (await scores.load(shopId, [buyer]))!;
    const context = { ...loaded, settings: parseSettings(loaded.shop.settings), present: null };
    return { rows: loaded.sources.map((source) => scoreRow(source, context)), loaded };
  };
  const old = await score();
  const json = JSON.stringify({ surveys: { milestone: { enabled: true, anniversaries: true } } });
  expect(await saveSettings({ acts: createStaffActs(pool) }, { shopId, json })).toEqual({ outcome: 'saved' });
  expect(await scores.save(shopId, old.rows, old.loaded)).toEqual([]);
  expect(await scores.dueShops(10)).toEqual([{ shopId, crowd: false }]);
  const fresh = await score();
  expect(await scores.save(shopId, fresh.rows, fresh.loaded)).toHaveLength(1);
});
