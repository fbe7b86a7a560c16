import { z } from 'zod';
import type { Deps } from './deps.ts';

export type MarkRequestSentOutcome = { outcome: 'marked' } | { outcome: 'not_open' };

/** Notes that the person has been given what a customers/data_request asked for. */
export async function markRequestSent(
  deps: Pick<Deps, 'dataRequests' | 'clock'>,
  { shopId, requestId }: { shopId: string; requestId: string },
): Promise<MarkRequestSentOutcome> {
  if (!z.uuid().safeParse(requestId).success) return { outcome: 'not_open' };
  const marked = await deps.dataRequests.markSent(shopId, requestId, await deps.clock.now());
  return { outcome: marked ? 'marked' : 'not_open' };
}
