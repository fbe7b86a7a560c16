import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseExact } from './json.ts';
import { WebhookSender, type WebhookDelivery } from './webhooks.ts';

// Whole servers start here: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Received {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
let app: Server;
let received: Received[];
let refusals: number;
let sockets: Set<unknown>;
let sender: WebhookSender;

beforeEach(async () => {
  [received, refusals, sockets] = [[], 0, new Set()];
  app = createServer((request, response) => {
    sockets.add(request.socket);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      response.statusCode = refusals-- > 0 ? 500 : 200;
      response.end();
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  sender = new WebhookSender({
    appUrl,
    apiSecret: 's3',
    shop: 'a.myshopify.com',
    apiVersion: '2026-10',
    retryBaseMs: 1,
    retries: 3,
  });
});
afterEach(async () => {
  sender.close();
  await new Promise((resolve) => app.close(resolve));
});

const hook = (n: number, topic = 'orders/create'): WebhookDelivery => ({
  topic,
  body: `{"id":${n},"name":"ü"}`,
  webhookId: `w${n}`,
  eventId: `e${n}`,
  triggeredAt: new Date('2026-03-01T00:00:00Z'),
});

describe('WebhookSender', () => {
  it('sends the exact bytes with their signature and all headers', async () => {
    expect(await sender.deliver(hook(1))).toEqual({ webhookId: 'w1', ok: true, statuses: [200] });
    const [one] = received;
    expect(one?.body).toBe('{"id":1,"name":"ü"}');
    expect(one?.path).toBe('/webhooks/shopify');
    expect(one?.headers).toMatchObject({
      'x-shopify-topic': 'orders/create',
      'x-shopify-hmac-sha256': createHmac('sha256', 's3')
        .update('{"id":1,"name":"ü"}', 'utf8')
        .digest('base64'),
      'x-shopify-shop-domain': 'a.myshopify.com',
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': 'w1',
      'x-shopify-event-id': 'e1',
      'x-shopify-triggered-at': '2026-03-01T00:00:00.000Z',
    });
  });

  it('tries again until acknowledged, and gives up after its retries', async () => {
    refusals = 2;
    expect((await sender.deliver(hook(1))).statuses).toEqual([500, 500, 200]);
    refusals = 99;
    expect(await sender.deliver(hook(2))).toEqual({
      webhookId: 'w2',
      ok: false,
      statuses: [500, 500, 500, 500],
    });
  });

  it('repeats a delivery with the same ids', async () => {
    await sender.deliver(hook(1), { duplicate: 2 });
    expect(received.map((one) => one.headers['x-shopify-webhook-id'])).toEqual(['w1', 'w1', 'w1']);
  });

  it.each(['customers/data_request', 'customers/redact', 'shop/redact'])(
    'sends %s to the compliance address',
    async (topic) => {
      await sender.deliver(hook(1, topic));
      expect(received[0]?.path).toBe('/webhooks/compliance');
    },
  );

  it('delivers many over few connections, each once', async () => {
    const hooks = Array.from({ length: 200 }, (_, i) => hook(i));
    const results = await sender.deliverAll(hooks, { concurrency: 8 });
    expect(results.every((result) => result.ok)).toBe(true);
    expect(new Set(received.map((one) => one.headers['x-shopify-webhook-id'])).size).toBe(200);
    expect(sockets.size).toBeLessThanOrEqual(8);
  });

  it('lets a delivery be overtaken by no more than the window', async () => {
    const random = () => 0.999;
    let calls = 0;
    const hooks = Array.from({ length: 12 }, (_, i) => hook(i));
    // The first draws decide the order: every third delivery is held back as far as allowed.
    await sender.deliverAll(hooks, {
      concurrency: 1,
      reorderWindow: 2,
      random: () => (calls++ % 3 === 0 ? random() : 0),
    });
    const order = received.map((one) => Number(String(one.headers['x-shopify-webhook-id']).slice(1)));
    expect(order).not.toEqual(hooks.map((_, i) => i));
    for (const [place, n] of order.entries()) expect(Math.abs(place - n)).toBeLessThanOrEqual(2);
  });
});

describe('parseExact', () => {
  it('keeps every id exact, whatever its size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n }), (id) => {
        expect(parseExact(`{"id":${id},"a":[{"order_id":${id}}],"quantity":2}`)).toEqual({
          id: String(id),
          a: [{ order_id: String(id) }],
          quantity: 2,
        });
      }),
    );
  });
});
