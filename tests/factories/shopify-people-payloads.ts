import { gid, idNumber } from './shopify-json.ts';

/** Payloads of consents, merges, the app's own life and privacy requests. */

/** customers_email_marketing_consent/update. */
export function emailConsentPayload(spec: {
  customerId: string;
  email: string | null;
  state: string | null;
  at: Date | null;
}) {
  return {
    customer_id: idNumber(spec.customerId),
    email_address: spec.email,
    email_marketing_consent: {
      state: spec.state,
      opt_in_level: 'single_opt_in',
      consent_updated_at: spec.at?.toISOString() ?? null,
    },
  };
}

/** customers/merge. */
export function mergePayload(spec: {
  keptId: string;
  deletedId: string;
  status?: 'in_progress' | 'completed' | 'failed';
}) {
  return {
    admin_graphql_api_customer_kept_id: gid('Customer', spec.keptId),
    admin_graphql_api_customer_deleted_id: gid('Customer', spec.deletedId),
    admin_graphql_api_job_id: null,
    status: spec.status ?? 'completed',
    errors: [],
  };
}

/** app/uninstalled: Shopify sends the shop. */
export function uninstalledPayload(spec: { shopId: string; shopDomain: string }) {
  return {
    id: idNumber(spec.shopId),
    name: 'Field & Kiln',
    myshopify_domain: spec.shopDomain,
    currency: 'EUR',
  };
}

/** app/scopes_update. */
export function scopesUpdatePayload(spec: { shopId: string; previous: string[]; current: string[] }) {
  return {
    id: gid('Shop', spec.shopId),
    shop_id: idNumber(spec.shopId),
    previous: spec.previous,
    current: spec.current,
  };
}

export interface PrivacySpec {
  shopId: string;
  shopDomain: string;
  customerId: string;
  email: string | null;
  orderIds?: string[];
}

const person = (spec: PrivacySpec) => ({ id: idNumber(spec.customerId), email: spec.email, phone: null });

/** customers/data_request. */
export function dataRequestPayload(spec: PrivacySpec & { requestId: string }) {
  return {
    shop_id: idNumber(spec.shopId),
    shop_domain: spec.shopDomain,
    orders_requested: (spec.orderIds ?? []).map(idNumber),
    customer: person(spec),
    data_request: { id: idNumber(spec.requestId) },
  };
}

/** customers/redact. */
export function customerRedactPayload(spec: PrivacySpec) {
  return {
    shop_id: idNumber(spec.shopId),
    shop_domain: spec.shopDomain,
    customer: person(spec),
    orders_to_redact: (spec.orderIds ?? []).map(idNumber),
  };
}

/** shop/redact. */
export function shopRedactPayload(spec: { shopId: string; shopDomain: string }) {
  return { shop_id: idNumber(spec.shopId), shop_domain: spec.shopDomain };
}
