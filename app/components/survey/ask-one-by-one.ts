import type { keepAnswers } from './keep-answers.ts';
import type { rankByTapping } from './rank-by-tapping.ts';
import type { recordVoice } from './record-voice.ts';
import type { QuestionLogic, shownIds } from './shown-ids.ts';
import type { uploadFiles } from './upload-files.ts';

export interface ScriptParts {
  shownIds: typeof shownIds;
  /** What becomes of the answers; the hosted page's own, or another page's. */
  keepAnswers: typeof keepAnswers;
  rankByTapping: typeof rankByTapping;
  /** Only where files are asked for. */
  uploadFiles?: typeof uploadFiles;
  recordVoice?: typeof recordVoice;
  /** The page is one person's after another: its questions leave no trace in the browser's history. */
  isShared?: true;
}

/**
 * Turns the plain form into one question at a time. The fields stay what they are, so the form is sent as without a
 * script, less what is not shown. Self-contained but for `parts`: its text is what the page runs (survey-script.ts).
 */
export function askOneByOne(form: HTMLFormElement, parts: ScriptParts): void {
  const logic = JSON.parse(form.dataset.logic ?? '[]') as QuestionLogic[];
  const elements = [...form.querySelectorAll<HTMLElement>('[data-question]')];
  const questions = new Map(elements.map((element) => [element.dataset.question!, element]));
  const summary = document.querySelector<HTMLElement>('#errors');
  const button = form.querySelector<HTMLButtonElement>('[type=submit]')!;
  const progress = form.querySelector<HTMLElement>('#progress')!;
  const back = progress.querySelector('button')!;
  // Long enough to see what was chosen.
  const TAP_MS = 400;
  let current = '';
  let isPointing = false;
  let advance: ReturnType<typeof setTimeout> | undefined;

  const controlsOf = (id: string) => [
    ...questions.get(id)!.querySelectorAll<HTMLInputElement>('input,select,textarea'),
  ];
  const wordsOf = (id: string): string[] =>
    questions.has(id)
      ? controlsOf(id)
          .filter((control) => control.name !== `${id}.other`)
          .filter((control) => control.checked || !/^(radio|checkbox)$/.test(control.type))
          .map(({ value }) => value.trim().toLowerCase())
          .filter(Boolean)
      : [];
  const shown = () => parts.shownIds(logic, wordsOf).filter((id) => questions.has(id));
  const dropHidden = (data: FormData) => {
    const ids = shown();
    for (const name of [...data.keys()]) {
      const id = name.split('.')[0]!;
      if (questions.has(id) && !ids.includes(id)) data.delete(name);
    }
  };
  const fields = () => {
    const data = new FormData(form);
    dropHidden(data);
    return new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  };

  const refresh = () => {
    const ids = shown();
    const at = ids.indexOf(current);
    const text = progress.dataset.text ?? '';
    progress.hidden = ids.length < 2;
    progress.querySelector('p')!.textContent = text
      .replace('{now}', String(at + 1))
      .replace('{all}', String(ids.length));
    back.hidden = at < 1;
    const done = (at + (wordsOf(current).length > 0 ? 1 : 0)) / ids.length;
    const card = form.parentElement!;
    card.style.setProperty('--done', `${100 * Math.max(0.05, done)}%`);
    card.classList.toggle('further', at > 0);
    const label = at < ids.length - 1 ? button.dataset.next : button.dataset.submit;
    if (!button.getAttribute('aria-disabled')) button.textContent = label ?? '';
  };
  const show = (id: string, isMove: boolean) => {
    clearTimeout(advance);
    current = id;
    for (const [each, element] of questions) element.hidden = each !== id;
    refresh();
    back.disabled = false;
    if (!isMove) return;
    form.classList.add('moved');
    scrollTo(0, 0);
    const name = questions.get(id)!.querySelector<HTMLElement>('.ask')!;
    name.setAttribute('aria-describedby', 'step');
    name.focus({ preventScroll: true });
  };

  /** What the browser itself can say against an answer; the rest is the server's. */
  const faultOf = (id: string) => {
    const { required, pending } = questions.get(id)!.dataset;
    if (pending) return { message: pending, control: null };
    const wrong = controlsOf(id).find(
      ({ dataset, value, validity }) => dataset.fault && value && !validity.valid,
    );
    if (wrong) return { message: wrong.dataset.fault!, control: wrong };
    return required && wordsOf(id).length === 0 ? { message: required, control: null } : null;
  };
  const forgive = (element: HTMLElement) => {
    element.querySelector('.error')!.textContent = '';
    for (const each of [element, ...element.querySelectorAll('[aria-invalid]')])
      each.removeAttribute('aria-invalid');
  };
  const focusOn = (id: string): HTMLElement | undefined => {
    const all = [...questions.get(id)!.querySelectorAll<HTMLElement>('input,select,textarea,button')];
    const usable = all.filter((control) => !control.closest('[hidden]'));
    const first = usable.find((control) => control.matches('[aria-invalid],:checked')) ?? usable[0];
    first?.focus();
    return first;
  };
  /** Whether a question may be left; if not, it is shown with the reason. */
  const complain = (id: string): boolean => {
    const fault = faultOf(id);
    if (!fault) return false;
    if (id !== current) show(id, true);
    const element = questions.get(id)!;
    forgive(element);
    element.querySelector('.error')!.textContent = fault.message;
    const control = fault.control ?? focusOn(id);
    control?.focus();
    if (!control?.matches('button'))
      (control?.closest('[role=radiogroup]') ?? control)?.setAttribute('aria-invalid', 'true');
    return true;
  };
  const next = () => {
    const ids = shown();
    const following = ids[ids.indexOf(current) + 1];
    if (!following || complain(current)) return;
    if (!parts.isShared) history.pushState({ at: following, from: current }, '');
    show(following, true);
  };
  const goBack = () => {
    const ids = shown();
    const before = ids[ids.indexOf(current) - 1]!;
    if (parts.isShared) show(before, true);
    else if (history.state?.from === before) {
      // It happens later; a second press before that would leave the page.
      back.disabled = true;
      history.back();
    } else {
      history.replaceState({ at: before }, '');
      show(before, true);
    }
  };
  /** Of a question that limits how many may be taken: no more boxes than that. */
  const limit = (element: HTMLElement) => {
    const boxes = [...element.querySelectorAll<HTMLInputElement>('[type=checkbox]')];
    const isFull = boxes.filter((box) => box.checked).length >= Number(element.dataset.atMost ?? Infinity);
    for (const box of boxes) box.disabled = isFull && !box.checked;
  };

  const changed = (event: Event, ms: number) => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-question]');
    if (!element) return;
    forgive(element);
    limit(element);
    refresh();
    keeper.changed(ms);
  };
  const tapped = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const isTap = isPointing && input.type === 'radio';
    if (!isTap || !input.closest('[data-taps]')) return;
    clearTimeout(advance);
    if (input.dataset.other === undefined) advance = setTimeout(next, TAP_MS);
    else questions.get(current)!.querySelector<HTMLElement>('.other input')?.focus();
  };
  const submitted = (event: Event) => {
    const ids = shown();
    const isLast = ids.at(-1) === current;
    if (isLast && !ids.some(complain)) return keeper.send(event);
    event.preventDefault();
    if (!isLast) next();
  };

  form.noValidate = true;
  form.classList.add('steps');
  elements.forEach(limit);
  for (const element of elements) {
    if (element.querySelector('.taps')) parts.rankByTapping(element);
    const isVoice = element.querySelector('.record') !== null;
    if (element.querySelector('.files'))
      parts.uploadFiles?.(element, isVoice ? parts.recordVoice : undefined);
  }
  const keeper = parts.keepAnswers(form, fields, !location.search && !summary);
  form.addEventListener('formdata', (event) => dropHidden(event.formData));
  // A scale that is walked through with the arrow keys is stored where the walk ends: many values in a few seconds look
  // like a machine's (docs/decisions/022-reminders-and-scanners.md).
  form.addEventListener('change', (event) => changed(event, isPointing ? 300 : 2500));
  form.addEventListener('input', (event) => changed(event, 1000));
  // Arrow keys click radio buttons too: only a finger or a mouse moves on.
  form.addEventListener('pointerdown', () => (isPointing = true));
  form.addEventListener('keydown', () => {
    isPointing = false;
    clearTimeout(advance);
  });
  form.addEventListener('click', tapped);
  form.addEventListener('submit', submitted);
  back.addEventListener('click', goBack);
  const moved = (event: PopStateEvent) => {
    const ids = shown();
    const at = ids.indexOf((event.state as { at?: string } | null)?.at ?? '');
    show(ids[Math.max(0, at)]!, true);
  };
  if (!parts.isShared) addEventListener('popstate', moved);

  const ids = shown();
  const faulty = ids.find((id) => questions.get(id)!.querySelector('.error')!.textContent);
  const chosenInMail = ids.find((id) => new URLSearchParams(location.search).has(id));
  const answered = ids.findLastIndex((id) => wordsOf(id).length > 0);
  const start = faulty ?? chosenInMail ?? ids[Math.min(answered + 1, ids.length - 1)];
  if (start === undefined) return;
  if (!parts.isShared) history.replaceState({ at: start }, '');
  show(start, false);
  if (!faulty) return;
  // Each question says itself what is wrong with it.
  for (const link of summary?.querySelectorAll('a') ?? []) link.closest('li')!.remove();
  if (!summary?.querySelector('li')) summary?.remove();
  focusOn(faulty);
}
