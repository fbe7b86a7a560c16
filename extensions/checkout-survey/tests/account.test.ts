// @vitest-environment jsdom
/** The survey in customer accounts: on two pages, going on where one left off. */
import { getExtension } from '@shopify/ui-extensions-tester';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showInAccount } from './block.ts';
import {
  all,
  APP_URL,
  asking,
  buttons,
  choose,
  fakeServer,
  find,
  goBack,
  goOn,
  heading,
  offering,
  preset,
  press,
  pressButton,
  read,
  stopClock,
  THANKS,
  touch,
  translate,
  write,
} from './harness.ts';

const URL_OF_DOOR = `${APP_URL}/api/account/survey`;
const order = { id: '1001', name: '#1001' };
const offer = offering(preset('usage'), { order, pageToken: 'page-token', given: {} });
const NOTHING = { survey: null, reason: 'nothing_due' };

const orderIndex = getExtension('customer-account.order-index.block.render');
const page = getExtension('customer-account.page.render');

/** A page of the account whose customer has a token. */
function setUp(extension: typeof orderIndex | typeof page): void {
  vi.stubEnv('APP_URL', APP_URL);
  stopClock();
  extension.setUp();
  const { shopify } = extension;
  // The mock throws on what is absent; outside the editor this is.
  shopify.extension = { ...shopify.extension, editor: undefined };
  shopify.i18n = { ...shopify.i18n, translate: translate as never };
  shopify.settings.value = { heading: '' };
  shopify.sessionToken.get = async () => 'token-of-the-customer';
}

describe('beside the orders', () => {
  beforeEach(() => setUp(orderIndex));
  afterEach(() => orderIndex.tearDown());

  it('asks for whom the token names, says which order is meant, and sends the token of the page', async () => {
    const server = fakeServer(offer, THANKS);
    await orderIndex.render();
    expect(find('s-skeleton-paragraph')).not.toBeNull();
    await vi.waitFor(() => expect(heading()).toMatch(/^How satisfied are you/));
    expect(find('s-form')?.textContent).toContain('Order #1001');
    expect(server.calls[0]).toMatchObject({
      url: `${URL_OF_DOOR}?locale=en`,
      method: 'GET',
      headers: { Authorization: 'Bearer token-of-the-customer' },
    });
    await press('2');
    await write('comment_low', 'It broke.');
    await goOn();
    await vi.waitFor(() => expect(read(find('s-banner'), 'heading')).toBe('We are sorry.'));
    const about = {
      kind: 'usage',
      order: '1001',
      locale: 'en',
      edition: 'edition-1',
      pageToken: 'page-token',
    };
    expect(server.calls.slice(1)).toMatchObject([
      { url: URL_OF_DOOR, method: 'POST', body: { ...about, answers: { rating: 2 }, step: true } },
      {
        url: URL_OF_DOOR,
        method: 'POST',
        body: { ...about, answers: { rating: 2, comment_low: 'It broke.' } },
      },
    ]);
  });

  it.each([
    ['nothing is open', NOTHING],
    ['the app is away', new Error('network')],
    ['the door is closed', { outcome: 'unavailable', message: 'x' }],
  ])('shows nothing when %s', async (_name, answer) => {
    fakeServer(answer);
    await orderIndex.render();
    await vi.waitFor(() => expect(find('s-skeleton-paragraph')).toBeNull());
    expect(document.body.textContent).toBe('');
    expect(document.body.childElementCount).toBe(0);
  });

  it('shows the merchant where it stands', async () => {
    orderIndex.shopify.extension = { ...orderIndex.shopify.extension, editor: { type: 'checkout' } };
    fakeServer(NOTHING);
    await orderIndex.render();
    await vi.waitFor(() => expect(document.body.textContent).toMatch(/^The survey appears here/));
  });
});

describe('on the page of its own', () => {
  beforeEach(() => setUp(page));
  afterEach(() => page.tearDown());

  it('asks under a heading', async () => {
    const server = fakeServer(offer);
    await page.render();
    await vi.waitFor(() => expect(heading()).toMatch(/^How satisfied are you/));
    expect(read(find('s-page'), 'heading')).toBe('Your opinion');
    expect(server.calls[0]?.url).toBe(`${URL_OF_DOOR}?locale=en`);
  });

  it('says that nothing is open', async () => {
    fakeServer(NOTHING);
    await page.render();
    await vi.waitFor(() =>
      expect(find('s-page')?.textContent).toBe('There is nothing to answer at the moment.'),
    );
    expect(buttons()).toEqual([]);
  });

  it('tries again when nothing came', async () => {
    fakeServer(new Error('network'), offer);
    await page.render();
    await vi.waitFor(() =>
      expect(read(find('s-banner'), 'heading')).toBe('The questions could not be loaded.'),
    );
    const again = find('s-banner s-button');
    expect(again?.textContent).toBe('Try again');
    if (again) await touch(again, 'click');
    await vi.waitFor(() => expect(heading()).toMatch(/^How satisfied are you/));
    expect(find('s-banner')).toBeNull();
  });
});

