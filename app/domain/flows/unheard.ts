/** Whether the customer would hear of a recovery code: it travels with the acknowledgement (domain.md section 7). */
import type { CustomerState } from '../core/state.ts';
import type { UnheardReason } from './compensation.ts';

/** A code that nobody is told of spends the budget and the customer's turn for nothing; null = it will be heard of. */
export function unheardReason(about: {
  customer: Pick<CustomerState, 'consent' | 'unsubscribedAt'>;
  /** Nothing stands against an acknowledgement now. */
  reachable: boolean;
  /** The acknowledgement is settled: sent, failed or given up. */
  acknowledged: boolean;
}): UnheardReason | null {
  const { customer, reachable, acknowledged } = about;
  if (acknowledged) return 'acknowledged';
  if (!reachable) return 'unreachable';
  return customer.unsubscribedAt || customer.consent?.state === 'unsubscribed' ? 'unsubscribed' : null;
}
