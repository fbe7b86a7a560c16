import { beforeEach, describe, expect, it } from 'vitest';
import { exportPersonalData } from '#app/services/export-personal-data.ts';
import { submitAtCheckout } from '#app/services/submit-answer.ts';
import { customerRedactPayload, dataRequestPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, delivered, order, ORDER_ID, type Webhook } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';

const database = useTestDatabase();
const SHOP = { shopId: '548380009', shopDomain: SHOP_DOMAIN };

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const told = async (...webhooks: Webhook[]) => {
  for (const webhook of webhooks) {
    await hear(line, webhook);
    await line.settle();
  }
};
const redact = (over: { email?: string | null; orderIds?: string[] } = {}): Webhook => ({
  topic: 'customers/redact',
  payload: customerRedactPayload({
    ...SHOP,
    customerId: ADA.id,
    email: ADA.email,
    orderIds: [ORDER_ID],
    ...over,
  }),
});
const bought: Webhook = { topic: 'orders/paid', payload: order({ locale: 'fr-FR' }) };
const [create] = delivered;
const shippedToAda: Webhook = {
  topic: 'fulfillments/create',
  payload: { ...create!.payload, email: ADA.email, destination: { first_name: 'Ada', address1: '1 Square' } },
};
const bodies = () => line.rows(`SELECT 1 FROM raw_body WHERE position('ada@example.com'::bytea IN body) > 0`);

describe('the address of an erased person does not come back with a parcel', () => {
  it.each([
    ['of an order that the request named', [redact(), shippedToAda]],
    ['of an order that was left out since', [redact({ orderIds: [] }), bought, shippedToAda]],
    ['that came before its order', [shippedToAda, redact({ orderIds: [] }), bought]],
    ['of an order that is known', [bought, redact({ orderIds: [] }), shippedToAda]],
  ])('%s', async (_name, webhooks) => {
    await told(...webhooks);
    expect(await bodies()).toEqual([]);
    expect(await line.rows(`SELECT 1 FROM customer WHERE email IS NOT NULL`)).toEqual([]);
  });
});

it.each([
  ['anonymous', { customer: null, email: null }],
  ['another’s', { customer: { ...ADA, id: '88', email: 'bob@example.com' }, email: 'bob@example.com' }],
])('their order, %s by now, keeps its numbers and tells no country or language', async (_name, over) => {
  await told(bought, redact({ orderIds: [] }), {
    topic: 'orders/updated',
    payload: order({
      ...over,
      locale: 'fr-FR',
      financialStatus: 'refunded',
      updatedAt: at('2026-03-09T00:00:00'),
    }),
  });
  expect(await line.rows('SELECT country_code, locale, financial_status FROM orders')).toEqual([
    { country_code: null, locale: null, financial_status: 'refunded' },
  ]);
});

it('an account keeps its order although the request about another named it', async () => {
  await told(redact(), {
    topic: 'orders/paid',
    payload: order({ customer: { ...ADA, id: '88', email: 'bob@example.com' }, email: 'bob@example.com' }),
  });
  expect(await line.rows('SELECT c.key FROM orders o JOIN customer c ON c.id = o.customer_id')).toEqual([
    { key: 'c:88' },
  ]);
});

it('what was bought as a guest under the account’s address goes too, whether or not the request names it', async () => {
  await told(bought, { topic: 'orders/paid', payload: order({ id: '4500', name: '#0900', customer: null }) });
  await told(redact({ email: null }));
  expect(await line.rows('SELECT key FROM customer WHERE email IS NOT NULL')).toEqual([]);
});

describe('a data request of somebody of whom only an answer at checkout is stored', () => {
  const ask: Webhook = {
    topic: 'customers/data_request',
    payload: dataRequestPayload({
      ...SHOP,
      customerId: ADA.id,
      email: ADA.email,
      orderIds: [ORDER_ID],
      requestId: '77',
    }),
  };
  const claim = (customerId: string | null) =>
    submitAtCheckout(line.deps, {
      shopDomain: SHOP_DOMAIN,
      customerId,
      kind: 'post_purchase',
      orderId: ORDER_ID,
      locale: null,
      client: null,
      submission: { answers: { rating: 1, comment_low: 'Ada here.' } },
    });
  const file = async () => {
    const [request] = await line.rows<{ id: string }>('SELECT id FROM privacy_request');
    const shop = { shopId: line.shopId, shopName: 'Line Test' };
    const made = await exportPersonalData(line.deps, { ...shop, requestId: request!.id });
    if (made.outcome !== 'file') return made.outcome;
    let text = '';
    for await (const piece of made.pieces) text += piece;
    return text;
  };

  it.each([ADA.id, null])('hands it out: claimed by %s', async (customerId) => {
    await claim(customerId);
    await told(ask);
    expect(await file()).toContain('Ada here.');
  });

  it('and says so when there is nothing', async () => {
    await told(ask);
    expect(await file()).toBe('nothing_stored');
  });

  it('keeps nothing of the request once the person is erased', async () => {
    await claim(ADA.id);
    await told(ask, redact());
    expect(await line.rows(`SELECT shopify_customer_id, order_ids FROM privacy_request`)).toEqual([
      { shopify_customer_id: null, order_ids: [] },
      { shopify_customer_id: null, order_ids: [] },
    ]);
  });
});

it('bytes that name a longer number or address are somebody else’s', async () => {
  const unreadable = async (body: string) => {
    const event = await line.receive('orders/updated', order());
    await line.rows('UPDATE raw_body SET body = $2 WHERE event_id = $1', [event, Buffer.from(body)]);
    return event;
  };
  const others = [
    await unreadable(`{"customer": {"id": ${ADA.id}99,`),
    await unreadable(`{"customer": {"email": "mc${ADA.email}",`),
    await unreadable(`{"customer": {"email": "${ADA.email}.au",`),
  ];
  const hers = [
    await unreadable(`{"customer": {"id": ${ADA.id},`),
    await unreadable(`{"customer": {"email": "${ADA.email.toUpperCase()}",`),
  ];
  await line.settle();
  await told(redact());
  const kept = await line.rows<{ event_id: string }>('SELECT event_id FROM raw_body');
  expect(kept.map((row) => row.event_id).sort()).toEqual([...others].sort());
  expect(await line.rows(`SELECT id, status FROM event WHERE id = ANY($1)`, [hers])).toEqual(
    expect.arrayContaining(hers.map((id) => ({ id, status: 'ignored' }))),
  );
  expect(await line.rows(`SELECT DISTINCT status, attempts FROM event WHERE id = ANY($1)`, [others])).toEqual(
    [{ status: 'failed', attempts: 1 }],
  );
});
