import type { Deps } from './deps.ts';

export type ResendMessageOutcome = { outcome: 'queued' } | { outcome: 'not_stuck' };

/**
 * Performs an action again that failed or whose fate is unknown. A person decides this: a
 * message of unknown fate may reach the customer twice.
 */
export async function resendMessage(
  deps: Pick<Deps, 'acts' | 'producer'>,
  input: { shopId: string; actionId: string },
): Promise<ResendMessageOutcome> {
  const changed = await deps.acts.retryAction(input.shopId, input.actionId);
  if (!changed) return { outcome: 'not_stuck' };
  await deps.producer.enqueue([
    { name: 'action.run', payload: { shopId: input.shopId, actionId: input.actionId } },
  ]);
  return { outcome: 'queued' };
}
