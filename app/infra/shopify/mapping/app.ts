import { z } from 'zod';
import type { MappedWebhook } from '../../../domain/core/facts.ts';
import { anything, id, ids, mapped, nested, text } from './fields.ts';
import type { WebhookInput } from './fields.ts';

/** app/uninstalled: the body is the shop and says nothing of the moment; the delivery's headers do. */
export function mapUninstalled({ triggeredAt }: WebhookInput): MappedWebhook {
  return mapped({ kind: 'app_uninstalled', occurredAt: triggeredAt });
}

const scopesBody = z.object({
  current: anything.transform((value) =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [],
  ),
});

/** app/scopes_update. */
export function mapScopesUpdate({ body }: WebhookInput): MappedWebhook {
  return mapped({ kind: 'scopes_updated', scopes: scopesBody.parse(body).current });
}

const person = nested(z.object({ id, email: text }));
const dataRequestBody = z.object({
  customer: person,
  orders_requested: ids,
  data_request: nested(z.object({ id })),
});
const redactBody = z.object({ customer: person, orders_to_redact: ids });

/** customers/data_request. */
export function mapDataRequest({ body }: WebhookInput): MappedWebhook {
  const parsed = dataRequestBody.parse(body);
  return mapped({
    kind: 'data_request',
    customerId: parsed.customer?.id ?? null,
    email: parsed.customer?.email ?? null,
    orderIds: parsed.orders_requested,
    requestId: parsed.data_request?.id ?? null,
  });
}

/** customers/redact: orders_to_redact may be empty, the customer is to be erased all the same. */
export function mapCustomerRedact({ body }: WebhookInput): MappedWebhook {
  const parsed = redactBody.parse(body);
  return mapped({
    kind: 'customer_redact',
    customerId: parsed.customer?.id ?? null,
    email: parsed.customer?.email ?? null,
    orderIds: parsed.orders_to_redact,
  });
}

/** shop/redact. */
export function mapShopRedact(): MappedWebhook {
  return mapped({ kind: 'shop_redact' });
}
