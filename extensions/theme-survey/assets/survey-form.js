/* One question at a time. Each answer is stored as a step, and kept in the tab until the last step has arrived. */
(() => {
  const LISTS = ['multiple_choice', 'ranking', 'image_upload'];
  const ONE_TAP = ['nps', 'csat', 'ces', 'stars', 'smileys', 'choice'];
  const STEP_MS = 400;
  /* Long enough to see what was chosen. */
  const MOVE_ON_MS = 300;

  const wordsOf = (answer) =>
    [answer ?? '']
      .flat()
      .map((word) => String(word).trim().toLowerCase())
      .filter(Boolean);

  /* As in app/domain/surveys/visibility.ts. */
  function holds(condition, counted) {
    const { all, any, not, q, in: wanted, has = '', top, shown } = condition;
    if (all) return all.every((part) => holds(part, counted));
    if (any) return any.some((part) => holds(part, counted));
    if (not) return !holds(not, counted);
    if (shown) return counted.has(q);
    const words = (counted.get(q) ?? []).slice(0, top);
    return words.some((word) => (wanted ? wanted.includes(word) : word.includes(has)));
  }

  /* The names of a question's inputs, without the words beside "other": they are no answer by themselves. */
  function namesOf({ id, lines, asks }) {
    if (lines) return lines.map((line) => `${id}.${line.id}`);
    return asks ? asks.map(({ part }) => `${id}.${part}`) : [id];
  }

  const allNamesOf = (question) => [...namesOf(question), `${question.id}.other`];
  const answerOf = (question, given) => namesOf(question).flatMap((name) => wordsOf(given[name]));

  /* `given`: the answers so far, by name. */
  function shownQuestions(questions, given) {
    const counted = new Map();
    return questions.filter((question) => {
      const { id, showWhen, silent } = question;
      if (showWhen && !holds(showWhen, counted)) return false;
      counted.set(id, silent ? [] : answerOf(question, given));
      return !silent;
    });
  }

  /* False: nothing to ask. */
  function ask(root, { survey, order, pageToken, given: storedBefore }) {
    const { make, fields, tried } = window.aftercareSurvey;
    const { labels, edition, kind, locale } = survey;
    const given = { ...storedBefore };
    const shown = () => shownQuestions(survey.questions, given);
    const key = `aftercare-survey:${order.id}:${kind}`;
    /* What the app refused, by question. */
    const faults = {};
    let current, stepTimer, moveTimer, stepping, sending;
    /* The last step is to be sent again. */
    let waiting = false;

    const level = root.querySelector('.aftercare-survey__heading') ? 3 : 2;
    const body = root.querySelector('.aftercare-survey__body');
    const before = [survey.intro, survey.promise, root.dataset[survey.identity]];
    const intro = make(
      'div',
      {},
      before.map((text) => text && make('p.soft', {}, text)),
    );
    const progress = make('p.soft', { id: `${root.id}.progress` });
    const place = make('div', {});
    const error = make('p.error', { id: `${root.id}.error`, role: 'alert' });
    const next = make('button', {});
    const back = make('button.back', { type: 'button' }, labels.back);
    const title = make(`h${level}`, {}, survey.title);
    const buttons = make('div.buttons', {}, next, back);
    const form = make('form', { noValidate: true }, title, intro, progress, place, error, buttons);
    const beside = (by) => shown()[shown().indexOf(current) + by];
    const inputs = () => [...place.querySelectorAll('input, textarea')];
    const inputOf = (part) => inputs().find(({ name }) => name === `${current.id}.${part}`);

    /* By name, of the questions shown. A step leaves out what was refused. */
    function answers(step) {
      const names = shown()
        .filter(({ id }) => !step || !faults[id])
        .flatMap(allNamesOf);
      return Object.fromEntries(
        names.map((name) => [name, given[name]]).filter(([, value]) => wordsOf(value).length),
      );
    }
    const soFar = () => JSON.stringify(answers(true));

    const isEmpty = (question) => answerOf(question, given).length === 0;

    /* Takes what is filled in. */
    function read() {
      const { id, type, required } = current;
      const data = new FormData(form);
      for (const name of allNamesOf(current)) {
        given[name] = LISTS.includes(type) && name === id ? data.getAll(name) : (data.get(name) ?? '');
      }
      if (type === 'consent') given[id] = data.has(id) || (required ? '' : false);
      tried(() => sessionStorage.setItem(key, JSON.stringify({ edition, given, waiting })));
    }

    /* What depends on the answers. */
    function follow() {
      const { other, atMost } = current;
      const questions = shown();
      const now = questions.indexOf(current) + 1;
      progress.textContent = labels.progress.replace('{now}', now).replace('{all}', questions.length);
      next.textContent = now < questions.length ? labels.next : labels.submit;
      progress.hidden = !questions[1];
      intro.hidden = now > 1;
      back.hidden = !intro.hidden;
      const chosen = inputs().filter(({ checked }) => checked);
      for (const input of inputs()) input.disabled = chosen.length >= atMost && !input.checked;
      const words = inputOf('other');
      if (words) words.parentNode.hidden = words.disabled = !chosen.some(({ value }) => value === other);
    }

    /* The block never shrinks: what stands below it must not move up and down. */
    function put(where, ...nodes) {
      body.style.minBlockSize = `${body.offsetHeight}px`;
      where.replaceChildren(...nodes.filter(Boolean));
    }

    function show(question, byPerson) {
      clearTimeout(moveTimer);
      current = question;
      const id = `${root.id}-${question.id}`;
      const optional = !question.required && make('span.soft', {}, ` (${labels.optional})`);
      const heading = make(
        `h${level + 1}`,
        { id, tabIndex: -1, 'aria-describedby': progress.id },
        question.text,
        optional,
      );
      const help = question.help && make('p.soft', { id: `${id}.help` }, question.help);
      const about = { 'aria-labelledby': id, 'aria-describedby': help ? `${help.id} ${error.id}` : error.id };
      put(place, heading, help, ...fields(question, given, about, labels));
      error.textContent = '';
      follow();
      if (byPerson) heading.focus();
    }

    /* Says what is wrong or missing at the first such question. */
    function isWrong(questions) {
      const question = questions.find((each) => faults[each.id] || (each.required && isEmpty(each)));
      if (!question) return false;
      const { message, part } = faults[question.id] ?? { message: labels.required };
      if (question !== current) show(question);
      error.textContent = message;
      const field = inputOf(part) ?? place.querySelector('[role], input, textarea');
      field.setAttribute('aria-invalid', 'true');
      (field.querySelector('input:not([type=hidden]), button') ?? field).focus();
      return true;
    }

    function goOn(maySend) {
      if (sending) return;
      read();
      if (isWrong([current])) return;
      const following = beside(1);
      if (following) {
        show(following, true);
        stepSoon();
      } else if (maySend) send(true);
    }

    async function post(step) {
      try {
        const body = { kind, order: order.id, locale, pageToken, edition, answers: answers(step), step };
        const response = await fetch(root.dataset.aftercareSurvey, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
          keepalive: step,
        });
        const result = await response.json();
        for (const fault of result.errors ?? []) faults[fault.field] ??= fault;
        return result;
      } catch {
        return {};
      }
    }

    /* One at a time, with the latest answers; one that failed goes with the next. */
    let stored = soFar();
    async function step() {
      const now = soFar();
      if (stepping || sending || now === stored) return;
      stepping = true;
      const result = await post(true);
      stepping = false;
      /* They have answered elsewhere. */
      if (!sending && result.outcome === 'already_answered') return end(result);
      if (result.outcome === 'stored') stored = now;
      if (soFar() !== now) stepSoon();
    }
    function stepSoon() {
      clearTimeout(stepTimer);
      stepTimer = setTimeout(step, STEP_MS);
    }

    function end({ thanks, reward, review }, byPerson) {
      sending = true;
      /* A visit is asked once; of an order the app knows. */
      tried(() => sessionStorage.removeItem(key));
      if (root.dataset.visit) tried(() => sessionStorage.setItem(key, '{"done":1}'));
      const heading = make(`h${level}`, { tabIndex: -1 }, thanks.title);
      const link = review && make('p', {}, make('a', { href: review.url }, review.text));
      put(body, heading, make('p', {}, thanks.text), reward && make('p', {}, reward), link);
      if (byPerson) heading.focus();
    }

    async function send(byPerson) {
      if (isWrong(shown())) return;
      sending = waiting = true;
      read();
      next.setAttribute('aria-disabled', 'true');
      next.textContent = labels.sending;
      error.textContent = '';
      const result = await post();
      if (result.thanks) return end(result, byPerson);
      sending = false;
      waiting = !result.outcome;
      read();
      next.removeAttribute('aria-disabled');
      follow();
      if (!isWrong(shown())) error.textContent = labels.error;
    }

    form.addEventListener('input', () => {
      waiting = false;
      read();
      delete faults[current.id];
      error.textContent = '';
      place.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid');
      follow();
    });
    form.addEventListener('change', stepSoon);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      goOn(true);
    });
    /* A tap moves on by itself, but not the keys, which only try out. */
    form.addEventListener('click', ({ target, detail }) => {
      const input = target.closest('label')?.querySelector('[type=radio]');
      if (!detail || !input || !ONE_TAP.includes(current.type)) return;
      clearTimeout(moveTimer);
      moveTimer = setTimeout(() => {
        if (input.value !== current.other) goOn();
        else inputOf('other').focus();
      }, MOVE_ON_MS);
    });
    /* A double click must not go through two questions. */
    next.addEventListener('click', (event) => event.detail > 1 && event.preventDefault());
    back.addEventListener('click', () => {
      read();
      show(beside(-1), true);
    });
    addEventListener('pagehide', step);
    addEventListener('online', () => waiting && !sending && send());

    let kept = tried(() => JSON.parse(sessionStorage.getItem(key)));
    if (kept?.done) return false;
    if (kept?.edition !== edition) kept = null;
    Object.assign(given, kept?.given);
    const questions = shown();
    if (questions.length === 0) return false;
    Object.assign(body, { lang: locale, dir: survey.dir });
    body.removeAttribute('aria-busy');
    put(body, form);
    show(questions.find(isEmpty) ?? questions.at(-1));
    if (soFar() !== stored) stepSoon();
    if (kept?.waiting) send();
    return true;
  }

  Object.assign(window.aftercareSurvey, { ask, shownQuestions });
})();
