import { beforeEach, describe, expect, it } from 'vitest';
import { publish } from '#tests/factories/own-surveys.ts';
import { fact } from '#tests/factories/survey-conditions.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { offerAtCheckout, offerToCustomer } from '#app/services/offer-survey.ts';
import { openLink } from '#app/services/open-survey.ts';
import { submitAtCheckout, submitByLink, submitByCustomer } from '#app/services/submit-answer.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const database = useTestDatabase();
const client = null;
const LINES = [
  { lineId: '11', productId: '71', title: 'Wool blanket' },
  { lineId: '12', productId: '72', title: 'Stoneware mug' },
];
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;
let link: { token: string };

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  shop = await aShop(database.pool);
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', {
    placed: '2026-02-20',
    delivered: '2026-02-22',
  });
  await database.pool.query(`UPDATE orders SET doc = $1`, [JSON.stringify({ lines: LINES })]);
  link = await aLink(database.pool, deps, { ...shop, orderId: '1001', kind: 'usage' });
});

const rows = async (sql: string) => (await database.pool.query(sql)).rows;
const asks = (...questions: Record<string, unknown>[]) => survey(questions, { needsRating: false });
const open = async (token = link.token) => {
  const found = await openLink(deps, { shopId: shop.shopId, token, client });
  if (found.outcome !== 'open') throw new Error(`The link is ${found.outcome}.`);
  return found;
};
const idsOf = ({ view }: Awaited<ReturnType<typeof open>>) => view.questions.map(({ id }) => id);
const submit = (answers: object, more: { edition?: string; isStep?: boolean; token?: string } = {}) =>
  submitByLink(deps, { shopId: shop.shopId, token: link.token, client, submission: { answers }, ...more });

describe("the shop's own survey", () => {
  it('is asked instead of the preset, and its answer says which version it was', async () => {
    const id = await publish(
      database.pool,
      shop.shopId,
      survey([{ id: 'stars', type: 'stars', metric: 'csat_product' }], { version: 3 }),
    );
    const found = await open();
    expect(idsOf(found)).toEqual(['stars']);
    expect(found.view.edition).toBe(`${id}.3`);
    expect(await submit({ stars: 4 }, { edition: found.view.edition })).toMatchObject({ outcome: 'stored' });
    expect(await rows('SELECT survey_id, definition, metric, rating, route FROM survey_response')).toEqual([
      { survey_id: id, definition: 3, metric: 'csat_product', rating: 4, route: 'middle' },
    ]);
  });

  it('of several the first that fits the order is asked; when none fits, nothing is', async () => {
    const of = (id: string, product: string) =>
      survey([{ id, type: 'csat' }], { target: fact('product_ids', 'contains', product) });
    await publish(database.pool, shop.shopId, of('third', '72'), { position: 3 });
    await publish(database.pool, shop.shopId, of('first', '99'), { position: 1 });
    await publish(database.pool, shop.shopId, of('second', '71'), { position: 2 });
    expect(idsOf(await open())).toEqual(['second']);
    await database.pool.query(`UPDATE orders SET doc = '{}'`);
    expect(await openLink(deps, { shopId: shop.shopId, token: link.token, client })).toMatchObject({
      outcome: 'expired',
    });
  });

  it('that is paused is not asked, nor is the preset in its place', async () => {
    await publish(database.pool, shop.shopId, asks({ id: 'own', type: 'csat' }), { paused: true });
    const found = await openLink(deps, { shopId: shop.shopId, token: link.token, client });
    expect(found.outcome).toBe('expired');
  });

  it('of another shop is not even known here', async () => {
    const other = await aShop(database.pool, 'fern.myshopify.com');
    const id = await publish(database.pool, other.shopId, asks({ id: 'theirs', type: 'csat' }));
    expect(idsOf(await open())).toContain('comment_low');
    expect(await submit({ theirs: 5 }, { edition: `${id}.1` })).toMatchObject({ outcome: 'expired' });
    expect(await rows('SELECT id FROM survey_response')).toEqual([]);
  });
});

