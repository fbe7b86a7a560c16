import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { signWebhook } from '../app/infra/shopify/hmac.ts';
import { readWebhook, type WebhookDelivery } from '../app/infra/shopify/read-webhook.ts';
import { webhookDoor, type WebhookDoorOptions } from './webhook-door.ts';

const BODY = '{"id":9007199254740993}';
const HEADERS = {
  'X-Shopify-Topic': 'orders/create',
  'X-Shopify-Shop-Domain': 'pines.myshopify.com',
  'X-Shopify-Webhook-Id': 'delivery-1',
  'X-Shopify-Event-Id': 'happening-1',
  'X-Shopify-Triggered-At': '2026-11-02T10:00:00Z',
};
const signedBy = (secret: string) => ({
  ...HEADERS,
  'X-Shopify-Hmac-Sha256': signWebhook(Buffer.from(BODY), secret),
});

let server: Server | undefined;
let stored: WebhookDelivery[] = [];
let logged: unknown[] = [];

async function open(options: Partial<WebhookDoorOptions> = {}): Promise<string> {
  [stored, logged] = [[], []];
  const door = webhookDoor({
    read: (request) => readWebhook(request, ['current', 'previous']),
    ingest: async (delivery) => void stored.push(delivery),
    log: { error: (...args: unknown[]) => void logged.push(args) },
    ...options,
  });
  server = createServer(express().use(door)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const send = (url: string, headers: Record<string, string>, body = BODY) =>
  fetch(url, { method: 'POST', headers, body });

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('what is let in', () => {
  it.each(['current', 'previous'])('a delivery signed with the %s secret', async (secret) => {
    const response = await send(await open(), signedBy(secret));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(stored).toMatchObject([
      {
        shopDomain: 'pines.myshopify.com',
        topic: 'orders/create',
        webhookId: 'delivery-1',
        sourceEventId: 'happening-1',
        triggeredAt: new Date('2026-11-02T10:00:00Z'),
      },
    ]);
    expect(Buffer.from(stored[0]!.body).toString()).toBe(BODY);
  });

  it.each(['{"id": 1,', ''])(
    'a body that does not parse, %j: reading it is not the door’s work',
    async (body) => {
      const headers = { ...HEADERS, 'X-Shopify-Hmac-Sha256': signWebhook(Buffer.from(body), 'current') };
      expect((await send(await open(), headers, body)).status).toBe(200);
      expect(stored).toHaveLength(1);
    },
  );
});

describe('what is refused, with nothing stored', () => {
  const without = (name: string) => {
    const { [name]: _left, ...rest } = signedBy('current') as Record<string, string>;
    return rest;
  };
  it.each<[string, number, Record<string, string>]>([
    ['no signature', 400, HEADERS],
    ['a signature by somebody else', 401, signedBy('wrong')],
    ['a signature that is no signature', 401, { ...HEADERS, 'X-Shopify-Hmac-Sha256': '%%%' }],
    ['no topic', 400, without('X-Shopify-Topic')],
    ['no shop', 400, without('X-Shopify-Shop-Domain')],
    ['a shop elsewhere', 400, { ...signedBy('current'), 'X-Shopify-Shop-Domain': 'pines.example.com' }],
    ['no delivery id', 400, without('X-Shopify-Webhook-Id')],
  ])('%s: %i', async (_what, status, headers) => {
    const response = await send(await open(), headers);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/\.\n$/);
    expect(stored).toEqual([]);
  });

  it('a GET: 405, naming what is allowed', async () => {
    const response = await fetch(await open());
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('a body that the sender cut off', async () => {
    const url = new URL(await open());
    const request = httpRequest(url, {
      method: 'POST',
      headers: { ...signedBy('current'), 'content-length': BODY.length + 10 },
    });
    request.on('error', () => undefined);
    request.write(BODY);
    await once(server!, 'request');
    request.destroy();
    // A whole one afterwards shows that the process goes on, and that only it was stored.
    expect((await send(url.href, signedBy('current'))).status).toBe(200);
    expect(stored).toHaveLength(1);
  });
});

it('keeps nothing of a body that was refused while it came', async () => {
  // As limitBody does: it refuses in the middle, and lets the rest run dry.
  const request = new PassThrough();
  let answered = false;
  const response = {
    headersSent: true,
    status: () => response,
    type: () => response,
    send: () => void (answered = true),
  };
  const door = webhookDoor({
    read: () => {
      throw new Error('nobody reads it');
    },
    ingest: async () => undefined,
    log: { error: () => undefined },
  });
  const asked = Object.assign(request, { method: 'POST', get: () => undefined });
  void door(asked as never, response as never, () => undefined);
  request.write('a part');
  request.emit('error', new Error('The body is larger than accepted.'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(request.listenerCount('data')).toBe(0);
  expect(answered).toBe(false);
});

it('answers 503 when the delivery could not be stored, so that Shopify sends it again', async () => {
  const url = await open({ ingest: () => Promise.reject(new Error('The database is away.')) });
  const response = await send(url, signedBy('current'));
  expect(response.status).toBe(503);
  expect(logged).toHaveLength(1);
});
