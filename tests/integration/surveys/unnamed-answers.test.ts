import { beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { createDataRequestsRepo } from '#app/infra/db/data-requests.repo.server.ts';
import { createPrivacyRepo } from '#app/infra/db/privacy.repo.server.ts';
import { pseudonymOf } from '#app/services/identify-person.ts';
import { offerToCustomer } from '#app/services/offer-survey.ts';
import { submitByCustomer, submitByLink } from '#app/services/submit-answer.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, NOW, setNow, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const database = useTestDatabase();
const DAY = new Date('2026-03-10T00:00:00Z');
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;
let link: { token: string; invitationId: string };
let edition: string;

const QUESTIONS = [
  { id: 'rating', type: 'csat', metric: 'csat_product' },
  { id: 'more', type: 'long_text' },
];

async function ask(identity: string) {
  const id = await publish(database.pool, shop.shopId, survey(QUESTIONS, { identity }));
  edition = `${id}.1`;
  link = await aLink(database.pool, deps, { ...shop, orderId: '1001', kind: 'usage', edition });
}

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  shop = await aShop(database.pool);
  const dates = { placed: '2026-01-01', delivered: '2026-01-05' };
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', dates);
  await setNow(database.pool, new Date('2026-03-10T15:42:17.123Z'));
});

const rows = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows;
const submit = (answers: unknown, over: object = {}) =>
  submitByLink(deps, {
    ...{ shopId: shop.shopId, token: link.token, client: null, edition },
    ...{ submission: { answers }, ...over },
  });
const reminder = async () => {
  const { token, hash } = deps.tokens.newLinkToken();
  await deps.links.insert(shop.shopId, {
    ...{ tokenHash: hash, invitationId: link.invitationId, kind: 'usage', edition, days: 60 },
    ...{ customerId: shop.customerId, orderId: '1001' },
  });
  return token;
};

/** Every text and instant that stands in a value, however deep. */
function wordsIn(value: unknown): string[] {
  if (value instanceof Date) return [value.toISOString()];
  if (Buffer.isBuffer(value)) return [value.toString('hex'), value.toString('base64url')];
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(wordsIn) : [];
}

