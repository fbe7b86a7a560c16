import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { requireOrSkip } from '#tests/setup/require-or-skip.ts';
import type { ScriptEvent } from '../script.ts';
import { olistScript } from './script.ts';

const folder = mkdtempSync(join(tmpdir(), 'olist-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const FILES: Record<string, string> = {
  'olist_customers_dataset.csv': `customer_id,customer_unique_id,customer_city\nc1,${A},lins\nc2,${B},rio`,
  'olist_order_items_dataset.csv': `order_id,order_item_id,product_id,price,freight_value\n${A},1,${B},99.9,27.65`,
  'olist_order_payments_dataset.csv': `order_id,payment_type,payment_value\n${A},credit_card,127.55\n${B},boleto,50.00`,
  'olist_order_reviews_dataset.csv':
    'order_id,review_score,review_comment_title,review_comment_message,review_answer_timestamp\n' +
    `${A},2,,"não\nchegou",2017-01-03 12:00:00\n${A},5,ok,,2017-01-20 12:00:00\n${B},1,,,2016-12-01 00:00:00`,
  'product_category_name_translation.csv':
    '\uFEFFproduct_category_name,product_category_name_english\nperfumaria,perfumery',
  'olist_products_dataset.csv': `product_id,product_category_name\n${B},perfumaria`,
  'olist_orders_dataset.csv':
    'order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date\n' +
    `${B},c2,unavailable,2017-01-02 10:00:00,2017-01-02 11:00:00,,,2017-02-01 00:00:00\n` +
    `${A},c1,delivered,2017-01-01 10:00:00,2017-01-01 10:10:00,2017-01-02 09:00:00,2017-01-10 15:00:00,2017-01-20 00:00:00`,
};
for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);

const local = (event: ScriptEvent) => new Date(event.at).toISOString();
const said = (event: ScriptEvent) =>
  event.kind === 'webhook' ? event.topic : `answer ${event.kind === 'answer' ? event.answer.rating : '-'}`;

test('an order becomes its webhooks and answers at their real times, in Brazilian local time', () => {
  const script = olistScript(folder);
  const id = BigInt('0xaaaaaaaaaaaaa').toString();
  const events = script.events.filter((event) => event.subject === id);
  expect(events.map((event) => [said(event), local(event)])).toEqual([
    ['orders/create', '2017-01-01T12:00:00.000Z'],
    ['orders/paid', '2017-01-01T12:10:00.000Z'],
    ['fulfillments/create', '2017-01-02T11:00:00.000Z'],
    ['answer 2', '2017-01-03T14:00:00.000Z'],
    ['fulfillment_events/create', '2017-01-10T17:00:00.000Z'],
    ['answer 5', '2017-01-20T14:00:00.000Z'],
  ]);
  const order = JSON.parse((events[0] as { body: () => string }).body());
  expect(order).toMatchObject({
    currency: 'BRL',
    total_price: '127.55',
    total_tax: '0.00',
    subtotal_price: '99.90',
    line_items: [{ title: 'Perfumery', price: '99.90' }],
  });
  expect(String(order.id)).toBe(id);
  expect(events[3]).toMatchObject({
    survey: 'usage',
    answer: { comment: 'não\nchegou' },
    door: { kind: 'storefront' },
  });
});

test('an order that was never fulfilled is cancelled, and a review dated before it follows the purchase', () => {
  const events = olistScript(folder).events.filter(
    (event) => event.subject === BigInt('0xbbbbbbbbbbbbb').toString(),
  );
  expect(events.map((event) => [said(event), local(event)])).toEqual([
    ['orders/create', '2017-01-02T12:00:00.000Z'],
    ['answer 1', '2017-01-02T12:00:01.000Z'],
    ['orders/paid', '2017-01-02T13:00:00.000Z'],
    ['orders/cancelled', '2017-01-03T13:00:00.000Z'],
  ]);
});

test('the first orders are those bought first', () => {
  const script = olistScript(folder, 1);
  expect(script.counts).toEqual({ orders: 1, customers: 1, webhooks: 4 });
});

test('a folder without the files is named in a sentence', () => {
  expect(() => olistScript(join(folder, 'nowhere'))).toThrow(/cannot be read: give --olist the folder/);
});

const dataDir = requireOrSkip('DATA_DIR', 'DATA_DIR=../shared/data npm test');

describe.skipIf(!dataDir)('the whole data set', () => {
  test('8,135 orders are 28,881 webhooks and 8,225 answers, each delivery with an id of its own', () => {
    const script = olistScript(join(dataDir ?? '', 'olist'));
    expect(script.counts).toMatchObject({ orders: 8135, webhooks: 28_881 });
    const answers = script.events.filter((event) => event.kind === 'answer');
    expect(answers).toHaveLength(8225);
    const hooks = script.events.filter((event) => event.kind === 'webhook');
    expect(new Set(hooks.map((event) => event.webhookId)).size).toBe(28_881);
    expect(script.events.every((event, i, all) => i === 0 || all[i - 1]!.at <= event.at)).toBe(true);
  }, 60_000);
});
