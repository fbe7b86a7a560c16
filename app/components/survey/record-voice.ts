import type { FileLabels } from '../../domain/surveys/contract.ts';

/** What becomes of a recording, and of trying to make one. */
export interface Recording {
  /** To whoever does not see it. */
  said(text: string): void;
  recording(isOn: boolean): void;
  /** @param length minutes and seconds, as its name */
  recorded(sound: Blob, length: string): void;
  /** There is no microphone, or it may not be used. */
  refused(): void;
}

/**
 * Records speech with one button, up to so many seconds, and never while another question is shown. Self-contained: its
 * text is what the page runs (survey-script.ts).
 */
export function recordVoice(box: HTMLElement, maxSeconds: number, words: FileLabels, on: Recording): void {
  const button = box.querySelector<HTMLButtonElement>('.record')!;
  const timer = box.querySelector<HTMLElement>('[role=timer]')!;
  const form = box.closest('form')!;
  // Speech is good to understand at this rate, and five minutes of it are small enough to be sent.
  const BITS_PER_SECOND = 48_000;
  let recorder: MediaRecorder | undefined;
  let isAsking = false;

  const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const left = (seconds: number) => words.recording.replace('{time}', clock(seconds));
  const stop = () => {
    if (recorder?.state === 'recording') recorder.stop();
  };
  const refuse = () => {
    box.querySelector<HTMLElement>('p.refused')!.hidden = false;
    on.refused();
  };

  const record = (stream: MediaStream) => {
    const parts: Blob[] = [];
    const startedAt = performance.now();
    const seconds = () => Math.min(maxSeconds, Math.round((performance.now() - startedAt) / 1000));
    const show = () => {
      timer.textContent = left(maxSeconds - seconds());
      if (seconds() >= maxSeconds) stop();
    };
    const made = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND });
    const ticking = setInterval(show, 250);
    made.addEventListener('dataavailable', ({ data }) => parts.push(data));
    made.addEventListener('stop', () => {
      clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop();
      button.classList.remove('on');
      button.textContent = words.record;
      timer.hidden = true;
      on.recording(false);
      on.recorded(new Blob(parts, { type: made.mimeType }), clock(seconds()));
    });
    made.start();
    recorder = made;
    button.classList.add('on');
    button.textContent = words.stop;
    timer.hidden = false;
    show();
    on.said(timer.textContent!);
    on.recording(true);
  };

  button.addEventListener('click', () => {
    if (isAsking) return;
    if (recorder?.state === 'recording') return stop();
    isAsking = true;
    navigator.mediaDevices
      .getUserMedia({ audio: true })
      .then(record)
      .catch(() => {
        refuse();
        on.said(words.microphoneRefused);
        box.querySelector<HTMLElement>('.add input')!.focus();
      })
      .finally(() => (isAsking = false));
  });
  // Next, Send and Back leave the question.
  form.addEventListener('click', ({ target }) => {
    if ((target as Element).closest('button') && !box.contains(target as Element)) stop();
  });
  addEventListener('popstate', stop);
  // Pages that are not secure, and old browsers.
  if (!navigator.mediaDevices || !window.MediaRecorder) refuse();
}