describe.each(['anonymous', 'pseudonymous'])('an answer that is %s', (identity) => {
  beforeEach(() => ask(identity));

  it('and all that is stored beside it have nothing in common by which one leads to the other', async () => {
    const token = await reminder();
    expect(await submit({ rating: 1, more: 'Broke.' })).toMatchObject({ outcome: 'stored', route: 'low' });
    const [answer, ...others] = await rows('SELECT * FROM survey_response');
    expect(others).toEqual([]);
    expect(answer).toMatchObject({
      ...{ identity, order_id: '', customer_id: null, invitation_id: null, claimed_by: null },
      ...{
        status: 'verified',
        rating: 1,
        comment: 'Broke.',
        answered_at: DAY,
        unfinished: false,
        incentive: false,
      },
    });
    expect(answer.pseudonym === null).toBe(identity === 'anonymous');
    // An id of version 7 begins with the instant.
    expect(answer.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    const left: string[] = [];
    for (const table of [
      'survey_invitation',
      'survey_link',
      'customer',
      'orders',
      'event',
      'timer',
      'action',
      'contact',
    ]) {
      const found = await rows(`SELECT * FROM ${table}`);
      if (['event', 'timer', 'action', 'contact'].includes(table)) expect(found).toEqual([]);
      left.push(...wordsIn(found));
    }
    // The shop, the survey and its kind are those of every answer; a mail of that day may have been sent at its first moment.
    const ofAll = [shop.shopId, 'usage', edition.slice(0, 36), DAY.toISOString(), ''];
    expect(wordsIn(answer).filter((word) => left.includes(word) && !ofAll.includes(word))).toEqual([]);
    const text = JSON.stringify(answer);
    const hashes = await rows(
      `SELECT encode(token_hash, 'hex') AS hash, encode(token_hash, 'base64') AS text FROM survey_link`,
    );
    for (const { hash, text: base64 } of hashes) {
      expect(text).not.toContain(hash);
      expect(text).not.toContain(base64);
    }
    for (const secret of [link.token, token, link.invitationId, shop.customerId, '1001', '15:42']) {
      expect(text).not.toContain(secret);
    }
    expect(deps.jobs).toEqual([]);
  });

  it('uses up all links of the invitation, of which only the day is noted', async () => {
    await setNow(database.pool, new Date('2026-03-11T15:42:17.123Z'));
    const token = await reminder();
    await submit({ rating: 5 });
    for (const each of [link.token, token]) {
      expect(await submit({ rating: 1 }, { token: each })).toMatchObject({ outcome: 'already_answered' });
    }
    expect(await rows('SELECT rating FROM survey_response')).toEqual([{ rating: 5 }]);
    const day = new Date('2026-03-11T00:00:00Z');
    expect(await rows('SELECT answered_at FROM survey_invitation')).toEqual([{ answered_at: day }]);
    const used = await rows('SELECT used_at, recent_ratings FROM survey_link ORDER BY issued_at');
    // Never before it was mailed.
    expect(used.map(({ used_at }) => used_at.toISOString())).toEqual([
      day.toISOString(),
      '2026-03-11T15:42:17.123Z',
    ]);
    expect(used.map(({ recent_ratings }) => recent_ratings)).toEqual([{}, {}]);
  });

  it('is lost in no crash and stored once: the same post again only uses the link up', async () => {
    await submit({ rating: 4 });
    await database.pool.query('UPDATE survey_link SET used_at = NULL');
    await submit({ rating: 4 });
    expect(await rows('SELECT rating, revision FROM survey_response')).toEqual([{ rating: 4, revision: 1 }]);
    expect(await rows('SELECT token_hash FROM survey_link WHERE used_at IS NULL')).toEqual([]);
  });

  it('posted eight times at once is one', async () => {
    await Promise.all(Array.from({ length: 8 }, () => submit({ rating: 3 })));
    expect(await rows('SELECT rating FROM survey_response')).toEqual([{ rating: 3 }]);
  });

  it('has no steps', async () => {
    expect(await submit({ rating: 4 }, { isStep: true })).toMatchObject({ outcome: 'stored' });
    expect(await rows('SELECT id FROM survey_response')).toEqual([]);
    expect(await submit({ rating: 2 })).toMatchObject({ outcome: 'stored' });
  });

  it('is held back right after a scan, and what the person says later takes its place', async () => {
    await database.pool.query('UPDATE survey_link SET scanned_at = business_now()');
    expect(await submit({ rating: 1 })).toMatchObject({ outcome: 'stored' });
    // No staff could restore an anonymous one and not count the person twice, who may answer by another link.
    expect(await rows('SELECT status, held_reason FROM survey_response')).toEqual(
      identity === 'anonymous' ? [] : [{ status: 'quarantined', held_reason: 'scanned' }],
    );
    expect(await rows('SELECT answered_at FROM survey_invitation')).toEqual([{ answered_at: null }]);
    await setNow(database.pool, new Date('2026-03-10T15:44:17Z'));
    expect(await submit({ rating: 5 })).toMatchObject({ outcome: 'stored' });
    expect(await rows('SELECT status, held_reason, rating FROM survey_response')).toEqual([
      { status: 'verified', held_reason: null, rating: 5 },
    ]);
  });

  it('is said so on the page, and is asked at no door where the customer is logged in', async () => {
    expect(await submit({ rating: 4 })).toMatchObject({ view: { identity } });
    const who = { shopDomain: shop.domain, customerId: shop.shopifyCustomerId, locale: null };
    const about = { ...who, kind: 'usage' as const, orderId: '1001' };
    expect(await offerToCustomer(deps, about)).toEqual({ outcome: 'none', reason: 'not_here' });
    const claims = {
      shopId: shop.shopId,
      customerId: shop.shopifyCustomerId,
      orderId: '1001',
      kind: 'usage',
      edition,
    };
    const pageToken = deps.tokens.issuePageToken(claims, new Date('2026-04-01'));
    const posted = { ...about, edition, pageToken, submission: { answers: { rating: 5 } } };
    expect(await submitByCustomer(deps, posted)).toMatchObject({ outcome: 'survey_off' });
    expect(await rows('SELECT id FROM survey_response WHERE rating = 5')).toEqual([]);
  });

  it('of an erased person is refused', async () => {
    await database.pool.query('UPDATE customer SET redacted_at = now()');
    expect(await submit({ rating: 4 })).toMatchObject({ outcome: 'redacted' });
    expect(await rows('SELECT id FROM survey_response')).toEqual([]);
  });
});

describe('under a pseudonym', () => {
  const pseudonym = (customerId: string) => pseudonymOf(shop.shopId, customerId, deps.keyedHash);
  beforeEach(() => ask('pseudonymous'));

  it('a later answer to the same survey of the same order replaces the first, and another order adds one', async () => {
    await submit({ rating: 5 });
    await database.pool.query('UPDATE survey_link SET used_at = NULL');
    await submit({ rating: 2 });
    expect(await rows('SELECT rating, revision, pseudonym FROM survey_response')).toEqual([
      { rating: 2, revision: 2, pseudonym: pseudonym(shop.customerId) },
    ]);
    await anOrder(database.pool, shop.shopId, shop.customerId, '1002', { placed: '2026-01-02' });
    const other = await aLink(database.pool, deps, { ...shop, orderId: '1002', kind: 'usage', edition });
    await submit({ rating: 4 }, { token: other.token });
    const found = await rows('SELECT DISTINCT pseudonym FROM survey_response');
    expect(found).toHaveLength(1);
  });

  it('is handed out to the person who asks, and emptied when they are erased', async () => {
    await submit({ rating: 4, more: 'It works.' });
    const requests = createDataRequestsRepo(database.pool);
    const subject = {
      customerIds: [shop.customerId],
      orderIds: [],
      claimants: [],
      pseudonyms: [pseudonym(shop.customerId)],
    };
    const handed: unknown[] = [];
    for await (const { section, rows: found } of requests.personalSections(shop.shopId, subject, NOW)) {
      if (section === 'answers') handed.push(...found);
    }
    expect(handed).toMatchObject([{ comment: 'It works.', rating: 4 }]);
    await createPrivacyRepo(database.pool).redactCustomer(shop.shopId, {
      requestId: uuidv7(),
      subject: { keys: [`c:${shop.shopifyCustomerId}`], shopifyId: shop.shopifyCustomerId, orderIds: [] },
      email: null,
      guestKey: (email) => `e:${email}`,
      orderKey: (orderId) => `o:${orderId}`,
      tombstone: (key) => `t:${key}`,
      pseudonym,
      now: NOW,
    });
    expect(await rows('SELECT answers, comment, pseudonym, rating FROM survey_response')).toEqual([
      { answers: {}, comment: null, pseudonym: null, rating: 4 },
    ]);
  });
});
