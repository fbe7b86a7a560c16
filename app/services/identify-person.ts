import type { CustomerFact, Fact } from '../domain/core/facts.ts';
import type { Deps } from './deps.ts';

/** Who a fact is about: the key under which the person is stored, and what the fact says of them. */
export interface NamedPerson {
  /** `c:<Shopify id>`, `e:<hash of shop and e-mail>` or `o:<order id>`; null = the fact names nobody. */
  customerKey: string | null;
  customerFact: CustomerFact | null;
}

/** A person of whom a source tells nothing. */
const NOBODY: Omit<CustomerFact, 'sourceUpdatedAt'> = {
  shopifyId: '',
  email: null,
  firstName: null,
  lastName: null,
  phone: null,
  locale: null,
  countryCode: null,
  timeZone: null,
  emailConsent: null,
};

/** Who a fact names: Shopify's customer, else the e-mail's hash, else the order itself (a guest without e-mail). */
export function personOf(fact: Fact, shopId: string, keyedHash: (text: string) => string): NamedPerson {
  if (fact.kind === 'customer')
    return { customerKey: customerKey(fact.customer.shopifyId), customerFact: fact.customer };
  if (fact.kind === 'consent') {
    // A consent may come before anything else about the person: it must not be lost, and says nothing more.
    const { customerId: shopifyId, consent: emailConsent, occurredAt: sourceUpdatedAt } = fact;
    const customerFact = { ...NOBODY, shopifyId, emailConsent, sourceUpdatedAt };
    return { customerKey: customerKey(fact.customerId), customerFact };
  }
  if (fact.kind !== 'order') return { customerKey: null, customerFact: null };
  if (fact.customer)
    return { customerKey: customerKey(fact.customer.shopifyId), customerFact: fact.customer };
  const { email, locale, countryCode, sourceUpdatedAt, orderId } = fact.order;
  return {
    customerKey: email?.trim() ? guestKey(shopId, email, keyedHash) : orderKey(orderId),
    customerFact: { ...NOBODY, email, locale, countryCode, sourceUpdatedAt },
  };
}

/** The key of a customer that Shopify knows. */
export const customerKey = (shopifyId: string): string => `c:${shopifyId}`;

/** The key of a guest without an e-mail: each order is a person of its own. */
export const orderKey = (orderId: string): string => `o:${orderId}`;

/** The key of a guest: the e-mail itself is no key, so that keys hold no personal data. */
export function guestKey(shopId: string, email: string, keyedHash: (text: string) => string): string {
  return `e:${keyedHash(`${shopId}:${email.trim().toLowerCase()}`)}`;
}

/** Whom an answer from checkout may be about: the customer whom the token names, or the guest of that order. */
export function claimOf(
  deps: Pick<Deps, 'tokens' | 'keyedHash'>,
  shopId: string,
  { customerId, orderId }: { customerId: string | null; orderId: string },
) {
  const keys = [...(customerId === null ? [] : [customerKey(customerId)]), orderKey(orderId)];
  return {
    orderId,
    claimedBy: customerId,
    claimant: deps.tokens.claimantHash(shopId, customerId ?? 'guest'),
    keys,
    tombstones: keys.map((key) => tombstoneKey(shopId, key, deps.keyedHash)),
  };
}

/** What marks an erased person for good: a hash that later events of the same person meet. */
export function tombstoneKey(shopId: string, key: string, keyedHash: (text: string) => string): string {
  return keyedHash(`${shopId}:${key}`);
}

/**
 * What the person and the order of an event would have left behind. An account that was not erased keeps
 * an order that a request about somebody else named.
 */
export function tombstonesOf(
  deps: Pick<Deps, 'keyedHash'>,
  shopId: string,
  personKey: string | null,
  orderId: string | null,
) {
  const hashed = (key: string | null) => key && tombstoneKey(shopId, key, deps.keyedHash);
  return {
    // A guest without an e-mail is their order.
    person: personKey?.startsWith('o:') ? null : hashed(personKey),
    order: personKey?.startsWith('c:') ? null : hashed(orderId && orderKey(orderId)),
  };
}

/** Under what the pseudonymous answers of a customer's row stand; a merged row keeps its own. */
export function pseudonymOf(shopId: string, customerId: string, keyedHash: (text: string) => string): string {
  return keyedHash(`${shopId}:pseudonym:${customerId}`);
}
