import { describe, expect, it } from 'vitest';
import { factOf } from '#tests/factories/map-fact.ts';
import { idSequence, orderEditPayload, orderPayload } from '#tests/factories/shopify-payloads.ts';
import type { OrderSpec } from '#tests/factories/shopify-payloads.ts';

const createdAt = new Date('2026-03-01T10:00:00Z');
const later = new Date('2026-03-05T09:30:00Z');
const id = '820982911946154508';

const nextId = idSequence();
const baseOrder = (over: Partial<OrderSpec> = {}): OrderSpec => ({
  id,
  createdAt,
  lines: [{ id: '866550311766439020', unitPriceMinor: 1_999, quantity: 3 }],
  ...over,
});
const order = (over: Partial<OrderSpec> = {}, topic = 'orders/create') =>
  factOf('order', topic, orderPayload(baseOrder(over)));

describe('orders', () => {
  it('keeps ids beyond 2^53 exactly', () => {
    const fact = order({
      customer: { id: '115310627314723954' },
      lines: [
        {
          id: '866550311766439020',
          productId: '9007199254740993',
          variantId: '9007199254740995',
          unitPriceMinor: 1,
        },
      ],
    });
    expect(fact.order).toMatchObject({ orderId: id, customerId: '115310627314723954' });
    expect(fact.order.lines[0]).toMatchObject({
      lineId: '866550311766439020',
      productId: '9007199254740993',
      variantId: '9007199254740995',
    });
  });

  it.each([
    ['plain', {}, { discountMinor: 0, taxMinor: 0 }, 5_997],
    ['discounted', {}, { discountMinor: 500, taxMinor: 0 }, 5_497],
    ['tax on top is not in the price', {}, { discountMinor: 0, taxMinor: 1_199 }, 5_997],
    ['tax inside the price comes off', { taxesIncluded: true }, { discountMinor: 0, taxMinor: 1_000 }, 4_997],
    ['discount and included tax', { taxesIncluded: true }, { discountMinor: 997, taxMinor: 833 }, 4_167],
    ['never below zero', { taxesIncluded: true }, { discountMinor: 5_990, taxMinor: 100 }, 0],
  ])('line net, %s', (_name, over, line, netMinor) => {
    const fact = order({ ...over, lines: [{ id: nextId(), unitPriceMinor: 1_999, quantity: 3, ...line }] });
    expect(fact.order.lines[0]?.netMinor).toBe(netMinor);
    expect(fact.order.subtotalMinor).toBe(netMinor);
  });

  it('adds the lines up to the subtotal and reads the totals in the currency of the shop', () => {
    const fact = order({
      currency: 'KWD',
      shippingMinor: 250,
      lines: [
        { id: nextId(), unitPriceMinor: 1_234, quantity: 2, discountMinor: 68, taxMinor: 100 },
        { id: nextId(), unitPriceMinor: 5_000 },
      ],
    });
    expect(fact.order).toMatchObject({
      currency: 'KWD',
      subtotalMinor: 7_400,
      discountMinor: 68,
      taxMinor: 100,
      shippingMinor: 250,
      totalMinor: 7_750,
    });
    expect(
      order({ currency: 'JPY', lines: [{ id: nextId(), unitPriceMinor: 1_200 }] }).order.totalMinor,
    ).toBe(1_200);
  });

  it('carries discount codes so that they can be compared, each once', () => {
    const codes = (...given: unknown[]) => {
      const payload = { ...orderPayload(baseOrder()), discount_codes: given };
      return factOf('order', 'orders/paid', payload).order.discountCodes;
    };
    expect(codes()).toEqual([]);
    expect(
      codes({ code: 'spring-8' }, { code: 'FRIEND-BCDFG-HJKMN' }, { code: 'Spring-8' }, {}, null),
    ).toEqual(['FRIEND-BCDFG-HJKMN', 'SPRING-8']);
    const { discount_codes: _none, ...untold } = orderPayload(baseOrder());
    expect(factOf('order', 'orders/paid', untold).order.discountCodes).toEqual([]);
  });

  it('counts shop money where the shopper paid in another currency', () => {
    const payload = orderPayload(baseOrder({ lines: [{ id: nextId(), unitPriceMinor: 1_000 }] }));
    for (const set of [
      payload.line_items[0]?.price_set,
      (payload as Record<string, unknown>).total_price_set,
    ]) {
      Object.assign(set as object, { presentment_money: { amount: '160000', currency_code: 'JPY' } });
    }
    Object.assign(payload, { presentment_currency: 'JPY' });
    expect(factOf('order', 'orders/paid', payload).order).toMatchObject({
      currency: 'EUR',
      totalMinor: 1_000,
      subtotalMinor: 1_000,
    });
  });

  it.each([
    ['orders/create', 'created'],
    ['orders/paid', 'paid'],
    ['orders/updated', 'updated'],
    ['orders/cancelled', 'cancelled'],
  ])('%s is a change "%s"', (topic, change) => expect(order({}, topic).change).toBe(change));

  it('takes a cancellation without a date as cancelled when it was updated', () => {
    expect(order({ updatedAt: later }, 'orders/cancelled').order.cancelledAt).toEqual(later);
    expect(order({ updatedAt: later }).order.cancelledAt).toBeNull();
  });

  it('carries test orders, channel, locale, country and e-mail as they are', () => {
    const fact = order({
      test: true,
      channel: 'pos',
      locale: 'de-DE',
      countryCode: 'DE',
      email: 'a@example.com',
    });
    expect(fact.order).toMatchObject({
      test: true,
      channel: 'pos',
      locale: 'de-DE',
      countryCode: 'DE',
      email: 'a@example.com',
    });
    expect(fact.customer).toBeNull();
  });

  it('carries the customer with consent, dated by the order where it has no date itself', () => {
    const fact = order({
      updatedAt: later,
      locale: 'pt-BR',
      customer: {
        id: '5',
        email: 'b@example.com',
        consent: 'subscribed',
        consentUpdatedAt: createdAt,
        updatedAt: null,
      },
    });
    expect(fact.customer).toMatchObject({
      shopifyId: '5',
      locale: 'pt-BR',
      emailConsent: { state: 'subscribed', updatedAt: createdAt },
      sourceUpdatedAt: later,
    });
  });

  it('carries the fulfillments and refunds it embeds', () => {
    const lineId = nextId();
    const fact = order({
      taxesIncluded: true,
      lines: [{ id: lineId, unitPriceMinor: 1_200, taxMinor: 200 }],
      fulfillments: [{ id: '11', orderId: id, lineIds: [lineId], createdAt, shipmentStatus: 'delivered' }],
      refunds: [
        {
          id: '12',
          orderId: id,
          createdAt: later,
          lines: [{ id: '13', lineId, quantity: 1, subtotalMinor: 1_200, taxMinor: 200 }],
          amountMinor: 1_200,
        },
      ],
    });
    expect(fact.fulfillments).toEqual([
      expect.objectContaining({
        fulfillmentId: '11',
        orderId: id,
        shipmentStatus: 'delivered',
        lineIds: [lineId],
      }),
    ]);
    expect(fact.refunds).toEqual([
      {
        refundId: '12',
        orderId: id,
        createdAt: later,
        amountMinor: 1_200,
        lines: [{ refundLineId: '13', lineId, quantity: 1, netMinor: 1_000 }],
      },
    ]);
  });

  it('reads an edit', () => {
    const payload = orderEditPayload({
      id: '1',
      orderId: id,
      committedAt: later,
      additions: [{ lineId: '7', delta: 2 }],
      removals: [
        { lineId: '8', delta: 1 },
        { lineId: '9', delta: 3 },
      ],
    });
    expect(factOf('order_edited', 'orders/edited', payload)).toEqual({
      kind: 'order_edited',
      orderId: id,
      addedQuantity: 2,
      removedQuantity: 4,
      occurredAt: later,
    });
  });
});
