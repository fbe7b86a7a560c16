import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { refreshScores } from '#app/services/refresh-scores.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, delivered, order } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';
import { addCustomers } from './score-scenes.ts';

/** What the migrations make of mails that were sent and scores that were made before them. */

const database = useTestDatabase();
const migration = (name: string) =>
  readFileSync(new URL(`../../prisma/migrations/${name}/migration.sql`, import.meta.url), 'utf8');
const MIGRATION = migration('0022_signals');
const [BACKFILL] = /^UPDATE "survey_invitation"[^;]+;/m.exec(MIGRATION)!;
const [RESCORE] = /^UPDATE "shop"[^;]+;/m.exec(migration('0023_predictions'))!;

async function byNameAfter(line: LineHarness, before: string) {
  await line.rows(`UPDATE survey_invitation SET by_name = false, ${before} WHERE kind = 'delivery'`);
  await line.rows(BACKFILL);
  const [row] = await line.rows(`SELECT by_name FROM survey_invitation WHERE kind = 'delivery'`);
  return row!['by_name'];
}

it.each([
  ['of late are by name', 'reason = NULL', true],
  ['of unknown fate are not', `reason = 'unknown'`, false],
  ['out of every window stay as they are', `sent_at = business_now() - interval '60 days'`, false],
])('mails %s', async (_name, before, byName) => {
  const line = await createLine(database, at('2026-03-02T09:00:00'));
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.moveTo(at('2026-03-05T15:00:00'));
  await hear(line, ...delivered);
  await line.playTo(at('2026-03-06T10:00:00'));
  expect(line.mails).toHaveLength(1);
  expect(await byNameAfter(line, before)).toBe(byName);
});

it('lock no customer: everybody is scored again by the number of the rules', async () => {
  expect(MIGRATION).not.toMatch(/UPDATE "?customer"?\s/);
  const line = await createLine(database, at('2026-03-02T09:00:00'));
  await addCustomers(line, 3);
  expect(await refreshScores(line.deps, line)).toMatchObject({ read: 3 });
  expect(await refreshScores(line.deps, line)).toMatchObject({ read: 0 });
  await line.rows(RESCORE);
  expect(await line.deps.scores.dueShops(10)).toEqual([{ shopId: line.shopId, crowd: false }]);
  expect(await refreshScores(line.deps, line)).toMatchObject({ read: 3, saved: 3 });
  expect(await line.deps.scores.dueShops(10)).toEqual([]);
});
