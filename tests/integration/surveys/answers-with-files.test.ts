import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createPrivacyRepo } from '#app/infra/db/privacy.repo.server.ts';
import { createImportsRepo } from '#app/infra/db/imports.repo.server.ts';
import { createUpkeepRepo } from '#app/infra/db/upkeep.repo.server.ts';
import * as hostedRoute from '#app/routes/s.$shop.$token.tsx';
import { purgeData } from '#app/services/purge-data.ts';
import { submitByCustomer } from '#app/services/submit-answer.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aShop, NOW, setNow } from './survey-shop.ts';
import { args, JPEG, uploadScene, WEBM, type UploadScene } from './upload-scene.ts';

const DAY = 86_400_000;
const built = vi.hoisted(() => ({ deps: null as unknown }));
vi.mock('#app/infra/deps.server.ts', () => ({ deps: () => built.deps }));

const database = useTestDatabase();
const logged = vi.fn();
let scene: UploadScene;
beforeEach(async () => {
  scene = await uploadScene(database.pool);
  built.deps = { ...scene.deps, log: { error: logged } };
});

describe('an answer', () => {
  it('takes the files that it names, step by step, and gives back what it names no more', async () => {
    const [first, second, voice] = [
      await scene.add(),
      await scene.add(),
      await scene.add({ question: 'voice' }, WEBM),
    ];
    expect((await scene.answer([['photo', first]], { isStep: true })).status).toBe(200);
    const [response] = await scene.rows('SELECT id FROM survey_response');
    const taken = async () => (await scene.stored()).filter((row) => row.response_id === response.id);
    expect((await taken()).map(({ id }) => id)).toEqual([first]);
    // The same again changes nothing.
    await scene.answer([['photo', first]], { isStep: true });
    expect((await taken()).map(({ id }) => id)).toEqual([first]);
    const last: [string, string][] = [
      ['photo', second],
      ['voice', voice],
    ];
    expect((await scene.answer(last)).status).toBe(200);
    expect((await taken()).map(({ id }) => id)).toEqual([second, voice]);
    expect(await scene.rows('SELECT answers, customer_id FROM survey_response')).toMatchObject([
      { answers: { uploads: { photo: [second], voice: [voice] } }, customer_id: scene.shop.customerId },
    ]);
  });

  it('that names none any more gives back all of them', async () => {
    const id = await scene.add();
    await scene.answer([['photo', id]], { isStep: true });
    await scene.answer([], { isStep: true });
    expect(await scene.stored()).toMatchObject([{ id, response_id: null }]);
  });

  it.each<[string, () => Promise<[string, string][]>, string]>([
    [
      'of another link',
      async () => {
        await scene.order('1002');
        return [['photo', await scene.add({ token: await scene.link('1002') })]];
      },
      'photo',
    ],
    ['of another question', async () => [['voice', await scene.add()]], 'voice'],
    ['that does not exist', async () => [['photo', '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a']], 'photo'],
    ['that is no id', async () => [['photo', "x'; DROP TABLE survey_upload"]], 'photo'],
    [
      'beside one of its own',
      async () => [
        ['photo', await scene.add()],
        ['photo', '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a'],
      ],
      'photo',
    ],
  ])('that names a file %s is refused as a whole, and the field is named', async (_what, fields, field) => {
    const named = await fields();
    const step = await scene.answer(named, { isStep: true });
    expect([step.status, JSON.parse(step.text)]).toMatchObject([
      422,
      {
        outcome: 'invalid',
        errors: [{ field, message: 'This file could not be found. Please add it again.' }],
      },
    ]);
    const page = await scene.answer(named);
    expect([page.status, page.text.includes('This file could not be found.')]).toEqual([422, true]);
    expect(await scene.rows('SELECT id FROM survey_response')).toEqual([]);
    expect((await scene.rows('SELECT used_at FROM survey_link')).every((row) => row.used_at === null)).toBe(
      true,
    );
    expect((await scene.stored()).every((row) => row.response_id === null)).toBe(true);
  });

  it('names no more files than the question takes', async () => {
    const ids = [await scene.add(), await scene.add(), await scene.add()];
    const page = await scene.answer(ids.map((id): [string, string] => ['photo', id]));
    expect([page.status, page.text.includes('Please choose no more than 2.')]).toEqual([422, true]);
  });

  it('through another door names no file at all', async () => {
    const id = await scene.add();
    const claims = { shopId: scene.shop.shopId, customerId: scene.shop.shopifyCustomerId, orderId: '1001' };
    const about = { ...claims, kind: 'usage' as const, edition: scene.edition };
    const pageToken = scene.deps.tokens.issuePageToken(about, new Date(NOW.getTime() + DAY));
    const result = await submitByCustomer(scene.deps, {
      ...{ ...about, shopDomain: scene.shop.domain, pageToken, locale: null },
      submission: { answers: { rating: 2, photo: [id] } },
    });
    expect(result).toMatchObject({ outcome: 'invalid', errors: [{ field: 'photo' }] });
  });

  it('the page goes on with what was stored', async () => {
    const id = await scene.add();
    await scene.answer([['photo', id]], { isStep: true });
    const request = new Request('https://app.example.com/s/x/y');
    const page = await hostedRoute.loader(args(request, { shop: scene.shop.shopId, token: scene.token }));
    expect(await page.text()).toMatch(
      new RegExp(`<input type="hidden" hidden="" name="photo" value="${id}"`),
    );
  });
});

