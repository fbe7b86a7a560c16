import { beforeEach, expect, it } from 'vitest';
import { timelineText } from '#app/components/timeline-words.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aCustomer, anOrder, aShop, daysAgo, insert, setClock } from './seed.ts';

/** What a customer's page tells of the signals behind a score. */

const database = useTestDatabase();
let shopId: string;
beforeEach(async () => {
  await setClock(database.pool);
  shopId = await aShop(database.pool);
});

const linesOf = async (customerId: string) =>
  (await createAdminReads(database.pool).timeline(shopId, customerId)).map((entry) => {
    const { title, detail, tone } = timelineText(entry, 'EUR');
    return [title, detail, tone];
  });

it('tells of disputes as they stand, once each', async () => {
  const { pool } = database;
  const id = await aCustomer(pool, shopId);
  const dispute = (disputeId: string, type: string, status: string, days: number) => ({
    ...{ disputeId, type, status, initiatedAt: daysAgo(days).toISOString() },
  });
  const disputes = [
    dispute('1', 'chargeback', 'lost', 4),
    dispute('2', 'inquiry', 'under_review', 3),
    dispute('3', 'chargeback', 'won', 2),
  ];
  await anOrder(pool, shopId, '1001', { customer_id: id, doc: { disputes } });
  expect((await linesOf(id)).filter(([title]) => !title?.startsWith('Ordered'))).toEqual([
    ['Chargeback', 'Won: the payment stays with you.', 'success'],
    ['Question of the bank about the payment', 'Open: the bank is looking at it.', 'critical'],
    ['Chargeback', 'Lost.', 'critical'],
  ]);
});

it('says where a score moved because the rules did', async () => {
  const { pool } = database;
  const id = await aCustomer(pool, shopId);
  const scored = (days: number, health: number, version: string) =>
    insert(pool, 'score_history', {
      ...{ shop_id: shopId, customer_id: id, at: daysAgo(days), csi_coverage: 1, health_coverage: 1 },
      ...{ health, band: 'healthy', version, reasons: JSON.stringify([]) },
    });
  await scored(9, 70, 'default-1');
  await scored(5, 65, 'default-2');
  await scored(1, 61, 'default-2');
  expect((await linesOf(id)).map(([title, detail]) => [title, detail])).toEqual([
    ['Health 61.0 (−4.0)', 'Healthy'],
    ['Health 65.0 (−5.0)', 'Healthy, by new rules (default-2)'],
    ['Health 70.0', 'Healthy'],
  ]);
});

it('shows the latest visit, also one that has not moved the score', async () => {
  const stored = { key: 'site', label: 'Visits to the store', value: 100, contribution: 5 };
  const id = await aCustomer(database.pool, shopId, {
    last_seen_at: daysAgo(2),
    score_reasons: JSON.stringify([stored]),
  });
  const customer = await createAdminReads(database.pool).customer(shopId, id);
  expect(customer?.reasons).toEqual([
    { ...stored, fact: { kind: 'visit', lastSeenAt: daysAgo(2).toISOString() } },
  ]);
});
