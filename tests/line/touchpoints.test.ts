import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { refundPayload, returnPayload, returnStatusPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, BLANKET, delivered, MUG, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { answer, arrived, hear, invitationsOf } from './scenes.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const settings = (over: object) =>
  line.rows(`UPDATE shop SET settings = $1 RETURNING id`, [JSON.stringify(over)]);
const subjects = () => line.mails.map((mail) => mail.subject);

describe('a return', () => {
  const goods = { id: '901', orderId: ORDER_ID, lines: [{ id: '902', lineId: BLANKET, quantity: 2 }] };
  const paidBack = (restockType: 'return' | 'no_restock' | null, lines = [BLANKET]) => ({
    topic: 'refunds/create',
    payload: refundPayload({
      ...{ id: '701', orderId: ORDER_ID, createdAt: at('2026-03-10T12:20:00'), amountMinor: 9_980 },
      lines: restockType
        ? lines.map((lineId, index) => ({
            ...{ id: `80${index}`, lineId, quantity: lineId === BLANKET ? 2 : 3, restockType },
            subtotalMinor: lineId === BLANKET ? 9_980 : 3_650,
          }))
        : [],
    }),
  });
  const asksAboutReturn = () =>
    subjects().filter((subject) => subject === 'How easy was your return to Line Test?');

  const sent = async () => {
    await hear(line, { topic: 'orders/paid', payload: order() }, ...delivered);
    await line.playTo(at('2026-03-10T12:30:00'));
  };

  it('is asked about at the next send hour, once, whoever tells of it', async () => {
    await settings({ caps: { surveyDays: 0 } });
    await sent();
    await hear(line, paidBack('return'));
    await line.playTo(at('2026-03-11T09:00:00'));
    expect(asksAboutReturn()).toHaveLength(1);
    await line.receive('returns/process', returnPayload(goods, 'open'));
    await line.receive('returns/close', returnStatusPayload(goods, 'closed'));
    await line.playTo(at('2026-03-20T09:00:00'));
    expect(asksAboutReturn()).toHaveLength(1);
    expect(await line.rows(`SELECT subject_id, status FROM survey_invitation WHERE kind = 'return'`)).toEqual(
      [{ subject_id: 'return:901', status: 'sent' }],
    );
  });

  it.each([
    ['a refund', [BLANKET, MUG], null, /#1001 \(Wool blanket\)/],
    ['a refund of its second line', [MUG], null, /#1001 \(Stoneware mug\)/],
    ['a return of its second line', [MUG], [MUG], /#1001 \(Stoneware mug\)/],
    ['a return of which nothing is known', [BLANKET], [], /#1001 \(your order\)/],
  ] as const)('names what came back: %s', async (_what, paid, held, named) => {
    await settings({ caps: { surveyDays: 0 } });
    await sent();
    const lines = (held ?? []).map((lineId) => ({ id: '902', lineId, quantity: 1 }));
    if (held) await line.receive('returns/process', returnPayload({ ...goods, lines }, 'open'));
    await hear(line, paidBack('return', [...paid]));
    await line.playTo(at('2026-03-11T09:00:00'));
    const asks = line.mails.find(({ subject }) => subject === asksAboutReturn()[0]);
    expect(asks?.text).toMatch(named);
  });

  it('is asked about although the order was refunded in full', async () => {
    await settings({ caps: { surveyDays: 0 } });
    await sent();
    await hear(line, paidBack('return', [BLANKET, MUG]), {
      topic: 'orders/updated',
      payload: order({ updatedAt: at('2026-03-10T12:21:00'), financialStatus: 'refunded' }),
    });
    await line.playTo(at('2026-03-20T09:00:00'));
    expect(asksAboutReturn()).toHaveLength(1);
    expect(await invitationsOf(line, 'usage')).toMatchObject([{ reason: 'order_refunded' }]);
  });

  it.each([
    ['a goodwill refund', null],
    ['a refund of what the customer keeps', 'no_restock' as const],
  ])('is none: %s', async (_what, restock) => {
    await sent();
    await hear(line, paidBack(restock));
    await line.playTo(at('2026-03-20T09:00:00'));
    expect(await invitationsOf(line, 'return')).toEqual([]);
  });

  const { order_id: _order, ...nameless } = returnStatusPayload(goods, 'closed');
  const named: [string, object] = ['returns/approve', returnPayload(goods, 'open')];
  const alone: [string, object] = ['returns/close', nameless];
  it.each([
    ['after one that names the order', [named, alone]],
    ['before one that names the order', [alone, named]],
  ])('is found by a delivery that names the return alone: %s', async (_what, told) => {
    await settings({ caps: { surveyDays: 0 } });
    await sent();
    for (const [topic, payload] of told) {
      await line.receive(topic, payload);
      await line.settle();
    }
    await line.playTo(at('2026-03-11T09:00:00'));
    expect(asksAboutReturn()).toHaveLength(1);
  });

  it('ends the same whatever the order of arrival', async () => {
    const told: [topic: string, payload: object, triggeredAt: Date][] = [
      ['orders/paid', order(), at('2026-03-02T09:00:00')],
      ['fulfillments/create', delivered[0]!.payload, at('2026-03-03T10:00:00')],
      ['fulfillment_events/create', delivered[1]!.payload, at('2026-03-05T14:00:00')],
      ['returns/request', returnPayload(goods), at('2026-03-06T09:00:00')],
      ['returns/close', nameless, at('2026-03-10T08:30:00')],
      ['returns/process', returnPayload(goods, 'open'), at('2026-03-10T12:00:00')],
      ['refunds/create', paidBack('return').payload, at('2026-03-10T12:20:00')],
      ['returns/close', returnStatusPayload(goods, 'closed'), at('2026-03-10T18:00:00')],
    ];
    const endOf = async (arrival: number[]) => {
      await line.close();
      await resetDatabase(database.pool);
      line = await createLine(database, at('2026-03-11T03:00:00'));
      await settings({ caps: { surveyDays: 0 } });
      for (const index of arrival) {
        const [topic, payload, triggeredAt] = told[index]!;
        await line.receive(topic, payload, { webhookId: `r${index}`, triggeredAt });
        await line.settle();
      }
      await line.playTo(at('2026-03-12T09:00:00'));
      const state = await line.rows(
        `SELECT kind, sequence, subject_id, status, first_due_at FROM survey_invitation WHERE kind = 'return' ORDER BY sequence`,
      );
      return { state, mails: asksAboutReturn() };
    };
    const all = told.map((_one, index) => index);
    const expected = await endOf(all);
    expect(expected).toMatchObject({
      state: [{ subject_id: 'return:901', status: 'sent', first_due_at: at('2026-03-10T09:00:00') }],
      mails: [expect.anything()],
    });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (arrival) => {
        expect(await endOf(arrival)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe('a milestone', () => {
  const THANKS = 'Thank you from Line Test, and one question';
  const thanks = () => subjects().filter((subject) => subject === THANKS);

  it('is a higher tier: asked once, and not a second time when it is reached again', async () => {
    await settings({ surveys: { milestone: { enabled: true } }, loyalty: { regularAt: 1, vipAt: 8 } });
    await hear(line, { topic: 'orders/paid', payload: order() }, ...delivered);
    await line.playTo(at('2026-04-05T12:00:00'));
    expect(await line.rows('SELECT tier FROM customer')).toEqual([{ tier: 'regular' }]);
    expect(thanks()).toHaveLength(1);
    expect(await answer(line, { rating: 9 })).toMatchObject({ outcome: 'stored' });
    await line.settle();
    expect(await line.rows(`SELECT kind, metric, answer_key FROM survey_response`)).toEqual([
      { kind: 'milestone', metric: 'nps', answer_key: `milestone:${ORDER_ID}:1` },
    ]);
    // The first NPS of the customer, so that the relationship survey has to wait its 90 days.
    await line.playTo(at('2026-04-20T12:00:00'));
    expect(await invitationsOf(line, 'relationship')).toMatchObject([
      { status: 'suppressed', reason: 'nps_cap' },
    ]);
    expect(await line.rows(`SELECT metric FROM contact WHERE survey_kind = 'milestone'`)).toEqual([
      { metric: 'nps' },
    ]);

    await line.rows(`UPDATE customer SET tier = 'starter', next_score_at = business_now() RETURNING id`);
    await line.playTo(at('2026-08-01T12:00:00'));
    expect(await line.rows('SELECT tier FROM customer')).toEqual([{ tier: 'regular' }]);
    expect(await invitationsOf(line, 'milestone')).toHaveLength(1);
  });

  it('puts the quarterly question off to a quarter after it', async () => {
    const caps = { npsDays: 30 };
    await settings({ caps });
    await hear(line, { topic: 'orders/paid', payload: order() }, ...delivered);
    await line.playTo(at('2026-07-01T06:00:00'));
    await settings({ caps, surveys: { milestone: { enabled: true } }, loyalty: { regularAt: 1, vipAt: 8 } });
    await line.rows(`UPDATE customer SET next_score_at = business_now() RETURNING id`);
    await line.playTo(at('2026-07-16T12:00:00'));
    expect(thanks()).toHaveLength(1);
    expect(await invitationsOf(line, 'relationship')).toMatchObject([
      { status: 'sent' },
      { status: 'suppressed', reason: 'nps_cap' },
      { status: 'scheduled', due_at: at('2026-09-29T08:00:00') },
    ]);
  });

  it('is each year since the first order, for whoever still buys', async () => {
    await settings({ surveys: { milestone: { enabled: true }, relationship: { enabled: false } } });
    await hear(line, arrived(5_000, at('2026-03-05T10:00:00')));
    await line.playTo(at('2026-09-20T12:00:00'));
    await hear(line, arrived(6_000, at('2026-09-20T10:00:00')));
    await line.playTo(at('2027-03-02T12:00:00'));
    expect(thanks()).toHaveLength(0);
    await line.moveTo(at('2027-03-04T09:00:00'));
    await line.settle();
    await line.playTo(at('2027-03-06T12:00:00'));
    expect(
      await line.rows(`SELECT subject_id, order_id, status FROM survey_invitation WHERE kind = 'milestone'`),
    ).toEqual([{ subject_id: 'year:1', order_id: '6000', status: 'sent' }]);
    await line.playTo(at('2027-04-06T12:00:00'));
    expect(thanks()).toHaveLength(1);
  });
});
