import { beforeEach, describe, expect, it } from 'vitest';
import { NO_OFFER_REASONS } from '#app/domain/flows/compensation.ts';
import { reconcile } from '#app/services/reconcile.ts';
import { submitByCustomer } from '#app/services/submit-answer.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, order, type Webhook } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';

const database = useTestDatabase();
const OTHER_DOMAIN = 'other-shop.myshopify.com';

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
  await hear(line, purchase(1, '2026-02-10T10:00:00', 500_000));
  await line.settle();
});

const buyer = (id: number) => ({ ...ADA, id: String(80_000 + id), email: `buyer${id}@example.com` });

/** An order of one line; its customer has the order's number unless another one is named. */
function purchase(id: number, time: string, priceMinor = 10_000, customer = id): Webhook {
  const createdAt = at(time);
  const lines = [{ id: String(90_000 + id), unitPriceMinor: priceMinor, requiresShipping: false }];
  const who = buyer(customer);
  const payload = order({
    id: String(60_000 + id),
    name: `#${id}`,
    createdAt,
    updatedAt: createdAt,
    customer: who,
    email: who.email,
    lines,
  });
  return { topic: 'orders/paid', payload };
}

async function complain(
  id: number,
  { rating = 1, customer = id, domain = SHOP_DOMAIN, shopId = line.shopId } = {},
) {
  const about = {
    customerId: buyer(customer).id,
    orderId: String(60_000 + id),
    kind: 'post_purchase' as const,
  };
  const now = await line.deps.clock.now();
  const pageToken = line.deps.tokens.issuePageToken(
    { shopId, ...about },
    new Date(now.getTime() + 3_600_000),
  );
  const outcome = await submitByCustomer(line.deps, {
    ...about,
    shopDomain: domain,
    pageToken,
    locale: null,
    submission: { answers: { rating } },
  });
  expect(outcome.outcome).toBe('stored');
}

const budgets = () =>
  line.rows('SELECT period, limit_minor::int, used_minor::int FROM budget ORDER BY period');
const offers = () =>
  line.rows('SELECT status, amount_minor::int AS minor, order_id FROM discount_grant ORDER BY order_id');
const reasons = () =>
  line.rows(
    `SELECT status, reason, count(*)::int AS actions FROM action WHERE kind = 'create_recovery_discount' GROUP BY 1, 2 ORDER BY 1, 2`,
  );

describe('the month’s budget', () => {
  it('is one per cent of the month before, by the shop’s own calendar', async () => {
    await hear(line, purchase(2, '2026-03-02T08:00:00'), purchase(3, '2026-03-02T08:10:00', 200_000));
    await line.settle();
    await complain(2);
    await line.settle();
    // 22:30 UTC on the last of March is April in Berlin.
    await line.moveTo(at('2026-03-31T22:30:00'));
    await complain(3, { rating: 2 });
    await line.settle();
    // April has one per cent of 2,100.00; ten per cent of 2,000.00, cut to 25.00, does not fit.
    expect(await budgets()).toEqual([{ period: '2026-03', limit_minor: 5_000, used_minor: 1_500 }]);
    expect(await reasons()).toEqual([
      { status: 'done', reason: null, actions: 1 },
      { status: 'skipped', reason: 'The budget of this month is used up.', actions: 1 },
    ]);
    await hear(line, purchase(4, '2026-04-01T09:00:00', 12_000));
    await line.settle();
    await line.moveTo(at('2026-04-02T09:00:00'));
    await complain(4);
    await line.settle();
    expect(await budgets()).toEqual([
      { period: '2026-03', limit_minor: 5_000, used_minor: 1_500 },
      { period: '2026-04', limit_minor: 2_100, used_minor: 1_800 },
    ]);
  });

  it('is never exceeded by offers made at once', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => 10 + index);
    await hear(line, ...ids.map((id) => purchase(id, '2026-03-02T08:00:00')));
    await line.settle(4);
    for (const id of ids) await complain(id);
    await line.settle(8);
    expect(await budgets()).toEqual([{ period: '2026-03', limit_minor: 5_000, used_minor: 4_500 }]);
    expect(await reasons()).toEqual([
      { status: 'done', reason: null, actions: 3 },
      { status: 'skipped', reason: 'The budget of this month is used up.', actions: 9 },
    ]);
    expect(line.discounts).toHaveLength(3);
    expect(await offers()).toHaveLength(3);
    // Everybody is answered, with a code or without.
    expect(line.mails).toHaveLength(12);
  });

  it('goes to who complained first, whichever worker is faster', async () => {
    const ids = [10, 11, 12, 13];
    await hear(line, ...ids.map((id) => purchase(id, '2026-03-02T08:00:00')));
    await line.settle();
    for (const id of ids) await complain(id);
    // The last one to come is the first to be worked on, and so on.
    line.jobs.reverse();
    await line.settle();
    expect(await offers()).toMatchObject([
      { order_id: '60010', status: 'confirmed' },
      { order_id: '60011', status: 'confirmed' },
      { order_id: '60012', status: 'confirmed' },
    ]);
  });

  it('does not count the orders of the last day yet', async () => {
    await hear(line, purchase(2, '2026-03-02T08:00:00'));
    await hear(
      line,
      purchase(3, '2026-03-31T10:00:00', 150_000),
      purchase(4, '2026-03-31T20:00:00', 900_000),
    );
    await line.settle();
    await line.moveTo(at('2026-04-01T12:00:00'));
    await complain(2);
    await line.settle();
    expect(await budgets()).toEqual([{ period: '2026-04', limit_minor: 1_600, used_minor: 1_500 }]);
  });

  it('is nothing after a month without orders, and a share of the first month’s own revenue', async () => {
    await line.moveTo(at('2026-04-20T09:00:00'));
    await hear(line, purchase(2, '2026-04-10T08:00:00', 500_000));
    await line.settle();
    await complain(2);
    await line.settle();
    // March had no order: one per cent of nothing.
    expect(await offers()).toEqual([]);
    expect(await reasons()).toEqual([
      { status: 'skipped', reason: NO_OFFER_REASONS.budget_exhausted, actions: 1 },
    ]);
    await line.rows(`DELETE FROM orders WHERE placed_at < '2026-04-01'`);
    await hear(line, purchase(3, '2026-04-18T08:00:00'));
    await line.settle();
    await complain(3);
    await line.settle();
    expect(await offers()).toEqual([{ status: 'confirmed', minor: 1_500, order_id: '60003' }]);
  });
});