describe('what is not kept', () => {
  const purge = () => {
    const upkeep = createUpkeepRepo(database.pool);
    const imports = createImportsRepo(database.pool);
    return purgeData({ upkeep, imports, log: { info: vi.fn() } as never }, {});
  };

  it('is what no answer names a day after it came', async () => {
    const kept = await scene.add();
    const taken = await scene.add();
    await scene.answer([['photo', kept]], { isStep: true });
    await setNow(database.pool, new Date(NOW.getTime() + DAY));
    const young = await scene.add();
    expect(await purge()).toMatchObject({ uploads: 0 });
    await setNow(database.pool, new Date(NOW.getTime() + DAY + 1));
    expect(await purge()).toMatchObject({ uploads: 1 });
    expect((await scene.stored()).map(({ id }) => id)).toEqual([kept, young]);
    // Whoever comes back later is told so.
    expect((await scene.answer([['photo', taken]], { isStep: true })).status).toBe(422);
  });

  const redact = (over: object = {}) =>
    createPrivacyRepo(database.pool).redactCustomer(scene.shop.shopId, {
      requestId: scene.deps.newId(),
      subject: {
        keys: [`c:${scene.shop.shopifyCustomerId}`],
        shopifyId: scene.shop.shopifyCustomerId,
        orderIds: [],
      },
      email: 'ada@example.com',
      guestKey: (email) => `e:${email}`,
      orderKey: (orderId) => `o:${orderId}`,
      tombstone: (key) => `t:${key}`,
      pseudonym: (customerId) => `p:${customerId}`,
      now: NOW,
      ...over,
    });

  it('is anything of an erased person, in an answer or not', async () => {
    const id = await scene.add();
    await scene.add();
    await scene.answer([['photo', id]]);
    const other = await aShop(database.pool, 'fern.myshopify.com');
    await scene.rows(
      `INSERT INTO survey_upload SELECT $1, id, owner, question_id, kind, media_type, size_bytes, bytes, created_at, NULL,
       customer_id, order_id FROM survey_upload WHERE id = $2`,
      [other.shopId, id],
    );
    await redact();
    expect(await scene.rows('SELECT shop_id FROM survey_upload')).toEqual([{ shop_id: other.shopId }]);
    expect(await scene.deps.uploads.find(scene.shop.shopId, id)).toBeNull();
  });

  it('is anything that comes while the person is erased', async () => {
    const sends = Array.from({ length: 6 }, () => scene.send(JPEG));
    await Promise.all([...sends.slice(0, 3), redact(), ...sends.slice(3)]);
    expect(await scene.stored()).toEqual([]);
    expect((await scene.send(JPEG)).status).toBe(404);
  });

  it('is anything of a shop that was erased', async () => {
    await scene.answer([['photo', await scene.add()]]);
    await createPrivacyRepo(database.pool).redactShop(scene.shop.shopId, {
      requestId: scene.deps.newId(),
      now: NOW,
    });
    expect(await scene.stored()).toEqual([]);
  });

  it('follows its person into a merge', async () => {
    const id = await scene.add();
    await createPrivacyRepo(database.pool).mergeCustomers(scene.shop.shopId, {
      ...{ eventId: scene.deps.newId(), keptKey: 'c:5', deletedKey: `c:${scene.shop.shopifyCustomerId}` },
      ...{ keptShopifyId: '5', deletedShopifyId: scene.shop.shopifyCustomerId, tombstones: [] },
      ...{ newId: scene.deps.newId, now: NOW },
    });
    const [kept] = await scene.rows(`SELECT id FROM customer WHERE key = 'c:5'`);
    expect(await scene.stored()).toMatchObject([{ id, customer_id: kept.id }]);
    await scene.answer([['photo', id]]);
    expect(await scene.stored()).toMatchObject([{ response_id: expect.any(String), customer_id: kept.id }]);
  });
});
