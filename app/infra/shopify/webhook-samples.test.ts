import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonBytes } from '#tests/factories/shopify-payloads.ts';
import { requireOrSkip } from '#tests/setup/require-or-skip.ts';
import { MAPPED_TOPICS, mapWebhook } from './webhook-mapper.ts';

/** Shopify's own sample notifications, which are not part of the repository: DATA_DIR names their folder. */
const dataDir = requireOrSkip('DATA_DIR', 'DATA_DIR=../shared/data npm test');
const folder = join(dataDir ?? '', 'shopify-payloads');

function samplesIn(path: string): { topic: string; bytes: Uint8Array; sub: string }[] {
  const sub = join(folder, path);
  if (!dataDir) return [];
  return readdirSync(sub)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      topic: name.slice(0, -5).replace(/[-.]/, '/'),
      bytes: readFileSync(join(sub, name)),
      sub: path,
    }));
}

/** hookdeck's samples hold the headers and, already parsed, the body. */
function unwrap(sample: { topic: string; bytes: Uint8Array; sub: string }) {
  const { headers, body } = JSON.parse(new TextDecoder().decode(sample.bytes));
  return { ...sample, topic: headers['x-shopify-topic'] as string, bytes: jsonBytes(body) };
}

describe.skipIf(!dataDir)('sample payloads', () => {
  const plain = samplesIn('');
  const exact = samplesIn('exact-ids');
  const wrapped = samplesIn('hookdeck-2024-10').map(unwrap);

  it('finds the 61 topics', () => expect(Math.min(plain.length, wrapped.length)).toBeGreaterThanOrEqual(61));

  it.each([...plain, ...exact, ...wrapped])(
    '$sub $topic is mapped, or ignored with a reason',
    ({ topic, bytes }) => {
      const result = mapWebhook(topic, bytes);
      if (result.outcome !== 'mapped') {
        expect(result).toEqual({ outcome: 'ignored', reason: expect.stringMatching(/^\S.*\.$/) });
      }
      const silent = 'customers_email_marketing_consent/update';
      expect(result.outcome === 'mapped').toBe(MAPPED_TOPICS.includes(topic) && topic !== silent);
    },
  );

  it('keeps the exact ids as text', () => {
    const fact = (topic: string) => {
      const sample = exact.find((one) => one.topic === topic);
      const result = sample && mapWebhook(topic, sample.bytes);
      return result?.outcome === 'mapped' ? result.fact : result;
    };
    expect(fact('orders/create')).toMatchObject({
      order: {
        orderId: '820982911946154508',
        customerId: '115310627314723954',
        test: true,
        totalMinor: 38_800,
        lines: [{ lineId: '866550311766439020', netMinor: 19_900 }, { lineId: '141249953214522974' }],
      },
      customer: { emailConsent: { state: 'not_subscribed', updatedAt: null } },
    });
    expect(fact('customers/create')).toMatchObject({ customer: { shopifyId: '706405506930370084' } });
    expect(fact('fulfillment_events/create')).toMatchObject({
      event: { orderId: '820982911946154508', status: 'in_transit' },
    });
    expect(fact('fulfillments/update')).toMatchObject({
      fulfillment: { lineIds: ['866550311766439020', '141249953214522974'] },
    });
    expect(fact('refunds/create')).toMatchObject({
      refund: { refundId: '890088186047892319', orderId: '820982911946154508', amountMinor: 39_800 },
    });
    expect(fact('disputes/create')).toMatchObject({
      dispute: { disputeId: '285332461850802050', orderId: '820982911946154508', type: 'chargeback' },
    });
    expect(fact('orders/edited')).toMatchObject({
      orderId: '820982911946154508',
      addedQuantity: 1,
      removedQuantity: 1,
    });
  });
});
