import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** Lets a handler be async: what it throws reaches the error handler. */
export function handle(fn: (request: Request, response: Response) => Promise<void> | void): RequestHandler {
  return (request, response, next: NextFunction) => {
    void Promise.resolve()
      .then(() => fn(request, response))
      .catch(next);
  };
}

/** A request the dev store refuses, with the sentence that says why. */
export class RequestError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The value of one cookie, or null. */
export function cookie(request: Request, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value !== undefined) return decodeURIComponent(value);
  }
  return null;
}

/** The one value of a query parameter; null if it is absent or given twice. */
export function queryText(request: Request, name: string): string | null {
  const value = request.query[name];
  return typeof value === 'string' ? value : null;
}

/** The request's body as bytes; empty if none was sent. Needs express.raw in front. */
export function bodyBytes(request: Request): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** The body as a JSON object or a form, whichever was sent. */
export function bodyFields(request: Request): Record<string, unknown> {
  const text = bodyBytes(request).toString('utf8');
  if (text === '') return {};
  if ((request.headers['content-type'] ?? '').includes('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Falls through to the sentence below.
  }
  throw new RequestError(400, 'The body must be a JSON object.');
}
