import { beforeEach, describe, expect, it } from 'vitest';
import type { FunnelFilter } from '#app/infra/db/reads/funnel-views.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { createSurveysRepo } from '#app/infra/db/surveys.repo.server.ts';
import { exportFunnel } from '#app/services/export-funnel.ts';
import { showFunnel } from '#app/services/show-funnel.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aCustomer, anAnswer, anInvitation, aShop, daysAgo, insert, NOW, setClock } from './seed.ts';

const database = useTestDatabase();
const DAYS_90: FunnelFilter = { kind: null, days: 90 };
let shopId: string;
let customerId: string;
beforeEach(async () => {
  await setClock(database.pool);
  shopId = await aShop(database.pool, { name: 'Moss & Fern' });
  customerId = await aCustomer(database.pool, shopId);
});

const invitation = (more: Record<string, unknown> = {}) =>
  anInvitation(database.pool, shopId, customerId, more);
const suppressed = (reason: string, more = {}) =>
  invitation({ status: 'suppressed', reason, sent_at: null, ...more });
const rated = { answers: { ratings: { rating: 4 }, metrics: { rating: 'csat_delivery' } } };
const answer = (more: Record<string, unknown> = {}) =>
  anAnswer(database.pool, shopId, { surface: 'hosted_page', ...rated, ...more });
const byLink = async (more: Record<string, unknown> = {}, asked = {}) =>
  answer({ invitation_id: await invitation(asked), ...more });
const ask = async (filter: FunnelFilter, of: string): Promise<Parameters<typeof showFunnel>> => {
  const admin = createAdminReads(database.pool);
  const { rows } = await database.pool.query('SELECT domain FROM shop WHERE id = $1', [of]);
  const shop = (await admin.shop(rows[0].domain))!;
  return [
    { admin, surveys: createSurveysRepo(database.pool) },
    { shop, filter },
  ];
};
const show = async (filter = DAYS_90, of = shopId) => showFunnel(...(await ask(filter, of)));
/** The counts alone. */
const counts = async (filter = DAYS_90, of = shopId) => {
  const { eligible, suppressed: held, deferred, offered, steps, answeredElsewhere } = await show(filter, of);
  return {
    ...{
      eligible,
      suppressed: held.count,
      deferred: deferred.count,
      offered: offered.count,
      answeredElsewhere,
    },
    ...Object.fromEntries(Object.entries(steps).map(([step, { count }]) => [step, count])),
  };
};
const NOTHING = {
  ...{ eligible: 0, suppressed: 0, deferred: 0, offered: 0, answeredElsewhere: 0 },
  ...{ sent: 0, accepted: 0, seen: 0, started: 0, finished: 0 },
};

