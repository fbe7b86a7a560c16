// @vitest-environment jsdom
/** The block inside its two pages: what it asks the app for, and what it shows when there is nothing to ask. */
import { getExtension } from '@shopify/ui-extensions-tester';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { orderNumber } from '../src/api.ts';
import {
  APP_URL,
  asking,
  buttons,
  fakeServer,
  find,
  goOn,
  heading,
  offering,
  preset,
  press,
  read,
  stopClock,
  THANKS,
  translate,
  write,
} from './harness.ts';

const thankYou = getExtension('purchase.thank-you.block.render');
const orderStatus = getExtension('customer-account.order-status.block.render');

beforeEach(() => {
  vi.stubEnv('APP_URL', APP_URL);
  stopClock();
});

describe('on the thank-you page', () => {
  beforeEach(() => {
    thankYou.setUp();
    // The mock throws on what is absent; outside the checkout editor this is.
    thankYou.shopify.extension = { ...thankYou.shopify.extension, editor: undefined };
    thankYou.shopify.i18n = { ...thankYou.shopify.i18n, translate: translate as never };
    thankYou.shopify.settings.value = { heading: '' };
    thankYou.shopify.orderConfirmation.value = {
      ...thankYou.shopify.orderConfirmation.value,
      order: { id: 'gid://shopify/OrderIdentity/9007199254740993' },
    };
    thankYou.shopify.sessionToken.get = async () => 'token-of-the-page';
  });
  afterEach(() => thankYou.tearDown());

  it('holds its place at once, asks, stores each step, sends and thanks', async () => {
    const order = { id: '9007199254740993', name: '' };
    const server = fakeServer(offering(preset('post_purchase'), { order }), THANKS);
    await thankYou.render();
    expect(find('s-skeleton-paragraph')).not.toBeNull();
    await vi.waitFor(() => expect(heading()).toMatch(/^How satisfied are you/));
    expect(server.calls[0]).toMatchObject({
      url: `${APP_URL}/api/checkout/survey?page=thank_you&order=9007199254740993&locale=en`,
      method: 'GET',
      headers: { Authorization: 'Bearer token-of-the-page' },
    });

    await press('2');
    expect(heading()).toMatch(/\(optional\)$/);
    await press('3');
    await write('comment_low', 'It was slow.');
    expect(buttons()).toEqual(['Back', 'Send']);
    await goOn();

    await vi.waitFor(() => expect(read(find('s-banner'), 'heading')).toBe('We are sorry.'));
    expect(find('s-banner')?.textContent).toBe('Within 4 hours.');
    expect(find('s-form')).toBeNull();
    const about = {
      kind: 'post_purchase',
      order: '9007199254740993',
      locale: 'en',
      edition: 'edition-1',
    };
    const answers = { rating: 2, confidence: 3, comment_low: 'It was slow.' };
    expect(server.calls.slice(1)).toMatchObject([
      { url: `${APP_URL}/api/checkout/survey`, method: 'POST' },
      { url: `${APP_URL}/api/checkout/survey`, method: 'POST' },
      { url: `${APP_URL}/api/checkout/survey`, method: 'POST' },
    ]);
    expect(server.calls.slice(1).map(({ body }) => body)).toEqual([
      { ...about, answers: { rating: 2 }, step: true },
      { ...about, answers: { rating: 2, confidence: 3 }, step: true },
      { ...about, answers },
    ]);
  });

  it.each([
    ['the app is away', new Error('network')],
    ['there is nothing to ask', { survey: null, reason: 'already_answered' }],
    ['the shop is unknown', { outcome: 'unavailable', message: 'x' }],
    ['nothing of it can be asked here', offering(asking({ id: 'a', type: 'voice_note' }))],
  ])('shows nothing when %s', async (_name, answer) => {
    fakeServer(answer);
    await thankYou.render();
    await vi.waitFor(() => expect(find('s-skeleton-paragraph')).toBeNull());
    expect(document.body.textContent).toBe('');
    expect(document.body.childElementCount).toBe(0);
  });

  it.each([
    ['by a step', true],
    ['by the last answer', false],
  ])('says that there is an answer already when that shows %s', async (_name, onStep) => {
    const thanks = { title: 'You have already answered', text: 'Thank you.' };
    const answered = { outcome: 'already_answered', message: 'x', thanks };
    fakeServer(offering(asking({ id: 'a', type: 'csat' })), onStep ? answered : THANKS, answered);
    await thankYou.render();
    await vi.waitFor(() => expect(heading()).toBe('ask.a (optional)'));
    await press('4');
    if (!onStep) await goOn();
    await vi.waitFor(() => expect(read(find('s-banner'), 'heading')).toBe(thanks.title));
    expect(find('s-form')).toBeNull();
  });

  it('sends what is corrected after a reply was lost, as the page that it is', async () => {
    const pageToken = 'this page';
    const server = fakeServer(
      offering(asking({ id: 'a', type: 'csat' }), { pageToken }),
      THANKS,
      new Error('network'),
      THANKS,
    );
    await thankYou.render();
    await vi.waitFor(() => expect(heading()).toBe('ask.a (optional)'));
    await press('4');
    await goOn();
    await vi.waitFor(() => expect(read(find('s-banner'), 'tone')).toBe('critical'));
    await press('2');
    await goOn();
    await vi.waitFor(() => expect(find('s-form')).toBeNull());
    const sent = server.calls.slice(1).map(({ body }) => body);
    expect(sent.map(({ answers, step }) => [answers.a, step])).toEqual([
      [4, true],
      [4, undefined],
      [2, true],
      [2, undefined],
    ]);
    expect(new Set(sent.map((body) => body.pageToken))).toEqual(new Set([pageToken]));
  });

  it('asks nobody when no address of the app was built in', async () => {
    vi.stubEnv('APP_URL', '');
    const server = fakeServer();
    await thankYou.render();
    await vi.waitFor(() => expect(find('s-skeleton-paragraph')).toBeNull());
    expect(server.calls).toEqual([]);
  });
});

describe('on the order-status page', () => {
  beforeEach(() => {
    orderStatus.setUp();
    orderStatus.shopify.extension = { ...orderStatus.shopify.extension, editor: undefined };
    orderStatus.shopify.settings.value = { heading: 'Your turn' };
    orderStatus.shopify.sessionToken.get = async () => 'token';
  });
  afterEach(() => orderStatus.tearDown());

  it('asks about the order of the page, under the merchant’s heading', async () => {
    orderStatus.shopify.order.value = { id: 'gid://shopify/Order/1001', name: '#1' };
    const server = fakeServer(offering(preset('delivery')));
    await orderStatus.render();
    await vi.waitFor(() => expect(read(find('s-section'), 'heading')).toBe('Your turn'));
    expect(server.calls[0]?.url).toContain('page=order_status&order=1001');
  });

  it('shows nothing where the page has no order', async () => {
    orderStatus.shopify.order.value = undefined;
    const server = fakeServer();
    await orderStatus.render();
    await vi.waitFor(() => expect(find('s-skeleton-paragraph')).toBeNull());
    expect(server.calls).toEqual([]);
  });
});

it.each([
  ['gid://shopify/OrderIdentity/6278078300337', '6278078300337'],
  ['gid://shopify/Order/1', '1'],
  ['gid://shopify/Order/', null],
  [null, null],
])('the number in %s is %s', (gid, number) => expect(orderNumber(gid)).toBe(number));
