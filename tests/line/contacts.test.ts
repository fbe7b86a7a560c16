import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import { oneByOne } from '#app/services/process-event.ts';
import { tick } from '#app/services/tick.ts';
import { unsubscribe } from '#app/services/unsubscribe.ts';
import {
  customerRedactPayload,
  emailConsentPayload,
  fulfillmentEventPayload,
  refundPayload,
  uninstalledPayload,
} from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, cancelled, delivered, order, ORDER_ID, refunded } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, arrived, asked, hear, invitationsOf, surveyDecided } from './scenes.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const invitations = (kind?: SurveyKind) => invitationsOf(line, kind);

describe('one survey in 14 days', () => {
  it('of two that are due at the same instant the delivery goes first, the usage of the other order is left out', async () => {
    await line.moveTo(at('2026-03-06T08:00:00'));
    await hear(line, arrived(6_000, at('2026-02-24T10:00:00')), arrived(5_000, at('2026-03-05T10:00:00')));
    await line.settle();
    await line.playTo(at('2026-03-06T10:00:00'));
    expect(line.mails.map((mail) => mail.subject)).toEqual(['Did #5000 from Line Test arrive as it should?']);
    expect(await invitations()).toMatchObject([
      { order_id: '5000', status: 'sent' },
      { order_id: '6000', status: 'suppressed', reason: 'too_late' },
    ]);
    expect(await invitations('usage')).toMatchObject([
      { order_id: '5000', status: 'scheduled' },
      { order_id: '6000', status: 'suppressed', reason: 'survey_cap' },
    ]);
  });

  it('waits for the cap up to seven days, and gives up at once where that would not do', async () => {
    await line.moveTo(at('2026-03-06T08:00:00'));
    await hear(line, arrived(5_000, at('2026-03-05T10:00:00')));
    await line.playTo(at('2026-03-09T10:00:00'));
    await hear(line, arrived(5_100, at('2026-03-09T07:00:00')));
    await line.playTo(at('2026-03-15T10:00:00'));
    await hear(line, arrived(5_200, at('2026-03-15T07:00:00')));
    await line.playTo(at('2026-03-16T12:00:00'));
    expect(await invitations()).toMatchObject([
      { order_id: '5000', status: 'sent' },
      { order_id: '5100', status: 'suppressed', reason: 'survey_cap' },
      { order_id: '5200', status: 'deferred', reason: 'survey_cap', due_at: at('2026-03-20T09:00:00') },
    ]);
    await line.playTo(at('2026-03-20T09:00:00'));
    expect(await invitations()).toMatchObject([{}, {}, { order_id: '5200', status: 'sent' }]);
    const gaps = line.mails
      .map((mail) => mail.at.getTime())
      .map((time, index, all) => (index === 0 ? Infinity : time - all[index - 1]!));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(14 * DAY_MS);
  });

  it('holds when three workers go through fifty customers’ due surveys, each due more than once', async () => {
    await line.moveTo(at('2026-03-06T08:00:00'));
    for (let index = 0; index < 50; index += 1) {
      const customer = { ...ADA, id: String(70_000 + index), email: `c${index}@example.com` };
      await hear(line, arrived(10_000 + 100 * index, at('2026-03-05T10:00:00'), customer));
      await hear(line, arrived(20_000 + 100 * index, at('2026-03-05T11:00:00'), customer));
    }
    await line.settle(3);
    await line.moveTo(at('2026-03-06T09:00:00'));
    await Promise.all([tick(line.deps, {}), tick(line.deps, {}), tick(line.deps, {})]);
    // Another two events for each customer, as when a timer was set again while its first event waited.
    const extra = await line.rows<{ id: string }>(
      `INSERT INTO event (shop_id, id, source, topic, dedupe_key, received_at, customer_id)
       SELECT shop_id, gen_random_uuid(), 'timer', 'contact.due', 'again:' || id || n, now(), id
       FROM customer, generate_series(1, 2) n RETURNING id`,
    );
    const together = line.jobs.splice(0).filter((job) => job.name === 'events.process');
    expect(together.flatMap((job) => job.payload.eventIds)).toHaveLength(50);
    const again = extra.map(({ id }) => id);
    line.jobs.push(
      ...oneByOne({ shopId: line.shopId, eventIds: again.slice(0, 50) }),
      { name: 'events.process', payload: { shopId: line.shopId, eventIds: again.slice(50) } },
      ...together,
    );
    await line.settle(3);
    expect(line.mails).toHaveLength(50);
    expect(new Set(line.mails.map((mail) => mail.to)).size).toBe(50);
    expect(
      await line.rows(
        `SELECT max(n)::int AS most FROM (SELECT count(*) AS n FROM contact GROUP BY customer_id) c`,
      ),
    ).toEqual([{ most: 1 }]);
  }, 120_000);
});

