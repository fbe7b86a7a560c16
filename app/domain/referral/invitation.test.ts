import { expect, it } from 'vitest';
import { inviteObstacle } from './invitation.ts';

const at = new Date('2026-03-01T00:00:00Z');
const customer = {
  email: 'ada@example.com',
  consent: { state: 'subscribed' as const, updatedAt: at },
  redactedAt: null,
  unsubscribedAt: null,
};
const fine = {
  shopStatus: 'installed',
  customer,
  hasOpenCase: false,
  alreadyInvited: false,
  recentMarketing: 2,
  marketingCap: 3,
  referralCode: 'FRIEND-1',
};
const with_ = (over: object) => ({ ...fine, customer: { ...customer, ...over } });

it.each([
  ['a subscriber below the cap', fine, null],
  ['uninstalled', { ...fine, shopStatus: 'uninstalled' }, 'shop_uninstalled'],
  ['nobody', { ...fine, customer: null }, 'redacted'],
  ['erased', with_({ redactedAt: at }), 'redacted'],
  ['no address', with_({ email: null }), 'no_email'],
  ['unsubscribed by our link', with_({ unsubscribedAt: at }), 'unsubscribed'],
  [
    'unsubscribed in the shop',
    with_({ consent: { state: 'unsubscribed', updatedAt: at } }),
    'no_marketing_consent',
  ],
  ['still to confirm', with_({ consent: { state: 'pending', updatedAt: at } }), 'no_marketing_consent'],
  ['nothing known of consent', with_({ consent: null }), 'no_marketing_consent'],
  ['invited before', { ...fine, alreadyInvited: true }, 'already_invited'],
  ['a complaint is open', { ...fine, hasOpenCase: true }, 'open_case'],
  ['at the cap', { ...fine, recentMarketing: 3 }, 'marketing_cap'],
  ['no code', { ...fine, referralCode: null }, 'no_referral_code'],
])('%s', (_name, about, expected) => {
  expect(inviteObstacle(about)).toBe(expected);
});
