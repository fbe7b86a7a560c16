import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ago,
  asked,
  base,
  brief,
  customer,
  invitation,
  NOON,
  orderState,
} from '#tests/factories/contacts.ts';
import { emptyOrder } from '../core/apply-order-fact.ts';
import type { MessageSurveyKind } from './contract.ts';
import type { ContactInput } from './eligibility.ts';
import { contactOrder, decideContact } from './eligibility.ts';
import { CONTACT_REASONS, reasonSentence } from './reasons.ts';

describe('a stored order', () => {
  const line = { lineId: 'l1', productId: null, variantId: null, sku: null, title: 'Mug', quantity: 1 };
  const stored = {
    ...emptyOrder('1'),
    totalMinor: 1_500,
    lines: [{ ...line, netMinor: 1_000, requiresShipping: true }],
  };
  const refund = (quantity: number, amountMinor: number) => ({
    refundId: 'r1',
    orderId: '1',
    createdAt: NOON,
    amountMinor,
    lines: [{ refundLineId: 'rl1', lineId: 'l1', quantity, netMinor: 1_000 }],
  });

  it.each<[string, Partial<typeof stored>, object]>([
    ['is open to questions', {}, { cancelled: false, fullyRefunded: false, test: false }],
    ['is cancelled', { cancelledAt: NOON }, { cancelled: true }],
    ['is a test', { test: true }, { test: true }],
    ['came back whole, its shipping fee aside', { refunds: [refund(1, 1_000)] }, { fullyRefunded: true }],
    ['was paid back whole, as goodwill', { refunds: [refund(0, 1_500)] }, { fullyRefunded: true }],
    ['was paid back in part', { refunds: [refund(0, 1_000)] }, { fullyRefunded: false }],
    ['was voided', { financialStatus: 'voided' }, { fullyRefunded: true }],
  ])('%s', (_name, over, expected) => {
    expect(contactOrder({ ...stored, ...over })).toMatchObject(expected);
  });
});

describe('one invitation', () => {
  it.each<[string, Partial<ContactInput>, string]>([
    ['nothing against it', {}, 'send due'],
    ['app uninstalled', { shop: { installed: false, paused: [] } }, 'suppress shop_uninstalled'],
    ['redacted', customer({ redacted: true }), 'suppress redacted'],
    ['redacted at Shopify', customer({ marketingState: 'redacted' }), 'suppress redacted'],
    ['test order', orderState({ test: true }), 'suppress test_order'],
    ['cancelled order', orderState({ cancelled: true }), 'suppress order_cancelled'],
    ['refunded order', orderState({ fullyRefunded: true }), 'suppress order_refunded'],
    [
      'another order refunded',
      { orders: [{ orderId: '2', cancelled: true, fullyRefunded: true, test: true }] },
      'send due',
    ],
    ['answered elsewhere', { invitations: [invitation({ answered: true })] }, 'suppress already_answered'],
    ['page only', { invitations: [invitation({ kind: 'post_purchase' })] }, 'suppress page_only'],
    [
      'switched off',
      { policy: { ...base.policy, surveys: { ...base.policy.surveys, delivery: { enabled: false } } } },
      'suppress survey_off',
    ],
    ['paused', { shop: { installed: true, paused: ['delivery'] } }, 'suppress survey_paused'],
    ['another kind paused', { shop: { installed: true, paused: ['usage'] } }, 'send due'],
    ['no address', customer({ email: null }), 'suppress no_email'],
    ['invalid address', customer({ marketingState: 'invalid' }), 'suppress invalid_email'],
    [
      'unsubscribed with us',
      customer({ unsubscribed: true, marketingState: 'subscribed' }),
      'suppress unsubscribed',
    ],
    [
      'no surveys any more',
      customer({ surveysOff: true, marketingState: 'subscribed' }),
      'suppress surveys_stopped',
    ],
    ['unsubscribed at the shop', customer({ marketingState: 'unsubscribed' }), 'suppress unsubscribed'],
    ['Germany without consent', customer({ countryCode: 'de' }), 'suppress consent_missing'],
    [
      'Germany, state unknown',
      customer({ countryCode: 'DE', marketingState: null }),
      'suppress consent_missing',
    ],
    ['Germany with consent', customer({ countryCode: 'DE', marketingState: 'subscribed' }), 'send due'],
    ['country unknown', customer({ countryCode: null, marketingState: null }), 'send due'],
    [
      'Germany, mode any',
      { ...customer({ countryCode: 'DE' }), policy: { ...base.policy, surveyConsent: 'any' } },
      'send due',
    ],
    ['open case', customer({ hasOpenCase: true }), 'defer open_case 2026-06-11T12:00'],
    ['night', { now: new Date('2026-06-10T22:00:00Z') }, 'defer quiet_hours 2026-06-11T08:00'],
    ['night there', { timeZone: 'Asia/Tokyo' }, 'defer quiet_hours 2026-06-10T23:00'],
    ['quiet hours just over', { now: new Date('2026-06-11T08:00:00Z') }, 'send due'],
    ['too early', { now: ago(1) }, 'defer due 2026-06-10T12:00'],
    ['waited 7 days', { invitations: [invitation({ firstDueAt: ago(7) })] }, 'send due'],
    [
      'waited longer',
      { invitations: [invitation({ firstDueAt: ago(7.01), deferredFor: 'open_case' })] },
      'expire open_case',
    ],
    ['never looked at in time', { invitations: [invitation({ firstDueAt: ago(20) })] }, 'expire too_late'],
    [
      'case still open at the end',
      { ...customer({ hasOpenCase: true }), invitations: [invitation({ firstDueAt: ago(7) })] },
      'expire open_case',
    ],
    [
      'case open near the end',
      { ...customer({ hasOpenCase: true }), invitations: [invitation({ firstDueAt: ago(6.5) })] },
      'defer open_case 2026-06-11T00:00',
    ],
    [
      'waited, then answered',
      { invitations: [invitation({ firstDueAt: ago(9), answered: true })] },
      'suppress already_answered',
    ],
  ])('%s', (_name, over, expected) => {
    expect(brief(decideContact({ ...base, ...over })[0])).toBe(expected);
  });
});

it('has a sentence for every reason', () => {
  for (const [code, sentence] of Object.entries(CONTACT_REASONS)) {
    expect(code).toMatch(/^[a-z_]+$/);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  }
  expect(reasonSentence('no_email')).toBe(CONTACT_REASONS.no_email);
});

const kinds = fc.constantFrom<MessageSurveyKind>('delivery', 'usage', 'relationship');

it('decides the same whatever the order of processing', () => {
  const list = fc.uniqueArray(
    fc.record({
      invitationId: fc.stringMatching(/^[a-f]{1,3}$/),
      orderId: fc.option(fc.stringMatching(/^[1-9]{1,2}$/)),
      kind: kinds,
      age: fc.double({ min: -1, max: 9, noNaN: true }),
    }),
    { maxLength: 6, selector: (one) => one.invitationId },
  );
  fc.assert(
    fc.property(
      list,
      fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 3 }),
      fc.infiniteStream(fc.nat()),
      (made, asks, keys) => {
        const invitations = made.map(({ age, ...over }) => invitation({ ...over, firstDueAt: ago(age) }));
        const ledger = asks.map((days, index) => asked(days, index % 2 ? 'relationship' : 'usage'));
        const shuffled = invitations
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(decideContact({ ...base, invitations: shuffled, ledger: [...ledger].reverse() })).toEqual(
          decideContact({ ...base, invitations, ledger }),
        );
      },
    ),
  );
});
