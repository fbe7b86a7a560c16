import { beforeEach, expect, it } from 'vitest';
import { offerAtCheckout } from '#app/services/offer-survey.ts';
import { submitAtCheckout } from '#app/services/submit-answer.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { promising, REVIEWS } from './reward-scenes.ts';
import { hear, START } from './scenes.ts';

/** What is promised on the thank-you page, where nothing proves the order, is kept once it is proven. */
const database = useTestDatabase();
let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, START);
  await publish(
    database.pool,
    line.shopId,
    promising(undefined, {
      kind: 'post_purchase',
      questions: [{ id: 'rating', type: 'csat', metric: 'csat_purchase', text: 'usage.rating' }],
    }),
  );
});

const door = (customerId: string | null) => ({
  ...{ shopDomain: SHOP_DOMAIN, customerId, orderId: ORDER_ID, locale: null, client: null },
});
const open = async (customerId: string | null) => {
  const offer = await offerAtCheckout(line.deps, { ...door(customerId), page: 'thank_you' });
  if (offer.outcome !== 'open') throw new Error('Nothing is asked.');
  return offer.view;
};
const rewards = () => line.rows('SELECT status FROM survey_reward');

it('an account is promised the reward, and gets it once the order is known to be its', async () => {
  const view = await open(ADA.id);
  expect(view.promise).toContain('Ten per cent off');
  const { edition } = view;
  const answered = await submitAtCheckout(line.deps, {
    ...{ ...door(ADA.id), kind: 'post_purchase', edition },
    submission: { answers: { rating: 1 } },
  });
  // Of a stranger no case is certain to follow, so everybody is asked for a review here.
  expect(answered).toMatchObject({ outcome: 'stored', view: { review: { url: REVIEWS } } });
  expect((answered as { view: { review: object } }).view.review).not.toHaveProperty('lowAfterCase');
  await line.settle();
  expect(await line.rows('SELECT incentive, status FROM survey_response')).toEqual([
    { incentive: true, status: 'unverified' },
  ]);
  expect(await rewards()).toEqual([]);
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
  expect(await rewards()).toEqual([{ status: 'confirmed' }]);
  expect(line.mails.filter(({ subject }) => subject.includes('reward'))).toMatchObject([{ to: ADA.email }]);
});

it('a guest, whose answer nothing will ever confirm, is promised nothing', async () => {
  const { promise, edition } = await open(null);
  expect(promise).toBeUndefined();
  expect(edition).not.toMatch(/p$/);
});

it('who writes a promise into the page of a survey that makes none is promised nothing', async () => {
  const silent = promising(undefined, {
    ...{ kind: 'post_purchase', incentive: undefined },
    questions: [{ id: 'rating', type: 'csat', metric: 'csat_purchase', text: 'usage.rating' }],
  });
  await line.rows("UPDATE shop SET live_surveys = '[]'");
  await publish(database.pool, line.shopId, silent);
  const { edition } = await open(ADA.id);
  expect(edition).not.toMatch(/p$/);
  await submitAtCheckout(line.deps, {
    ...{ ...door(ADA.id), kind: 'post_purchase', edition: `${edition}p` },
    submission: { answers: { rating: 5 } },
  });
  expect(await line.rows('SELECT incentive FROM survey_response')).toEqual([{ incentive: false }]);
});

it('who writes the promise into the page themselves gets no more than the budget gives', async () => {
  await line.rows('UPDATE survey SET rewards_given = 2');
  const { edition } = await open(ADA.id);
  await submitAtCheckout(line.deps, {
    ...{ ...door(ADA.id), kind: 'post_purchase', edition: edition.replace(/p?$/, 'p') },
    submission: { answers: { rating: 5 } },
  });
  await hear(line, { topic: 'orders/paid', payload: order() });
  await line.settle();
  expect(await rewards()).toEqual([{ status: 'gone' }]);
  expect(line.discounts).toEqual([]);
});
