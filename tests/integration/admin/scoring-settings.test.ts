import { expect, it } from 'vitest';
import { createStaffActs } from '#app/infra/db/staff-acts.repo.server.ts';
import { saveSettings } from '#app/services/save-settings.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aShop } from './seed.ts';

const database = useTestDatabase();

it('has everybody scored anew by another margin share or without predictions, and by nothing else', async () => {
  const shopId = await aShop(database.pool);
  const raisedBy = async (patch: object) => {
    const rulesSeq = async () =>
      Number(
        (await database.pool.query('SELECT rules_seq FROM shop WHERE id = $1', [shopId])).rows[0].rules_seq,
      );
    const before = await rulesSeq();
    await saveSettings({ acts: createStaffActs(database.pool) }, { shopId, json: JSON.stringify(patch) });
    return (await rulesSeq()) - before;
  };
  expect(await raisedBy({ marginShare: 0.25 })).toBe(1);
  expect(await raisedBy({ marginShare: 0.25, brandName: 'Nord' })).toBe(0);
  expect(await raisedBy({ predictions: { purchases: false } })).toBe(1);
  expect(await raisedBy({ predictions: { satisfaction: false } })).toBe(0);
});
