import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SURVEY_KINDS } from '#app/domain/surveys/contract.ts';
import type { Definition } from '#app/domain/surveys/definition.ts';
import { isMailAddress } from '#app/infra/messages/mail-address.ts';
import * as testRoute from '#app/routes/s.$shop.test.$token.tsx';
import * as uploadRoute from '#app/routes/s.$shop.test.$token_.upload.ts';
import { createSurvey } from '#app/services/create-survey.ts';
import { saveSurveyDraft } from '#app/services/save-survey-draft.ts';
import { sendTest } from '#app/services/send-test.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { everyRow } from './survey-shop.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', async (original) => ({
  ...(await original<object>()),
  deps: () => built.deps,
}));

const database = useTestDatabase();
const NOW = new Date('2026-03-10T12:00:00Z');
let line: LineHarness;

beforeEach(async () => {
  line = await createLine(database, NOW);
  built.deps = line.deps;
});

const to = 'ada@example.com';

async function draft(kind: string, change: (draft: Definition) => object = (same) => same): Promise<string> {
  const { deps, shopId } = line;
  const made = await createSurvey(deps, { shopId, command: { preset: kind } });
  if (made.outcome !== 'created') throw new Error(made.sentence);
  const { surveyId } = made;
  const stored = await deps.surveyDrafts.load(shopId, surveyId);
  const json = JSON.stringify(change(stored?.draft as Definition));
  await saveSurveyDraft(deps, { shopId, surveyId, revision: 1, json });
  return surveyId;
}

const send = (surveyId: string, command: object = {}, shopId = line.shopId) =>
  sendTest(line.deps, {
    ...{ shopId, surveyId },
    command: { to, language: 'en', sample: 'first', ...command },
  });

/** Sends a test of a draft, and gives what its mail links to. */
async function sent(surveyId: string, command: object = {}) {
  expect(await send(surveyId, command)).toEqual({ outcome: 'sent', sentence: 'Test sent' });
  const mail = line.mails.at(-1)!;
  const url = /https?:\/\/[^\s"<]*\/s\/[^\s"<?]*/.exec(mail.text)?.[0] ?? '';
  const [, shop = '', token = ''] = /\/s\/([^/]+)\/test\/([^/]+)$/.exec(url) ?? [];
  return { mail, url, params: { shop, token } };
}

const context = { clientAddress: null, requestId: 'r' };
const get = async (params: object, query = '') => {
  const request = new Request(`https://app.example.com/s/x/test/y${query}`);
  const page = await testRoute.loader({ request, params, context } as never);
  return { status: page.status, html: await page.text() };
};
const post = async (params: object, fields: Record<string, string>, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams(fields);
  const request = new Request('https://app.example.com/s/x/test/y', { method: 'POST', body, headers });
  const page = await testRoute.action({ request, params, context } as never);
  return { status: page.status, html: await page.text() };
};
const JSON_ONLY = { Accept: 'application/json' };

