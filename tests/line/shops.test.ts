import { beforeEach, describe, expect, it } from 'vitest';
import { retryEvent } from '#app/services/retry-event.ts';
import {
  customerPayload,
  customerRedactPayload,
  dataRequestPayload,
  mergePayload,
  scopesUpdatePayload,
  uninstalledPayload,
} from '#tests/factories/shopify-payloads.ts';
import { stateOf } from '#tests/fakes/line-state.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, delivered, order, ORDER_ID, refunded, type Webhook } from '#tests/fakes/order-life.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';

const database = useTestDatabase();
const INSTALLED_AT = at('2026-03-02T09:00:00');
const NOT_INSTALLED = 'The app is not installed in this shop.';

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, INSTALLED_AT);
});

const events = () => line.rows('SELECT topic, status, reason, error FROM event ORDER BY created_at, id');
const status = async () =>
  (await line.rows('SELECT status FROM shop WHERE domain = $1', [SHOP_DOMAIN]))[0]?.['status'];
const shopRef = { shopId: '548380009', shopDomain: SHOP_DOMAIN };
const gone: Webhook = { topic: 'app/uninstalled', payload: uninstalledPayload(shopRef) };
const OLDER = 'The uninstall is older than the present installation.';
const install = (time: string, scopes = '') =>
  line.deps.shops.install(line.deps.newId(), { domain: SHOP_DOMAIN, scopes, now: at(time) });
const paid: Webhook = { topic: 'orders/paid', payload: order() };

describe('a shop without the app', () => {
  it('that was never heard of: kept, ignored with the reason, and an id of its own', async () => {
    await line.receive('orders/paid', order(), { domain: 'unheard-of.myshopify.com' });
    await line.settle();
    expect(
      await line.rows(`SELECT s.status AS shop, e.status, e.reason, octet_length(b.body) > 100 AS kept FROM event e
      JOIN shop s ON s.id = e.shop_id JOIN raw_body b ON b.event_id = e.id`),
    ).toEqual([{ shop: 'unknown', status: 'ignored', reason: NOT_INSTALLED, kept: true }]);
    expect(await line.rows('SELECT id FROM customer')).toEqual([]);
  });

  it('that left: nothing but the compliance topics is served', async () => {
    await hear(line, paid);
    await line.settle();
    await hear(line, gone);
    await line.settle();
    expect(await status()).toBe('uninstalled');
    const person = { ...shopRef, customerId: ADA.id, email: ADA.email, orderIds: [ORDER_ID] };
    await hear(
      line,
      delivered[0]!,
      { topic: 'customers/merge', payload: mergePayload({ keptId: '5', deletedId: ADA.id }) },
      {
        topic: 'app/scopes_update',
        payload: scopesUpdatePayload({ shopId: '1', previous: [], current: ['read_orders'] }),
      },
      { topic: 'customers/data_request', payload: dataRequestPayload({ ...person, requestId: '9' }) },
      { topic: 'customers/redact', payload: customerRedactPayload(person) },
    );
    await line.settle();
    expect((await events()).slice(2)).toEqual([
      { topic: 'fulfillments/create', status: 'ignored', reason: NOT_INSTALLED, error: null },
      { topic: 'customers/merge', status: 'ignored', reason: NOT_INSTALLED, error: null },
      { topic: 'app/scopes_update', status: 'ignored', reason: NOT_INSTALLED, error: null },
      { topic: 'customers/data_request', status: 'processed', reason: null, error: null },
      { topic: 'customers/redact', status: 'processed', reason: null, error: null },
    ]);
    expect(await line.rows('SELECT kind, status FROM privacy_request ORDER BY kind')).toEqual([
      { kind: 'customer_redact', status: 'done' },
      { kind: 'data_request', status: 'open' },
    ]);
    expect(await line.rows('SELECT email FROM customer')).toEqual([{ email: null }]);
  });

  it('that left and came back goes on where it was: its timers waited', async () => {
    await hear(line, paid, ...delivered);
    await line.settle();
    await line.moveTo(at('2026-03-05T16:00:00'));
    await hear(line, gone);
    await line.settle();
    await line.playTo(at('2026-04-20T00:00:00'));
    expect(line.mails).toEqual([]);
    expect((await stateOf(line, ['points'])).points).toMatchObject([
      { bucket: 'pending' },
      { bucket: 'pending' },
    ]);

    await install('2026-04-20T00:00:00');
    await line.playTo(at('2026-04-20T12:00:00'));
    expect(await status()).toBe('installed');
    expect((await stateOf(line, ['points'])).points).toMatchObject([
      { bucket: 'approved' },
      { bucket: 'approved' },
    ]);
    // The surveys of six weeks ago are not sent any more; the relationship survey is.
    expect(line.mails.map((mail) => mail.subject)).toEqual([expect.stringContaining('How is')]);
  });

  it('is not left by a notice that is older than the installation', async () => {
    await line.receive(gone.topic, gone.payload, { triggeredAt: at('2026-03-02T08:59:59') });
    await line.settle();
    expect(await status()).toBe('installed');
    expect(await events()).toMatchObject([{ status: 'ignored', reason: OLDER }]);
  });

  it('is not left by a late notice of an uninstall before the last token exchange', async () => {
    await line.rows(
      `INSERT INTO shopify_session (id, shop_domain, is_online) VALUES ('offline', $1, false)`,
      [SHOP_DOMAIN],
    );
    const notice = (time: string) => line.receive(gone.topic, gone.payload, { triggeredAt: at(time) });
    // Uninstalled at 10:00 and installed again at 10:01: the notice of it comes at 10:05.
    await install('2026-03-02T10:01:00');
    await line.moveTo(at('2026-03-02T10:05:00'));
    await notice('2026-03-02T10:00:00');
    await line.settle();
    expect(await status()).toBe('installed');
    expect(await line.rows('SELECT id FROM shopify_session')).toEqual([{ id: 'offline' }]);
    expect(await events()).toMatchObject([{ status: 'ignored', reason: OLDER }]);
    expect((await line.deps.shops.byId(line.shopId))!.exchangedAt).toEqual(at('2026-03-02T10:01:00'));

    await notice('2026-03-02T10:04:00');
    await line.settle();
    expect(await status()).toBe('uninstalled');
    expect(await line.rows('SELECT id FROM shopify_session')).toEqual([]);
  });

  it('does not go back to the scopes of before the last token exchange', async () => {
    await install('2026-03-02T10:01:00', 'read_orders,write_discounts');
    const payload = scopesUpdatePayload({ shopId: '1', previous: [], current: ['read_orders'] });
    const scopes = async () => (await line.rows('SELECT scopes FROM shop'))[0]!['scopes'];
    await line.receive('app/scopes_update', payload, { triggeredAt: at('2026-03-02T10:00:00') });
    await line.settle();
    expect(await scopes()).toBe('read_orders,write_discounts');
    await line.receive('app/scopes_update', payload, { triggeredAt: at('2026-03-02T10:02:00') });
    await line.settle();
    expect(await scopes()).toBe('read_orders');
  });
});

