import { describe, expect, it } from 'vitest';
import { factOf } from '#tests/factories/map-fact.ts';
import {
  customerPayload,
  customerRedactPayload,
  disputePayload,
  dataRequestPayload,
  emailConsentPayload,
  fulfillmentEventPayload,
  fulfillmentPayload,
  jsonBytes,
  mergePayload,
  refundPayload,
  returnPayload,
  returnStatusPayload,
  scopesUpdatePayload,
  shopRedactPayload,
  uninstalledPayload,
} from '#tests/factories/shopify-payloads.ts';
import { mapWebhook } from '../webhook-mapper.ts';

const createdAt = new Date('2026-03-01T10:00:00Z');
const later = new Date('2026-03-05T09:30:00Z');
const id = '820982911946154508';

describe('fulfillments, refunds, returns', () => {
  it('reads a fulfillment and a delivery event', () => {
    const payload = fulfillmentPayload({
      id: '21',
      orderId: id,
      lineIds: ['866550311766439020'],
      createdAt,
      updatedAt: later,
      trackingCompany: 'DHL',
    });
    expect(factOf('fulfillment', 'fulfillments/update', payload).fulfillment).toEqual({
      fulfillmentId: '21',
      orderId: id,
      status: 'success',
      shipmentStatus: null,
      createdAt,
      lineIds: ['866550311766439020'],
      trackingCompany: 'DHL',
      sourceUpdatedAt: later,
    });
    const event = fulfillmentEventPayload({
      id: '31',
      fulfillmentId: '21',
      orderId: id,
      status: 'DELIVERED',
      happenedAt: later,
      estimatedDeliveryAt: createdAt,
    });
    expect(factOf('fulfillment_event', 'fulfillment_events/create', event).event).toEqual({
      eventId: '31',
      fulfillmentId: '21',
      orderId: id,
      status: 'delivered',
      happenedAt: later,
      estimatedDeliveryAt: createdAt,
    });
  });

  it.each([
    ['no tax', { subtotalMinor: 1_000 }, 1_000],
    ['tax on top', { subtotalMinor: 1_000, taxMinor: 200, taxRate: 0.2 }, 1_000],
    ['tax inside, seen from its rate', { subtotalMinor: 1_200, taxMinor: 200, taxRate: 0.2 }, 1_000],
    ['tax without a rate counts as on top', { subtotalMinor: 1_200, taxMinor: 200 }, 1_200],
  ])('refund line net: %s', (_name, line, netMinor) => {
    const payload = refundPayload({
      id: '41',
      orderId: id,
      createdAt,
      lines: [{ id: '42', lineId: '43', quantity: 1, ...line }],
    });
    expect(factOf('refund', 'refunds/create', payload).refund.lines).toEqual([
      { refundLineId: '42', lineId: '43', quantity: 1, netMinor },
    ]);
  });

  it.each([
    ['return', true],
    ['legacy_restock', true],
    ['cancel', undefined],
    ['no_restock', undefined],
    [null, undefined],
  ])('goods restocked as %s came back: %s', (restock_type, came) => {
    const payload = refundPayload({
      ...{ id: '41', orderId: id, createdAt },
      lines: [{ id: '42', lineId: '43', quantity: 1, subtotalMinor: 1_000 }],
    });
    const refund_line_items = payload.refund_line_items.map((line) => ({ ...line, restock_type }));
    const { lines } = factOf('refund', 'refunds/create', { ...payload, refund_line_items }).refund;
    expect(lines[0]?.returned).toBe(came);
  });

  it('takes the refunded amount from transactions, failed ones aside, and computes it without them', () => {
    const payload = refundPayload({
      id: '41',
      orderId: id,
      createdAt,
      amountMinor: 1_700,
      lines: [{ id: '42', lineId: '43', quantity: 1, subtotalMinor: 1_000, taxMinor: 200 }],
    });
    const failed = { ...payload.transactions[0], status: 'failure' };
    const amount = (over: object) =>
      factOf('refund', 'refunds/create', { ...payload, ...over }).refund.amountMinor;
    expect(amount({ transactions: [...payload.transactions, failed] })).toBe(1_700);
    expect(amount({ transactions: [] })).toBe(1_200);
    expect(amount({ transactions: [], order_adjustments: [{ amount: '-5.00', tax_amount: '0.00' }] })).toBe(
      1_700,
    );
    expect(
      amount({ transactions: [{ kind: 'refund', status: 'success', amount: '9999', currency: 'JPY' }] }),
    ).toBe(1_200);
  });

  it.each([
    ['returns/request', 'requested'],
    ['returns/approve', 'approved'],
    ['returns/process', 'processed'],
  ])('%s carries its lines', (topic, status) => {
    const payload = returnPayload({
      id: '51',
      orderId: id,
      lines: [{ id: '52', lineId: '866550311766439020', quantity: 2, reason: 'size_too_small' }],
    });
    expect(factOf('return', topic, payload, later).return).toEqual({
      returnId: '51',
      orderId: id,
      status,
      sourceUpdatedAt: later,
      lines: [{ lineId: '866550311766439020', quantity: 2, reason: 'size_too_small' }],
    });
  });

  it('reads a return that has only gids, and one that has only ids', () => {
    const closed = returnStatusPayload({ id: '9007199254740993', orderId: id }, 'closed');
    expect(factOf('return', 'returns/close', closed, later).return).toMatchObject({
      returnId: '9007199254740993',
      orderId: id,
      status: 'closed',
      lines: [],
    });
    const gidOnly = { admin_graphql_api_id: 'gid://shopify/Return/9007199254740993' };
    expect(factOf('return', 'returns/process', gidOnly, later).return).toMatchObject({
      returnId: '9007199254740993',
      orderId: null,
    });
  });
});

