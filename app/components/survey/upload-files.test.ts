// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import * as page from '#tests/fakes/files-page.ts';
import { MAX_UPLOAD_BYTES } from '../../domain/surveys/uploads.ts';

const { choose, find, goOn, open, picture, press, question, request, sent, shown, states, status } = page;
const { FakeRequest } = page;
type FakeRequest = page.FakeRequest;

beforeEach(page.fakeDevices);

describe('a picture', () => {
  it('is sent as it is chosen, told about in words, and named by the answer', async () => {
    await open('photo');
    choose(picture());
    expect(request(0).url).toBe('/s/shop/token/upload?question=photo&edition=preset.1');
    expect(request(0).body).toBeInstanceOf(File);
    expect(find('img')).toMatchObject({ src: 'blob:1', alt: '' });
    expect(states()).toEqual(['Uploading: 0%']);
    request(0).upload.dispatchEvent(
      Object.assign(new Event('progress'), { lengthComputable: true, loaded: 2, total: 4 }),
    );
    expect(states()).toEqual(['Uploading: 50%']);
    expect(sent('photo')).toEqual([]);
    request(0).answer(201, { outcome: 'stored', id: 'id-1' });
    expect([states(), sent('photo'), status()]).toEqual([['Added'], ['id-1'], 'cup.jpg: Added']);
    expect(goOn() || shown()).toBe('voice');
  });

  it('is waited for: nobody goes on without it by accident', async () => {
    await open('photo');
    choose(picture());
    goOn();
    expect([shown(), find('.error').textContent]).toEqual([
      'photo',
      'One moment, please: the file is still being uploaded.',
    ]);
    request(0).answer(201, { id: 'id-1' });
    expect(find('.error').textContent).toBe('');
    goOn();
    expect(shown()).toBe('voice');
  });

  it('can be taken back, also while it is sent', async () => {
    await open('photo');
    choose(picture('a.jpg'), picture('b.jpg'));
    expect(find('.add').hidden).toBe(true);
    request(0).answer(201, { id: 'id-1' });
    press('Remove: a.jpg');
    expect([sent('photo'), find('.add').hidden]).toEqual([[], false]);
    expect(document.activeElement).toBe(find('[type=file]'));
    press('Remove: b.jpg');
    expect(request(1).isAborted).toBe(true);
    goOn();
    expect(shown()).toBe('voice');
    expect(URL.revokeObjectURL).toHaveBeenCalledTimes(2);
  });

  it('no more than asked for; whoever has chosen the last stands at it', async () => {
    await open('photo');
    expect(question().textContent).toContain('Please choose no more than 2.');
    choose(picture('a.jpg'), picture('b.jpg'), picture('c.jpg'));
    expect(FakeRequest.all).toHaveLength(2);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove: b.jpg');
  });

  it.each<[string, (of: FakeRequest) => void, string]>([
    [
      'by its type',
      (of) => of.answer(422, { errors: [{ message: 'Not this format.' }] }),
      'Not this format.',
    ],
    [
      'by the server for its size',
      (of) => of.answer(413, 'Too large.\n'),
      'This file is too large. It may have up to 8 MB.',
    ],
  ])('that is refused %s says why, and makes room for another', async (_how, answer, message) => {
    await open('photo');
    choose(picture('a.svg'));
    answer(request(0));
    expect([states(), status(), sent('photo')]).toEqual([[message], `a.svg: ${message}`, []]);
    choose(picture('b.jpg'), picture('c.jpg'));
    expect(states()).toEqual(['Uploading: 0%', 'Uploading: 0%']);
  });

  it('that is too large is not sent at all', async () => {
    await open('photo');
    choose(picture('huge.jpg', MAX_UPLOAD_BYTES.image + 1));
    expect(FakeRequest.all).toEqual([]);
    expect(states()).toEqual(['This file is too large. It may have up to 8 MB.']);
    goOn();
    expect(shown()).toBe('voice');
  });

  it.each<[string, (of: FakeRequest) => void]>([
    ['without a connection', (of) => of.dispatchEvent(new Event('error'))],
    ['in our own trouble', (of) => of.answer(500, '<html>')],
    ['too often', (of) => of.answer(429, { outcome: 'too_many_requests' })],
  ])('that was lost %s can be sent again', async (_how, fail) => {
    await open('photo');
    choose(picture());
    fail(request(0));
    expect(states()).toEqual(['The file could not be uploaded. Please try again.']);
    press('Try again: cup.jpg');
    request(1).answer(201, { id: 'id-1' });
    expect([states(), sent('photo')]).toEqual([['Added'], ['id-1']]);
  });

  it('that was stored before stands there, and can be taken back', async () => {
    await open('photo', { photo: ['id-1', 'id-2'] });
    expect([sent('photo'), find('.add').hidden]).toEqual([['id-1', 'id-2'], true]);
    press('Remove');
    expect([sent('photo'), find('.add').hidden]).toEqual([['id-2'], false]);
  });

  it('the browser cannot show has its name still', async () => {
    await open('photo');
    choose(picture('IMG_1.HEIC'));
    find('img').dispatchEvent(new Event('error'));
    expect([find('.file-name').textContent, question().querySelector('img')]).toEqual([
      'IMG_1.HEICUploading: 0%',
      null,
    ]);
  });
});
