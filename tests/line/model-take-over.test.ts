import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import type { FittedKind } from '#app/domain/core/model-kinds.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';
import { fitModel, requestFit } from '#app/services/fit-model.ts';
import { compute, createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { addBuyers, addOrderRows, fitted } from './model-scenes.ts';

/** A fit whose worker stopped: whoever goes on with it reads what was known at its moment, whatever came since. */

const database = useTestDatabase();
const NOW = at('2026-03-02T09:00:00');
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const SINCE = inDays(1);

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, NOW);
});

const fit = (kind: FittedKind) => fitModel({ ...line.deps, compute }, { shopId: line.shopId, kind });
const plan = (kind: FittedKind) => requestFit(line.deps, { shopId: line.shopId, kind });
const learnt = async () => {
  const { data, parameters, report, reason } = await fitted(line);
  return { data, parameters, report, reason };
};

/** @param read what the fit reads from the database, as of its moment */
async function expectTheSame(
  kind: FittedKind,
  disturb: () => Promise<unknown>,
  read: () => Promise<unknown>,
): Promise<void> {
  await plan(kind);
  await fit(kind);
  const undisturbed = await fitted(line);
  const seen = await read();
  await plan(kind);
  expect(await line.deps.modelRuns.claim(line.shopId, kind, 300)).toMatchObject({ asOf: NOW });
  // Killed here.
  await line.moveTo(inDays(3));
  await disturb();
  expect(await read()).toEqual(seen);
  await line.rows(`UPDATE model_run SET lease_until = now() - interval '1 minute' WHERE status = 'running'`);
  await fit(kind);
  expect(await fitted(line)).toEqual(undisturbed);
  // What is fitted now learns of it.
  const before = await learnt();
  await plan(kind);
  await fit(kind);
  expect(await learnt()).not.toEqual(before);
}

/** @returns a run that was kept at another shop */
async function keptElsewhere(
  kind: FittedKind,
  parameters: object,
  finishedAt = SINCE,
): Promise<{ shopId: string }> {
  const id = line.deps.newId();
  const { shopId } = await line.deps.shops.install(id, { domain: `${id}.example`, scopes: '', now: NOW });
  await line.rows(
    `INSERT INTO model_run (shop_id, id, kind, version, seed, status, as_of, started_at, finished_at, parameters)
     VALUES ($1, gen_random_uuid(), $2, 'any', 1, 'kept', $3, $3, $4, $5)`,
    [shopId, kind, inDays(-1), finishedAt, JSON.stringify(parameters)],
  );
  return { shopId };
}

/** Ratings from 1 to 5 of orders; those of 1 and 2 are low. */
async function addRatings(
  ratings: readonly { id: string; customerId: string; orderId: string; rating: number; at: Date }[],
): Promise<void> {
  await line.rows(
    `INSERT INTO survey_response (shop_id, id, answer_key, kind, customer_id, order_id, surface, status, metric, rating, route, answers, answered_at)
     SELECT $1, id, id::text, 'delivery', "customerId", "orderId", 'hosted_page', 'verified', 'csat_delivery', rating,
       CASE WHEN rating <= 2 THEN 'low' ELSE 'high' END,
       jsonb_build_object('ratings', jsonb_build_object('q', rating), 'metrics', jsonb_build_object('q', 'csat_delivery')), at
     FROM jsonb_to_recordset($2) AS r(id uuid, "customerId" uuid, "orderId" text, rating int, at timestamptz)`,
    [line.shopId, JSON.stringify(ratings)],
  );
}

/** Staff hold answers back, or let them count. */
async function moderate(ids: readonly string[], kind: 'quarantine' | 'restore', when: Date): Promise<void> {
  await line.rows(`UPDATE survey_response SET status = $2 WHERE id = ANY($1)`, [
    ids,
    kind === 'quarantine' ? 'quarantined' : 'verified',
  ]);
  await line.rows(
    `INSERT INTO response_act (shop_id, id, response_id, kind, staff_id, at)
     SELECT $1, gen_random_uuid(), id, $3, 's', $4 FROM unnest($2::uuid[]) AS id`,
    [line.shopId, ids, kind, when],
  );
}