describe('the funnel of the invitations', () => {
  it('adds up: eligible = suppressed + deferred + sent, and each step is a part of the one before', async () => {
    await suppressed('survey_cap');
    await suppressed('survey_cap', { kind: 'usage' });
    await suppressed('unsubscribed');
    await invitation({ status: 'deferred', reason: 'quiet_hours', sent_at: null });
    await invitation({ channel: 'page', kind: 'post_purchase' });
    await invitation();
    await invitation({ reason: 'unknown' });
    await invitation({ seen_at: daysAgo(4) });
    await byLink({ unfinished: true });
    await byLink({}, { seen_at: daysAgo(4) });
    // Not decided yet, or about to be sent.
    await invitation({ status: 'scheduled', sent_at: null });
    await invitation({ status: 'sending', sent_at: null });
    expect(await counts()).toEqual({
      ...{ eligible: 10, suppressed: 3, deferred: 1, offered: 1, answeredElsewhere: 0 },
      ...{ sent: 5, accepted: 4, seen: 3, started: 2, finished: 1 },
    });
    expect((await show()).reasons).toMatchObject([
      { reason: 'survey_cap', count: 2 },
      { reason: 'unsubscribed', count: 1 },
    ]);
  });

  it('a mail of unknown fate that somebody followed has arrived', async () => {
    await invitation({ reason: 'unknown', seen_at: daysAgo(4) });
    await byLink({}, { reason: 'unknown' });
    expect(await counts()).toMatchObject({ sent: 2, accepted: 2, seen: 2, started: 1 });
  });

  it('takes what a rule or staff hold back for no answer, and an answer on another surface for no visit', async () => {
    await byLink({ status: 'quarantined', held_reason: 'scanned' });
    await byLink({ status: 'quarantined' });
    const elsewhere = await invitation({ answered_at: daysAgo(3) });
    await answer({ invitation_id: elsewhere, surface: 'storefront' });
    expect(await counts()).toMatchObject({ sent: 3, seen: 0, started: 0, answeredElsewhere: 1 });
  });

  it('takes a used link for an answer without a name only where there is none with it', async () => {
    const used = async (more: Record<string, unknown> | null) => {
      const id = await invitation({ answered_at: daysAgo(3) });
      await database.pool.query(
        `INSERT INTO survey_link (shop_id, token_hash, invitation_id, customer_id, kind, order_id, edition, issued_at, expires_at, used_at)
         VALUES ($1, sha256($2::text::bytea), $2::uuid, $3, 'delivery', $2::text, 'delivery.1', $4, $5, $6)`,
        [shopId, id, customerId, daysAgo(5), NOW, daysAgo(3)],
      );
      if (more) await answer({ invitation_id: id, answer_key: `delivery:${id}:0`, ...more });
    };
    await used(null);
    expect(await counts()).toMatchObject({ sent: 1, seen: 1, started: 1, finished: 1 });
    // Held back by staff, and changed in the theme.
    await used({ status: 'quarantined' });
    await used({ surface: 'storefront' });
    expect(await counts()).toMatchObject({ sent: 3, started: 1, finished: 1 });
  });

  it('looks at what fell due in the period, and at one kind if asked to', async () => {
    await byLink({ kind: 'usage' }, { kind: 'usage' });
    await suppressed('unsubscribed', { kind: 'usage', due_at: daysAgo(31) });
    await invitation({ due_at: daysAgo(91) });
    await suppressed('no_email', { due_at: new Date(NOW.getTime() - 30 * 86_400_000) });
    const of = async (filter: FunnelFilter) => {
      const { eligible, started } = (await counts(filter)) as Record<string, number>;
      return [eligible, started];
    };
    expect(await of({ kind: null, days: null })).toEqual([4, 1]);
    expect(await of({ kind: null, days: 90 })).toEqual([3, 1]);
    expect(await of({ kind: null, days: 30 })).toEqual([2, 1]);
    expect(await of({ kind: 'usage', days: null })).toEqual([2, 1]);
    expect(await of({ kind: 'delivery', days: 30 })).toEqual([1, 0]);
    expect(await of({ kind: 'relationship', days: null })).toEqual([0, 0]);
  });

  it('is of one shop', async () => {
    await byLink();
    await suppressed('no_email');
    await answer({ surface: 'checkout' });
    const other = await aShop(database.pool);
    expect(await counts(DAYS_90, other)).toEqual(NOTHING);
    expect(await show(DAYS_90, other)).toMatchObject({ reasons: [], surfaces: [], editions: [] });
    const theirs = await aCustomer(database.pool, other);
    // The ids of two shops may be the same.
    const { rows } = await database.pool.query(`SELECT id FROM survey_invitation WHERE status = 'sent'`);
    await anInvitation(database.pool, other, theirs, { id: rows[0].id });
    expect(await counts(DAYS_90, other)).toEqual({ ...NOTHING, eligible: 1, sent: 1, accepted: 1 });
  });

  it('has shares with n and interval, and none of fewer than five', async () => {
    for (let index = 0; index < 10; index += 1) await invitation(index < 4 ? { seen_at: daysAgo(4) } : {});
    const { steps } = await show();
    // Wilson's interval of 4 in 10.
    expect(steps.seen.share).toMatchObject({
      ...{ outcome: 'shown', n: 10, value: 0.4 },
      ...{ low: expect.closeTo(0.1682, 4), high: expect.closeTo(0.6873, 4) },
    });
    expect(steps.started.share).toEqual({ outcome: 'not_enough', n: 4 });
  });
});

describe('the other surfaces', () => {
  it('begin with who started, and what was imported or held back is not of them', async () => {
    for (const unfinished of [true, false, false]) await answer({ surface: 'checkout', unfinished });
    await answer({ surface: 'storefront', status: 'unverified' });
    await answer({ surface: 'storefront', answered_at: daysAgo(91) });
    await answer({ surface: 'import', kind: 'import' });
    await answer({ surface: 'storefront', status: 'quarantined' });
    await byLink();
    const { surfaces } = await show();
    expect(surfaces).toMatchObject([
      { surface: 'checkout', started: 3, finished: { count: 2 } },
      { surface: 'storefront', started: 1, finished: { count: 1 } },
    ]);
  });
});

