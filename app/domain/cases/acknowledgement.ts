/** Whether the answer to a complaint can reach the customer (domain.md sections 7 and 12). */
import type { CustomerState } from '../core/state.ts';

export type AcknowledgementObstacle =
  'shop_uninstalled' | 'redacted' | 'no_email' | 'invalid_email' | 'no_open_case';

/**
 * What keeps an acknowledgement back; null = it may go. It answers what the customer wrote: no
 * caps, no marketing consent, and who unsubscribed from surveys and offers still gets it, as the
 * unsubscribe page promises.
 */
export function acknowledgementObstacle(about: {
  shopStatus: string;
  customer: Pick<CustomerState, 'email' | 'consent' | 'redactedAt'> | null;
  /** Acknowledgements wait for the action that opens the case: none now means it was closed or erased. */
  hasCase: boolean;
}): AcknowledgementObstacle | null {
  const { shopStatus, customer, hasCase } = about;
  if (shopStatus !== 'installed') return 'shop_uninstalled';
  if (!customer || customer.redactedAt || customer.consent?.state === 'redacted') return 'redacted';
  if (!customer.email) return 'no_email';
  if (customer.consent?.state === 'invalid') return 'invalid_email';
  return hasCase ? null : 'no_open_case';
}