describe('on return', () => {
  const rating = { id: 'rating', type: 'csat', required: true };
  const source = {
    id: 'source',
    type: 'choice',
    options: [
      { id: 'x', text: 'word.x' },
      { id: 'y', text: 'word.y' },
    ],
    other: { text: 'choice.other' },
  };
  const words = { id: 'words', type: 'short_text' };
  const survey = asking(rating, source, words);

  it('goes on at the first question without an answer, and keeps the others', async () => {
    const server = await showInAccount(survey, {
      rating: '4',
      source: ['other'],
      'source.other': 'A friend',
    });
    expect(heading()).toBe('ask.words (optional)');
    await goBack();
    expect(read(pressButton('Something else') ?? null, 'pressed')).toBe(true);
    expect(read(find('[name="source.other"]'), 'value')).toBe('A friend');
    await goBack();
    expect(read(pressButton('4') ?? null, 'pressed')).toBe(true);
    await goOn();
    await goOn();
    expect(server.steps(), 'nothing is new').toEqual([]);
    await write('words', 'Fine.');
    await goOn();
    expect(server.finals()).toEqual([
      { rating: 4, source: 'other', 'source.other': 'A friend', words: 'Fine.' },
    ]);
  });

  it('begins anew where nothing was answered, and at an optional question that was left out', async () => {
    await showInAccount(survey, {});
    expect(heading()).toBe('ask.rating');
    await showInAccount(survey, { rating: '4', words: 'Fine.' });
    expect(heading()).toBe('ask.source (optional)');
  });

  it('waits at the last question when all are answered', async () => {
    const server = await showInAccount(survey, { rating: '4', source: ['x'], words: 'Fine.' });
    expect(heading()).toBe('ask.words (optional)');
    expect(buttons()).toEqual(['Back', 'Send']);
    await goOn();
    expect(server.finals()).toEqual([{ rating: 4, source: 'x', words: 'Fine.' }]);
  });

  it('an answer that hides a question leads past it', async () => {
    await showInAccount(preset('usage'), { rating: '5' });
    expect(find('[name="comment_low"]')).toBeNull();
    expect(find('[name="comment_high"]')).not.toBeNull();
  });

  it('rated lines and boxes are as they were', async () => {
    const some = { ...source, id: 'some', type: 'multiple_choice', other: undefined };
    const lines = { id: 'lines', type: 'line_rating' };
    const agree = { id: 'agree', type: 'consent' };
    const server = await showInAccount(asking(some, lines, agree, words), {
      some: ['x', 'y'],
      'lines.11': '3',
      agree: 'false',
    });
    expect(heading()).toBe('ask.words (optional)');
    await goBack();
    expect(read(find('s-checkbox'), 'checked')).toBeFalsy();
    await goBack();
    expect(all('s-choice-list').map((list) => read(list, 'values'))).toEqual(['3', '']);
    await choose('lines.12', '5');
    await goBack();
    expect(read(find('s-choice-list'), 'values')).toBe('x,y');
    await goOn();
    expect(server.steps()).toEqual([{ some: ['x', 'y'], lines: { '11': 3, '12': 5 }, agree: false }]);
  });

  it('says of a survey about the shop as a whole nothing of an order', async () => {
    await showInAccount(preset('relationship'), {});
    expect(find('s-form')?.textContent).not.toContain('#1001');
  });
});

describe('a page that was left open for hours', () => {
  const survey = asking({ id: 'words', type: 'short_text' });
  const expired = { outcome: 'expired', message: 'x' };

  it('asks for a new token for the same survey, and sends again', async () => {
    const fresh = offering(survey, { order, pageToken: 'fresh' });
    const server = await showInAccount(survey, {}, expired, fresh, THANKS);
    await write('words', 'Fine.');
    await goOn();
    await vi.waitFor(() => expect(read(find('s-banner'), 'heading')).toBe('We are sorry.'));
    expect(server.calls.slice(1).map(({ url, body }) => body?.['pageToken'] ?? url)).toEqual([
      'page-token',
      `${URL_OF_DOOR}?kind=usage&order=1001&locale=en`,
      'fresh',
    ]);
    expect(server.finals()).toEqual([{ words: 'Fine.' }, { words: 'Fine.' }]);
  });

  it('says that the questions have changed, and keeps what fits them', async () => {
    const rating = { id: 'rating', type: 'csat' };
    const asked = asking(rating, { id: 'words', type: 'short_text' });
    const now = { ...asking(rating, { id: 'words', type: 'long_text' }), edition: 'edition-2' };
    const fresh = offering(now, { order, pageToken: 'fresh' });
    const server = await showInAccount(asked, {}, expired, fresh, THANKS);
    await press('4');
    await vi.waitFor(() =>
      expect(read(find('s-banner'), 'heading')).toBe(
        'The questions have changed meanwhile. Please look through your answers.',
      ),
    );
    expect(heading()).toBe('ask.words (optional)');
    await write('words', 'Fine.');
    await goOn();
    await vi.waitFor(() => expect(read(find('s-banner'), 'heading')).toBe('We are sorry.'));
    expect(server.calls.at(-1)?.body).toMatchObject({
      ...{ edition: 'edition-2', pageToken: 'fresh', answers: { rating: 4, words: 'Fine.' } },
    });
  });

  it('says so where the survey was answered elsewhere meanwhile', async () => {
    const thanks = { title: 'You have already answered', text: 'Thank you.' };
    await showInAccount(survey, {}, expired, { survey: null, reason: 'already_answered', thanks });
    await write('words', 'Fine.');
    await goOn();
    await vi.waitFor(() => expect(read(find('s-banner'), 'heading')).toBe(thanks.title));
  });

  it.each([
    ['is still refused', [expired, offering(survey, { order, pageToken: 'fresh' }), expired]],
    ['is not open any more', [expired, NOTHING]],
  ])('says that it could not be sent when it %s', async (_name, replies) => {
    const server = await showInAccount(survey, {}, ...replies);
    await write('words', 'Fine.');
    await goOn();
    await vi.waitFor(() => expect(read(find('s-banner'), 'heading')).toBe(survey.labels.error));
    expect(server.calls).toHaveLength(replies.length + 1);
  });
});
