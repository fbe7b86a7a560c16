// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as page from '#tests/fakes/files-page.ts';

const { choose, FakeRecorder, FakeRequest, find, microphone, open, played, press, request } = page;
const { sent, status, track } = page;

beforeEach(page.fakeDevices);

describe('a voice note', () => {
  it('is recorded, stopped, played, and sent', async () => {
    await open('voice');
    press('Record');
    await vi.advanceTimersByTimeAsync(7000);
    expect(find('[role=timer]').textContent).toBe('Recording. Time left: 0:23');
    expect(status()).toBe('Recording. Time left: 0:30');
    press('Stop');
    expect([track.stop.mock.calls.length, find('.record').hidden]).toEqual([1, true]);
    expect(await request(0).body!.text()).toBe('sound');
    request(0).answer(201, { id: 'id-1' });
    expect([sent('voice'), status()]).toEqual([['id-1'], '0:07: Added']);
    expect(document.activeElement?.textContent).toBe('Play');
    press('Play: 0:07');
    expect(played).toHaveBeenCalled();
    press('Remove: 0:07');
    expect([sent('voice'), find('.record').hidden]).toEqual([[], false]);
    expect(document.activeElement).toBe(find('.record'));
  });

  it('ends by itself when the time is over', async () => {
    await open('voice');
    press('Record');
    await vi.advanceTimersByTimeAsync(31_000);
    expect(FakeRequest.all).toHaveLength(1);
    expect(find('.file-name').textContent).toMatch(/^0:30/);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(FakeRequest.all).toHaveLength(1);
  });

  it.each([
    ['Next', () => document.querySelector<HTMLElement>('.main')!.click()],
    ['Back', () => document.querySelector<HTMLElement>('#progress button')!.click()],
  ])('ends with %s, and is not lost', async (_name, leave) => {
    await open('voice');
    press('Record');
    await vi.advanceTimersByTimeAsync(2000);
    leave();
    expect(FakeRecorder.last.state).toBe('inactive');
    request(0).answer(201, { id: 'id-1' });
    expect(sent('voice')).toEqual(['id-1']);
  });

  it('is not begun twice while the browser asks', async () => {
    await open('voice');
    press('Record');
    press('Record');
    await vi.advanceTimersByTimeAsync(0);
    expect(microphone).toHaveBeenCalledTimes(1);
  });

  it('where the microphone is refused, a file is taken instead', async () => {
    microphone.mockRejectedValue(new DOMException('', 'NotAllowedError'));
    await open('voice');
    expect([find('.add').hidden, find('p.refused').hidden]).toEqual([true, true]);
    press('Record');
    await vi.advanceTimersByTimeAsync(0);
    expect([find('.add').hidden, find('p.refused').hidden, find('.record').hidden]).toEqual([
      false,
      false,
      true,
    ]);
    expect(status()).toMatch(/^The microphone cannot be used here\./);
    expect(document.activeElement).toBe(find('[type=file]'));
    choose(new File(['sound'], 'memo.m4a', { type: 'audio/mp4' }));
    request(0).answer(201, { id: 'id-1' });
    expect(sent('voice')).toEqual(['id-1']);
  });

  it('where there is no microphone to ask for, a file is taken at once', async () => {
    await open('voice', {}, { isSecure: false });
    expect([find('.add').hidden, find('p.refused').hidden, find('.record').hidden]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
