import { beforeEach, expect, it } from 'vitest';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import { offerToVisitor } from '#app/services/offer-visit.ts';
import { openLink } from '#app/services/open-survey.ts';
import { submitByLink } from '#app/services/submit-answer.ts';
import { submitByVisitor } from '#app/services/submit-visit.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

/** A question that is asked once in a lifetime stays on the page on which it is being answered, and in that answer. */
const database = useTestDatabase();
const VISIT = '5f3c1a52-9c1e-4b1b-8a55-0123456789ab';
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  shop = await aShop(database.pool);
  const surveys = { website: { enabled: true } };
  await database.pool.query('UPDATE shop SET settings = $1', [JSON.stringify({ surveys })]);
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', { placed: '2026-03-01' });
});

const asks = (kind: SurveyKind) =>
  publish(
    database.pool,
    shop.shopId,
    survey(
      [
        { id: 'rating', type: kind === 'return' ? 'ces' : 'csat' },
        { id: 'who', type: 'choice', options: options('a', 'b'), profileKey: 'who' },
      ],
      { kind },
    ),
  );
const profiles = async () =>
  (
    await database.pool.query(
      `SELECT answers -> 'profile' AS known FROM survey_response ORDER BY answered_at`,
    )
  ).rows;
const idsOf = (page: Awaited<ReturnType<typeof openLink> | ReturnType<typeof offerToVisitor>>) =>
  page.outcome === 'open'
    ? page.view.questions.flatMap((question) => (question.silent ? [] : [question.id]))
    : page.outcome;

it.each<[string, SurveyKind, string, number]>([
  ['the first of two returns of an order', 'return', '1001', 0],
  ['the second', 'return', '1001', 1],
  ['a case that is about no order', 'support', '', 7],
])('an answer that comes in steps keeps what it was told: %s', async (_what, kind, orderId, sequence) => {
  await asks(kind);
  const about = { ...shop, kind, orderId };
  if (kind === 'return') await aLink(database.pool, deps, { ...about, sequence: 1 - sequence });
  const { token } = await aLink(database.pool, deps, { ...about, sequence });
  const page = { shopId: shop.shopId, token, client: null };
  const send = (answers: object, isStep: boolean) =>
    submitByLink(deps, { ...page, submission: { answers }, isStep });
  expect(await send({ rating: 5, who: 'a' }, true)).toMatchObject({ outcome: 'stored' });
  expect(idsOf(await openLink(deps, page))).toEqual(['rating', 'who']);
  expect(await send({ rating: 5, who: 'b' }, false)).toMatchObject({ outcome: 'updated' });
  expect(await profiles()).toEqual([{ known: { who: 'b' } }]);
});

it('what one return told is not asked about the other', async () => {
  await asks('return');
  const about = { ...shop, kind: 'return' as const, orderId: '1001' };
  const links = [
    await aLink(database.pool, deps, about),
    await aLink(database.pool, deps, { ...about, sequence: 1 }),
  ];
  const pages = links.map(({ token }) => ({ shopId: shop.shopId, token, client: null }));
  await submitByLink(deps, { ...pages[1]!, submission: { answers: { rating: 5, who: 'a' } } });
  expect(idsOf(await openLink(deps, pages[0]!))).toEqual(['rating']);
});

it('an answer about a visit that comes in steps keeps what it was told', async () => {
  await asks('website');
  const { domain: shopDomain, shopifyCustomerId: customerId } = shop;
  const visitor = { shopDomain, customerId, kind: 'website' as const, locale: 'en', address: null };
  const visit = { ...visitor, visitId: VISIT };
  const send = async (answers: object, isStep: boolean) => {
    const page = await offerToVisitor(deps, visit);
    if (page.outcome !== 'open') throw new Error(`Nothing was offered: ${page.outcome}.`);
    const { pageToken, view } = page;
    const sent = { pageToken, edition: view.edition, submission: { answers }, isStep };
    return submitByVisitor(deps, { ...visit, ...sent });
  };
  expect(await send({ rating: 5, who: 'a' }, true)).toMatchObject({ outcome: 'stored' });
  expect(idsOf(await offerToVisitor(deps, visit))).toEqual(['rating', 'who']);
  expect(await send({ rating: 5, who: 'b' }, false)).toMatchObject({ outcome: 'updated' });
  expect(await profiles()).toEqual([{ known: { who: 'b' } }]);
});
