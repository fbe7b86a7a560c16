import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonBytes, orderPayload } from '#tests/factories/shopify-payloads.ts';
import { MAPPED_TOPICS, mapWebhook } from './webhook-mapper.ts';

const createdAt = new Date('2026-03-01T10:00:00Z');
const id = '820982911946154508';

describe('bad and unknown input', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it.each([
    ['orders/create', '', 'unreadable', /empty/],
    ['orders/create', '{"id":1', 'unreadable', /not valid JSON/],
    ['orders/create', '[1]', 'unreadable', /not an object/],
    ['orders/create', '{}', 'unreadable', /no id/],
    ['orders/create', '{"id":1,"currency":"EUR"}', 'unreadable', /no date/],
    ['orders/create', '{"id":1,"created_at":"2026-01-01T00:00:00Z"}', 'unreadable', /no currency/],
    [
      'orders/create',
      '{"id":1,"created_at":"2026-01-01T00:00:00Z","currency":"EUR","line_items":[{}]}',
      'unreadable',
      /line of order 1 has no id/,
    ],
    ['refunds/create', '{"id":1}', 'unreadable', /order_id/],
    ['fulfillment_events/create', '{"id":1,"order_id":2}', 'unreadable', /status/],
    ['customers/merge', '{"status":"completed"}', 'unreadable', /both customers/],
    ['products/update', '{"id":1}', 'ignored', /products\/update is not a topic/],
    ['returns/update', '{"id":1}', 'ignored', /only differences/],
    ['constructor', '{}', 'ignored', /not a topic/],
    ['products/update', 'x', 'unreadable', /not valid JSON/],
  ])('%s with %s is %s', (topic, body, outcome, reason) => {
    expect(mapWebhook(topic, bytes(body))).toEqual({ outcome, reason: expect.stringMatching(reason) });
  });

  it('reads past nulls, unknown keys and contradictions', () => {
    const odd =
      '{"id":1,"created_at":"2026-01-01T00:00:00Z","currency":"EUR","line_items":[null,{"id":2,"price":"abc","quantity":-3,"new":{}}],"customer":{"id":null},"fulfillments":[{"id":3}],"refunds":"none","shipping_address":7}';
    const result = mapWebhook('orders/updated', bytes(odd));
    expect(result).toMatchObject({
      outcome: 'mapped',
      fact: {
        customer: null,
        refunds: [],
        fulfillments: [{ fulfillmentId: '3', orderId: '1' }],
        order: { lines: [{ lineId: '2', quantity: 0, netMinor: 0 }] },
      },
    });
  });

  it('never throws, whatever JSON comes under whatever topic', () => {
    const topics = fc.constantFrom(...MAPPED_TOPICS);
    fc.assert(
      fc.property(topics, fc.jsonValue(), (topic, value) => {
        expect(['mapped', 'ignored', 'unreadable']).toContain(mapWebhook(topic, jsonBytes(value)).outcome);
      }),
    );
  });

  it('never throws when any field of a real payload is replaced by anything', () => {
    const payload = orderPayload({
      id,
      createdAt,
      lines: [{ id: '3', unitPriceMinor: 100 }],
      customer: { id: '1', consent: 'subscribed' },
      refunds: [{ id: '2', orderId: id, createdAt, lines: [] }],
    });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(payload)), fc.jsonValue(), (key, value) => {
        expect(['mapped', 'unreadable']).toContain(
          mapWebhook('orders/updated', jsonBytes({ ...payload, [key]: value })).outcome,
        );
      }),
    );
  });
});
