import { expect, it } from 'vitest';
import { acknowledgementObstacle } from './acknowledgement.ts';

const customer = { email: 'ada@example.com', consent: null, redactedAt: null };
const fine = { shopStatus: 'installed', customer, hasCase: true };
const withConsent = (state: 'invalid' | 'redacted' | 'unsubscribed' | 'not_subscribed') => ({
  ...fine,
  customer: { ...customer, consent: { state, updatedAt: null } },
});

it.each([
  ['nothing known of consent', fine, null],
  ['unsubscribed: it answers what they wrote', withConsent('unsubscribed'), null],
  ['never subscribed', withConsent('not_subscribed'), null],
  ['uninstalled', { ...fine, shopStatus: 'uninstalled' }, 'shop_uninstalled'],
  ['nobody', { ...fine, customer: null }, 'redacted'],
  ['erased', { ...fine, customer: { ...customer, redactedAt: new Date(0) } }, 'redacted'],
  ['erased by Shopify', withConsent('redacted'), 'redacted'],
  ['no address', { ...fine, customer: { ...customer, email: null } }, 'no_email'],
  ['an address that does not work', withConsent('invalid'), 'invalid_email'],
  ['the case is closed', { ...fine, hasCase: false }, 'no_open_case'],
])('%s', (_name, about, expected) => {
  expect(acknowledgementObstacle(about)).toBe(expected);
});
