import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyToCustomer, newerConsent } from './apply-customer-fact.ts';
import type { CustomerFact, EmailConsent } from './facts.ts';
import type { CustomerState } from './state.ts';

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const consent = (state: EmailConsent['state'], day: string | null): EmailConsent => ({
  state,
  updatedAt: day === null ? null : at(day),
});

function fact(day: string, told: Partial<CustomerFact>): CustomerFact {
  return {
    shopifyId: '1',
    email: null,
    firstName: null,
    lastName: null,
    phone: null,
    locale: null,
    countryCode: null,
    timeZone: null,
    emailConsent: null,
    sourceUpdatedAt: at(day),
    ...told,
  };
}

const IDENTITY = { id: 'a', key: 'c:1', firstSeenAt: at('2026-01-01') };

const after = (arrival: CustomerFact[]) =>
  arrival.reduce<CustomerState | null>(
    (customer, telling) => applyToCustomer(customer, telling, IDENTITY),
    null,
  );

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
    const tellings = [
      fact('2026-03-01', { emailConsent: consent('subscribed', null) }),
      fact('2026-03-02', { emailConsent: consent('not_subscribed', null) }),
      fact('2026-02-01', { emailConsent: consent('subscribed', '2026-02-01') }),
    ];
    expect(after(tellings)?.consent).toEqual(consent('not_subscribed', '2026-03-02'));
    expect(after([...tellings].reverse())?.consent).toEqual(consent('not_subscribed', '2026-03-02'));
  });
});

describe('the profile, whichever telling comes first', () => {
  it('keeps of each field the newest telling, past newer ones that leave it open', () => {
    const tellings = [
      fact('2026-01-01', { countryCode: 'FR', phone: '+331' }),
      fact('2026-01-02', { countryCode: 'DE' }),
      fact('2026-01-03', { firstName: 'Ada' }),
    ];
    for (const order of [tellings, [...tellings].reverse(), [tellings[2]!, tellings[0]!, tellings[1]!]]) {
      expect(after(order)).toMatchObject({ countryCode: 'DE', phone: '+331', firstName: 'Ada' });
    }
  });

  const telling = fc
    .record({
      day: fc.integer({ min: 1, max: 4 }),
      countryCode: fc.constantFrom('FR', 'DE', null),
      locale: fc.constantFrom('fr', 'de', null),
      email: fc.constantFrom('a@example.com', 'b@example.com', null),
    })
    .map(({ day, ...told }) => fact(`2026-01-0${day}`, told));

  it('comes to the same in every order of arrival', () => {
    const arrivals = fc
      .array(telling, { minLength: 1, maxLength: 6 })
      .chain((tellings) =>
        fc.tuple(
          fc.constant(tellings),
          fc.shuffledSubarray(tellings, { minLength: tellings.length, maxLength: tellings.length }),
        ),
      );
    fc.assert(
      fc.property(arrivals, ([one, other]) => {
        expect(after(other)).toEqual(after(one));
      }),
    );
  });
});
