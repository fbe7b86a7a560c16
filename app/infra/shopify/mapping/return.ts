import { z } from 'zod';
import type { MappedWebhook, ReturnFact } from '../../../domain/core/facts.ts';
import { count, date, firstId, id, mapped, nested, objects, text, UNDATED, unreadable } from './fields.ts';
import type { WebhookInput } from './fields.ts';

const lineRef = nested(z.object({ id, admin_graphql_api_id: id }));

const returnBody = z.object({
  id,
  admin_graphql_api_id: id,
  order_id: id,
  order: lineRef,
  created_at: date,
  updated_at: date,
  closed_at: date,
  return_line_items: objects(
    z.object({
      quantity: count,
      return_reason: text,
      line_item: lineRef,
      fulfillment_line_item: nested(z.object({ line_item: lineRef })),
    }),
  ),
});

/** What each topic says about the return; the body's own status is coarser (approve and reopen both say "open"). */
const STATUS_OF_TOPIC: Readonly<Record<string, ReturnFact['status']>> = {
  'returns/request': 'requested',
  'returns/approve': 'approved',
  'returns/reopen': 'approved',
  'returns/process': 'processed',
  'returns/close': 'closed',
  'returns/decline': 'declined',
  'returns/cancel': 'cancelled',
};

/** returns/*: bodies of these topics carry no time of their own, so the delivery's trigger time dates them. */
export function mapReturn({ topic, body, triggeredAt }: WebhookInput): MappedWebhook {
  const parsed = returnBody.parse(body);
  const returnId = firstId(parsed.admin_graphql_api_id, parsed.id);
  const status = STATUS_OF_TOPIC[topic];
  if (returnId === null || status === undefined) return unreadable(`${topic}: the return has no id.`);
  const lines = (parsed.return_line_items ?? []).flatMap((line) => {
    const ref = line.fulfillment_line_item?.line_item ?? line.line_item;
    const lineId = firstId(ref?.admin_graphql_api_id, ref?.id);
    return lineId === null
      ? []
      : [{ lineId, quantity: line.quantity, reason: line.return_reason?.toLowerCase() ?? null }];
  });
  return mapped({
    kind: 'return',
    return: {
      returnId,
      orderId: firstId(parsed.order?.admin_graphql_api_id, parsed.order?.id, parsed.order_id),
      status,
      lines,
      sourceUpdatedAt: parsed.updated_at ?? triggeredAt ?? parsed.closed_at ?? parsed.created_at ?? UNDATED,
    },
  });
}
