import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Log } from '../app/infra/log.server.ts';
import type { readWebhook, WebhookDelivery } from '../app/infra/shopify/read-webhook.ts';

export interface WebhookDoorOptions {
  /** Checks headers and signature; bound to the client secrets. */
  read: (request: Parameters<typeof readWebhook>[0]) => ReturnType<typeof readWebhook>;
  /** Stores a verified delivery; throws when it could not be stored. */
  ingest: (delivery: WebhookDelivery) => Promise<unknown>;
  log: Pick<Log, 'error'>;
}

/**
 * The door of every Shopify webhook: verify, store, acknowledge. Nothing is read or decided here.
 * It stands before Remix, whose work per request would be most of what a delivery costs
 * (docs/decisions/009-own-webhook-door.md). Expects `limitBody` in front.
 */
export function webhookDoor({ read, ingest, log }: WebhookDoorOptions): RequestHandler {
  return async (request, response) => {
    const answer = (status: number, sentence: string) =>
      void response.status(status).type('text/plain').send(`${sentence}\n`);

    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      answer(405, 'Webhooks come by POST.');
      return;
    }
    const body = await bytesOf(request).catch(() => null);
    // Cut off by the sender, or refused for its size: that answer is out already.
    if (!body || response.headersSent) return;
    const result = read({ header: (name) => request.get(name) ?? null, body });
    if (result.kind === 'refused') {
      answer(result.status, result.message);
      return;
    }
    try {
      await ingest(result.delivery);
      response.status(200).end();
    } catch (error) {
      log.error(
        { err: error, topic: result.delivery.topic },
        'A webhook could not be stored; Shopify sends it again.',
      );
      answer(503, 'The delivery could not be stored; send it again.');
    }
  };
}

/** The whole body; rejects, keeping none of it, when it was cut off or refused for its size. */
function bytesOf(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    const take = (chunk: Buffer) => void chunks.push(chunk);
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', (error) => {
      // What still comes is only counted by limitBody; kept, it would fill the memory.
      request.off('data', take);
      chunks = [];
      reject(error);
    });
  });
}
