import { expect, it } from 'vitest';
import { unheardReason } from './unheard.ts';

const at = new Date('2026-03-01T00:00:00Z');
const customer = { consent: null, unsubscribedAt: null };
const fine = { customer, reachable: true, acknowledged: false };
const with_ = (over: object) => ({ ...fine, customer: { ...customer, ...over } });

it.each([
  ['the acknowledgement will carry it', fine, null],
  [
    'they never subscribed to marketing',
    with_({ consent: { state: 'not_subscribed', updatedAt: at } }),
    null,
  ],
  ['they unsubscribed by our link', with_({ unsubscribedAt: at }), 'unsubscribed'],
  [
    'they unsubscribed in the shop',
    with_({ consent: { state: 'unsubscribed', updatedAt: at } }),
    'unsubscribed',
  ],
  ['nothing can be sent', { ...fine, reachable: false }, 'unreachable'],
  ['it went out already', { ...with_({ unsubscribedAt: at }), acknowledged: true }, 'acknowledged'],
])('%s', (_name, about, expected) => {
  expect(unheardReason(about)).toBe(expected);
});
