import { expect, test } from 'vitest';
import { answerFields, createAnswerer } from './answers.ts';
import type { AnswerEvent } from './script.ts';

const event: AnswerEvent = {
  kind: 'answer',
  at: 0,
  subject: '7',
  orderId: '7',
  survey: 'usage',
  door: { kind: 'storefront', customerId: '42' },
  answer: { rating: 1, comment: 'Broken.' },
};

/** Answers by the path of the address, and keeps what was asked. */
function server(replies: Record<string, [status: number, body: unknown]>) {
  const asked: { method: string; url: string; headers: Headers; body: string }[] = [];
  const fake: typeof fetch = async (input, init) => {
    const url = String(input);
    asked.push({
      method: init?.method ?? 'GET',
      url,
      headers: new Headers(init?.headers),
      body: String(init?.body ?? ''),
    });
    const [status, body] = replies[`${init?.method ?? 'GET'} ${new URL(url).pathname}`] ?? [
      404,
      'no such page',
    ];
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  };
  const answer = createAnswerer({ appUrl: 'http://app.test', devStoreUrl: 'http://store.test', fetch: fake });
  return { answer, asked };
}

const PROXY = '/apps/aftercare/survey';

test('the comment stands under the question of its route', () => {
  expect(answerFields('usage', { rating: 1, comment: 'Broken.' })).toEqual({
    rating: 1,
    comment_low: 'Broken.',
  });
  expect(answerFields('relationship', { rating: 7, comment: 'Hm.' })).toEqual({
    rating: 7,
    comment_middle: 'Hm.',
  });
  expect(answerFields('post_purchase', { rating: 5, confidence: 4, comment: null })).toEqual({
    rating: 5,
    confidence: 4,
  });
});

test('on the storefront the page is loaded first, and its token goes with the answer', async () => {
  const { answer, asked } = server({
    [`GET ${PROXY}`]: [200, { survey: {}, pageToken: 'token' }],
    [`POST ${PROXY}`]: [200, {}],
  });
  expect(await answer(event)).toBe('storefront');
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `GET http://store.test${PROXY}?kind=usage&order=7`,
    `POST http://store.test${PROXY}`,
  ]);
  expect(asked[1]?.headers.get('cookie')).toBe('dev_store_customer=42');
  expect(JSON.parse(asked[1]!.body)).toEqual({
    kind: 'usage',
    order: '7',
    pageToken: 'token',
    answers: { rating: 1, comment_low: 'Broken.' },
  });
});

test('a mailed link is opened, then its form is posted', async () => {
  const door = { kind: 'mail', email: 'a@b.example', actionId: 'act', customerId: '42' } as const;
  const links = ['http://app.test/u/x/y', 'http://app.test/s/shop/secret'];
  const { answer, asked } = server({
    'GET /mailbox.json': [
      200,
      [
        { actionId: 'other', links: [] },
        { actionId: 'act', links },
      ],
    ],
    'GET /s/shop/secret': [200, '<form>'],
    'POST /s/shop/secret': [200, 'Thank you'],
  });
  expect(await answer({ ...event, door })).toBe('mail');
  expect(asked.at(-1)?.body).toBe('rating=1&comment_low=Broken.');
});

test('a mail that never arrived is answered on the storefront', async () => {
  const door = { kind: 'mail', email: 'a@b.example', actionId: 'act', customerId: '42' } as const;
  const { answer } = server({
    'GET /mailbox.json': [200, []],
    [`GET ${PROXY}`]: [200, { survey: {}, pageToken: 'token' }],
    [`POST ${PROXY}`]: [200, {}],
  });
  expect(await answer({ ...event, door })).toBe('storefront');
});

test('the thank-you page answers with the token of the checkout', async () => {
  const { answer, asked } = server({
    'GET /control/checkout-token': [200, { token: 'jwt' }],
    'GET /api/checkout/survey': [200, { survey: {} }],
    'POST /api/checkout/survey': [200, {}],
  });
  await answer({ ...event, survey: 'post_purchase', door: { kind: 'thank_you', customerId: null } });
  expect(asked[0]?.url).toBe('http://store.test/control/checkout-token');
  expect(asked[2]?.headers.get('authorization')).toBe('Bearer jwt');
});

test.each([
  [
    'no survey is offered',
    { [`GET ${PROXY}`]: [200, { survey: null, reason: 'no_order' }] },
    /offers no usage survey for order 7: no_order/,
  ],
  [
    'the answer is refused',
    { [`GET ${PROXY}`]: [200, { survey: {} }], [`POST ${PROXY}`]: [403, 'no'] },
    /status 403: no/,
  ],
] as [string, Record<string, [number, unknown]>, RegExp][])(
  'a sentence when %s',
  async (_, replies, sentence) => {
    await expect(server(replies).answer(event)).rejects.toThrow(sentence);
  },
);
