/** Answers without a name beside what the same person says by name, and through several links at once. */
import { beforeEach, describe, expect, it } from 'vitest';
import { saveByLink } from '#app/services/save-by-link.ts';
import { submitByLink } from '#app/services/submit-answer.ts';
import type { NewAnswer } from '#app/infra/db/answers.repo.server.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, setNow, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const database = useTestDatabase();
const LINKS = 4;
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;
let surveyId: string;

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  shop = await aShop(database.pool);
  await setNow(database.pool, new Date('2026-03-10T15:42:17.123Z'));
});

const rows = async (sql: string) => (await database.pool.query(sql)).rows;
const question = { id: 'rating', type: 'csat', metric: 'csat_product' };

/** A mail asks this survey about a new order, in so many links of one invitation. */
async function mailed(identity: string, orderId: string, count = 1) {
  const dates = { placed: '2026-01-01', delivered: '2026-01-05' };
  await anOrder(database.pool, shop.shopId, shop.customerId, orderId, dates);
  const edition = `${await publish(database.pool, shop.shopId, survey([question], { identity }))}.1`;
  surveyId = edition.split('.')[0]!;
  const about = { ...shop, orderId, kind: 'usage' as const, edition };
  const { token, invitationId } = await aLink(database.pool, deps, about);
  const tokens = [token];
  while (tokens.length < count) {
    const more = deps.tokens.newLinkToken();
    await deps.links.insert(shop.shopId, { ...about, tokenHash: more.hash, invitationId, days: 60 });
    tokens.push(more.token);
  }
  return { tokens, edition };
}

const post = (token: string, edition: string, rating: number) =>
  submitByLink(deps, {
    ...{ shopId: shop.shopId, token, client: null, edition },
    submission: { answers: { rating } },
  });

const answer = (over: Partial<NewAnswer>): NewAnswer => ({
  ...{ responseId: deps.newId(), eventId: deps.newId(), surface: 'storefront', metric: 'csat_product' },
  ...{ rating: 2, route: 'low', answers: { ratings: { rating: 2 } }, comment: null },
  ...{ edition: { surveyId, version: 1 }, stepCountsAfterMinutes: null },
  ...{ identity: 'identified', incentive: false, ...over },
});
const byName = (over: Partial<NewAnswer> = {}) => {
  const about = { kind: 'usage', orderId: '1001', shopifyCustomerId: shop.shopifyCustomerId } as const;
  return deps.answers.storeForCustomer(shop.shopId, { ...about, page: null }, answer(over));
};

describe.each(['anonymous', 'pseudonymous'] as const)('an answer that is %s', (identity) => {
  it('is not stored beside what was sent off by name since its link was looked at', async () => {
    const { tokens } = await mailed(identity, '1001');
    const [token] = tokens as [string];
    const tokenHash = deps.tokens.hashLinkToken(token)!;
    const link = (await deps.links.find(shop.shopId, tokenHash))!;
    expect(link.earlier).toBeNull();
    await byName();
    await database.pool.query('UPDATE survey_invitation SET answered_at = NULL');
    expect(await saveByLink(deps, { link, token, tokenHash }, answer({ identity, rating: 5 }))).toEqual({
      outcome: 'already_answered',
    });
    expect(await rows('SELECT identity, rating FROM survey_response')).toEqual([
      { identity: 'identified', rating: 2 },
    ]);
    // Nobody reminds them of it.
    expect(await rows('SELECT answered_at FROM survey_invitation')).toEqual([
      { answered_at: expect.any(Date) },
    ]);
  });

  it('takes the place of steps by name that have not counted', async () => {
    const { tokens, edition } = await mailed(identity, '1001');
    await byName({ stepCountsAfterMinutes: 15 });
    expect(await rows('SELECT status FROM timer')).toEqual([{ status: 'open' }]);
    expect(await post(tokens[0]!, edition, 5)).toMatchObject({ outcome: 'stored' });
    expect(await rows('SELECT identity, rating FROM survey_response')).toEqual([{ identity, rating: 5 }]);
    expect(await rows('SELECT status FROM timer')).toEqual([]);
  });

  it('gives way to steps by name that have counted', async () => {
    const { tokens, edition } = await mailed(identity, '1001');
    await byName({ stepCountsAfterMinutes: 15 });
    await database.pool.query("UPDATE timer SET status = 'fired', firings = 1");
    expect(await post(tokens[0]!, edition, 5)).toMatchObject({ outcome: 'already_answered' });
    expect(await rows('SELECT identity, rating FROM survey_response')).toEqual([
      { identity: 'identified', rating: 2 },
    ]);
  });

  it('posted through all links of its invitation at once is one, and none of them fails', async () => {
    const ROUNDS = 12;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { tokens, edition } = await mailed(identity, `20${round}`, LINKS);
      const done = await Promise.all(tokens.map((token, index) => post(token, edition, index + 1)));
      expect(done.map(({ outcome }) => outcome).sort()).toEqual([
        ...Array<string>(LINKS - 1).fill('already_answered'),
        'stored',
      ]);
      expect(await rows('SELECT id FROM survey_response')).toHaveLength(round + 1);
    }
    expect(await rows('SELECT token_hash FROM survey_link WHERE used_at IS NULL')).toEqual([]);
    // Nobody holds an invitation any more.
    const held = `SELECT pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE l.locktype = 'advisory' AND d.datname = current_database()`;
    expect(await rows(held)).toEqual([]);
  });
});
