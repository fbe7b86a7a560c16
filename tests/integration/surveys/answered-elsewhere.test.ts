/** What was sent off with words and a picture, and pages that were opened before: a mail, an account, the page that it leads to. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openLink } from '#app/services/open-survey.ts';
import { submitByLink } from '#app/services/submit-answer.ts';
import { takeUpload } from '#app/services/take-upload.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { continuationScene, type ContinuationScene, type Page } from './continuation-scene.ts';
import { aLink } from './survey-shop.ts';
import { JPEG } from './upload-scene.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const database = useTestDatabase();
let scene: ContinuationScene;
let page: Page;
/** As the account showed it before anything was sent off. */
let account: { kind: string; order: string; edition: string; pageToken: string };
let mail: { shopId: string; token: string; client: null };
let edition: string;

beforeEach(async () => {
  scene = await continuationScene(database.pool);
  built.deps = { ...scene.deps, log: { error: (...what: unknown[]) => expect(what).toEqual([]) } };
  page = await scene.page();
  const { survey, order, pageToken } = (await scene.account()).json;
  account = { kind: survey.kind, order: order.id, edition: survey.edition, pageToken };
  edition = survey.edition;
  const { shopId } = scene.shop;
  const about = { ...scene.shop, orderId: '1001', kind: 'usage' as const, edition };
  mail = { shopId, token: (await aLink(database.pool, scene.deps, about)).token, client: null };
});

const kept = async () => ({
  answers: await scene.rows('SELECT * FROM survey_response'),
  files: await scene.rows('SELECT id, response_id FROM survey_upload'),
  events: await scene.rows('SELECT id FROM event'),
});

/** Sends off words and a picture, on the page that the account leads to. */
async function sendOff() {
  const { id } = await scene.upload(page);
  const fields: [string, string][] = [
    ['rating', '2'],
    ['photo', id],
    ['more', 'It broke.'],
  ];
  expect(await scene.send(page, fields)).toMatchObject({ status: 200 });
  const before = await kept();
  expect(before).toMatchObject({
    answers: [{ rating: 2, comment: 'It broke.', unfinished: false }],
    files: [{ id, response_id: expect.any(String) }],
  });
  return before;
}

describe('a mail of the same survey', () => {
  it.each([{ rating: 2 }, { rating: 5, more: 'Fine.' }])(
    'says that there is an answer, and replaces nothing of it by %j',
    async (answers) => {
      const before = await sendOff();
      expect(await openLink(scene.deps, mail)).toMatchObject({ outcome: 'already_answered' });
      expect(await submitByLink(scene.deps, { ...mail, edition, submission: { answers } })).toMatchObject({
        outcome: 'already_answered',
      });
      expect(await kept()).toEqual(before);
    },
  );

  it('takes no files for it', async () => {
    const before = await sendOff();
    const file = { edition, questionId: 'photo', read: async () => JPEG };
    expect(await takeUpload(scene.deps, { ...mail, ...file })).toMatchObject({ outcome: 'already_answered' });
    expect(await kept()).toEqual(before);
  });
});

describe('the page that an account leads to', () => {
  it('replaces nothing that the account has sent off meanwhile, and takes no files for it', async () => {
    const answers = { rating: 2, more: 'It broke.' };
    expect(await scene.account({ ...account, answers })).toMatchObject({ status: 200 });
    const before = await kept();
    const late = await scene.send(page, [['rating', '5']]);
    expect([late.status, late.text.includes('already answered')]).toEqual([409, true]);
    // Of words that were not taken nobody says that they have arrived.
    expect(late.text).toContain('What you sent just now does not change it.');
    expect((await scene.upload(page)).status).toBe(409);
    expect(await kept()).toEqual(before);
  });
});

describe('an account that was left open', () => {
  it.each([true, false])('replaces nothing that was sent off on that page; a step: %s', async (step) => {
    const before = await sendOff();
    const late = await scene.account({ ...account, answers: { rating: 2 }, step, locale: 'de' });
    expect(late).toMatchObject({
      status: 409,
      json: {
        outcome: 'already_answered',
        thanks: {
          title: 'Sie haben schon geantwortet',
          text: expect.stringContaining('Ihre frühere Antwort ist angekommen und bleibt, wie sie ist.'),
        },
      },
    });
    expect(await kept()).toEqual(before);
    expect((await scene.account()).json).toMatchObject({
      ...{ survey: null, reason: 'already_answered' },
      thanks: { title: 'You have already answered', text: 'Thank you, your answer has arrived.' },
    });
  });
});