describe('disputes', () => {
  const spec = { id: '285332461850802051', orderId: id, status: 'UNDER_REVIEW', initiatedAt: createdAt };

  it('reads a dispute as it stands when it was told', () => {
    expect(factOf('dispute', 'disputes/update', disputePayload(spec), later).dispute).toEqual({
      disputeId: '285332461850802051',
      orderId: id,
      type: 'chargeback',
      status: 'under_review',
      initiatedAt: createdAt,
      sourceUpdatedAt: later,
    });
  });

  it.each([
    ['by its end', later, later],
    ['by its beginning', null, createdAt],
  ])('dates one without a time of its delivery %s', (_how, finalizedAt, at) => {
    const payload = disputePayload({ ...spec, type: 'inquiry', finalizedAt });
    expect(factOf('dispute', 'disputes/create', payload).dispute).toMatchObject({
      type: 'inquiry',
      sourceUpdatedAt: at,
    });
  });

  it('leaves one about no order alone, and cannot read one without an id', () => {
    expect(mapWebhook('disputes/create', jsonBytes(disputePayload({ ...spec, orderId: null })))).toEqual({
      outcome: 'ignored',
      reason: 'The topic disputes/create names no order.',
    });
    const nameless = { ...disputePayload(spec), id: null };
    expect(mapWebhook('disputes/create', jsonBytes(nameless)).outcome).toBe('unreadable');
  });
});

describe('customers, app and privacy', () => {
  it('reads a customer', () => {
    const payload = customerPayload({
      id: '706405506930370084',
      email: 'bob@example.com',
      firstName: 'Bob',
      createdAt,
      updatedAt: later,
      consent: 'unsubscribed',
      countryCode: 'CA',
    });
    const fact = factOf('customer', 'customers/update', payload);
    expect(fact).toMatchObject({
      createdAt,
      customer: {
        shopifyId: '706405506930370084',
        countryCode: 'CA',
        sourceUpdatedAt: later,
        emailConsent: { state: 'unsubscribed', updatedAt: null },
      },
    });
  });

  it('reads a consent, and ignores one that states nothing', () => {
    const consent = emailConsentPayload({
      customerId: '706405506930370084',
      email: null,
      state: 'SUBSCRIBED',
      at: later,
    });
    expect(factOf('consent', 'customers_email_marketing_consent/update', consent)).toEqual({
      kind: 'consent',
      customerId: '706405506930370084',
      consent: { state: 'subscribed', updatedAt: later },
      occurredAt: later,
    });
    const empty = emailConsentPayload({ customerId: '7', email: null, state: null, at: null });
    expect(mapWebhook('customers_email_marketing_consent/update', jsonBytes(empty))).toMatchObject({
      outcome: 'ignored',
      reason: expect.stringMatching(/no known consent/),
    });
  });

  it('reads merges, uninstalls, scopes and the compliance topics', () => {
    const shop = { shopId: '548380009', shopDomain: 'a.myshopify.com' };
    const privacy = { ...shop, customerId: '191167', email: 'j@example.com', orderIds: ['9007199254740993'] };
    expect(
      factOf('customer_merged', 'customers/merge', mergePayload({ keptId: '1', deletedId: '2' })),
    ).toEqual({ kind: 'customer_merged', keptId: '1', deletedId: '2', status: 'completed' });
    expect(factOf('app_uninstalled', 'app/uninstalled', uninstalledPayload(shop), later)).toEqual({
      kind: 'app_uninstalled',
      occurredAt: later,
    });
    expect(
      factOf(
        'scopes_updated',
        'app/scopes_update',
        scopesUpdatePayload({ ...shop, previous: [], current: ['read_orders'] }),
      ),
    ).toEqual({ kind: 'scopes_updated', scopes: ['read_orders'] });
    expect(
      factOf('data_request', 'customers/data_request', dataRequestPayload({ ...privacy, requestId: '9999' })),
    ).toEqual({
      kind: 'data_request',
      customerId: '191167',
      email: 'j@example.com',
      orderIds: ['9007199254740993'],
      requestId: '9999',
    });
    expect(
      factOf('customer_redact', 'customers/redact', customerRedactPayload({ ...privacy, orderIds: [] })),
    ).toEqual({ kind: 'customer_redact', customerId: '191167', email: 'j@example.com', orderIds: [] });
    expect(factOf('shop_redact', 'shop/redact', shopRedactPayload(shop))).toEqual({ kind: 'shop_redact' });
  });
});
