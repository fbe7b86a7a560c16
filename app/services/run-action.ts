import { isMessage } from '../domain/core/actions.ts';
import type { ClaimedAction } from '../infra/db/actions.repo.server.ts';
import { AppError } from '../domain/core/app-error.ts';
import { performers } from './actions/performers.ts';
import type { Deps } from './deps.ts';

/** How one try at an action ended. */
export type Performed =
  | { status: 'done'; result?: object }
  /** Rightly not done, with the reason staff see. */
  | { status: 'skipped'; reason: string }
  | { status: 'failed'; reason: string }
  /** It may have happened; only a person may decide to do it again. */
  | { status: 'unknown'; reason: string }
  /** Certain not to have happened: try again later. */
  | { status: 'retry'; reason: string }
  /** Something else comes first: looked at again after `waitMs` of machine time, no attempt counted. */
  | { status: 'wait'; reason: string; waitMs: number }
  /** Certain not to have happened, and not before `until` of business time; no attempt counted. */
  | { status: 'postponed'; reason: string; until: Date }
  /** Shopify throttles this shop. */
  | { status: 'throttled'; reason: string; waitMs: number };

export type RunOutcome =
  | { outcome: 'done' | 'skipped' | 'failed' | 'unknown' | 'postponed' | 'already_settled' }
  | { outcome: 'wait'; waitMs: number };

/**
 * The end of the line: claims one action row, performs it and records how it ended.
 * What a crash between claim and record leaves behind is settled by reconcile: messages
 * become `unknown`, everything else is tried again.
 * @throws AppError (retryable) when nothing happened and it is worth trying again
 */
export async function runAction(
  deps: Deps,
  { shopId, actionId }: { shopId: string; actionId: string },
): Promise<RunOutcome> {
  const claim = await deps.actions.claim(shopId, actionId);
  if (claim.outcome === 'settled') return { outcome: 'already_settled' };
  if (claim.outcome === 'wait') return claim;
  const { action } = claim;
  const performed = await tryPerform(deps, action);

  if (performed.status === 'postponed') {
    await deps.actions.postpone(shopId, actionId, performed.until, performed.reason);
    return { outcome: 'postponed' };
  }
  if (performed.status === 'throttled') await deps.shops.throttle(shopId, performed.waitMs);
  if (performed.status === 'throttled' || performed.status === 'wait') {
    await deps.actions.release(shopId, actionId, performed.reason, false);
    return { outcome: 'wait', waitMs: performed.waitMs };
  }
  if (performed.status === 'retry') {
    await deps.actions.release(shopId, actionId, performed.reason, true);
    throw new AppError('action_retry', performed.reason, { retryable: true });
  }
  const freed = await deps.actions.settle(shopId, actionId, {
    status: performed.status,
    reason: performed.status === 'done' ? null : performed.reason,
    result: performed.status === 'done' ? (performed.result ?? null) : null,
    now: action.now,
  });
  deps.metrics.countAction(action.kind, performed.status);
  await deps.producer.enqueue(freed.map((id) => ({ name: 'action.run', payload: { shopId, actionId: id } })));
  return { outcome: performed.status };
}

/** An unexpected fault of a message leaves its claim standing: whether it went out is not known. */
async function tryPerform(deps: Deps, action: ClaimedAction): Promise<Performed> {
  try {
    return await performers[action.kind](deps, action);
  } catch (error) {
    if (isMessage(action.kind)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return { status: 'retry', reason };
  }
}