describe('where people stop, per edition', () => {
  it('has the questions of each version in words, read from what was stored', async () => {
    const definition = survey(
      [
        { id: 'rating', type: 'csat', metric: 'csat_delivery' },
        { id: 'trust', type: 'csat', text: 'relationship.trust' },
        { id: 'why', type: 'short_text', text: 'own.why' },
      ],
      { kind: 'delivery', name: 'Ours', version: 2, texts: { en: { 'own.why': 'Why?' } } },
    );
    const surveyId = await publish(database.pool, shopId, definition);
    const own = { survey_id: surveyId, definition: 2 };
    const long = new Date(NOW.getTime() - 15 * 60_000);
    await answer({ ...own, surface: 'storefront' });
    await answer({ ...own, unfinished: true, answered_at: long });
    // Its next step may come, it was erased, it is held back.
    await answer({ ...own, unfinished: true, answered_at: new Date(long.getTime() + 1) });
    await answer({ ...own, answers: {}, comment: null });
    await answer({ ...own, status: 'quarantined' });
    await answer({ answers: { ratings: { rating: 1 }, texts: { comment_low: 'Late' } } });
    const { editions } = await show();
    expect(editions).toMatchObject([
      {
        own: { id: surveyId, name: 'Ours', version: 2 },
        ...{ total: 2, counted: 2, abandoned: 1, stoppedAtEnd: 0, finished: { count: 1 } },
        questions: [
          { id: 'rating', reached: 2, answered: { count: 2 }, stopped: { count: 0 } },
          {
            ...{ id: 'trust', text: 'How much do you trust Moss & Fern?' },
            ...{ reached: 2, answered: { count: 0 }, skipped: 1, stopped: { count: 1 } },
          },
          { id: 'why', text: 'Why?', reached: 1, skipped: 1, stopped: { count: 0 } },
        ],
      },
      { kind: 'delivery', edition: 'preset.1', own: null, total: 1, questions: { length: 4 } },
    ]);
    expect((await show({ kind: 'usage', days: 90 })).editions).toEqual([]);
  });

  it('leaves out a version that nobody knows any more', async () => {
    await answer({ definition: 99 });
    expect((await show()).editions).toEqual([]);
  });

  it('takes the newest 1,000 answers of an edition, and says of how many', async () => {
    await database.pool.query(
      `insert into survey_response (shop_id, id, answer_key, kind, order_id, surface, status, route, answers, answered_at)
       select $1, gen_random_uuid(), 'k:' || n, 'delivery', '', 'checkout', 'verified', 'middle',
         case when n > 1 then '{"ratings": {"rating": 4}}' else '{"ratings": {"rating": 1}}' end::jsonb, $2::timestamptz + n * interval '1 second'
       from generate_series(1, 1001) n`,
      [shopId, daysAgo(5)],
    );
    const [edition] = (await show()).editions;
    expect(edition).toMatchObject({ total: 1001, counted: 1000 });
    expect(edition!.questions.map(({ id, reached }) => [id, reached])).toEqual([
      ['rating', 1000],
      ['comment_low', 0],
      ['comment_middle', 1000],
      ['comment_high', 0],
    ]);
  });
});

describe('the file', () => {
  it('has every count of the page with its share and interval, guarded against formulas', async () => {
    for (let index = 0; index < 5; index += 1) await byLink({ unfinished: index === 0 });
    await suppressed('survey_cap');
    const definition = survey([{ id: 'rating', type: 'csat', text: 'own.rating' }], {
      ...{ kind: 'delivery', name: '=1+1', texts: { en: { 'own.rating': '@SUM(A1)' } } },
    });
    const surveyId = await publish(database.pool, shopId, definition);
    await answer({ surface: 'checkout', survey_id: surveyId });
    const lines = (await exportFunnel(...(await ask(DAYS_90, shopId)))).trimEnd().split('\r\n');
    expect(lines).toEqual([
      '\ufeffPart,Survey,Step,Count,Of,Share,95% low,95% high',
      'invitations,,eligible,6,,,,',
      'invitations,,suppressed,1,6,0.1667,0.0301,0.5635',
      'suppressed,,survey_cap,1,1,,,',
      'invitations,,deferred,0,6,0,0,0.3903',
      'invitations,,offered,0,6,0,0,0.3903',
      'invitations,,sent,5,6,0.8333,0.4365,0.9699',
      ...['accepted', 'seen', 'started'].map((step) => `invitations,,${step},5,5,1,0.5655,1`),
      'invitations,,finished,4,5,0.8,0.3755,0.9638',
      'finished of started,,hosted_page,4,5,0.8,0.3755,0.9638',
      'finished of started,,checkout,1,1,,,',
      'finished of counted,delivery (preset),,4,5,0.8,0.3755,0.9638',
      'answered of those who came to it,delivery (preset),How satisfied are you with the delivery?,5,5,1,0.5655,1',
      'went away of those who came to it,delivery (preset),How satisfied are you with the delivery?,0,5,0,0,0.4345',
      ...[
        'What went wrong with the delivery?',
        'What would have made the delivery better?',
        'What did you like best about the delivery?',
      ]
        .flatMap((text) =>
          ['answered', 'went away'].map(
            (what) => `${what} of those who came to it,delivery (preset),${text}`,
          ),
        )
        .map((start) => expect.stringContaining(start)),
      "finished of counted,'=1+1 (version 1),,1,1,,,",
      "answered of those who came to it,'=1+1 (version 1),'@SUM(A1),1,1,,,",
      "went away of those who came to it,'=1+1 (version 1),'@SUM(A1),0,1,,,",
    ]);
  });
});

it('an unknown reason of a suppressed invitation stands under an empty code', async () => {
  await insert(database.pool, 'survey_invitation', {
    ...{ shop_id: shopId, id: customerId, kind: 'usage', customer_id: customerId, order_id: '1' },
    ...{ status: 'suppressed', channel: 'email', first_due_at: daysAgo(2), due_at: daysAgo(2) },
  });
  expect((await show()).reasons).toMatchObject([{ reason: '', count: 1 }]);
});
