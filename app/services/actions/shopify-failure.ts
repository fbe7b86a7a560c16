import type { AdminFailure } from '../../infra/shopify/admin.server.ts';
import type { Performed } from '../run-action.ts';

/** What a failure of Shopify means for the action that met it. */
export function failureOf(failure: AdminFailure): Performed {
  switch (failure.kind) {
    case 'throttled':
      return { status: 'throttled', reason: 'Shopify throttles this shop.', waitMs: failure.retryAfterMs };
    case 'retryable':
      return { status: 'retry', reason: failure.reason };
    case 'reauthorise':
      return {
        status: 'failed',
        reason: `${failure.reason} Open the app in the Shopify admin, then replay this action.`,
      };
    case 'refused':
      return { status: 'failed', reason: failure.reason };
  }
}
