// @vitest-environment jsdom
import { getExtension } from '@shopify/ui-extensions-tester';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { orderNumber } from '../src/api.ts';
import { all, APP_URL, choose, fakeServer, find, view } from './harness.ts';

const thankYou = getExtension('purchase.thank-you.block.render');
const orderStatus = getExtension('customer-account.order-status.block.render');

beforeEach(() => {
  vi.stubEnv('APP_URL', APP_URL);
});

describe('on the thank-you page', () => {
  beforeEach(() => {
    thankYou.setUp();
    // The mock throws on what is absent; outside the checkout editor this is.
    thankYou.shopify.extension = { ...thankYou.shopify.extension, editor: undefined };
    thankYou.shopify.settings.value = { heading: '' };
    thankYou.shopify.orderConfirmation.value = {
      ...thankYou.shopify.orderConfirmation.value,
      order: { id: 'gid://shopify/OrderIdentity/9007199254740993' },
    };
    thankYou.shopify.sessionToken.get = async () => 'token-of-the-page';
  });
  afterEach(() => thankYou.tearDown());

  const renderWith = async (server: ReturnType<typeof fakeServer>) => {
    vi.stubGlobal('fetch', server.fetch);
    await thankYou.render();
  };

  it('holds its place at once, asks, shows the follow-up of the rating, sends and thanks', async () => {
    const stored = {
      outcome: 'stored',
      route: 'low',
      thanks: { title: 'We are sorry.', text: 'Within 4 hours.' },
    };
    const server = fakeServer({ survey: view('post_purchase') }, stored);
    await renderWith(server);
    expect(find('s-skeleton-paragraph')).not.toBeNull();

    await vi.waitFor(() => expect(find('s-choice-list[name="rating"]')).not.toBeNull());
    expect(server.calls[0]).toMatchObject({
      url: `${APP_URL}/api/checkout/survey?page=thank_you&order=9007199254740993&locale=en`,
      method: 'GET',
      headers: { Authorization: 'Bearer token-of-the-page' },
    });
    expect(
      all('s-choice-list[name="rating"] s-choice').map((choice) => choice.getAttribute('value')),
    ).toEqual(['1', '2', '3', '4', '5']);
    expect(find('s-text-area')).toBeNull();

    choose('rating', '2');
    await vi.waitFor(() =>
      expect(all('s-text-area').map((area) => area.getAttribute('name'))).toEqual(['comment_low']),
    );
    const comment = find('s-text-area');
    if (comment) comment.value = 'It was slow.';
    comment?.dispatchEvent(new Event('change'));
    choose('rating', '1');
    find('s-form')?.dispatchEvent(new Event('submit'));

    await vi.waitFor(() =>
      expect(find('s-banner')?.getAttribute('heading') ?? find('s-banner')?.heading).toBe('We are sorry.'),
    );
    expect(server.calls[1]).toMatchObject({
      url: `${APP_URL}/api/checkout/survey`,
      method: 'POST',
      body: {
        kind: 'post_purchase',
        order: '9007199254740993',
        answers: { rating: '1', comment_low: 'It was slow.' },
      },
    });
  });

  it('names the question that is wrong and keeps the form', async () => {
    const errors = [{ field: 'rating', code: 'required', message: 'Please answer this question.' }];
    await renderWith(fakeServer({ survey: view('post_purchase') }, { outcome: 'invalid', errors }));
    await vi.waitFor(() => expect(find('s-form')).not.toBeNull());
    find('s-form')?.dispatchEvent(new Event('submit'));
    await vi.waitFor(() => {
      const rating = find('s-choice-list[name="rating"]');
      expect(rating?.error ?? rating?.getAttribute('error')).toBe('Please answer this question.');
    });
  });

  it.each([
    ['the app is away', new Error('network')],
    ['there is nothing to ask', { survey: null, reason: 'already_answered' }],
    ['the shop is unknown', { outcome: 'unavailable', message: 'x' }],
  ])('shows nothing when %s', async (_name, answer) => {
    await renderWith(fakeServer(answer));
    await vi.waitFor(() => expect(find('s-skeleton-paragraph')).toBeNull());
    expect(document.body.textContent).toBe('');
  });

  it('asks nobody when no address of the app was built in', async () => {
    vi.stubEnv('APP_URL', '');
    const server = fakeServer();
    await renderWith(server);
    await vi.waitFor(() => expect(find('s-skeleton-paragraph')).toBeNull());
    expect(server.calls).toEqual([]);
  });

  it('keeps the answers when sending fails', async () => {
    await renderWith(fakeServer({ survey: view('post_purchase') }, new Error('network')));
    await vi.waitFor(() => expect(find('s-form')).not.toBeNull());
    choose('rating', '5');
    find('s-form')?.dispatchEvent(new Event('submit'));
    await vi.waitFor(() => expect(find('s-banner')).not.toBeNull());
    expect(find('s-choice-list[name="rating"]')?.values).toEqual(['5']);
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
    const server = fakeServer({ survey: view('delivery') });
    vi.stubGlobal('fetch', server.fetch);
    await orderStatus.render();
    await vi.waitFor(() =>
      expect(find('s-section')?.heading ?? find('s-section')?.getAttribute('heading')).toBe('Your turn'),
    );
    expect(server.calls[0]?.url).toContain('page=order_status&order=1001');
  });

  it('shows nothing where the page has no order', async () => {
    orderStatus.shopify.order.value = undefined;
    const server = fakeServer();
    vi.stubGlobal('fetch', server.fetch);
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
