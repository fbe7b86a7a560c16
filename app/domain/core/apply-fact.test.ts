import { describe, expect, it } from 'vitest';
import { applyToCustomer, newerConsent } from './apply-fact.ts';
import type { CustomerFact, EmailConsent } from './facts.ts';

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const consent = (state: EmailConsent['state'], day: string | null): EmailConsent => ({
  state,
  updatedAt: day === null ? null : at(day),
});

describe('consent, whichever telling comes first', () => {
  it.each<[string, EmailConsent, EmailConsent, EmailConsent['state']]>([
    ['the later', consent('unsubscribed', '2026-01-01'), consent('subscribed', '2026-02-01'), 'subscribed'],
    [
      'at the same instant the one that allows less',
      consent('subscribed', '2026-01-01'),
      consent('unsubscribed', '2026-01-01'),
      'unsubscribed',
    ],
    ['of two undated ones too', consent('subscribed', null), consent('unsubscribed', null), 'unsubscribed'],
    [
      'a dated one beats an undated one',
      consent('unsubscribed', null),
      consent('subscribed', '2026-01-01'),
      'subscribed',
    ],
  ])('%s counts', (_name, one, other, expected) => {
    expect(newerConsent(one, other)?.state).toBe(expected);
    expect(newerConsent(other, one)?.state).toBe(expected);
  });

  it('holds since its source was written where it has no date of its own', () => {
    const fact = (emailConsent: EmailConsent, day: string): CustomerFact => ({
      shopifyId: '1',
      email: null,
      firstName: null,
      lastName: null,
      phone: null,
      locale: null,
      countryCode: null,
      timeZone: null,
      emailConsent,
      sourceUpdatedAt: at(day),
    });
    const identity = { id: 'a', key: 'c:1', firstSeenAt: at('2026-01-01') };
    const tellings = [
      fact(consent('subscribed', null), '2026-03-01'),
      fact(consent('not_subscribed', null), '2026-03-02'),
      fact(consent('subscribed', '2026-02-01'), '2026-02-01'),
    ];
    const after = (order: CustomerFact[]) =>
      order.reduce<ReturnType<typeof applyToCustomer> | null>(
        (customer, telling) => applyToCustomer(customer, telling, identity),
        null,
      )?.consent;
    expect(after(tellings)).toEqual(consent('not_subscribed', '2026-03-02'));
    expect(after([...tellings].reverse())).toEqual(consent('not_subscribed', '2026-03-02'));
  });
});