it('keeps a body that cannot be read as failed, with a sentence, to be replayed', async () => {
  const broken = await line.receive('orders/paid', { id: null });
  await line.rows(`UPDATE raw_body SET body = '{"id": 12'`);
  await line.settle();
  const [event] = await events();
  expect(event).toMatchObject({ status: 'failed', reason: null });
  expect(event!['error']).toMatch(/^[A-Z].*\.$/);

  await database.pool.query('UPDATE raw_body SET body = $1', [Buffer.from(JSON.stringify(order()))]);
  expect(await retryEvent(line.deps, { shopId: line.shopId, eventId: broken })).toEqual({
    outcome: 'queued',
    count: 1,
  });
  await line.settle();
  expect(await events()).toMatchObject([{ status: 'processed', error: null }]);
});

describe('two customers that Shopify merged', () => {
  const KEPT = '9007199254740996001';
  const keptFact: Webhook = {
    topic: 'customers/update',
    payload: customerPayload({
      ...ADA,
      id: KEPT,
      email: 'kept@example.com',
      firstName: 'Augusta',
      updatedAt: at('2026-03-04T00:00:00'),
    }),
  };
  const merge: Webhook = {
    topic: 'customers/merge',
    payload: mergePayload({ keptId: KEPT, deletedId: ADA.id }),
  };
  const late: Webhook = {
    topic: 'orders/updated',
    payload: order({ updatedAt: at('2026-03-05T20:00:00'), locale: 'fr-FR' }),
  };
  const lateCustomer: Webhook = {
    topic: 'customers/update',
    payload: customerPayload({ ...ADA, lastName: 'Lovelace', updatedAt: at('2026-03-05T21:00:00') }),
  };
  const story = [paid, ...delivered, ...refunded];

  const FOLLOWERS = ['orders', 'survey_invitation', 'points_entry', 'contact', 'action', 'survey_link'];

  async function play(webhooks: Webhook[], workers = 1) {
    await resetDatabase(database.pool);
    line = await createLine(database, at('2026-03-05T15:00:00'));
    await hear(line, ...webhooks);
    await line.settle(workers);
    await line.playTo(at('2026-04-07T00:00:00'));
    return stateOf(line, ['orders', 'invitations', 'points', 'timers', 'contacts']);
  }

  it.each<[string, Webhook[], number]>([
    ['after everything', [keptFact, ...story, merge], 1],
    ['before everything', [merge, keptFact, ...story], 1],
    ['before the kept one is known', [...story, merge, keptFact], 1],
    ['in the middle', [paid, keptFact, merge, ...delivered, ...refunded], 1],
    ['twice', [keptFact, merge, ...story, merge], 1],
    [
      'at the same time as events of both',
      [keptFact, paid, merge, ...delivered, late, ...refunded, lateCustomer],
      4,
    ],
    ['followed by late events of the deleted one', [keptFact, ...story, merge, late, lateCustomer], 1],
  ])('%s: all is the kept one’s, nothing is doubled', async (_name, webhooks, workers) => {
    const state = await play(webhooks, workers);
    for (const table of FOLLOWERS) {
      const owners = await line.rows(
        `SELECT DISTINCT c.key FROM ${table} t JOIN customer c ON c.shop_id = t.shop_id AND c.id = t.customer_id`,
      );
      expect(owners, table).toEqual([{ key: `c:${KEPT}` }]);
    }
    expect(state.points).toMatchObject([{ points: 49 }, { points: 12 }]);
    expect(state.contacts).toMatchObject([{ topic: 'survey' }, { topic: 'survey' }]);
    expect(line.mails.map((mail) => mail.to)).toEqual(['kept@example.com', 'kept@example.com']);
    expect(
      await line.rows(
        'SELECT email, first_name, shopify_id, tier FROM customer WHERE merged_into_id IS NULL',
      ),
    ).toEqual([{ email: 'kept@example.com', first_name: 'Augusta', shopify_id: KEPT, tier: 'starter' }]);
    expect(await line.rows(`SELECT status FROM event WHERE status NOT IN ('processed')`)).toEqual([]);
    expect(state.timers!.filter((timer) => (timer as { subject: string }).subject === `c:${ADA.id}`)).toEqual(
      [],
    );
  });

  it('keeps one referral code, and an unsubscription of either', async () => {
    await hear(line, paid, keptFact);
    await line.settle();
    await line.rows(`INSERT INTO referral_code (shop_id, id, customer_id, code, issued_at)
      SELECT shop_id, gen_random_uuid(), id, 'FRIEND-' || left(md5(key), 5), now() FROM customer`);
    await line.rows(`UPDATE customer SET unsubscribed_at = now() WHERE key = 'c:${ADA.id}'`);
    await hear(line, merge);
    await line.settle();
    expect(
      await line.rows(`SELECT c.key FROM referral_code r JOIN customer c ON c.id = r.customer_id`),
    ).toEqual([{ key: `c:${KEPT}` }]);
    expect(
      await line.rows(`SELECT unsubscribed_at IS NOT NULL AS out FROM customer WHERE key = 'c:${KEPT}'`),
    ).toEqual([{ out: true }]);
  });

  it('of a chain of merges the last one kept has it all, whichever merge is heard of first', async () => {
    const last = { topic: 'customers/merge', payload: mergePayload({ keptId: '99', deletedId: KEPT }) };
    for (const merges of [
      [merge, last],
      [last, merge],
    ]) {
      await play([...story, keptFact, ...merges]);
      expect(
        await line.rows('SELECT DISTINCT c.key FROM orders o JOIN customer c ON c.id = o.customer_id'),
      ).toEqual([{ key: 'c:99' }]);
    }
  });

  it('does not happen before Shopify says that it is done', async () => {
    await hear(line, paid, {
      topic: 'customers/merge',
      payload: mergePayload({ keptId: KEPT, deletedId: ADA.id, status: 'in_progress' }),
    });
    await line.settle();
    expect(await line.rows('SELECT key, merged_into_id FROM customer')).toEqual([
      { key: `c:${ADA.id}`, merged_into_id: null },
    ]);
  });
});