describe('the mail of a test', () => {
  it('is that of the saved draft, under a subject that says so, and is no contact', async () => {
    const id = await draft('delivery', (now) => ({
      ...now,
      languages: ['en'],
      texts: { en: { 'delivery.rating': 'How was the parcel?' } },
    }));
    const before = await everyRow(database.pool);
    const { mail } = await sent(id);
    expect(mail).toMatchObject({
      to,
      fromName: 'Line Test',
      subject: expect.stringMatching(/^\[Test\] Did #1001/),
    });
    expect(mail.html).toContain('How was the parcel?');
    expect(mail.html).toContain('First item');
    expect(mail.unsubscribeUrl).toBeUndefined();
    expect(await everyRow(database.pool), 'nothing is stored').toEqual(before);
  });

  it.each(SURVEY_KINDS)('of a %s survey leads to its page', async (kind) => {
    const { mail, params } = await sent(await draft(kind));
    expect(mail.subject).toMatch(/^\[Test\] .+/);
    const { status, html } = await get(params);
    expect(status).toBe(200);
    expect(html).toContain('This is a test: nothing you answer is stored.');
  });

  it('promises what completing is rewarded with, as the real one does', async () => {
    const { mail } = await sent(
      await draft('delivery', (now) => ({
        ...now,
        languages: ['en'],
        incentive: { text: 'offer.promise', reward: { kind: 'points', points: 5 }, budget: 9 },
        texts: { en: { 'offer.promise': 'Five points for your answer.' } },
      })),
    );
    expect(mail.text).toContain('Five points for your answer.');
  });

  it('speaks the language that was chosen', async () => {
    const { mail, params } = await sent(await draft('delivery'), { language: 'ar' });
    expect(mail.html).toContain('dir="rtl"');
    const { html } = await get(params);
    expect(html).toMatch(/<html lang="ar" dir="rtl"/);
    expect(html).toContain('هذا اختبار');
  });

  it.each(['', 'ada', 'ada@', 'a@b@c', 'ada@example.com, eve@example.com', 'Ada <ada@example.com>'])(
    'does not go to "%s"',
    async (address) => {
      const refused = await send(await draft('delivery'), { to: address });
      expect(refused).toMatchObject({ outcome: 'refused', field: 'to' });
      expect(line.mails).toEqual([]);
    },
  );

  it('takes no address that the mailer would not', () => expect(isMailAddress(to)).toBe(true));

  it('of another shop’s survey, or of none, is not sent', async () => {
    const id = await draft('delivery');
    const gone = { outcome: 'refused', sentence: expect.stringContaining('not there any more') };
    expect(await send(id, {}, '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a')).toMatchObject(gone);
    expect(await send('0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a')).toMatchObject(gone);
  });

  it.each([
    [{ kind: 'rejected', reason: 'x' }, 'to', /refused this address/],
    [{ kind: 'not_sent', reason: 'x' }, null, /nothing was sent/],
    [{ kind: 'unknown', reason: 'x' }, null, /Look whether the test has arrived/],
  ] as const)('that could not be handed over says so: %j', async (outcome, field, sentence) => {
    line.mailOutcomes.push(outcome);
    expect(await send(await draft('delivery'))).toEqual({
      ...{ outcome: 'refused', field },
      sentence: expect.stringMatching(sentence),
    });
  });

  it('is one of 20 an hour in each shop', async () => {
    const id = await draft('delivery');
    for (let count = 0; count < 20; count += 1) expect(await send(id)).toMatchObject({ outcome: 'sent' });
    expect(await send(id)).toMatchObject({
      field: null,
      sentence: expect.stringMatching(/many tests.*in \d+ minute/),
    });
    expect(line.mails).toHaveLength(20);
  });
});

describe('the page of a test', () => {
  it('takes a tap, steps and answers as a shopper’s would be taken, and stores none of it', async () => {
    const { params } = await sent(await draft('delivery'));
    const before = await everyRow(database.pool);
    expect((await get(params, '?rating=2')).html).toMatch(/<input(?=[^>]*value="2")[^>]*checked/);
    expect(await post(params, { _seen: '1' }, JSON_ONLY)).toMatchObject({ status: 200 });
    const step = await post(params, { rating: '2' }, JSON_ONLY);
    expect(JSON.parse(step.html)).toMatchObject({ outcome: 'stored', route: 'low' });
    const wrong = await post(params, { rating: '9' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('This is a test');
    for (let again = 0; again < 2; again += 1) {
      const thanks = await post(params, { rating: '5' });
      expect(thanks.status).toBe(200);
      expect(thanks.html).toMatch(/This is a test.*Thank you!/s);
    }
    expect(await everyRow(database.pool)).toEqual(before);
    expect(line.jobs).toEqual([]);
  });

  it('refuses an answer of nothing, as a shopper’s would be refused', async () => {
    const id = await draft('delivery', (now) => ({
      ...{ ...now, needsRating: false },
      questions: now.questions.map((question) => ({ ...question, required: false })),
    }));
    const { params } = await sent(id);
    expect((await post(params, {})).status).toBe(422);
    expect((await post(params, {}, JSON_ONLY)).status, 'a step of nothing').toBe(200);
  });

  it('takes a file without keeping it', async () => {
    const { params } = await sent(await draft('delivery'));
    const before = await everyRow(database.pool);
    const request = new Request('https://app.example.com/s/x/test/y/upload', { method: 'POST', body: 'x' });
    const taken = await uploadRoute.action({ request, params, context } as never);
    expect(taken.status).toBe(201);
    expect(await taken.json()).toMatchObject({ outcome: 'stored', id: expect.any(String) });
    expect(await everyRow(database.pool)).toEqual(before);
  });

  it('is that of the draft as it is saved now', async () => {
    const id = await draft('delivery');
    const { params } = await sent(id);
    const { deps, shopId } = line;
    const { draft: now, revision } = (await deps.surveyDrafts.load(shopId, id))!;
    const json = JSON.stringify({
      ...(now as Definition),
      languages: ['en'],
      texts: { en: { 'delivery.title': 'Changed meanwhile' } },
    });
    await saveSurveyDraft(deps, { shopId, surveyId: id, revision, json });
    expect((await get(params)).html).toContain('Changed meanwhile');
  });

  it('is there for 7 days', async () => {
    const { params } = await sent(await draft('delivery'));
    await line.moveTo(new Date('2026-03-17T11:59:59Z'));
    expect((await get(params)).status).toBe(200);
    await line.moveTo(new Date('2026-03-17T12:00:00Z'));
    expect((await get(params)).status).toBe(410);
    expect((await post(params, { rating: '5' })).status).toBe(410);
  });

  it('is closed to forged links, other shops, and once the app is gone', async () => {
    const { params } = await sent(await draft('delivery'));
    expect((await get({ ...params, token: `${params.token}x` })).status).toBe(404);
    expect((await get({ ...params, token: 'x' })).status).toBe(404);
    expect((await get({ ...params, shop: '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a' })).status).toBe(404);
    expect((await get({ ...params, shop: 'x' })).status).toBe(404);
    await database.pool.query("UPDATE shop SET status = 'uninstalled'");
    expect((await get(params)).status).toBe(410);
    expect((await post(params, { rating: '5' }, JSON_ONLY)).status).toBe(410);
  });
});