it('a survey that waits for a cap follows the delivery all the same', async () => {
  await hear(line, { topic: 'orders/paid', payload: order() }, delivered[0]!);
  await line.settle();
  await line.rows(
    `INSERT INTO contact (shop_id, action_id, customer_id, topic, marketing, survey_kind, status, at)
     SELECT shop_id, gen_random_uuid(), id, 'survey', false, 'usage', 'sent', '2026-03-01T09:00:00Z' FROM customer`,
  );
  await line.playTo(at('2026-03-12T00:00:00'));
  expect(await invitations()).toMatchObject([{ status: 'deferred', reason: 'survey_cap' }]);
  const late = {
    id: '9',
    fulfillmentId: '501',
    orderId: ORDER_ID,
    status: 'delayed',
    happenedAt: at('2026-03-11T09:00:00'),
    estimatedDeliveryAt: at('2026-03-25T09:00:00'),
  };
  await hear(line, { topic: 'fulfillment_events/create', payload: fulfillmentEventPayload(late) });
  await line.playTo(at('2026-03-17T00:00:00'));
  expect(line.mails).toEqual([]);
  const [moved] = await invitations();
  expect(moved).toMatchObject({ status: 'scheduled', reason: null });
  expect((moved!['due_at'] as Date).getTime()).toBeGreaterThan(at('2026-03-25T09:00:00').getTime());
});

describe('an open case', () => {
  beforeEach(async () => {
    await hear(line, arrived(5_000, at('2026-03-04T10:00:00')));
    await line.playTo(at('2026-03-05T10:00:00'));
    await answer(line, { rating: 1 });
    await line.settle();
    await line.rows(`UPDATE contact SET at = at - interval '60 days' WHERE topic = 'survey'`);
    await hear(line, arrived(5_100, at('2026-03-05T12:00:00')));
    await line.settle();
    line.mails.length = 0;
  });

  it('holds a survey back until it is closed', async () => {
    await line.playTo(at('2026-03-07T12:00:00'));
    expect(await invitations()).toMatchObject([
      {},
      { order_id: '5100', status: 'deferred', reason: 'open_case' },
    ]);
    await line.rows(`UPDATE support_case SET status = 'closed'`);
    await line.playTo(at('2026-03-08T12:00:00'));
    expect(line.mails.map((mail) => mail.subject)).toEqual(['Did #5100 from Line Test arrive as it should?']);
  });

  it('lets it expire after a week, with the reason', async () => {
    await line.playTo(at('2026-03-14T12:00:00'));
    expect(await invitations()).toMatchObject([
      {},
      { order_id: '5100', status: 'suppressed', reason: 'open_case' },
    ]);
    expect(line.mails).toEqual([]);
  });
});

describe('what comes between the decision and the sending', () => {
  const SHOP = { shopId: '1', shopDomain: SHOP_DOMAIN };
  const person = { ...SHOP, customerId: ADA.id, email: ADA.email, orderIds: [ORDER_ID] };
  const wholeRefund = refundPayload({
    id: '790',
    orderId: ORDER_ID,
    createdAt: at('2026-03-06T09:00:00'),
    lines: [],
    amountMinor: 13_630,
  });
  const webhook = (topic: string, payload: object) => () => hear(line, { topic, payload });
  const unsubscribed = async () => {
    const [customer] = await line.rows<{ id: string }>('SELECT id FROM customer');
    await unsubscribe(line.deps, {
      list: 'all',
      shopId: line.shopId,
      token: line.deps.tokens.unsubscribeToken(line.shopId, customer!.id),
    });
  };
  const consent = {
    customerId: ADA.id,
    email: ADA.email,
    state: 'unsubscribed',
    at: at('2026-03-06T08:59:00'),
  };

  it.each<[string, () => Promise<unknown>, string]>([
    ['unsubscribed by our link', unsubscribed, 'unsubscribed'],
    [
      'unsubscribed in the shop',
      webhook('customers_email_marketing_consent/update', emailConsentPayload(consent)),
      'unsubscribed',
    ],
    ['erased', webhook('customers/redact', customerRedactPayload(person)), 'redacted'],
    ['cancelled', webhook(cancelled.topic, cancelled.payload), 'order_cancelled'],
    ['refunded in full', webhook('refunds/create', wholeRefund), 'order_refunded'],
    ['uninstalled', webhook('app/uninstalled', uninstalledPayload(SHOP)), 'shop_uninstalled'],
  ])('%s: nothing is sent, and the reason is kept', async (_name, happens, reason) => {
    const send = await surveyDecided(line);
    expect(send).toHaveLength(1);

    await happens();
    await line.settle();
    line.jobs.push(...send);
    await line.settle();
    expect(line.mails).toEqual([]);
    expect(await line.rows(`SELECT status, reason FROM action WHERE kind = 'send_survey'`)).toEqual([
      { status: 'skipped', reason },
    ]);
    expect(await invitations()).toMatchObject([{ status: 'suppressed', reason }]);
    // What was not sent does not count towards the cap.
    expect(await line.rows('SELECT status FROM contact')).toEqual([{ status: 'failed' }]);
  });

  it('a refund of one line is no reason', async () => {
    await asked(line);
    expect(line.mails).toHaveLength(1);
    await hear(line, ...refunded);
    await line.settle();
    expect(await invitations('usage')).toMatchObject([{ status: 'scheduled' }]);
  });
});

it('what the page offered at checkout stays offered when the order is cancelled later', async () => {
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
  await hear(line, cancelled);
  await line.settle();
  expect(await invitations('post_purchase')).toMatchObject([{ status: 'sent', reason: null }]);
});
