/** Storing what stands in the form, step by step (docs/decisions/019-answers-step-by-step.md). */
export interface Keeper {
  /** Something was chosen or written: it is stored in so many milliseconds. */
  changed(ms: number): void;
  /** The form is sent: no more steps. Stops a double tap; without a connection the form waits for it. */
  send(event: Event): void;
}

/**
 * Stores what is chosen and written so far, so that it counts even if the shopper goes away. Self-contained: its text is
 * what the page runs (survey-script.ts).
 *
 * Nothing is stored before a person did something on the page: programs that open every link of a mail, some of which
 * run scripts, would answer otherwise. What was tapped in the mail is only chosen until then. Once it is stored it
 * leaves the address, so that a later choice survives a reload; a page that was left open stores nothing it only found.
 * @param fields what would be sent now
 * @param isKept what stands in the form at first was stored before
 */
export function keepAnswers(form: HTMLFormElement, fields: () => URLSearchParams, isKept: boolean): Keeper {
  const note = form.querySelector<HTMLElement>('#note')!;
  const button = form.querySelector<HTMLButtonElement>('[type=submit]')!;
  let isHuman = false;
  let isBusy = false;
  let isOver = false;
  let waitMs = 5000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let kept = isKept ? String(fields()) : '';

  const say = (what: 'saved' | 'offline' | null) => {
    const text = (what && note.dataset[what]) ?? '';
    // The same words again would be read out again.
    if (note.textContent !== text) note.textContent = text;
  };
  const soon = (ms: number) => {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(() => store(false), ms);
  };
  const post = (body: string, keepalive: boolean) => {
    const headers = { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' };
    return fetch(location.pathname, { method: 'POST', headers, body, keepalive });
  };
  const again = () => {
    waitMs = Math.min(waitMs * 2, 120_000);
    if (!document.hidden) soon(waitMs);
  };
  const clearAddress = () => {
    if (kept && location.search) history.replaceState(history.state, '', location.pathname);
  };
  const stored = (status: number, body: string) => {
    isBusy = false;
    if (status < 300) {
      kept = body;
      waitMs = 5000;
      say('saved');
      clearAddress();
      return soon(300);
    }
    say(null);
    if (status >= 500 || status === 429) return again();
    // A value that is not taken is not sent again, until it is another one.
    if (status === 422) {
      kept = body;
      return soon(300);
    }
    isOver = true;
  };
  const store = (isLeaving: boolean) => {
    // Answers without the person are stored once, as a whole.
    if (form.dataset['unnamed']) return;
    const now = fields();
    const body = String(now);
    const isAnswered = [...now].some(([name, value]) => name !== '_edition' && value !== '');
    if (!isHuman || isOver || (isBusy && !isLeaving) || body === kept || !isAnswered) return;
    isBusy = true;
    post(body, isLeaving).then(
      ({ status }) => stored(status, body),
      () => {
        isBusy = false;
        if (!navigator.onLine) say('offline');
        again();
      },
    );
  };

  // Not "change": the browser trusts it also when a program has clicked. Voice control and the like only click.
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'click']) {
    const noticed = (event: Event) => {
      if (!event.isTrusted || isHuman || document.hidden) return;
      isHuman = true;
      // Once per page: a person is there, whether or not they answer. Should it be lost, an answer says it too.
      post('_seen=1', true).catch(() => {});
      soon(600);
    };
    addEventListener(kind, noticed, { passive: true });
  }
  addEventListener('online', () => {
    say(null);
    soon(0);
  });
  addEventListener('popstate', clearAddress);
  document.addEventListener('visibilitychange', () => (document.hidden ? store(true) : soon(300)));
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });

  return {
    changed(ms) {
      if (isHuman) soon(ms);
    },
    send(event) {
      if (button.getAttribute('aria-disabled')) return event.preventDefault();
      button.setAttribute('aria-disabled', 'true');
      button.textContent = button.dataset.sending ?? '';
      clearTimeout(timer);
      isOver = true;
      if (navigator.onLine) return;
      event.preventDefault();
      say('offline');
      addEventListener('online', () => form.submit(), { once: true });
    },
  };
}
