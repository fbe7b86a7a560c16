import { z } from 'zod';
import type { MappedWebhook } from '../../../domain/core/facts.ts';
import { date, firstId, id, ignored, mapped, text, UNDATED, unreadable } from './fields.ts';
import type { WebhookInput } from './fields.ts';

const disputeBody = z.object({
  id,
  admin_graphql_api_id: id,
  order_id: id,
  type: text,
  status: text,
  initiated_at: date,
  evidence_sent_on: date,
  finalized_on: date,
});

/** disputes/create and disputes/update: the body is the dispute as it stands, and says nowhere when it changed. */
export function mapDispute({ topic, body, triggeredAt }: WebhookInput): MappedWebhook {
  const parsed = disputeBody.parse(body);
  const disputeId = firstId(parsed.admin_graphql_api_id, parsed.id);
  if (disputeId === null) return unreadable(`${topic}: the dispute has no id.`);
  if (parsed.order_id === null) return ignored(`The topic ${topic} names no order.`);
  const { initiated_at, evidence_sent_on, finalized_on } = parsed;
  const sourceUpdatedAt = triggeredAt ?? finalized_on ?? evidence_sent_on ?? initiated_at ?? UNDATED;
  return mapped({
    kind: 'dispute',
    dispute: {
      disputeId,
      orderId: parsed.order_id,
      type: parsed.type?.toLowerCase() ?? '',
      status: parsed.status?.toLowerCase() ?? '',
      initiatedAt: initiated_at ?? sourceUpdatedAt,
      sourceUpdatedAt,
    },
  });
}
