/** The block as a page holds it, for tests of what it does once there is something to ask. */
import { createElement, render } from 'preact';
import { vi } from 'vitest';
import type { SurveyView } from '../../../app/domain/surveys/contract.ts';
import { ACCOUNT_DOOR, checkoutDoor } from '../src/api.ts';
import type { Host, Offer } from '../src/api.ts';
import { SurveyBlock } from '../src/SurveyBlock.tsx';
import { APP_URL, fakeServer, find, offering, stopClock, THANKS, translate } from './harness.ts';

/** The thank-you page. */
export const host: Host = {
  door: checkoutDoor('thank_you', 'gid://shopify/OrderIdentity/1'),
  locale: 'en',
  heading: '',
  preview: false,
  token: async () => 'token',
  say: translate,
};

/** Shows the survey on a page of its own. The server gives these replies to what is sent, the last again and again. */
export const showSurvey = (survey: SurveyView, ...replies: Parameters<typeof fakeServer>) =>
  show(host, offering(survey), replies);

/** The same in a customer account, with the order #1001 and what is `given` already. */
export function showInAccount(
  survey: SurveyView,
  given: Offer['given'],
  ...replies: Parameters<typeof fakeServer>
) {
  return showOfferInAccount(accountOffer(survey, { given }), ...replies);
}

export const accountOffer = (survey: SurveyView, more: Partial<Offer> = {}): Offer =>
  offering(survey, { order: { id: '1001', name: '#1001' }, pageToken: 'page-token', ...more });

export const showOfferInAccount = (offer: Offer, ...replies: Parameters<typeof fakeServer>) =>
  show({ ...host, door: ACCOUNT_DOOR }, offer, replies);

async function show(on: Host, offer: Offer, replies: Parameters<typeof fakeServer>) {
  vi.stubEnv('APP_URL', APP_URL);
  stopClock();
  const server = fakeServer(offer, ...(replies.length > 0 ? replies : [THANKS]));
  render(null, document.body);
  render(createElement(SurveyBlock, { host: on }), document.body);
  await vi.waitFor(() => {
    if (!find('s-form')) throw new Error('Nothing is asked.');
  });
  return server;
}