describe('an answer', () => {
  it('is read by the version that the page showed, also when a newer one is live', async () => {
    const version = (number: number, question: string) =>
      survey([{ id: question, type: 'csat', required: true }], { version: number });
    const id = await publish(database.pool, shop.shopId, version(1, 'old'));
    const { edition } = (await open()).view;
    await publish(database.pool, shop.shopId, version(2, 'new'), { id });
    expect(idsOf(await open())).toEqual(['new']);
    expect(await submit({ old: 5 })).toMatchObject({
      outcome: 'invalid',
      errors: [{ code: 'unknown_question', field: 'old' }, { field: 'new' }],
    });
    expect(await submit({ old: 5 }, { edition, isStep: true })).toMatchObject({ outcome: 'stored' });
    // What was said to another question of that time is not given back to the new one.
    expect((await open()).given).toEqual({});
    expect(await submit({ old: 4 }, { edition })).toMatchObject({ outcome: 'updated' });
    expect(await rows('SELECT survey_id, definition, answers FROM survey_response')).toEqual([
      { survey_id: id, definition: 1, answers: { ratings: { old: 4 } } },
    ]);
  });

  it('by a mailed link is to what the mail asked, whatever is live or paused since', async () => {
    const asked = survey([{ id: 'asked', type: 'csat' }]);
    const id = await publish(database.pool, shop.shopId, asked);
    const { token } = await aLink(database.pool, deps, {
      ...{ ...shop, orderId: '1001', kind: 'usage' },
      edition: `${id}.1`,
      sequence: 1,
    });
    await publish(database.pool, shop.shopId, { ...asked, version: 2 }, { id, paused: true });
    expect((await open(token)).view.edition).toBe(`${id}.1`);
    // The page's own word does not count where the link knows.
    expect(await submit({ asked: 5 }, { token, edition: 'preset.1' })).toMatchObject({ outcome: 'stored' });
  });

  it.each([['nonsense.1'], ['preset.99'], ['0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a.1']])(
    'to an edition that does not exist (%s) is answered by what is asked now, or refused',
    async (edition) => {
      const result = await submit({ rating: 5 }, { edition });
      expect(result.outcome).toBe(edition === 'nonsense.1' ? 'stored' : 'expired');
    },
  );

  it('without any rating is kept, measures nothing and leads nowhere in particular', async () => {
    const questions = [
      { id: 'source', type: 'choice', options: options('search', 'friend'), other: { text: 'x' } },
    ];
    await publish(database.pool, shop.shopId, asks(...questions));
    expect(await submit({})).toMatchObject({
      outcome: 'invalid',
      errors: [{ field: 'source', code: 'required' }],
    });
    expect(await submit({ source: 'other', 'source.other': ' A podcast ' })).toMatchObject({
      outcome: 'stored',
      route: 'middle',
    });
    expect(await rows('SELECT metric, rating, route, answers FROM survey_response')).toEqual([
      {
        metric: null,
        rating: null,
        route: 'middle',
        answers: { choices: { source: ['other'] }, others: { source: 'A podcast' } },
      },
    ]);
  });

  it('rates the lines of the order by their titles, and no other order’s', async () => {
    const question = { id: 'lines', type: 'line_rating', metric: 'csat_product' };
    await publish(database.pool, shop.shopId, survey([question]));
    const found = await open();
    expect(found.view.questions[0]).toMatchObject({
      lines: [
        { id: '11', title: 'Wool blanket' },
        { id: '12', title: 'Stoneware mug' },
      ],
    });
    expect(await submit({ 'lines.99': 1 })).toMatchObject({
      outcome: 'invalid',
      errors: [{ field: 'lines', part: '99', code: 'out_of_range' }],
    });
    expect(await submit({ 'lines.11': '5', 'lines.12': '2' })).toMatchObject({ route: 'low' });
    expect(await rows('SELECT metric, rating, answers FROM survey_response')).toEqual([
      {
        metric: 'csat_product',
        rating: 2,
        answers: { lines: { lines: { 11: 5, 12: 2 } }, metrics: { lines: 'csat_product' } },
      },
    ]);
  });

  it('to a question about the person is not asked for again', async () => {
    const pet = { id: 'pet', type: 'short_text', profileKey: 'pet' };
    await publish(
      database.pool,
      shop.shopId,
      survey([{ id: 'rating', type: 'csat', metric: 'csat_product' }, pet]),
    );
    expect(idsOf(await open())).toEqual(['rating', 'pet']);
    await submit({ rating: 5, pet: 'A cat' });
    await anOrder(database.pool, shop.shopId, shop.customerId, '1002', { placed: '2026-03-01' });
    const next = await aLink(database.pool, deps, { ...shop, orderId: '1002', kind: 'usage' });
    expect(idsOf(await open(next.token))).toEqual(['rating']);
    // What was held back taught us nothing.
    await database.pool.query(`UPDATE survey_response SET status = 'quarantined'`);
    expect(idsOf(await open(next.token))).toEqual(['rating', 'pet']);
  });

  it('does not silence its own questions from step to step', async () => {
    const source = {
      id: 'source',
      type: 'choice',
      options: options('search', 'friend'),
      profileKey: 'source',
    };
    await publish(database.pool, shop.shopId, asks(source, { id: 'words', type: 'long_text' }));
    expect(await submit({ source: 'friend' }, { isStep: true })).toMatchObject({ outcome: 'stored' });
    expect(idsOf(await open())).toEqual(['source', 'words']);
    await submit({ source: 'friend', words: 'Hello' }, { isStep: true });
    expect(await submit({ source: 'friend', words: 'Hello' })).toMatchObject({ outcome: 'updated' });
    expect(await rows('SELECT answers FROM survey_response')).toMatchObject([
      { answers: { choices: { source: ['friend'] }, profile: { source: 'friend' } } },
    ]);
  });

  it('needs no rating where none can be shown, and is offered only where it can be completed', async () => {
    const lines = { id: 'lines', type: 'line_rating', metric: 'csat_product', required: true };
    const kind = { kind: 'post_purchase' };
    const id = await publish(
      database.pool,
      shop.shopId,
      survey([lines, { id: 'words', type: 'long_text' }], kind),
    );
    const page = { shopDomain: shop.domain, customerId: null, orderId: '2002', locale: null, client };
    const offer = () => offerAtCheckout(deps, { ...page, page: 'thank_you' });
    expect(await offer()).toMatchObject({ outcome: 'open', view: { questions: [{ id: 'words' }] } });
    const sent = { ...page, kind: 'post_purchase' as const, submission: { answers: { words: 'Fine.' } } };
    expect(await submitAtCheckout(deps, sent)).toMatchObject({ outcome: 'stored' });
    const photo = { id: 'photo', type: 'image_upload', required: true };
    await publish(database.pool, shop.shopId, survey([photo], { ...kind, version: 2, needsRating: false }), {
      id,
    });
    await database.pool.query('DELETE FROM survey_response');
    expect(await offer()).toEqual({ outcome: 'none', reason: 'not_here' });
  });

  it('may hang on which order it is: the first and the fifth are asked different things', async () => {
    const first = { id: 'first', type: 'csat', askOnOrder: { to: 1 } };
    const later = { id: 'later', type: 'csat', askOnOrder: { from: 2 } };
    await publish(database.pool, shop.shopId, asks(first, later));
    await anOrder(database.pool, shop.shopId, shop.customerId, '1002', { placed: '2026-03-01' });
    const next = await aLink(database.pool, deps, { ...shop, orderId: '1002', kind: 'usage' });
    expect(idsOf(await open())).toEqual(['first']);
    expect(idsOf(await open(next.token))).toEqual(['later']);
  });
});

