import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { MAX_UPLOAD_BYTES } from '../app/domain/surveys/uploads.ts';

/** Shopify's webhooks stay below this; an order with hundreds of lines has about 1 MB. */
export const WEBHOOK_BODY_LIMIT = 2 * 1024 * 1024;
/** One picture or voice note, as it is. */
export const UPLOAD_BODY_LIMIT = Math.max(...Object.values(MAX_UPLOAD_BYTES));
/** What else a browser posts to us is a short form, files of answers aside. */
export const FORM_BODY_LIMIT = 256 * 1024;
/** One visit, as the web pixel tells it. */
export const BEACON_BODY_LIMIT = 8 * 1024;
/** A file of answers of 5 MB, and the form around it. */
export const IMPORT_BODY_LIMIT = 5.5 * 1024 * 1024;

/** Past this many bytes of a refused body the connection is cut instead of read to its end. */
const DISCARD_LIMIT = 16 * 1024 * 1024;

/**
 * Refuses bodies over `limit` bytes with 413: by the announced length before anything
 * is read, and while reading when the length is not announced or wrong. The body is not
 * buffered here: it is counted as it streams into the Remix request, whose own reading
 * then fails, so that no route ever sees a cut body as a whole one.
 */
export function limitBody(limit: number): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    let received = 0;
    let refused = false;

    function refuse() {
      refused = true;
      request.on('error', () => undefined);
      // Reading on (and throwing away) lets the sender see the answer instead of a reset.
      request.resume();
      if (response.headersSent) return;
      response
        .status(413)
        .type('text/plain')
        .send(`The body is larger than the ${limit} bytes accepted here.\n`);
    }

    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > DISCARD_LIMIT) request.socket.destroy();
      if (refused || received <= limit) return;
      refuse();
      request.emit('error', new Error('The body is larger than accepted.'));
      request.resume();
    });
    // Listening to data starts the stream on the next tick; whoever reads it must be attached by then.
    if (announced > limit) refuse();
    else next();
  };
}
