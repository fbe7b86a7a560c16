import type { FileQuestion } from './file-fields.tsx';
import type { recordVoice } from './record-voice.ts';

/** A file of the list; `blob` is what a second try needs. */
interface Entry {
  item: HTMLLIElement;
  state: HTMLElement;
  again: HTMLButtonElement;
  blob: Blob;
  name: string;
}

/**
 * Sends each file as soon as it is chosen or recorded; the answer then names what the app calls it, in hidden fields.
 * What is taken back is left out. Self-contained but for `recorder`: its text is what the page runs (survey-script.ts).
 */
export function uploadFiles(question: HTMLElement, recorder?: typeof recordVoice): void {
  const box = question.querySelector<HTMLElement>('.files')!;
  const { kind, most, maxBytes, maxSeconds, words } = JSON.parse(box.dataset.files!) as FileQuestion;
  const list = box.querySelector('ul')!;
  const add = box.querySelector<HTMLElement>('.add')!;
  const input = add.querySelector('input')!;
  const record = box.querySelector<HTMLButtonElement>('.record');
  const status = box.querySelector('[role=status]')!;
  const percent = new Intl.NumberFormat(document.documentElement.lang || undefined, { style: 'percent' });
  let canRecord = record !== null && recorder !== undefined;
  let isRecording = false;

  const count = () => list.querySelectorAll(':scope > :not(.useless)').length;
  const refresh = () => {
    const isBusy = isRecording || list.querySelector('.busy') !== null;
    // Whoever wants to go on is asked to wait (ask-one-by-one.ts).
    if (isBusy) question.dataset.pending = words.pending;
    else delete question.dataset.pending;
    add.hidden = canRecord || count() >= most;
    if (record) record.hidden = !canRecord || count() >= most;
  };
  const changed = () => {
    refresh();
    question.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const button = (text: string, name: string) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    if (name) made.setAttribute('aria-label', `${text}: ${name}`);
    return made;
  };
  const removable = (item: HTMLElement, name: string, after: () => void = () => {}) => {
    const remove = button(words.remove, name);
    remove.addEventListener('click', () => {
      item.remove();
      after();
      changed();
      (add.hidden ? record : input)?.focus();
    });
    item.append(remove);
  };

  const failed = ({ item, state, again, name }: Entry, message: string, canTryAgain: boolean) => {
    item.classList.replace('busy', 'refused');
    item.classList.toggle('useless', !canTryAgain);
    state.textContent = message;
    status.textContent = `${name}: ${message}`;
    again.hidden = !canTryAgain;
    changed();
  };
  const done = ({ item, state, name }: Entry, uploadId: string) => {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: question.dataset.question, value: uploadId, hidden: true });
    item.append(field);
    item.classList.remove('busy');
    state.textContent = words.added;
    status.textContent = `${name}: ${words.added}`;
    changed();
  };
  const ended = (entry: Entry, code: number, text: string) => {
    const body = (/^\{/.test(text) ? JSON.parse(text) : {}) as {
      id?: string;
      errors?: { message: string }[];
    };
    if (code === 201 && body.id) done(entry, body.id);
    else if (code === 422 || code === 413) failed(entry, body.errors?.[0]?.message ?? words.tooLarge, false);
    else failed(entry, words.failed, true);
  };
  const send = (entry: Entry): XMLHttpRequest => {
    const { item, state, again, blob, name } = entry;
    const edition = question.closest('form')!.querySelector<HTMLInputElement>('[name=_edition]')!.value;
    const query = new URLSearchParams({ question: question.dataset.question!, edition });
    const request = new XMLHttpRequest();
    request.open('POST', `${location.pathname.replace(/\/$/, '')}/upload?${query}`);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      state.textContent = words.uploading.replace('{percent}', percent.format(total ? loaded / total : 0));
    });
    request.addEventListener('load', () => ended(entry, request.status, request.responseText));
    request.addEventListener('error', () => failed(entry, words.failed, true));
    item.classList.replace('refused', 'busy');
    again.hidden = true;
    state.textContent = words.uploading.replace('{percent}', percent.format(0));
    status.textContent = `${name}: ${state.textContent}`;
    refresh();
    request.send(blob);
    return request;
  };

  const player = (url: string, name: string) => {
    const audio = new Audio(url);
    const play = button(words.play, name);
    const label = (text: string) => {
      play.textContent = text;
      play.setAttribute('aria-label', `${text}: ${name}`);
    };
    play.addEventListener('click', () => {
      if (audio.paused) return void audio.play();
      audio.pause();
      audio.currentTime = 0;
    });
    audio.addEventListener('play', () => label(words.stop));
    audio.addEventListener('pause', () => label(words.play));
    return { play, audio };
  };
  const put = (blob: Blob, name: string) => {
    if (count() >= most) return;
    // Why they were refused has been read by now.
    for (const item of list.querySelectorAll('.useless')) item.remove();
    const url = URL.createObjectURL(blob);
    const item = document.createElement('li');
    item.className = 'file busy';
    const text = document.createElement('span');
    text.className = 'file-name';
    const shownName = document.createElement('bdi');
    shownName.textContent = name;
    const state = document.createElement('span');
    state.className = 'file-state';
    text.append(shownName, state);
    const again = button(words.tryAgain, name);
    const entry = { item, state, again, blob, name };
    const heard = kind === 'voice' ? player(url, name) : null;
    const image = document.createElement('img');
    image.alt = '';
    // Not every browser shows every picture; its name is there in any case.
    image.addEventListener('error', () => image.remove());
    image.src = url;
    item.append(...(heard ? [text, heard.play] : [image, text]), again);
    let request: XMLHttpRequest | undefined;
    removable(item, name, () => {
      request?.abort();
      heard?.audio.pause();
      URL.revokeObjectURL(url);
    });
    again.addEventListener('click', () => (request = send(entry)));
    list.append(item);
    if (blob.size > maxBytes) failed(entry, words.tooLarge, false);
    else request = send(entry);
    // The control that had the focus is gone where no more files are taken.
    if (document.activeElement?.matches('body, [hidden], [hidden] *'))
      item.querySelector<HTMLElement>('button:not([hidden])')!.focus();
  };

  for (const item of list.querySelectorAll<HTMLElement>('li')) removable(item, '');
  input.addEventListener('change', (event) => {
    // The names of files are no answer.
    event.stopPropagation();
    for (const file of input.files ?? []) put(file, file.name);
    input.value = '';
  });
  recorder?.(box, maxSeconds, words, {
    said: (text) => (status.textContent = text),
    recording(isOn) {
      isRecording = isOn;
      refresh();
    },
    recorded: put,
    refused() {
      canRecord = false;
      refresh();
    },
  });
  refresh();
}
