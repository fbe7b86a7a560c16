import { z } from 'zod';
import type { CustomerFact, EmailConsent, MappedWebhook } from '../../../domain/core/facts.ts';
import { date, firstId, id, ignored, mapped, nested, text, UNDATED, unreadable } from './fields.ts';
import type { WebhookInput } from './fields.ts';

const consentBody = nested(z.object({ state: text, consent_updated_at: date }));

export const customerBody = z.object({
  id,
  admin_graphql_api_id: id,
  email: text,
  first_name: text,
  last_name: text,
  phone: text,
  locale: text,
  created_at: date,
  updated_at: date,
  email_marketing_consent: consentBody,
  default_address: nested(z.object({ country_code: text })),
});
export type CustomerBody = z.output<typeof customerBody>;

const CONSENT_STATES: readonly EmailConsent['state'][] = [
  'not_subscribed',
  'pending',
  'subscribed',
  'unsubscribed',
  'redacted',
  'invalid',
];

/** Shopify's consent, in either case of writing; null when it names no state that is known. */
export function toConsent(state: string | null, updatedAt: Date | null): EmailConsent | null {
  const known = CONSENT_STATES.find((one) => one === state?.toLowerCase());
  return known ? { state: known, updatedAt } : null;
}

/** A customer as a fact, or null when the body names no id (guests, redacted customers). */
export function toCustomerFact(
  body: CustomerBody,
  fallback: { locale: string | null; countryCode: string | null; at: Date },
): CustomerFact | null {
  const shopifyId = firstId(body.admin_graphql_api_id, body.id);
  if (shopifyId === null) return null;
  const consent = body.email_marketing_consent;
  return {
    shopifyId,
    email: body.email,
    firstName: body.first_name,
    lastName: body.last_name,
    phone: body.phone,
    locale: body.locale ?? fallback.locale,
    countryCode: body.default_address?.country_code ?? fallback.countryCode,
    timeZone: null,
    emailConsent: consent && toConsent(consent.state, consent.consent_updated_at),
    sourceUpdatedAt: body.updated_at ?? fallback.at,
  };
}

/** customers/create and customers/update. */
export function mapCustomer({ topic, body, triggeredAt }: WebhookInput): MappedWebhook {
  const parsed = customerBody.parse(body);
  const at = parsed.created_at ?? triggeredAt ?? UNDATED;
  const customer = toCustomerFact(parsed, { locale: null, countryCode: null, at });
  if (!customer) return unreadable(`${topic}: the customer has no id.`);
  return mapped({ kind: 'customer', customer, createdAt: parsed.created_at });
}

const emailConsentBody = z.object({ customer_id: id, email_marketing_consent: consentBody });

/** customers_email_marketing_consent/update. */
export function mapEmailConsent({ topic, body, triggeredAt }: WebhookInput): MappedWebhook {
  const { customer_id: customerId, email_marketing_consent: raw } = emailConsentBody.parse(body);
  if (customerId === null) return unreadable(`${topic}: the body names no customer_id.`);
  const consent = raw && toConsent(raw.state, raw.consent_updated_at);
  if (!consent) return ignored(`${topic}: the body states no known consent, so there is nothing to store.`);
  return mapped({
    kind: 'consent',
    customerId,
    consent,
    occurredAt: consent.updatedAt ?? triggeredAt ?? UNDATED,
  });
}

const mergeBody = z.object({
  admin_graphql_api_customer_kept_id: id,
  admin_graphql_api_customer_deleted_id: id,
  status: text,
});

/** customers/merge: sent for each step of a merge; only "completed" means it is done. */
export function mapCustomerMerge({ topic, body }: WebhookInput): MappedWebhook {
  const parsed = mergeBody.parse(body);
  const keptId = parsed.admin_graphql_api_customer_kept_id;
  const deletedId = parsed.admin_graphql_api_customer_deleted_id;
  if (keptId === null || deletedId === null)
    return unreadable(`${topic}: the body does not name both customers.`);
  return mapped({
    kind: 'customer_merged',
    keptId,
    deletedId,
    status: parsed.status?.toLowerCase() ?? 'unknown',
  });
}
