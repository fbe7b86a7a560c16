import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_UPLOAD_BYTES, MAX_UPLOADS } from '#app/domain/surveys/uploads.ts';
import * as uploadRoute from '#app/routes/s.$shop.$token_.upload.ts';
import { publish } from '#tests/factories/own-surveys.ts';
import { WITH_FILES } from '#tests/factories/survey-pages.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aShop, NOW, setNow } from './survey-shop.ts';
import { args, JPEG, uploadScene, WEBM, type Sent, type UploadScene } from './upload-scene.ts';

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

describe('the door of files', () => {
  it('takes a file for what its first bytes say, and knows whose it is', async () => {
    const sent = await scene.send(JPEG, { type: 'text/html' });
    expect([sent.status, sent.body]).toEqual([201, { outcome: 'stored', id: expect.any(String) }]);
    expect(sent.headers.get('cache-control')).toBe('no-store');
    await scene.send(WEBM, { question: 'voice', type: '' });
    expect(await scene.stored()).toMatchObject([
      { question_id: 'photo', kind: 'image', media_type: 'image/jpeg', size_bytes: JPEG.length },
      { question_id: 'voice', kind: 'voice', media_type: 'audio/webm', response_id: null },
    ]);
    expect(
      await scene.rows('SELECT bytes, customer_id, order_id FROM survey_upload ORDER BY id'),
    ).toMatchObject([{ bytes: JPEG, customer_id: scene.shop.customerId, order_id: '1001' }, { bytes: WEBM }]);
  });

  it.each<[string, Uint8Array, Sent, string]>([
    [
      'a page that calls itself a picture',
      Buffer.from('<!doctype html><script>alert(1)</script>'),
      { type: 'image/jpeg' },
      'This file cannot be used here. Please choose one of these formats: JPEG / PNG / WebP / HEIC.',
    ],
    [
      'a picture where a voice is asked for',
      JPEG,
      { question: 'voice' },
      'This file cannot be used here. Please choose one of these formats: WebM / Ogg / M4A / AAC.',
    ],
    [
      'nothing',
      Buffer.alloc(0),
      {},
      'This file cannot be used here. Please choose one of these formats: JPEG / PNG / WebP / HEIC.',
    ],
    [
      'a voice note of more than three megabytes',
      Buffer.concat([WEBM, Buffer.alloc(MAX_UPLOAD_BYTES.voice)]),
      { question: 'voice' },
      'This file is too large. It may have up to 3 MB.',
    ],
    [
      'a picture of more than eight megabytes',
      Buffer.concat([JPEG, Buffer.alloc(MAX_UPLOAD_BYTES.image)]),
      {},
      'This file is too large. It may have up to 8 MB.',
    ],
    ['a file for a text', JPEG, { question: 'more' }, 'This survey has no such question.'],
    ['a file for no question', JPEG, { question: 'nobody' }, 'This survey has no such question.'],
  ])('refuses %s, with a sentence', async (_what, bytes, over, sentence) => {
    const sent = await scene.send(bytes, over);
    expect([sent.status, sent.body.outcome, sent.sentence]).toEqual([422, 'invalid', sentence]);
    expect(await scene.stored()).toEqual([]);
  });

  it('says it in the language of the shopper', async () => {
    await scene.rows(`UPDATE customer SET locale = 'ar'`);
    expect((await scene.send(Buffer.from('GIF89a'))).sentence).toContain('لا يمكن استخدام هذا الملف هنا.');
  });

  it.each<[string, () => Promise<unknown>, number]>([
    ['that nobody has', async () => 'A'.repeat(22), 404],
    ['that is no token', async () => "' OR 1=1", 404],
    ['that ran out', () => setNow(database.pool, new Date(NOW.getTime() + 61 * DAY)), 410],
    ['that was used', () => scene.answer([]), 409],
    ['of an erased person', () => scene.rows('UPDATE customer SET redacted_at = now()'), 410],
    ['of a shop that left', () => scene.rows(`UPDATE shop SET status = 'uninstalled'`), 410],
  ])('is closed to a link %s', async (_what, before, status) => {
    const token = await before();
    expect((await scene.send(JPEG, typeof token === 'string' ? { token } : {})).status).toBe(status);
    expect(await scene.stored()).toEqual([]);
  });

  it('is closed to a link of another shop, and to an edition that is not this shop’s', async () => {
    const other = await aShop(database.pool, 'fern.myshopify.com');
    expect((await scene.send(JPEG, { shopId: other.shopId })).status).toBe(404);
    expect((await scene.send(JPEG, { shopId: 'x' })).status).toBe(404);
    const theirs = await publish(database.pool, other.shopId, WITH_FILES);
    expect((await scene.send(JPEG, { edition: `${theirs}.1` })).status).toBe(410);
    expect(await scene.stored()).toEqual([]);
  });

  it.each(['uploadBySubject', 'uploadByAddress'])('reads nothing once %s is used up', async (budget) => {
    scene.deps.limitOn(budget);
    const request = new Request('https://app.example.com/s/x/y/upload', { method: 'POST', body: 'bytes' });
    const refused = await uploadRoute.action(args(request, { shop: scene.shop.shopId, token: scene.token }));
    expect([refused.status, refused.headers.get('retry-after'), request.bodyUsed]).toEqual([429, '7', false]);
  });

  it('takes so many files through one link, also when they come at once, and not one more', async () => {
    const statuses = await Promise.all(
      Array.from({ length: MAX_UPLOADS + 3 }, async () => (await scene.send(JPEG)).status),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(MAX_UPLOADS);
    expect((await scene.send(JPEG)).sentence).toBe('Please choose no more than 10.');
    expect(await scene.stored()).toHaveLength(MAX_UPLOADS);
    await scene.order('1002');
    expect((await scene.send(JPEG, { token: await scene.link('1002') })).status).toBe(201);
  });

  it('refuses a body that did not come whole, and is not there to be read', async () => {
    const body = new ReadableStream({ start: (stream) => stream.error(new Error('gone')) });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const request = new Request(`https://app.example.com/s/x/y/upload?question=photo`, init);
    const refused = await uploadRoute.action(args(request, { shop: scene.shop.shopId, token: scene.token }));
    expect(refused.status).toBe(422);
    expect(logged).not.toHaveBeenCalled();
    const read = uploadRoute.loader();
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
