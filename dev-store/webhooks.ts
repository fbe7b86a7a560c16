import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';

export interface WebhookDelivery {
  /** As in the header, e.g. `orders/create`. */
  topic: string;
  /** The exact bytes that are signed and sent. */
  body: string;
  webhookId: string;
  eventId: string;
  triggeredAt: Date | string;
  apiVersion?: string;
  shop?: string;
}

export interface DeliverOptions {
  /** How many further copies follow, with the same ids. */
  duplicate?: number;
  /** Wall-clock wait before the first attempt. */
  delayMs?: number;
}

export interface DeliveryResult {
  webhookId: string;
  /** Every copy was acknowledged. */
  ok: boolean;
  /** The status of each attempt in order; 0 = no answer. */
  statuses: number[];
}

export interface SenderSettings {
  appUrl: string;
  apiSecret: string;
  shop: string;
  apiVersion: string;
  /** Attempts after the first; Shopify makes 8. */
  retries?: number;
  /** Wait before the first retry; it doubles. Shopify's 4 hours are shortened to seconds here. */
  retryBaseMs?: number;
  /** Longest wait for an answer; Shopify gives up after 5 s. */
  timeoutMs?: number;
  maxSockets?: number;
}

export interface ManyOptions {
  concurrency?: number;
  /** Each delivery may be overtaken by up to this many later ones. */
  reorderWindow?: number;
  /** Share of deliveries that are sent twice, 0 to 1. */
  duplicateShare?: number;
  /** Source of numbers in [0, 1); give a seeded one for a repeatable order. */
  random?: () => number;
}

const COMPLIANCE = new Set(['customers/data_request', 'customers/redact', 'shop/redact']);

/** The base64 HMAC-SHA256 that Shopify puts into X-Shopify-Hmac-Sha256. */
export function signBody(body: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

/** Sends signed webhooks over kept-alive connections; what is not acknowledged is tried again. */
export class WebhookSender {
  readonly #settings: Required<SenderSettings>;
  readonly #agent: http.Agent;
  readonly #transport: typeof http | typeof https;
  #closed = false;

  constructor(settings: SenderSettings) {
    this.#settings = { retries: 8, retryBaseMs: 100, timeoutMs: 5000, maxSockets: 32, ...settings };
    this.#transport = settings.appUrl.startsWith('https:') ? https : http;
    this.#agent = new this.#transport.Agent({ keepAlive: true, maxSockets: this.#settings.maxSockets });
  }

  /** Delivers one webhook, and its copies after it; never throws for an app that refuses or is away. */
  async deliver(delivery: WebhookDelivery, options: DeliverOptions = {}): Promise<DeliveryResult> {
    if (options.delayMs !== undefined) await wait(options.delayMs);
    const statuses: number[] = [];
    let ok = true;
    for (let copy = 0; copy <= (options.duplicate ?? 0); copy++) {
      ok = (await this.#deliverOnce(delivery, statuses)) && ok;
    }
    return { webhookId: delivery.webhookId, ok, statuses };
  }

  /** Delivers many, at most `concurrency` at a time, duplicated and reordered as asked. */
  async deliverAll(
    deliveries: readonly WebhookDelivery[],
    options: ManyOptions = {},
  ): Promise<DeliveryResult[]> {
    const { concurrency = 16, reorderWindow = 0, duplicateShare = 0, random = Math.random } = options;
    const queue = reorderWindow === 0 ? [...deliveries] : reorder(deliveries, reorderWindow, random);
    const copies = queue.map(() => (random() < duplicateShare ? 1 : 0));
    const results: DeliveryResult[] = [];
    let next = 0;
    const lane = async () => {
      for (let i = next++; i < queue.length; i = next++) {
        const delivery = queue[i];
        if (delivery !== undefined) results.push(await this.deliver(delivery, { duplicate: copies[i] ?? 0 }));
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, lane));
    return results;
  }

  async #deliverOnce(delivery: WebhookDelivery, statuses: number[]): Promise<boolean> {
    for (let attempt = 0; attempt <= this.#settings.retries && !this.#closed; attempt++) {
      if (attempt > 0) await wait(Math.min(this.#settings.retryBaseMs * 2 ** (attempt - 1), 5000));
      const status = await this.#post(delivery);
      statuses.push(status);
      if (status >= 200 && status < 300) return true;
    }
    return false;
  }

  #post(delivery: WebhookDelivery): Promise<number> {
    const { appUrl, apiSecret, shop, apiVersion, timeoutMs } = this.#settings;
    const path = COMPLIANCE.has(delivery.topic) ? '/webhooks/compliance' : '/webhooks/shopify';
    const body = Buffer.from(delivery.body);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      'User-Agent': 'Shopify-Captain-Hook',
      'X-Shopify-Topic': delivery.topic,
      'X-Shopify-Hmac-Sha256': signBody(body, apiSecret),
      'X-Shopify-Shop-Domain': delivery.shop ?? shop,
      'X-Shopify-API-Version': delivery.apiVersion ?? apiVersion,
      'X-Shopify-Webhook-Id': delivery.webhookId,
      'X-Shopify-Event-Id': delivery.eventId,
      'X-Shopify-Triggered-At':
        delivery.triggeredAt instanceof Date ? delivery.triggeredAt.toISOString() : delivery.triggeredAt,
    };
    return new Promise((resolve) => {
      const options = { method: 'POST', agent: this.#agent, headers, timeout: timeoutMs };
      const request = this.#transport.request(`${appUrl}${path}`, options, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', () => resolve(0));
      });
      request.on('timeout', () => request.destroy());
      request.on('error', () => resolve(0));
      request.end(body);
    });
  }

  /** Ends open connections and stops retrying. */
  close(): void {
    this.#closed = true;
    this.#agent.destroy();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Every item moves by at most `window` places: each gets its index plus a random offset as key. */
function reorder<T>(items: readonly T[], window: number, random: () => number): T[] {
  return items
    .map((item, i) => ({ item, key: i + random() * (window + 1) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
