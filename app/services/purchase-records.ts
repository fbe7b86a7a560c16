import { localDay } from '../domain/core/calendar.ts';
import type { PurchaseRecord } from '../domain/prediction/purchase-summary.ts';
import type { OrderInput } from '../domain/scoring/inputs.ts';

/** An order as prediction knows it: the shop's calendar day, and what was kept of the items. */
export function purchaseRecord(
  { createdAt, netMinor, refundedNetMinor }: Pick<OrderInput, 'createdAt' | 'netMinor' | 'refundedNetMinor'>,
  timeZone: string,
): PurchaseRecord {
  return { day: localDay(createdAt, timeZone), valueMinor: netMinor - refundedNetMinor };
}