describe('a fit that is taken over comes to the same', () => {
  it('of purchases: whatever was fitted for other shops since', async () => {
    await addBuyers(line, { buyers: 300, days: 420, until: NOW });
    const others = () => line.deps.modelRuns.othersKept(line.shopId, 'purchases', { until: NOW, limit: 10 });
    const disturb = async () => keptElsewhere('purchases', (await learnt()).parameters as object);
    await expectTheSame('purchases', disturb, others);
  });

  it('of satisfaction: orders, parcels, promises, deliveries and answers as they stood', async () => {
    const random = seededRandom(3);
    const customers = Array.from({ length: 700 }, () => line.deps.newId());
    // The newest are still on their way, and were rated all the same.
    const orders = customers.map((customerId, n) => ({
      ...{ customerId, orderId: `o${n}`, ratingId: line.deps.newId() },
      placedDaysAgo: n < 100 ? 10 : 20 + Math.floor(500 * random()),
      lateDays: random() < 0.25 ? 2 + Math.floor(8 * random()) : 0,
    }));
    await addOrderRows(
      line,
      orders.map(({ orderId, customerId, placedDaysAgo }) => ({
        orderId,
        customerId,
        at: inDays(-placedDaysAgo),
      })),
    );
    await line.rows(
      `UPDATE orders o SET country_code = 'DE', delivered_at = j.delivered, doc = j.doc
       FROM jsonb_to_recordset($1) AS j(id text, delivered timestamptz, doc jsonb) WHERE o.order_id = j.id`,
      [
        JSON.stringify(
          orders.map(({ orderId: id, placedDaysAgo: ago, lateDays }, n) => ({
            ...{ id, delivered: n < 100 ? null : inDays(5 + lateDays - ago) },
            doc: {
              lines: [{ productId: '7', quantity: 1, netMinor: 2_000, requiresShipping: true }],
              fulfillments: [{ status: 'success', createdAt: inDays(1 - ago) }],
              shipmentEvents: [{ happenedAt: inDays(1 - ago), estimatedDeliveryAt: inDays(5 - ago) }],
            },
          })),
        ),
      ],
    );
    const lowOf = (lateDays: number) => random() < (lateDays > 0 ? 0.7 : 0.1);
    await addRatings(
      orders.map(({ ratingId: id, customerId, orderId, placedDaysAgo, lateDays }, n) => ({
        ...{ id, customerId, orderId, rating: lowOf(lateDays) ? 1 : 5 },
        at: n < 100 ? inDays(-2) : inDays(7 + lateDays - placedDaysAgo),
      })),
    );
    const ratings = (from: number, to: number) => orders.slice(from, to).map(({ ratingId }) => ratingId);
    await moderate(ratings(300, 340), 'quarantine', inDays(-1));
    const read = () => line.deps.sentOrders.recent(line.shopId, NOW, { days: 730, limit: 1_000 });
    expect((await read()).filter(({ answers }) => answers.length === 0)).toHaveLength(40);
    const some = (from: number, to: number) => [orders.slice(from, to).map(({ orderId }) => orderId), SINCE];
    const disturb = async () => {
      await line.rows(`UPDATE orders SET cancelled_at = $2 WHERE order_id = ANY($1)`, some(100, 150));
      await line.rows(`UPDATE orders SET delivered_at = $2 WHERE order_id = ANY($1)`, some(0, 100));
      await line.rows(
        `UPDATE orders SET doc = jsonb_set(doc, '{fulfillments,1}', jsonb_build_object('status', 'success', 'createdAt', $2::timestamptz))
         WHERE order_id = ANY($1)`,
        some(0, 30),
      );
      await line.rows(
        `UPDATE orders SET doc = jsonb_set(doc, '{shipmentEvents,1}', jsonb_build_object('happenedAt', $2::timestamptz,
           'estimatedDeliveryAt', $2::timestamptz)) WHERE order_id = ANY($1)`,
        some(30, 60),
      );
      await moderate(ratings(200, 240), 'quarantine', SINCE);
      await moderate(ratings(300, 340), 'restore', SINCE);
      await keptElsewhere('satisfaction', { ...(await learnt()).parameters!, basis: 'own', rated: 5_000 });
    };
    await expectTheSame('satisfaction', disturb, read);
  });

  it('of escalation: cases that were opened again, made worse or followed by others since', async () => {
    const random = seededRandom(3);
    const cases = Array.from({ length: 200 }, (_, n) => ({
      ...{ id: line.deps.newId(), customerId: line.deps.newId(), n, severity: 1 + (n % 3) },
      ...{ openedAt: inDays(-20 - n / 2), closedAt: inDays(-18 - n / 2) },
    }));
    const open = (rows: readonly object[]) =>
      line.rows(
        `INSERT INTO support_case (shop_id, id, number, source_kind, source_id, customer_id, status, severity, title, issue_type,
           opened_at, due_at, closed_at, opened_severity, opened_critical, opened_text_length)
         SELECT $1, id, n, 'response', id::text, "customerId", CASE WHEN "closedAt" IS NULL THEN 'open' ELSE 'closed' END, severity,
           't', 'delivery', "openedAt", "openedAt", "closedAt", severity, false, 40
         FROM jsonb_to_recordset($2) AS c(id uuid, n int, "customerId" uuid, severity int, "openedAt" timestamptz, "closedAt" timestamptz)`,
        [line.shopId, JSON.stringify(rows)],
      );
    const note = (some: readonly { id: string }[], kind: string, when: (index: number) => Date) =>
      line.rows(
        `INSERT INTO case_note (shop_id, id, case_id, at, kind)
         SELECT $1, gen_random_uuid(), id, at, $3 FROM jsonb_to_recordset($2) AS n(id uuid, at timestamptz)`,
        [line.shopId, JSON.stringify(some.map(({ id }, index) => ({ id, at: when(index) }))), kind],
      );
    await open(cases);
    await note(cases, 'close', (index) => cases[index]!.closedAt);
    const back = cases.filter(({ severity }) => random() < [0.1, 0.35, 0.8][severity - 1]!);
    await note(back, 'answer', (index) => back[index]!.openedAt);
    const ids = (from: number, to: number) => cases.slice(from, to).map(({ id }) => id);
    const reopen = async (from: number, to: number, when: Date) => {
      await line.rows(`UPDATE support_case SET status = 'open', closed_at = NULL WHERE id = ANY($1)`, [
        ids(from, to),
      ]);
      await note(cases.slice(from, to), 'reopen', () => when);
    };
    const close = async (from: number, to: number, when: Date) => {
      await line.rows(`UPDATE support_case SET status = 'closed', closed_at = $2 WHERE id = ANY($1)`, [
        ids(from, to),
        when,
      ]);
      await note(cases.slice(from, to), 'close', () => when);
    };
    await reopen(180, 190, inDays(-5));
    const read = () => line.deps.modelData.settledCases(line.shopId, NOW, { closedDays: 7, limit: 1_000 });
    expect(await read()).toHaveLength(190);
    const disturb = async () => {
      await reopen(0, 20, SINCE);
      await reopen(20, 40, SINCE);
      await close(20, 40, inDays(2));
      await close(180, 190, inDays(2));
      await line.rows(`UPDATE support_case SET severity = 3, critical = true WHERE id = ANY($1)`, [
        ids(40, 100),
      ]);
      await note(cases.slice(40, 100), 'revised', () => SINCE);
      const followers = cases.slice(100, 120).map(({ customerId }, index) => ({
        ...{ id: line.deps.newId(), customerId, n: 1_000 + index, severity: 1 },
        ...{ openedAt: SINCE, closedAt: null },
      }));
      await open(followers);
    };
    await expectTheSame('escalation', disturb, read);
  });

  it('of the weights of the index: orders and answers as they stood', async () => {
    const random = seededRandom(5);
    const rated = Array.from({ length: 500 }, (_, n) => ({
      ...{ id: line.deps.newId(), customerId: line.deps.newId(), orderId: `o${n}` },
      ...{ rating: 1 + Math.floor(5 * random()), at: inDays(-100 - n / 2) },
    }));
    await addRatings(rated);
    const again = rated.filter(({ rating }) => random() < 0.1 + 0.16 * rating);
    await addOrderRows(
      line,
      again.map(({ customerId, orderId, at: answeredAt }, n) => ({
        ...{ customerId, orderId: `again-${orderId}`, unpaid: n < 30 },
        at: new Date(answeredAt.getTime() + 60 * DAY_MS),
      })),
    );
    const ids = (from: number, to: number) => rated.slice(from, to).map(({ id }) => id);
    await moderate(ids(0, 20), 'quarantine', inDays(-1));
    const ordersOf = (from: number, to: number) =>
      again.slice(from, to).map(({ orderId }) => `again-${orderId}`);
    const read = async () => {
      const settledBy = inDays(-90);
      const { modelData } = line.deps;
      const draw = { asOf: NOW, seed: 1, limit: 1_000 };
      const raters = await modelData.drawRaters(line.shopId, settledBy, draw);
      const answers = await modelData.answersOf(line.shopId, raters, settledBy, NOW);
      return { raters, answers: answers.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1)) };
    };
    expect(await read()).toMatchObject({ raters: { length: 480 }, answers: { length: 480 } });
    const disturb = async () => {
      await line.rows(`UPDATE orders SET paid_at = $2 WHERE order_id = ANY($1)`, [ordersOf(0, 30), SINCE]);
      await line.rows(`UPDATE orders SET cancelled_at = $2 WHERE order_id = ANY($1)`, [
        ordersOf(30, 80),
        SINCE,
      ]);
      await moderate(ids(0, 20), 'restore', SINCE);
      await moderate(ids(20, 60), 'quarantine', SINCE);
    };
    await expectTheSame('csi_weights', disturb, read);
  });
});

it('models of other shops come with the one first that rests on the most answers of its own', async () => {
  const answers = [100, 3_000, 200, 9_000, 400];
  for (const rated of answers)
    await keptElsewhere('satisfaction', { basis: rated === 9_000 ? 'blended' : 'own', rated }, NOW);
  await keptElsewhere('satisfaction', { basis: 'own', rated: 50_000 }, SINCE);
  const which = { until: NOW, limit: 2 };
  expect(await line.deps.modelRuns.othersKept(line.shopId, 'satisfaction', which)).toEqual([
    { basis: 'own', rated: 3_000 },
    { basis: 'own', rated: 400 },
  ]);
});
