import { expect, it } from 'vitest';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { showCustomer } from '#app/services/show-customer.ts';
import { createLine } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { arrived, asked, hear } from '../../line/scenes.ts';
import { aCustomer, anAnswer, anInvitation, aShop, daysAgo, setClock } from './seed.ts';

/** What staff read about a person's surveys, by what the line really did and does next. */
const database = useTestDatabase();

async function pageOf(shopId: string, customerId: string) {
  const admin = createAdminReads(database.pool);
  const { rows } = await database.pool.query('SELECT settings FROM shop WHERE id = $1', [shopId]);
  return showCustomer({ admin }, { shop: { id: shopId, settings: rows[0].settings }, customerId });
}

it('says what was sent, what comes next, and what becomes of it then', async () => {
  const line = await createLine(database, at('2026-03-02T09:00:00'));
  await asked(line);
  await line.moveTo(at('2026-03-08T09:00:00'));
  await hear(line, arrived(6_000, at('2026-03-08T07:00:00')));
  await line.settle();
  const [ada] = await line.rows<{ id: string }>(`SELECT id FROM customer WHERE email = 'ada@example.com'`);
  const page = await pageOf(line.shopId, ada!.id);
  if (page.outcome !== 'found') throw new Error('The customer is not found.');
  expect(page.asked).toMatchObject({ barred: null, habit: null, sendHour: 10, timeZone: 'Europe/Berlin' });
  const [delivery] = page.asked.kinds;
  expect(delivery).toEqual({
    kind: 'delivery',
    last: {
      status: 'sent',
      at: '2026-03-06T09:00:00.000Z',
      order: '#1001',
      reason: null,
      answered: false,
      answeredAt: null,
    },
    next: { dueAt: '2026-03-09T09:00:00.000Z', order: '#6000', reason: null },
    ifDue: { outcome: 'hold', reason: 'survey_cap', until: '2026-03-20T09:00:00.000Z' },
  });

  // The line comes to the same.
  await line.playTo(at('2026-03-09T09:00:00'));
  const after = await pageOf(line.shopId, ada!.id);
  expect(after).toMatchObject({
    asked: {
      kinds: [
        { last: { status: 'suppressed', reason: 'survey_cap', order: '#6000' }, next: null },
        {},
        {},
        {},
      ],
    },
  });
});

it('knows nobody of another shop', async () => {
  const [shopId, other] = [await aShop(database.pool), await aShop(database.pool)];
  const customerId = await aCustomer(database.pool, other);
  expect(await pageOf(shopId, customerId)).toEqual({ outcome: 'unknown' });
});

it('tells when somebody answered only where the answer is theirs', async () => {
  await setClock(database.pool);
  const shopId = await aShop(database.pool);
  const customerId = await aCustomer(database.pool, shopId);
  const answered = { answered_at: daysAgo(3) };
  const named = await anInvitation(database.pool, shopId, customerId, { kind: 'usage', ...answered });
  await anAnswer(database.pool, shopId, {
    ...{ kind: 'usage', order_id: named, invitation_id: named, customer_id: customerId },
    ...{ answer_key: `usage:${named}:0`, ...answered },
  });
  await anInvitation(database.pool, shopId, customerId, answered);
  await anAnswer(database.pool, shopId, { identity: 'anonymous', order_id: '', ...answered });
  const page = await pageOf(shopId, customerId);
  if (page.outcome !== 'found') throw new Error('The customer is not found.');
  const lastOf = (kind: string) => page.asked.kinds.find((entry) => entry.kind === kind)?.last;
  expect(lastOf('usage')).toMatchObject({ answered: true, answeredAt: daysAgo(3).toISOString() });
  expect(lastOf('delivery')).toMatchObject({ answered: true, answeredAt: null });
});
