import type { askOneByOne, ScriptParts } from './ask-one-by-one.ts';
import type { Keeper } from './keep-answers.ts';

export interface KioskParts extends Pick<ScriptParts, 'shownIds' | 'rankByTapping'> {
  askOneByOne: typeof askOneByOne;
}

/** One person's answers, as they are posted. */
interface Waiting {
  kind: 'storefront';
  /** The id of this person's visit. */
  order: string;
  edition: string;
  locale: string;
  /** The person went away before the last question. */
  step: boolean;
  answers: Record<string, string | string[]>;
}

/**
 * Asks one person after another (docs/decisions/026-surveys-about-visits.md). Every language of the survey lies in the
 * page as a template, and whoever comes next gets a fresh copy, so nothing of the person before can be left in it. What
 * was answered waits in a list until it is sent, also without a connection. Self-contained but for `parts`: its text is
 * what the page runs (kiosk-page.server.tsx).
 */
export function runKiosk(parts: KioskParts): void {
  const IDLE_MS = 45_000;
  // People must have this long to say that they are still there (WCAG 2.2.1).
  const COUNTDOWN_SECONDS = 20;
  const THANKS_MS = 8000;
  // For the words that fit the answer; without a connection the middle ones are said.
  const PATIENCE_MS = 3000;
  const RENEW_MS = 15 * 60_000;
  const MOST_WAITING = 500;
  const root = document.querySelector<HTMLElement>('#kiosk')!;
  const keptAs = `aftercare-kiosk:${root.dataset.shop}`;
  let templates = [...document.querySelectorAll('template')];
  let renewedAt = Date.now();
  let waiting: Waiting[] = [];
  let isSending = false;
  let waitMs = 2000;
  let sending: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let person = { id: '', fields: () => new URLSearchParams(), thank: (_route: string) => {} };

  const find = <Wanted extends HTMLElement>(selector: string) => root.querySelector<Wanted>(selector)!;
  const newId = () =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

  /** Contact details wait in memory only: a device in a shop must not keep them over a restart. */
  const keep = () => {
    const plain = waiting.map((each) => ({
      ...each,
      answers: Object.fromEntries(
        Object.entries(each.answers).filter(([name]) => !/\.(name|email|phone)$/.test(name)),
      ),
    }));
    try {
      if (plain.length === 0) localStorage.removeItem(keptAs);
      else localStorage.setItem(keptAs, JSON.stringify(plain));
    } catch {
      // Storage may be switched off or full; then they wait in memory.
    }
  };
  const drop = (entry: Waiting) => {
    waiting = waiting.filter((each) => each !== entry);
  };
  /** Whether the entry is done with, or changed so that it may be sent again at once. */
  const settled = (
    entry: Waiting,
    status: number,
    result: { outcome?: string; route?: string; errors?: { field: string }[] },
  ) => {
    // Only what may end by itself is waited for: the survey or the app is switched on again, or there is a new link.
    if (status === 429 || status >= 500 || result.outcome === 'unavailable') return false;
    if (status !== 422) {
      drop(entry);
      if (status < 300 && entry.order === person.id) person.thank(result.route ?? 'middle');
      return true;
    }
    // What can't be taken is left out; the rest counts as of somebody who went away.
    const faulty = (result.errors ?? []).map(({ field }) => field);
    const all = Object.entries(entry.answers);
    const taken = all.filter(([name]) => !faulty.includes(name) && !faulty.includes(name.split('.')[0]!));
    // The same once more would be refused once more.
    const isSame = entry.step && taken.length === all.length;
    if (isSame || taken.length === 0) drop(entry);
    entry.step = true;
    entry.answers = Object.fromEntries(taken);
    return true;
  };
  const send = async (): Promise<void> => {
    const [entry] = waiting;
    if (isSending || !entry) return;
    clearTimeout(sending);
    isSending = true;
    let isSettled = false;
    try {
      const headers = { 'Content-Type': 'application/json' };
      const body = JSON.stringify(entry);
      const response = await fetch(location.pathname, { method: 'POST', headers, body });
      isSettled = settled(entry, response.status, await response.json());
    } catch {
      // No connection, or an answer by somebody else than the app: later.
    }
    isSending = false;
    keep();
    waitMs = isSettled ? 2000 : Math.min(waitMs * 2, 300_000);
    if (isSettled) return send();
    sending = setTimeout(send, waitMs);
  };
  const given = () => {
    const fields = person.fields();
    const names = [...new Set(fields.keys())].filter((name) => name !== '_edition');
    const lists = names.map((name) => [name, fields.getAll(name).filter(Boolean)] as const);
    return Object.fromEntries(
      lists.flatMap(([name, all]) => (all.length > 0 ? [[name, all.length > 1 ? all : all[0]!]] : [])),
    );
  };
  const take = (step: boolean) => {
    const answers = given();
    if (Object.keys(answers).length === 0) return;
    const edition = person.fields().get('_edition') ?? '';
    const entry: Waiting = {
      ...{ kind: 'storefront', order: person.id, edition, locale: document.documentElement.lang },
      ...{ step, answers },
    };
    waiting.push(entry);
    keep();
    void send();
  };

  /** A new version of the survey, or that the link is no longer good. */
  const renew = async () => {
    if (Date.now() - renewedAt < RENEW_MS || !navigator.onLine) return;
    renewedAt = Date.now();
    const response = await fetch(location.pathname).catch(() => null);
    if (response && [404, 410].includes(response.status)) return location.reload();
    if (!response?.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    const found = [...fresh.querySelectorAll('template')];
    if (found.length === 0) return;
    templates = found;
    if (!isBegun()) show(templates[0]!.dataset.locale!);
  };
  const isBegun = () =>
    find('.asks').hidden || Object.keys(given()).length > 0 || find('form').classList.contains('moved');

  const restart = () => {
    clearTimeout(pause);
    show(templates[0]!.dataset.locale!);
    void renew();
  };
  const stillThere = () => {
    const dialog = find<HTMLDialogElement>('dialog');
    if (!isBegun()) {
      const isChanged = document.documentElement.lang !== templates[0]!.dataset.locale;
      if (isChanged) return restart();
      pause = setTimeout(stillThere, IDLE_MS);
      return void renew();
    }
    const text = dialog.querySelector('p')!;
    let left = COUNTDOWN_SECONDS;
    const count = () => {
      text.textContent = text.dataset.text!.replace('{seconds}', String(left));
      left -= 1;
      pause = left < 0 ? setTimeout(abandon, 0) : setTimeout(count, 1000);
    };
    dialog.addEventListener('close', touched, { once: true });
    dialog.showModal();
    count();
  };
  const abandon = () => {
    take(true);
    restart();
  };
  const touched = () => {
    if (find<HTMLDialogElement>('dialog').open || find('.asks').hidden) return;
    clearTimeout(pause);
    pause = setTimeout(stillThere, IDLE_MS);
    find('.over').hidden = !isBegun();
  };
  const thank = (route: string) => {
    if (find('.asks').hidden) return;
    find('.asks').hidden = true;
    find('.over').hidden = false;
    const words = find(`[data-route="${route}"]`);
    words.hidden = false;
    words.querySelector('h1')!.focus();
    clearTimeout(pause);
    pause = setTimeout(restart, THANKS_MS);
  };
  const finish = (event: Event) => {
    event.preventDefault();
    const button = find('[type=submit]');
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    button.textContent = button.dataset.sending ?? '';
    clearTimeout(pause);
    pause = setTimeout(thank, navigator.onLine ? PATIENCE_MS : 0, 'middle');
    take(false);
  };

  /** The survey from its beginning, in a language. */
  function show(locale: string): void {
    const template = templates.find(({ dataset }) => dataset.locale === locale) ?? templates[0]!;
    const { lang, dir } = template.dataset;
    Object.assign(document.documentElement, { lang, dir });
    root.replaceChildren(document.importNode(template.content, true));
    const form = find<HTMLFormElement>('form');
    // The browser must not offer one person what another has written.
    for (const field of root.querySelectorAll('form,input,textarea'))
      field.setAttribute('autocomplete', 'off');
    const keeper = (_form: HTMLFormElement, fields: () => URLSearchParams): Keeper => {
      person = { id: newId(), fields, thank };
      return { changed: touched, send: finish };
    };
    parts.askOneByOne(form, { ...parts, keepAnswers: keeper, isShared: true });
    const languages = root.querySelector('select');
    languages?.addEventListener('change', () => {
      show(languages.value);
      root.querySelector('select')!.focus();
    });
    find('.over').addEventListener('click', restart);
    find('dialog button').addEventListener('click', () => find<HTMLDialogElement>('dialog').close());
    find('.full').addEventListener('click', fill);
    filled();
    touched();
    if (waiting.length >= MOST_WAITING) hold();
  }
  /** No more fits the list: whoever answered now would do so for nothing, or in the place of somebody else. */
  const hold = () => {
    find('.asks').hidden = true;
    find('.held').hidden = false;
    clearTimeout(pause);
    pause = setTimeout(restart, IDLE_MS);
  };
  const fill = () => {
    document.documentElement.requestFullscreen?.().catch(() => {});
  };
  const filled = () => {
    find('.full').hidden = !document.fullscreenEnabled || document.fullscreenElement !== null;
  };
  const stayAwake = () => {
    if (!document.hidden) navigator.wakeLock?.request('screen').catch(() => {});
  };

  try {
    waiting = JSON.parse(localStorage.getItem(keptAs) ?? '[]') as Waiting[];
  } catch {
    // Nothing of before can be read.
  }
  addEventListener('click', fill, { once: true });
  addEventListener('click', stayAwake, { once: true });
  document.addEventListener('visibilitychange', stayAwake);
  document.addEventListener('fullscreenchange', filled);
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'click']) {
    addEventListener(kind, () => touched(), { passive: true });
  }
  addEventListener('contextmenu', (event) => event.preventDefault());
  addEventListener('online', () => void send());
  show(templates[0]!.dataset.locale!);
  void send();
}
