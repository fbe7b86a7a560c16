import { describe, expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { SURVEY_KINDS } from '#app/domain/surveys/contract.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { showOverview } from '#app/services/show-overview.ts';
import { showSurveys } from '#app/services/show-surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import {
  aCase,
  aCustomer,
  anAction,
  anAnswer,
  anEvent,
  anInvitation,
  anOrder,
  aShop,
  daysAgo,
  hoursAhead,
  insert,
  NOW,
  setClock,
} from './seed.ts';

const database = useTestDatabase();
const reads = () => createAdminReads(database.pool);

describe('home', () => {
  it('counts bands, answers, cases and trouble of this shop only', async () => {
    await setClock(database.pool);
    const { pool } = database;
    const shopId = await aShop(pool);
    const other = await aShop(pool);
    const ana = await aCustomer(pool, shopId, {
      band: 'critical',
      flagged: true,
      value_at_risk_minor: 1000,
      first_name: 'Ana',
    });
    await aCustomer(pool, shopId, { band: 'critical', flagged: true, value_at_risk_minor: 250 });
    await aCustomer(pool, other, { band: 'critical', flagged: true, value_at_risk_minor: 9999 });
    await aCase(pool, shopId, 1, { customer_id: ana, due_at: hoursAhead(-1) });
    await aCase(pool, shopId, 2, { due_at: hoursAhead(1), owner_id: '7' });
    await aCase(pool, shopId, 3, { status: 'closed' });
    for (const rating of [10, 10, 9, 9, 8, 2])
      await anAnswer(pool, shopId, { kind: 'relationship', metric: 'nps', rating });
    await anAnswer(pool, shopId, { metric: 'nps', rating: 0, status: 'unsolicited', comment: 'Never came' });
    await anAnswer(pool, shopId, { metric: 'nps', rating: 0, answered_at: daysAgo(91) });
    await anAnswer(pool, shopId, { comment: 'held back', status: 'quarantined' });
    for (let index = 0; index < 8; index += 1)
      await anInvitation(pool, shopId, ana, index < 2 ? { answered_at: daysAgo(1) } : {});
    await anInvitation(pool, shopId, ana, { status: 'suppressed', reason: 'no_email', sent_at: null });
    // Every order is offered a survey on its page: no survey that was sent.
    for (let index = 0; index < 20; index += 1)
      await anInvitation(pool, shopId, ana, { kind: 'post_purchase', channel: 'page' });
    await anEvent(pool, shopId, { status: 'failed', error: 'The body is no JSON.' });
    await anEvent(pool, other, { status: 'failed' });
    await anAction(pool, shopId, { status: 'unknown' });

    const shop = (await reads().shop(`${shopId}.myshopify.com`))!;
    const page = await showOverview({ admin: reads() }, { shop, now: new Date(shop.now) });
    expect(page.bands).toEqual([{ band: 'critical', customers: 2, valueAtRiskMinor: 1250 }]);
    expect(page.openCases).toEqual({ open: 2, overdue: 1, unowned: 1 });
    expect(page.nextCases.map((entry) => entry.number)).toEqual([1, 2]);
    expect(page.uncovered).toEqual({ customers: 1, valueAtRiskMinor: 250 });
    expect(page.valuePredicted).toBe(false);
    expect(page.scores.nps).toMatchObject({ outcome: 'shown', n: 6, value: 50 });
    expect(page.scores.csat).toEqual({ outcome: 'not_enough', n: 0 });
    expect(page.scores.responseRate).toMatchObject({ outcome: 'shown', n: 8, value: 0.25 });
    expect(page.quotes.map((quote) => quote.comment)).toEqual(['Never came']);
    expect(page.trouble).toEqual({ failedEvents: 1, failedActions: 0, unknownMessages: 1, waiting: 0 });
  });

  it('does not know a redacted or foreign shop', async () => {
    const shopId = await aShop(database.pool, { status: 'redacted' });
    expect(await reads().shop(`${shopId}.myshopify.com`)).toBeNull();
    expect(await reads().shop('nobody.myshopify.com')).toBeNull();
  });
});

describe('one customer', () => {
  it('tells the story in order, with why a survey was not sent', async () => {
    await setClock(database.pool);
    const { pool } = database;
    const shopId = await aShop(pool);
    const id = await aCustomer(pool, shopId, { stale_seq: 2, scored_seq: 1 });
    const doc = {
      lines: [{ title: 'Lamp', quantity: 2, netMinor: 12_900 }],
      fulfillments: [{ fulfillmentId: '5', createdAt: daysAgo(18).toISOString(), trackingCompany: 'DHL' }],
      shipmentEvents: [{ eventId: '6', status: 'out_for_delivery', happenedAt: daysAgo(15.5).toISOString() }],
      refunds: [{ refundId: '7', createdAt: daysAgo(2).toISOString(), amountMinor: 900 }],
    };
    await anOrder(pool, shopId, '1001', { customer_id: id, delivered_at: daysAgo(15), doc });
    await anInvitation(pool, shopId, id, {
      order_id: '1001',
      status: 'suppressed',
      reason: 'survey_cap',
      decided_at: daysAgo(14),
      sent_at: null,
    });
    await anAnswer(pool, shopId, {
      customer_id: id,
      order_id: '1001',
      rating: 1,
      comment: 'Broken',
      answered_at: daysAgo(10),
    });
    await anAction(pool, shopId, { customer_id: id, order_id: '1001', done_at: daysAgo(9.9) });
    await aCase(pool, shopId, 4, { customer_id: id, opened_at: daysAgo(9.8) });
    for (const [bucket, points] of [
      ['pending', 129],
      ['pending', -9],
      ['approved', 40],
    ] as const) {
      await insert(pool, 'points_entry', {
        shop_id: shopId,
        id: uuidv7(),
        customer_id: id,
        order_id: '1001',
        line_id: '1',
        source_kind: 'order_line',
        source_id: uuidv7(),
        reason: 'earn',
        bucket,
        points,
        at: daysAgo(9),
      });
    }
    const timeline = await reads().timeline(shopId, id);
    expect(timeline.map((entry) => entry.what)).toEqual([
      'refunded',
      'points',
      'points',
      'case_opened',
      'action',
      'answered',
      'survey_suppressed',
      'delivered',
      'shipment_event',
      'shipped',
      'order_placed',
    ]);
    expect(timeline.find((entry) => entry.what === 'survey_suppressed')).toMatchObject({
      reason: 'survey_cap',
      orderName: '#1001',
    });
    const customer = await reads().customer(shopId, id);
    expect(customer).toMatchObject({
      points: { pending: 120, approved: 40 },
      scoreStale: true,
      openCases: [{ number: 4 }],
    });
    expect(await reads().customer(await aShop(pool), id)).toBeNull();
    expect(await reads().timeline(await aShop(pool), id)).toEqual([]);
  });
});