describe('steps at the other doors', () => {
  const storefront = async () => {
    const wish = { kind: 'usage' as const, orderId: '1001', locale: null };
    const offer = await offerToCustomer(deps, {
      shopDomain: shop.domain,
      customerId: shop.shopifyCustomerId,
      ...wish,
    });
    if (offer.outcome !== 'open') throw new Error(`Nothing is offered: ${offer.outcome}.`);
    const send = (answers: object, isStep: boolean) =>
      submitByCustomer(deps, {
        shopDomain: shop.domain,
        customerId: shop.shopifyCustomerId,
        pageToken: offer.pageToken,
        edition: offer.view.edition,
        submission: { answers },
        isStep,
        ...wish,
      });
    return { offer, send };
  };

  it('of the storefront are found again by the customer, until the last of them', async () => {
    const { send } = await storefront();
    expect(await send({ rating: 2 }, true)).toMatchObject({ outcome: 'stored' });
    expect(deps.jobs).toEqual([]);
    const again = await storefront();
    expect(again.offer.given).toEqual({ rating: '2' });
    expect(await again.send({ rating: 2, comment_low: 'It broke.' }, false)).toMatchObject({
      outcome: 'updated',
    });
    expect(deps.jobs).toHaveLength(1);
    expect((await storefront()).offer.given).toEqual({});
  });

  it('of a guest at checkout become one claim, that nobody else reads', async () => {
    const page = { shopDomain: shop.domain, customerId: null, orderId: '2002', locale: null, client };
    const offer = () => offerAtCheckout(deps, { ...page, page: 'thank_you' });
    const send = (answers: object, isStep: boolean) =>
      submitAtCheckout(deps, { ...page, kind: 'post_purchase', submission: { answers }, isStep });
    expect(await send({ rating: 2 }, true)).toMatchObject({ outcome: 'stored' });
    expect(await offer()).toMatchObject({ outcome: 'open', given: {} });
    expect(await send({ rating: 3, confidence: 4 }, true)).toMatchObject({ outcome: 'updated' });
    expect(await send({ rating: 3, confidence: 4 }, false)).toMatchObject({ outcome: 'updated' });
    expect(await offer()).toEqual({ outcome: 'none', reason: 'already_answered' });
    // A guest proves nothing: what was sent off stays.
    await send({ rating: 1 }, false);
    expect(await rows('SELECT rating, unfinished FROM survey_response')).toEqual([
      { rating: 3, unfinished: false },
    ]);
  });
});
