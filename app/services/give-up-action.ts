import type { Deps } from './deps.ts';

/**
 * Notes that an action was tried for the last time. A reward that it had reserved goes back to the budget first: a crash in
 * between leaves an action that is tried once more, and reserves again.
 * @param input.error what staff read
 */
export async function giveUpAction(
  deps: Pick<Deps, 'actions' | 'rewards'>,
  input: { shopId: string; actionId: string; error: string },
): Promise<void> {
  await deps.rewards.release(input.shopId, input.actionId);
  await deps.actions.markFailed(input.shopId, input.actionId, input.error);
}