describe('one offer per customer in 90 days', () => {
  it('also when two complaints come at once', async () => {
    await hear(
      line,
      purchase(2, '2026-03-02T08:00:00', 10_000, 5),
      purchase(3, '2026-03-02T08:30:00', 10_000, 5),
    );
    await line.settle();
    await complain(2, { customer: 5 });
    await complain(3, { customer: 5 });
    await line.settle(4);
    expect(await offers()).toHaveLength(1);
    expect(await budgets()).toMatchObject([{ used_minor: 1_500 }]);
    expect(await reasons()).toEqual([
      { status: 'done', reason: null, actions: 1 },
      { status: 'skipped', reason: 'The customer had an offer too recently.', actions: 1 },
    ]);
  });

  it('also when both have been decided before either is reserved', async () => {
    const [customer] = await line.rows<{ id: string }>('SELECT id FROM customer');
    const reserve = (id: string) =>
      line.deps.grants.reserve(line.shopId, {
        actionId: line.deps.newId(),
        customerId: customer!.id,
        orderId: null,
        code: id,
        amountMinor: 1_000,
        currency: 'EUR',
        period: '2026-03',
        limitMinor: 5_000,
        issuedAt: at('2026-03-02T09:00:00'),
        expiresAt: at('2026-05-01T09:00:00'),
        notSince: at('2025-12-02T09:00:00'),
      });
    const outcomes = await Promise.all(['A', 'B', 'C'].map(reserve));
    expect(outcomes.sort()).toEqual(['recent_offer', 'recent_offer', 'reserved']);
    expect(await budgets()).toMatchObject([{ used_minor: 1_000 }]);
  });

  it('and another one after that', async () => {
    await hear(
      line,
      purchase(2, '2026-03-02T08:00:00', 10_000, 5),
      purchase(3, '2026-05-20T08:30:00', 10_000, 5),
    );
    await hear(
      line,
      purchase(4, '2026-04-20T08:00:00', 400_000),
      purchase(6, '2026-05-20T08:00:00', 400_000),
    );
    await line.settle();
    await complain(2, { customer: 5 });
    await line.settle();
    await line.moveTo(at('2026-05-31T08:59:00'));
    await complain(3, { customer: 5 });
    await line.settle();
    expect(await offers()).toHaveLength(1);
    await line.moveTo(at('2026-06-01T09:00:00'));
    await hear(line, purchase(7, '2026-05-31T08:30:00', 10_000, 5));
    await line.settle();
    await complain(7, { customer: 5 });
    await line.settle();
    expect(await offers()).toHaveLength(2);
  });
});

it('a throttled shop waits, is not charged a try, and other shops go on', async () => {
  const other = await line.deps.shops.install(line.deps.newId(), {
    domain: OTHER_DOMAIN,
    scopes: '',
    now: at('2026-01-01T00:00:00'),
  });
  await line.deps.shops.saveProfile(other.shopId, {
    name: 'Other',
    email: null,
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
  });
  for (const { topic, payload } of [
    purchase(1, '2026-02-10T10:00:00', 500_000),
    purchase(2, '2026-03-02T08:00:00'),
  ]) {
    await line.receive(topic, payload, { domain: OTHER_DOMAIN });
  }
  await hear(line, purchase(2, '2026-03-02T08:00:00'));
  await line.settle();
  line.discountOutcomes.push({ kind: 'throttled', retryAfterMs: 3_600_000 });
  await complain(2);
  await line.settle();
  await complain(2, { domain: OTHER_DOMAIN, shopId: other.shopId });
  await line.settle();
  const actions = () =>
    line.rows(
      `SELECT s.domain, a.status, a.attempts FROM action a JOIN shop s ON s.id = a.shop_id WHERE a.kind = 'create_recovery_discount' ORDER BY 1`,
    );
  expect(await actions()).toEqual([
    { domain: SHOP_DOMAIN, status: 'pending', attempts: 0 },
    { domain: OTHER_DOMAIN, status: 'done', attempts: 1 },
  ]);

  await line.rows(`UPDATE shop SET throttled_until = now() - interval '1 second' WHERE domain = $1`, [
    SHOP_DOMAIN,
  ]);
  await line.rows(`UPDATE action SET queued_at = now() - interval '1 hour'`);
  await reconcile(line.deps, {});
  await line.settle();
  expect(await actions()).toMatchObject([{ status: 'done', attempts: 1 }, { status: 'done' }]);
  expect(await line.rows('SELECT used_minor::int FROM budget')).toEqual([
    { used_minor: 1_500 },
    { used_minor: 1_500 },
  ]);
});
