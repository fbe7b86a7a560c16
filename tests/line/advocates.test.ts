import { beforeEach, expect, it } from 'vitest';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { showForecast } from '#app/services/show-forecast.ts';
import {
  customerRedactPayload,
  type orderPayload,
  type OrderSpec,
} from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, delivered, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { customerOf } from './signals.ts';

/** Who brought a friend is told by the code on the friend's order. */
const database = useTestDatabase();
const CODE = 'FRIEND-BCDFG-HJKMN';
const OWNER = { id: '9007199254740995777', email: 'owner@example.com' };

let line: LineHarness;
let owner: string;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
  await hear({ customer: { ...OWNER, createdAt: ADA.createdAt }, id: '7001', email: OWNER.email });
  owner = await customerOf(line, OWNER.id);
  const code = { id: line.deps.newId(), customerId: owner, code: CODE, nodeId: 'gid://1' };
  await line.deps.grants.saveReferralCode(line.shopId, { ...code, now: at('2026-03-02T09:00:00') });
});

async function hear(over: Partial<OrderSpec>, topic = 'orders/paid') {
  await line.receive(topic, order(over) as ReturnType<typeof orderPayload>);
  await line.settle();
}

/** What the page of the code's owner says. */
async function standing() {
  const found = await showForecast(
    { ...line.deps, admin: createAdminReads(database.pool) },
    { shop: { id: line.shopId, settings: {} }, customerId: owner },
  );
  const brought = found!.referral.parts.find(({ key }) => key === 'has_recommended')!.grade;
  return { advocate: found!.groups.includes('advocate'), brought };
}

it('a friend who keeps what they ordered makes an advocate, once they can return it no more', async () => {
  expect(await standing()).toEqual({ advocate: false, brought: 0 });
  // Typed by hand: Shopify takes it in any case.
  await hear({ discountCode: CODE.toLowerCase() });
  expect(await standing()).toEqual({ advocate: false, brought: 0.6 });
  await line.moveTo(at('2026-03-05T15:00:00'));
  for (const { topic, payload } of delivered) await line.receive(topic, payload);
  await line.settle();
  expect(await standing()).toEqual({ advocate: false, brought: 0.6 });
  await line.moveTo(at('2026-04-05T15:00:00'));
  expect(await standing()).toEqual({ advocate: true, brought: 0.8 });
});

it('neither a cancelled order makes one, nor one of another shop', async () => {
  await hear({ discountCode: CODE });
  await hear(
    {
      discountCode: CODE,
      cancelledAt: at('2026-03-02T09:30:00'),
      updatedAt: at('2026-03-02T09:30:00'),
    },
    'orders/cancelled',
  );
  expect(await standing()).toEqual({ advocate: false, brought: 0 });
  await line.rows(
    `INSERT INTO orders (shop_id, order_id, customer_id, paid_at, delivered_at, total_minor, discount_codes, source_updated_at)
     SELECT gen_random_uuid(), '1', gen_random_uuid(), $1, $1, 1000, ARRAY[$2], $1`,
    [at('2025-01-01T00:00:00'), CODE],
  );
  expect(await standing()).toEqual({ advocate: false, brought: 0 });
});

it('the owner is no friend of their own', async () => {
  await hear({
    ...{ id: '7002', discountCode: CODE, email: OWNER.email },
    customer: { ...OWNER, createdAt: ADA.createdAt },
  });
  expect(await standing()).toEqual({ advocate: false, brought: 0 });
});

it('who has no code to hand on is not known to have brought nobody', async () => {
  await line.rows('DELETE FROM referral_code');
  expect(await standing()).toEqual({ advocate: false, brought: null });
});

it('the order of an erased friend keeps no code', async () => {
  await hear({ discountCode: CODE });
  const codes = async () =>
    (await line.rows('SELECT discount_codes FROM orders WHERE order_id = $1', [ORDER_ID]))[0]![
      'discount_codes'
    ];
  expect(await codes()).toEqual([CODE]);
  const person = {
    ...{ shopId: '548380009', shopDomain: SHOP_DOMAIN },
    ...{ customerId: ADA.id, email: ADA.email, orderIds: [ORDER_ID] },
  };
  await line.receive('customers/redact', customerRedactPayload(person));
  await line.settle();
  expect(await codes()).toEqual([]);
});
