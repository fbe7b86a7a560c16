import type { MappedWebhook } from '../../domain/core/facts.ts';
import { parseJsonBytes } from './json.ts';
import {
  mapCustomerRedact,
  mapDataRequest,
  mapScopesUpdate,
  mapShopRedact,
  mapUninstalled,
} from './mapping/app.ts';
import { mapCustomer, mapCustomerMerge, mapEmailConsent } from './mapping/customer.ts';
import { mapDispute } from './mapping/dispute.ts';
import { ignored, unreadable } from './mapping/fields.ts';
import type { WebhookInput } from './mapping/fields.ts';
import { mapFulfillment, mapFulfillmentEvent } from './mapping/fulfillment.ts';
import { mapOrder, mapOrderEdit } from './mapping/order.ts';
import { mapRefund } from './mapping/refund.ts';
import { mapReturn } from './mapping/return.ts';

const MAPPERS: Readonly<Record<string, (input: WebhookInput) => MappedWebhook>> = {
  'orders/create': mapOrder,
  'orders/paid': mapOrder,
  'orders/updated': mapOrder,
  'orders/cancelled': mapOrder,
  'orders/edited': mapOrderEdit,
  'fulfillments/create': mapFulfillment,
  'fulfillments/update': mapFulfillment,
  'fulfillment_events/create': mapFulfillmentEvent,
  'refunds/create': mapRefund,
  'returns/request': mapReturn,
  'returns/approve': mapReturn,
  'returns/process': mapReturn,
  'returns/close': mapReturn,
  'returns/decline': mapReturn,
  'returns/cancel': mapReturn,
  'returns/reopen': mapReturn,
  'disputes/create': mapDispute,
  'disputes/update': mapDispute,
  'customers/create': mapCustomer,
  'customers/update': mapCustomer,
  'customers/merge': mapCustomerMerge,
  'customers_email_marketing_consent/update': mapEmailConsent,
  'app/uninstalled': mapUninstalled,
  'app/scopes_update': mapScopesUpdate,
  'customers/data_request': mapDataRequest,
  'customers/redact': mapCustomerRedact,
  'shop/redact': mapShopRedact,
};

/** Topics that the app knows of and leaves alone, with the reason that staff read. */
const KNOWN_BUT_IGNORED: Readonly<Record<string, string>> = {
  'returns/update': 'names only differences and no state; the next returns/ event carries the state',
  'orders/fulfilled': 'repeats what fulfillments/create says',
  'orders/partially_fulfilled': 'repeats what fulfillments/create says',
  'customers_marketing_consent/update': 'is about SMS consent, and the app sends no SMS',
};

/** Every topic that becomes a fact, for tests and for shopify.app.toml's check. */
export const MAPPED_TOPICS: readonly string[] = Object.keys(MAPPERS);

/**
 * Translates one delivery into a fact of the domain. Pure; never throws.
 * @param topic as in X-Shopify-Topic, e.g. "orders/create"
 * @param bytes the body exactly as received
 * @param triggeredAt X-Shopify-Triggered-At: dates the topics whose bodies carry no time
 *   (returns, uninstall, some consents); without it they are dated 1970
 * @returns mapped with exact ids as decimal text; ignored or unreadable with a sentence
 *   that says why and holds no personal data
 */
export function mapWebhook(topic: string, bytes: Uint8Array, triggeredAt: Date | null = null): MappedWebhook {
  const name = topic.trim().toLowerCase();
  const mapper = Object.hasOwn(MAPPERS, name) ? MAPPERS[name] : undefined;
  const parsed = parseJsonBytes(bytes);
  if (!parsed.ok) return unreadable(parsed.reason);
  if (!mapper) {
    const why = Object.hasOwn(KNOWN_BUT_IGNORED, name)
      ? KNOWN_BUT_IGNORED[name]
      : 'is not a topic that the app uses';
    return ignored(`The topic ${name} ${why}.`);
  }
  if (typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value)) {
    return unreadable(`${name}: the body is JSON, but not an object.`);
  }
  return mapper({ topic: name, body: parsed.value, triggeredAt });
}