describe('cases, surveys, system', () => {
  it('queues open cases by due time and pages them', async () => {
    const shopId = await aShop(database.pool);
    for (const [number, hours] of [
      [1, 5],
      [2, 1],
      [3, 3],
      [4, 3],
    ] as const) {
      await aCase(database.pool, shopId, number, {
        due_at: hoursAhead(hours),
        owner_id: number === 1 ? '7' : null,
      });
    }
    await aCase(database.pool, shopId, 5, { status: 'resolved' });
    const first = await reads().cases(shopId, { view: 'open', staffId: '7', after: null }, 3);
    expect(first.rows.map((row) => row.number)).toEqual([2, 3, 4]);
    const second = await reads().cases(shopId, { view: 'open', staffId: '7', after: first.after }, 3);
    expect(second.rows.map((row) => row.number)).toEqual([1]);
    expect(second.after).toBeNull();
    expect((await reads().cases(shopId, { view: 'mine', staffId: '7', after: null }, 9)).rows).toHaveLength(
      1,
    );
    expect(await reads().caseCounts(shopId, '7')).toEqual({
      open: 4,
      mine: 1,
      unassigned: 3,
      resolved: 1,
      closed: 0,
      all: 5,
    });
  });

  it('splits each survey into eligible = not asked + put off + sent', async () => {
    await setClock(database.pool);
    const shopId = await aShop(database.pool);
    const id = await aCustomer(database.pool, shopId);
    for (let index = 0; index < 6; index += 1)
      await anInvitation(database.pool, shopId, id, { answered_at: index < 3 ? NOW : null });
    for (const reason of ['no_email', 'no_email', 'survey_cap'])
      await anInvitation(database.pool, shopId, id, { status: 'suppressed', reason });
    await anInvitation(database.pool, shopId, id, { status: 'deferred' });
    await anInvitation(database.pool, shopId, id, { status: 'scheduled' });
    const shop = (await reads().shop(`${shopId}.myshopify.com`))!;
    const { surveys } = await showSurveys({ admin: reads() }, { shop, now: NOW });
    expect(surveys.map((entry) => entry.kind)).toEqual(SURVEY_KINDS);
    expect(surveys[1]).toMatchObject({
      eligible: 10,
      suppressedTotal: 3,
      deferred: 1,
      sent: 6,
      answered: 3,
      scheduled: 1,
    });
    expect(surveys[1]!.suppressed[0]).toEqual({ reason: 'no_email', count: 2 });
    expect(surveys[1]!.rate).toMatchObject({ value: 0.5, n: 6 });
  });

  it('keeps what was offered on a page apart from what was sent', async () => {
    await setClock(database.pool);
    const shopId = await aShop(database.pool);
    const id = await aCustomer(database.pool, shopId);
    for (let index = 0; index < 10; index += 1) {
      const answered_at = index < 4 ? NOW : null;
      await anInvitation(database.pool, shopId, id, { kind: 'post_purchase', channel: 'page', answered_at });
    }
    const shop = (await reads().shop(`${shopId}.myshopify.com`))!;
    const { surveys } = await showSurveys({ admin: reads() }, { shop, now: NOW });
    expect(surveys[0]).toMatchObject({ eligible: 10, sent: 0, offered: 10, answered: 4 });
    expect(surveys[0]!.rate).toMatchObject({ value: 0.4, n: 10 });
    const home = async () => showOverview({ admin: reads() }, { shop, now: NOW });
    const firstSent = async () => (await home()).steps.find(({ key }) => key === 'sent')!.done;
    expect((await home()).scores.responseRate).toEqual({ outcome: 'not_enough', n: 0 });
    expect(await firstSent()).toBe(false);
    await anInvitation(database.pool, shopId, id);
    expect(await firstSent()).toBe(true);
  });

  it('lists what failed and what was left out', async () => {
    await setClock(database.pool);
    const shopId = await aShop(database.pool);
    await anEvent(database.pool, shopId, { status: 'failed', error: 'The body is no JSON.' });
    await anEvent(database.pool, shopId, { status: 'ignored', reason: 'not_newer' });
    await anEvent(database.pool, shopId, { status: 'ignored', reason: 'not_newer' });
    await anAction(database.pool, shopId, { status: 'unknown' });
    const system = await reads().system(shopId);
    expect(system.failedEvents).toMatchObject([{ topic: 'orders/create', error: 'The body is no JSON.' }]);
    expect(system.ignored).toEqual([{ topic: 'orders/create', reason: 'not_newer', count: 2 }]);
    expect(system.stuckActions).toMatchObject([{ status: 'unknown', kind: 'send_acknowledgement' }]);
  });
});
