import { beforeEach, describe, expect, it, vi } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { wholeView } from '#app/components/response-filter.ts';
import { adminContext } from '#app/infra/admin-context.server.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { createSurveysRepo } from '#app/infra/db/surveys.repo.server.ts';
import { createUploadsRepo } from '#app/infra/db/uploads.repo.server.ts';
import { loader } from '#app/routes/app.uploads.$id.ts';
import { showResponses } from '#app/services/show-responses.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { WITH_FILES } from '#tests/factories/survey-pages.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aShop, anAnswer, insert, NOW } from './seed.ts';

/** Files of answers, as staff get them. Who is asking is taken as proved. */

vi.mock('#app/infra/admin-context.server.ts', () => ({ adminContext: vi.fn() }));

const database = useTestDatabase();
const BYTES = '<script>alert(1)</script>';
let shopId: string;
let responseId: string;

beforeEach(async () => {
  shopId = await aShop(database.pool);
  const surveyId = await publish(database.pool, shopId, WITH_FILES);
  responseId = await anAnswer(database.pool, shopId, {
    ...{ kind: 'usage', metric: 'csat_product', rating: 2, survey_id: surveyId, definition: 1 },
    answers: { ratings: { rating: 2 }, metrics: { rating: 'csat_product' }, uploads: { photo: ['x', 'y'] } },
  });
  as(shopId);
});

function as(shop: string) {
  const uploads = createUploadsRepo(database.pool);
  vi.mocked(adminContext).mockResolvedValue({ shopId: shop, uploads } as never);
}

async function aFile(more: Record<string, unknown> = {}): Promise<string> {
  const id = uuidv7();
  await insert(database.pool, 'survey_upload', {
    ...{ shop_id: shopId, id, owner: 'link:x', question_id: 'photo', kind: 'image', media_type: 'image/png' },
    ...{ size_bytes: BYTES.length, bytes: BYTES, created_at: NOW, response_id: responseId },
    ...more,
  });
  return id;
}

const request = new Request('https://app.example.com/app/uploads/x');
const get = (id: string) => loader({ request, params: { id }, context: {} } as never);

describe('a file of an answer', () => {
  it('comes as it is, and no browser shows or runs it by itself', async () => {
    const file = await get(await aFile());
    expect([file.status, await file.text()]).toEqual([200, BYTES]);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename="image.png"',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('is there for its shop only, and only while an answer has it', async () => {
    const taken = await aFile();
    const alone = await aFile({ response_id: null });
    for (const id of [alone, uuidv7(), 'x', "' OR 1=1", '']) expect((await get(id)).status).toBe(404);
    as(await aShop(database.pool));
    expect((await get(taken)).status).toBe(404);
  });

  it('is asked for by staff only', async () => {
    vi.mocked(adminContext).mockRejectedValue(new Response(null, { status: 401 }));
    await expect(get(await aFile())).rejects.toMatchObject({ status: 401 });
  });
});

it('the feed says which files an answer has, in the order in which they came', async () => {
  const second = await aFile({ created_at: new Date(NOW.getTime() + 1) });
  const first = await aFile({ media_type: 'image/heic', size_bytes: 7 });
  await aFile({ response_id: null });
  await aFile({ response_id: uuidv7() });
  await anAnswer(database.pool, shopId, { answers: { ratings: { rating: 4 } } });
  const deps = { admin: createAdminReads(database.pool), surveys: createSurveysRepo(database.pool) };
  const filter = { ...wholeView('all'), days: null };
  const { page } = await showResponses(deps, { shopId, filter, cursor: {} });
  const { files, more } = page.rows.find(({ id }) => id === responseId)!;
  expect(files).toEqual([
    { id: first, kind: 'image', mediaType: 'image/heic', sizeBytes: 7 },
    { id: second, kind: 'image', mediaType: 'image/png', sizeBytes: BYTES.length },
  ]);
  expect(more).toEqual([{ question: 'Show us what arrived', answer: '2 pictures' }]);
  expect(page.rows.find(({ id }) => id !== responseId)?.files).toEqual([]);
});
