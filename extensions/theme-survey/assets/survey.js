/* The survey block: asks the app which survey is open, shows it, sends the answer. Text only ever
   becomes text nodes. Everything a shopper reads comes from the app, in the storefront's language. */
(() => {
  const BLOCK = 'aftercare-survey';

  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children.filter((child) => child !== null));
    return node;
  };

  const whenIdle = (work) => {
    if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 4000 });
    else setTimeout(work, 300);
  };

  async function start(root) {
    if (root.dataset.started) return;
    root.dataset.started = 'true';
    const { kind, order, locale } = root.dataset;
    const query = new URLSearchParams({ locale });
    if (kind !== 'auto') query.set('kind', kind);
    if (order) query.set('order', order);
    const url = `${root.dataset.aftercareSurvey}?${query}`;
    try {
      const response = await fetch(url, { headers: { Accept: 'application/json' } });
      const offer = response.ok ? await response.json() : {};
      if (offer.survey) show(root, offer);
      else nothing(root);
    } catch {
      nothing(root);
    }
  }

  const bodyOf = (root) => root.querySelector(`.${BLOCK}__body`);

  function put(root, ...nodes) {
    const body = bodyOf(root);
    body.replaceChildren(...nodes);
    body.removeAttribute('aria-busy');
  }

  /* Out of sight the empty box goes; in sight it stays, since the page would jump. */
  function nothing(root) {
    if (root.getBoundingClientRect().top > window.innerHeight) root.hidden = true;
    else put(root, make('p', { className: `${BLOCK}__soft`, dir: 'auto' }, root.dataset.textNone));
  }

  function show(root, offer) {
    const { survey } = offer;
    Object.assign(bodyOf(root), { lang: survey.locale, dir: survey.dir });
    root.dataset.level = root.querySelector(`.${BLOCK}__heading`) ? 'h3' : 'h2';
    const first = survey.questions[0];
    const fields = survey.questions.map((question) => ({ question, node: field(root, survey, question) }));
    const button = make('button', { type: 'submit' }, survey.labels.submit);
    const status = make('p', { className: `${BLOCK}__error` });
    status.setAttribute('role', 'alert');
    const form = make(
      'form',
      { noValidate: true },
      make(root.dataset.level, {}, survey.title),
      make('p', { className: `${BLOCK}__soft` }, survey.intro),
      ...fields.map(({ node }) => node),
      status,
      button,
    );
    const follow = () => {
      const route = survey.routes[new FormData(form).get(first.id)];
      for (const { question, node } of fields)
        node.hidden = Boolean(question.showWhen) && question.showWhen !== route;
    };
    follow();
    form.addEventListener('change', (event) => {
      follow();
      for (const { node } of fields) if (node.contains(event.target)) fault(node, '');
    });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (button.getAttribute('aria-disabled')) return;
      button.setAttribute('aria-disabled', 'true');
      button.textContent = survey.labels.sending;
      status.textContent = '';
      for (const { node } of fields) fault(node, '');
      const result = await send(root, offer, answersOf(form, fields));
      button.removeAttribute('aria-disabled');
      button.textContent = survey.labels.submit;
      if (result.outcome === 'stored') return thank(root, result.thanks);
      const errors = result.errors ?? [];
      for (const { question, node } of fields) {
        const error = errors.find((each) => each.field === question.id);
        if (error) fault(node, error.message);
      }
      status.textContent = errors.length > 0 ? '' : survey.labels.error;
      form.querySelector('[aria-invalid] input, [aria-invalid] textarea')?.focus();
    });
    put(root, form);
  }

  function answersOf(form, fields) {
    const data = new FormData(form);
    const answers = {};
    for (const { question, node } of fields) {
      const given = data.getAll(question.id);
      if (!node.hidden && given.length > 0) answers[question.id] = question.multiple ? given : given[0];
    }
    return answers;
  }

  async function send(root, offer, answers) {
    try {
      const { survey, order, pageToken } = offer;
      const response = await fetch(root.dataset.aftercareSurvey, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify({
          kind: survey.kind,
          order: order.id,
          locale: survey.locale,
          pageToken,
          answers,
        }),
      });
      return await response.json();
    } catch {
      return {};
    }
  }

  function thank(root, thanks) {
    const title = make(root.dataset.level, { tabIndex: -1 }, thanks.title);
    put(root, title, make('p', {}, thanks.text));
    title.focus();
  }

  function fault(node, message) {
    const place = node.querySelector(`.${BLOCK}__error`);
    place.textContent = message;
    if (message) node.setAttribute('aria-invalid', 'true');
    else node.removeAttribute('aria-invalid');
  }

  function field(root, survey, question) {
    const id = `${root.id}-${question.id}`;
    const error = make('p', { className: `${BLOCK}__error`, id: `${id}-error` });
    const optional = question.required
      ? null
      : make('span', { className: `${BLOCK}__soft` }, ` (${survey.labels.optional})`);
    const node = make('fieldset');
    node.setAttribute('aria-describedby', error.id);
    if (question.type === 'text') {
      node.append(
        make('label', { className: `${BLOCK}__label`, htmlFor: id }, question.text, optional ?? ''),
        make('textarea', { id, name: question.id, maxLength: question.maxLength }),
        error,
      );
      return node;
    }
    const type = question.multiple ? 'checkbox' : 'radio';
    const input = (value) =>
      make('input', { type, name: question.id, value: String(value), required: question.required });
    node.append(make('legend', {}, question.text, optional ?? ''));
    if (question.values) {
      const last = question.values.length - 1;
      const scale = question.values.map((value, index) => {
        const control = input(value);
        const end = index === 0 ? question.ends?.least : index === last ? question.ends?.most : '';
        if (end) control.setAttribute('aria-label', `${value}, ${end}`);
        return make('label', { className: `${BLOCK}__value` }, control, make('span', {}, String(value)));
      });
      node.append(make('div', { className: `${BLOCK}__scale` }, ...scale));
      if (question.ends) {
        const ends = make('div', { className: `${BLOCK}__ends` });
        ends.setAttribute('aria-hidden', 'true');
        ends.append(make('span', {}, question.ends.least), make('span', {}, question.ends.most));
        node.append(ends);
      }
    } else {
      for (const option of question.options ?? []) {
        node.append(make('label', { className: `${BLOCK}__choice` }, input(option.value), option.text));
      }
    }
    node.append(error);
    return node;
  }

  const startAll = (scope) => {
    for (const root of scope.querySelectorAll('[data-aftercare-survey]')) whenIdle(() => start(root));
  };
  startAll(document);
  /* The theme editor puts a section in anew after each change. */
  document.addEventListener('shopify:section:load', (event) => startAll(event.target));
})();
