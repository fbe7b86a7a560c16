import type { CustomerFact, CustomerProfile, EmailConsent } from './facts.ts';
import type { CustomerState } from './state.ts';

/**
 * Facts into the state of a customer, so that the result does not depend on the order of
 * arrival: each field of the profile, and the consent, is kept with its source's time.
 */

const PROFILE_FIELDS: readonly (keyof CustomerProfile)[] = [
  'email',
  'firstName',
  'lastName',
  'phone',
  'locale',
  'countryCode',
  'timeZone',
];

/** The customer's state once `fact` is known too. `stored` null makes a new customer. */
export function applyToCustomer(
  stored: CustomerState | null,
  fact: CustomerFact,
  identity: { id: string; key: string; firstSeenAt: Date },
): CustomerState {
  const customer = stored ?? newCustomer(identity);
  return PROFILE_FIELDS.reduce((told, field) => tell(told, field, fact), {
    ...customer,
    consent: newerConsent(customer.consent, dated(fact.emailConsent, fact.sourceUpdatedAt)),
    shopifyId: fact.shopifyId || customer.shopifyId,
  });
}

/**
 * The newest telling of a field counts; one that leaves it open says nothing about it. Two
 * orders may tell differently of a customer who did not change (each in its own language):
 * at the same time the text that sorts last, whichever came first.
 */
function tell(customer: CustomerState, field: keyof CustomerProfile, fact: CustomerFact): CustomerState {
  const told = fact[field];
  if (told === null) return customer;
  const stored = customer[field];
  const at = fact.sourceUpdatedAt;
  const age = at.getTime() - (customer.profileToldAt[field]?.getTime() ?? -Infinity);
  if (stored !== null && (age < 0 || (age === 0 && told <= stored))) return customer;
  return { ...customer, [field]: told, profileToldAt: { ...customer.profileToldAt, [field]: at } };
}

function newCustomer(identity: { id: string; key: string; firstSeenAt: Date }): CustomerState {
  return {
    id: identity.id,
    key: identity.key,
    shopifyId: null,
    email: null,
    firstName: null,
    lastName: null,
    phone: null,
    locale: null,
    countryCode: null,
    timeZone: null,
    profileToldAt: {},
    consent: null,
    unsubscribedAt: null,
    surveysOffAt: null,
    redactedAt: null,
    tier: 'starter',
    health: null,
    createdAt: identity.firstSeenAt,
  };
}

/** Of two consents with the same date the one that allows less. */
const RESTRICTIVE: readonly EmailConsent['state'][] = [
  'subscribed',
  'pending',
  'not_subscribed',
  'invalid',
  'unsubscribed',
  'redacted',
];

/** A consent that its source did not date holds since the source was written. */
function dated(consent: EmailConsent | null, sourceUpdatedAt: Date): EmailConsent | null {
  return consent && { ...consent, updatedAt: consent.updatedAt ?? sourceUpdatedAt };
}

/** Of two consents the one given later, whichever came first; at the same instant the one that allows less. */
export function newerConsent(stored: EmailConsent | null, next: EmailConsent | null): EmailConsent | null {
  if (!next || !stored) return next ?? stored;
  const later = (next.updatedAt?.getTime() ?? 0) - (stored.updatedAt?.getTime() ?? 0);
  if (later !== 0) return later > 0 ? next : stored;
  return RESTRICTIVE.indexOf(next.state) > RESTRICTIVE.indexOf(stored.state) ? next : stored;
}
