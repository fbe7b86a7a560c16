/** A survey that is begun in a customer account and goes on where files can be given. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { offerAtCheckout, offerToCustomer } from '#app/services/offer-survey.ts';
import type { Definition } from '#app/domain/surveys/definition.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { WITH_FILES } from '#tests/factories/survey-pages.ts';
import { openLink } from '#app/services/open-survey.ts';
import { survey } from '#tests/factories/surveys.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { continuationScene, type ContinuationScene } from './continuation-scene.ts';
import { aLink, everyRow } from './survey-shop.ts';
import { WEBM } from './upload-scene.ts';

const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const database = useTestDatabase();
let scene: ContinuationScene;

const begin = async (definition?: Definition) => {
  scene = await continuationScene(database.pool, definition);
  built.deps = { ...scene.deps, log: { error: (...what: unknown[]) => expect(what).toEqual([]) } };
};

const rating = { id: 'rating', type: 'csat', metric: 'csat_product', required: true };
const photo = { id: 'photo', type: 'image_upload', maxFiles: 2 };

describe('where a survey with a question for files is offered', () => {
  const offers = async () => {
    const { deps, shop } = scene;
    const about = { shopDomain: shop.domain, customerId: shop.shopifyCustomerId, orderId: '1001' };
    const asked = { ...about, kind: 'usage' as const, locale: null };
    return {
      account: await offerToCustomer(deps, { ...asked, surface: 'customer_account' }),
      storefront: await offerToCustomer(deps, asked),
      checkout: await offerAtCheckout(deps, {
        ...{ ...about, page: 'thank_you', locale: null, client: null },
      }),
    };
  };
  const address = /^https:\/\/app\.example\.com\/s\/[\w-]+\/page\/[\w.-]+$/;

  it.each([true, false])(
    'in an account it leads on, whether or not one is required: %s',
    async (required) => {
      await begin(survey([rating, { ...photo, required }]));
      const { account, storefront } = await offers();
      expect(account).toMatchObject({ outcome: 'open', continueAt: expect.stringMatching(address) });
      expect(storefront).toMatchObject({ outcome: 'open' });
      expect(storefront).not.toHaveProperty('continueAt');
    },
  );

  it.each([
    [true, { outcome: 'none', reason: 'not_here' }],
    [false, { outcome: 'open' }],
  ])('at checkout it leads nowhere; required: %s', async (required, expected) => {
    const asked = survey([rating, { ...photo, required }], { kind: 'post_purchase' });
    await begin(asked);
    const { checkout } = await offers();
    expect(checkout).toMatchObject(expected);
    expect(checkout).not.toHaveProperty('continueAt');
  });

  it('nowhere without such a question', async () => {
    await begin(survey([rating, { id: 'more', type: 'long_text' }]));
    const { account } = await offers();
    expect(account).toMatchObject({ outcome: 'open' });
    expect(account).not.toHaveProperty('continueAt');
    expect((await scene.account()).json).not.toHaveProperty('continueAt');
  });
});

describe('the page that an account leads to', () => {
  beforeEach(() => begin());

  it('shows what the account has stored, takes files and steps, and is one answer with it in the end', async () => {
    await scene.answerInAccount({ rating: 4 }, true);
    const page = await scene.page();
    const before = await everyRow(database.pool);
    const shown = await scene.open(page);
    expect(await everyRow(database.pool), 'a GET writes nothing').toEqual(before);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('About your order #1001.');
    expect(shown.text).toMatch(/<input(?=[^>]*name="rating")(?=[^>]*value="4")[^>]*checked/);
    expect(await scene.send(page, [['_seen', '1']], true)).toMatchObject({ status: 200 });
    expect(await everyRow(database.pool), 'nor does a visit').toEqual(before);

    const { id, status } = await scene.upload(page);
    expect(status).toBe(201);
    const voice = await scene.upload(page, 'voice', WEBM);
    const step: [string, string][] = [
      ['rating', '4'],
      ['photo', id],
    ];
    expect(await scene.send(page, step, true)).toMatchObject({ status: 200 });
    expect((await scene.open(page)).text).toMatch(
      new RegExp(`<input type="hidden" hidden="" name="photo" value="${id}"`),
    );
    const last: [string, string][] = [...step, ['voice', voice.id], ['more', 'Well wrapped.']];
    const thanks = await scene.send(page, last);
    expect([thanks.status, thanks.text.includes('Thank you')]).toEqual([200, true]);
    expect(await scene.responses()).toMatchObject([
      {
        ...{ surface: 'customer_account', status: 'verified', unfinished: false, rating: 4 },
        ...{ customer_id: scene.shop.customerId, order_id: '1001', comment: 'Well wrapped.' },
        answers: { uploads: { photo: [id], voice: [voice.id] } },
      },
    ]);
    // Sent twice, it is the same answer; the page is closed, and the account asks nothing more about it.
    expect(await scene.send(page, last)).toMatchObject({ status: 200 });
    expect(await scene.responses()).toMatchObject([{ revision: 3 }]);
    expect(scene.deps.jobs).toHaveLength(1);
    const again = await scene.open(page);
    expect([again.status, again.text.includes('already answered')]).toEqual([410, true]);
  });

  it('the account goes on with the files that were given there, and takes none back', async () => {
    const page = await scene.page();
    const { id } = await scene.upload(page);
    await scene.send(
      page,
      [
        ['rating', '2'],
        ['photo', id],
      ],
      true,
    );
    const { given } = (await scene.account()).json;
    expect(given).toEqual({ rating: '2', photo: [id] });
    expect(await scene.answerInAccount({ rating: 2, photo: [id] })).toMatchObject({ status: 200 });
    expect(await scene.responses()).toMatchObject([{ answers: { uploads: { photo: [id] } } }]);
    expect(await scene.rows('SELECT response_id FROM survey_upload')).toEqual([
      { response_id: expect.any(String) },
    ]);
  });

  it('is of the edition that the account showed, also when a newer one is live', async () => {
    const page = await scene.page();
    await publish(database.pool, scene.shop.shopId, { ...WITH_FILES, version: 2 }, { id: scene.surveyId });
    expect((await scene.account()).json.survey.edition).toBe(`${scene.surveyId}.2`);
    const edition = `${scene.surveyId}.1`;
    expect((await scene.open(page)).text).toContain(`name="_edition" value="${edition}"`);
    // What the form says of it is not believed.
    const sent: [string, string][] = [
      ['_edition', `${scene.surveyId}.2`],
      ['rating', '5'],
    ];
    expect(await scene.send(page, sent)).toMatchObject({ status: 200 });
    expect(await scene.responses()).toMatchObject([{ survey_id: scene.surveyId, definition: 1 }]);
  });

  it('gives a form with a mistake back as it was filled in', async () => {
    const wrong = await scene.send(await scene.page(), [
      ['rating', '9'],
      ['more', 'Half written'],
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Half written</textarea>');
    expect(await scene.responses()).toEqual([]);
  });

  it('is no mail’s: the link of the same survey is not used up but says so, and the funnel counts an answer in the account', async () => {
    const mailed = await aLink(database.pool, scene.deps, {
      ...scene.shop,
      orderId: '1001',
      kind: 'usage',
    });
    await scene.send(await scene.page(), [['rating', '5']]);
    expect(await scene.responses()).toMatchObject([
      { invitation_id: mailed.invitationId, surface: 'customer_account' },
    ]);
    expect(await scene.rows('SELECT used_at FROM survey_link')).toEqual([{ used_at: null }]);
    const link = { shopId: scene.shop.shopId, token: mailed.token, client: null };
    expect(await openLink(scene.deps, link)).toMatchObject({ outcome: 'already_answered' });
    const funnel = await createAdminReads(database.pool).funnel(scene.shop.shopId, {
      kind: null,
      days: null,
    });
    expect([funnel.mailed, funnel.surfaces]).toMatchObject([
      { started: 0, answeredElsewhere: 1 },
      [{ surface: 'customer_account', finished: 1 }],
    ]);
  });
});

it('promises, thanks and asks for a review as the page behind a mail does', async () => {
  const texts = { promise: 'Five points for your answer.', review: 'Tell others about us.' };
  await begin(
    survey([rating, { ...photo, required: true }], {
      incentive: { text: 'promise', reward: { kind: 'points', points: 5 }, budget: 9 },
      reviewAsk: { text: 'review', url: 'https://reviews.example.com/shop' },
      texts: { en: texts },
    }),
  );
  const page = await scene.page();
  expect((await scene.open(page)).text).toContain(texts.promise);
  expect((await scene.send(page, [['rating', '5']])).status, 'the file is required').toBe(422);
  const { id } = await scene.upload(page);
  const thanks = await scene.send(page, [
    ['rating', '5'],
    ['photo', id],
  ]);
  expect(thanks.text).toContain('Your reward');
  expect(thanks.text).toContain('href="https://reviews.example.com/shop"');
  expect(await scene.responses()).toMatchObject([{ incentive: true, unfinished: false }]);
});
