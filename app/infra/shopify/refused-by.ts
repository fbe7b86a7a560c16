import type { AdminFailure } from './admin.server.ts';

/** Shopify's user errors in one sentence; none at all, yet nothing done, is an answer to distrust and to try again. */
export function refusedBy(errors: readonly { field: string[] | null; message: string }[]): AdminFailure {
  if (errors.length === 0) return { kind: 'retryable', reason: 'Shopify did nothing and named no error.' };
  const list = errors.map((error) =>
    error.field ? `${error.field.join('.')}: ${error.message}` : error.message,
  );
  return { kind: 'refused', reason: `Shopify refused it: ${list.join('; ')}` };
}
