import { beforeEach, describe, expect, it, vi } from 'vitest';
import { noteVisit } from '#app/services/note-visit.ts';
import { submitByLink } from '#app/services/submit-answer.ts';
import * as hostedRoute from '#app/routes/s.$shop.$token.tsx';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, everyRow, NOW, setNow, surveyDeps, type SurveyDeps } from './survey-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

/** The page says that a person is there. All that this may change is one date of the invitation. */
const database = useTestDatabase();
const DAY = 86_400_000;
const later = (ms: number) => new Date(NOW.getTime() + ms);
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;
let link: { token: string; invitationId: string };

beforeEach(async () => {
  deps = surveyDeps(database.pool);
  built.deps = { ...deps, log: { error: vi.fn() } };
  shop = await aShop(database.pool);
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', { placed: '2026-03-01' });
  link = await aLink(database.pool, deps, { ...shop, orderId: '1001', kind: 'usage' });
});

const sql = async (text: string) => (await database.pool.query(text)).rows;
const visit = (token = link.token, shopId = shop.shopId) => noteVisit(deps, { shopId, token, client: null });
const seenAt = async () => (await sql('SELECT seen_at FROM survey_invitation ORDER BY id'))[0].seen_at;
const post = (fields: Record<string, string>, headers: Record<string, string>) =>
  hostedRoute.action({
    request: new Request('https://app.example.com/s/x/y', {
      ...{ method: 'POST', headers },
      body: new URLSearchParams(fields),
    }),
    params: { shop: shop.shopId, token: link.token },
    context: { clientAddress: null, requestId: 'r' },
  } as never);

describe('a visit', () => {
  it('is kept once, by the first time, and changes nothing else', async () => {
    const { survey_invitation: before, ...others } = await everyRow(database.pool);
    expect(await visit()).toEqual({ outcome: 'noted' });
    const { survey_invitation: after, ...rest } = await everyRow(database.pool);
    expect(rest).toEqual(others);
    expect(after).not.toEqual(before);
    await sql("UPDATE business_clock SET now_at = now_at + interval '1 hour'");
    await visit();
    expect(await seenAt()).toEqual(NOW);
    expect(deps.jobs).toEqual([]);
  });

  it('by the link of a reminder is a visit to the same invitation', async () => {
    const { token, hash } = deps.tokens.newLinkToken();
    const about = { invitationId: link.invitationId, kind: 'usage', customerId: shop.customerId } as const;
    await deps.links.insert(shop.shopId, { ...about, tokenHash: hash, orderId: '1001', days: 60 });
    await visit(token);
    expect(await seenAt()).toEqual(NOW);
  });

  it('leaves the survey open for the answer', async () => {
    await visit();
    const answer = {
      shopId: shop.shopId,
      token: link.token,
      client: null,
      submission: { answers: { rating: 2 } },
    };
    expect(await submitByLink(deps, answer)).toMatchObject({ outcome: 'stored' });
  });

  it('is limited as steps are, and kept no more then', async () => {
    deps.limitOn('stepBySubject');
    expect(await visit()).toEqual({ outcome: 'rate_limited', retryAfterSeconds: 7 });
    expect(await seenAt()).toBeNull();
  });
});

describe('nothing is kept, and nothing told,', () => {
  type Spoil = () => Promise<{ token?: string; shopId?: string } | void>;
  const run = (text: string) => async () => void (await sql(text));
  const cases: [string, Spoil][] = [
    ['of a forged link', async () => ({ token: 'A'.repeat(22) })],
    ['of a malformed link', async () => ({ token: "x' OR 1=1 --" })],
    ['of a shop that is no id', async () => ({ shopId: 'moss' })],
    [
      'of a link at another shop',
      async () => ({ shopId: (await aShop(database.pool, 'other.myshopify.com')).shopId }),
    ],
    ['of a used link', run('UPDATE survey_link SET used_at = issued_at')],
    ['of an expired link', () => setNow(database.pool, later(60 * DAY))],
    [
      'right after something opened the link that no person sees',
      run('UPDATE survey_link SET scanned_at = issued_at'),
    ],
  ];
  it.each(cases)('%s', async (_name, spoil) => {
    const other = (await spoil()) ?? {};
    const before = await everyRow(database.pool);
    expect(await visit(other.token, other.shopId)).toEqual({ outcome: 'noted' });
    expect(await everyRow(database.pool)).toEqual(before);
  });

  it('but a minute after that machine a person is one', async () => {
    await sql('UPDATE survey_link SET scanned_at = issued_at');
    await setNow(database.pool, later(60_000));
    await visit();
    expect(await seenAt()).toEqual(later(60_000));
  });
});

describe('the address of the page', () => {
  const json = { Accept: 'application/json' };

  it('takes it from the script only, and of what else is sent with it nothing', async () => {
    const answer = await post({ _seen: '1', rating: '1' }, json);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await seenAt()).toEqual(NOW);
    expect(await sql('SELECT id FROM survey_response')).toEqual([]);
    expect(await sql('SELECT id FROM event')).toEqual([]);
  });

  it('says when it was too often', async () => {
    deps.limitOn('stepBySubject');
    const answer = await post({ _seen: '1' }, json);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
  });

  it.each([
    ['a form with that field', { _seen: '1' }, {}],
    ['another value', { _seen: '2' }, json],
  ])('takes %s for answers, and refuses them', async (_name, fields, headers) => {
    expect((await post(fields, headers)).status).toBe(422);
    expect(await seenAt()).toBeNull();
  });
});
