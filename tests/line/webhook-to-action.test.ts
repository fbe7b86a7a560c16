import { beforeEach, describe, expect, it } from 'vitest';
import { submitByLink } from '#app/services/submit-answer.ts';
import {
  fulfillmentEventPayload,
  fulfillmentPayload,
  orderPayload,
  refundPayload,
} from '#tests/factories/shopify-payloads.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { useTestDatabase } from '#tests/setup/database.ts';

const database = useTestDatabase();
const at = (text: string) => new Date(`${text}Z`);
const ORDER_ID = '9007199254740993111';
const LINE_ID = '9007199254740993222';

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const customer = {
  id: '9007199254740995001',
  email: 'ada@example.com',
  firstName: 'Ada',
  countryCode: 'FR',
  consent: 'subscribed' as const,
  createdAt: at('2026-01-01T00:00:00'),
};
const order = (over: object = {}) =>
  orderPayload({
    id: ORDER_ID,
    name: '#1001',
    createdAt: at('2026-03-02T08:59:00'),
    customer,
    email: customer.email,
    financialStatus: 'paid',
    lines: [{ id: LINE_ID, title: 'Wool blanket', unitPriceMinor: 4_990, quantity: 2 }],
    ...over,
  });

async function deliver() {
  await line.receive(
    'fulfillments/create',
    fulfillmentPayload({
      id: '501',
      orderId: ORDER_ID,
      lineIds: [LINE_ID],
      createdAt: at('2026-03-03T10:00:00'),
    }),
  );
  await line.receive(
    'fulfillment_events/create',
    fulfillmentEventPayload({
      id: '601',
      fulfillmentId: '501',
      orderId: ORDER_ID,
      status: 'delivered',
      happenedAt: at('2026-03-05T14:00:00'),
    }),
  );
}

const linkToken = (index: number) => /\/s\/[^/]+\/([\w-]{22})/.exec(line.mails[index]!.text)![1]!;

describe('from a webhook to an action', () => {
  it('sends the delivery survey the day after delivery, scores the answer and recovers the detractor', async () => {
    await line.receive('orders/create', order());
    await line.settle();
    await line.moveTo(at('2026-03-05T15:00:00'));
    await deliver();
    await line.settle();
    expect(line.mails).toHaveLength(0);

    await line.moveTo(at('2026-03-06T09:00:00'));
    await line.settle();
    expect(line.mails.map((mail) => mail.to)).toEqual(['ada@example.com']);

    await line.moveTo(at('2026-03-06T18:00:00'));
    const answered = await submitByLink(line.deps, {
      shopId: line.shopId,
      token: linkToken(0),
      client: null,
      submission: { answers: { rating: 1, comment_low: 'It came broken.' } },
    });
    expect(answered.outcome).toBe('stored');
    await line.settle();

    expect(await line.rows('SELECT status, severity, due_at, title FROM support_case')).toEqual([
      {
        status: 'open',
        severity: 3,
        due_at: at('2026-03-06T22:00:00'),
        title: 'CSAT 1 of 5 in the delivery survey, order #1001',
      },
    ]);
    // 15% of 99.80 is 14.97; the first month's budget is 1% of the revenue so far, so nothing fits.
    expect(
      await line.rows(`SELECT status, reason FROM action WHERE kind = 'create_recovery_discount'`),
    ).toEqual([{ status: 'skipped', reason: 'The budget of this month is used up.' }]);
    expect(line.mails).toHaveLength(2);
    expect(line.mails[1]!.subject).toContain('#1001');
    const [scored] = await line.rows(
      'SELECT csi, segment, flagged, score_reasons, stale_seq, scored_seq FROM customer',
    );
    expect(scored).toMatchObject({ csi: '0.0', segment: 'detractor' });
    expect(scored!['stale_seq']).toEqual(scored!['scored_seq']);
  });

  it('posts points pending, approves them after the return window and takes back a refunded line exactly', async () => {
    await line.receive('orders/paid', order());
    await line.settle();
    await line.moveTo(at('2026-03-05T15:00:00'));
    await deliver();
    await line.settle();
    const balance = () =>
      line.rows(
        `SELECT bucket, sum(points)::int AS points FROM points_entry GROUP BY bucket ORDER BY bucket`,
      );
    expect(await balance()).toEqual([{ bucket: 'pending', points: 99 }]);

    await line.moveTo(at('2026-04-05T09:00:00'));
    await line.settle();
    expect(await balance()).toEqual([
      { bucket: 'approved', points: 99 },
      { bucket: 'pending', points: 0 },
    ]);

    await line.receive(
      'refunds/create',
      refundPayload({
        id: '701',
        orderId: ORDER_ID,
        createdAt: at('2026-04-05T09:00:00'),
        lines: [{ id: '801', lineId: LINE_ID, quantity: 1, subtotalMinor: 4_990 }],
      }),
    );
    await line.settle();
    expect(await balance()).toEqual([
      { bucket: 'approved', points: 49 },
      { bucket: 'pending', points: 0 },
    ]);
  });

  it('approves points after the longer return window that the merchant chose meanwhile', async () => {
    await line.receive('orders/paid', order());
    await line.settle();
    await line.moveTo(at('2026-03-05T15:00:00'));
    await deliver();
    await line.settle();
    await line.rows(`UPDATE shop SET settings = '{"returnWindowDays":60}'`);
    const approved = () =>
      line.rows(`SELECT sum(points)::int AS points FROM points_entry WHERE bucket = 'approved'`);
    await line.playTo(at('2026-05-04T00:00:00'));
    expect(await approved()).toEqual([{ points: null }]);
    await line.playTo(at('2026-05-06T00:00:00'));
    expect(await approved()).toEqual([{ points: 99 }]);
  });
});
