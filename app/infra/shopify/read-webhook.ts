import { isShopDomain, verifyWebhook } from './hmac.ts';

/** A delivery whose bytes are Shopify's, as it goes into the intake. */
export interface WebhookDelivery {
  shopDomain: string;
  topic: string;
  webhookId: string;
  sourceEventId: string | null;
  apiVersion: string | null;
  triggeredAt: Date | null;
  body: Uint8Array;
}

export type WebhookRequest =
  | { kind: 'verified'; delivery: WebhookDelivery }
  /** What to answer, with a sentence for whoever reads the log of the sender. */
  | { kind: 'refused'; status: 400 | 401; message: string };

/**
 * One delivery out of a request's headers and raw bytes; the signature is over exactly those
 * bytes. The shop, topic and id headers are not signed; whoever knows the secret may write them.
 * The session is never touched: an uninstalled shop has none, and its webhooks count too.
 * @param request.header a header's value by its name, whatever the case of its letters; null when absent
 */
export function readWebhook(
  request: { header: (name: string) => string | null; body: Uint8Array },
  secrets: readonly string[],
): WebhookRequest {
  const header = (name: string) => request.header(`x-shopify-${name}`) ?? request.header(`shopify-${name}`);
  const { body } = request;
  const signature = header('hmac-sha256');
  if (!signature) return refused(400, 'The header X-Shopify-Hmac-Sha256 is missing.');
  if (verifyWebhook(body, signature, secrets) !== 'valid')
    return refused(401, 'The signature does not fit the body.');

  const topic = header('topic')?.trim().toLowerCase() ?? '';
  const shopDomain = header('shop-domain')?.trim().toLowerCase() ?? '';
  const webhookId = header('webhook-id')?.trim() ?? '';
  if (!/^[a-z_]+\/[a-z_]+$/.test(topic))
    return refused(400, 'The header X-Shopify-Topic is missing or malformed.');
  if (!isShopDomain(shopDomain))
    return refused(400, 'The header X-Shopify-Shop-Domain is missing or malformed.');
  if (!/^[\w.:-]{1,128}$/.test(webhookId))
    return refused(400, 'The header X-Shopify-Webhook-Id is missing or malformed.');
  return {
    kind: 'verified',
    delivery: {
      shopDomain,
      topic,
      webhookId,
      sourceEventId: header('event-id')?.slice(0, 128) ?? null,
      apiVersion: header('api-version')?.slice(0, 32) ?? null,
      triggeredAt: timeOf(header('triggered-at')),
      body,
    },
  };
}

function timeOf(text: string | null): Date | null {
  const at = text ? new Date(text) : null;
  return at && Number.isFinite(at.getTime()) ? at : null;
}

function refused(status: 400 | 401, message: string): WebhookRequest {
  return { kind: 'refused', status, message };
}
