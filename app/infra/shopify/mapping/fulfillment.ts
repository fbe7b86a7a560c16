import { z } from 'zod';
import type { FulfillmentFact, MappedWebhook } from '../../../domain/core/facts.ts';
import { date, firstId, id, mapped, objects, text, UNDATED, unreadable } from './fields.ts';
import type { WebhookInput } from './fields.ts';

export const fulfillmentBody = z.object({
  id,
  admin_graphql_api_id: id,
  order_id: id,
  status: text,
  shipment_status: text,
  created_at: date,
  updated_at: date,
  tracking_company: text,
  line_items: objects(z.object({ id, admin_graphql_api_id: id })),
});
export type FulfillmentBody = z.output<typeof fulfillmentBody>;

/** A fulfillment as a fact, or null when it names no id or no order. `orderId` is that of the order it is embedded in. */
export function toFulfillmentFact(
  body: FulfillmentBody,
  orderId: string | null,
  at: Date,
): FulfillmentFact | null {
  const fulfillmentId = firstId(body.admin_graphql_api_id, body.id);
  const ofOrder = orderId ?? body.order_id;
  if (fulfillmentId === null || ofOrder === null) return null;
  const createdAt = body.created_at ?? body.updated_at ?? at;
  return {
    fulfillmentId,
    orderId: ofOrder,
    status: body.status?.toLowerCase() ?? null,
    shipmentStatus: body.shipment_status?.toLowerCase() ?? null,
    createdAt,
    lineIds: (body.line_items ?? [])
      .map((line) => firstId(line.admin_graphql_api_id, line.id))
      .filter((lineId) => lineId !== null),
    trackingCompany: body.tracking_company,
    sourceUpdatedAt: body.updated_at ?? createdAt,
  };
}

/** fulfillments/create and fulfillments/update. */
export function mapFulfillment({ topic, body, triggeredAt }: WebhookInput): MappedWebhook {
  const fulfillment = toFulfillmentFact(fulfillmentBody.parse(body), null, triggeredAt ?? UNDATED);
  if (!fulfillment) return unreadable(`${topic}: the fulfillment lacks its id or its order_id.`);
  return mapped({ kind: 'fulfillment', fulfillment });
}

const eventBody = z.object({
  id,
  admin_graphql_api_id: id,
  fulfillment_id: id,
  order_id: id,
  status: text,
  happened_at: date,
  created_at: date,
  estimated_delivery_at: date,
});

/** fulfillment_events/create: the carrier's scans, "delivered" among them. */
export function mapFulfillmentEvent({ topic, body, triggeredAt }: WebhookInput): MappedWebhook {
  const parsed = eventBody.parse(body);
  const eventId = firstId(parsed.admin_graphql_api_id, parsed.id);
  const { fulfillment_id: fulfillmentId, order_id: orderId, status } = parsed;
  if (eventId === null || fulfillmentId === null || orderId === null || status === null) {
    return unreadable(`${topic}: the event lacks its id, fulfillment_id, order_id or status.`);
  }
  return mapped({
    kind: 'fulfillment_event',
    event: {
      eventId,
      fulfillmentId,
      orderId,
      status: status.toLowerCase(),
      happenedAt: parsed.happened_at ?? parsed.created_at ?? triggeredAt ?? UNDATED,
      estimatedDeliveryAt: parsed.estimated_delivery_at,
    },
  });
}
