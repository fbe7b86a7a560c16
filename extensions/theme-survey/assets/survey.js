/* Asks the app, once the page is idle, which survey is open. survey-form.js goes through it; rare types of question
   stand in survey-more.js. Text only ever becomes text nodes. */
(() => {
  const RARE = /line|rank|con|image|voice/;

  /* Storage may be switched off or full. */
  function tried(work) {
    try {
      return work();
    } catch {
      return null;
    }
  }

  /* `p.soft`: a paragraph of that class. */
  function make(kind, properties, ...children) {
    const [tag, look] = kind.split('.');
    const node = document.createElement(tag);
    if (look) node.className = `aftercare-survey__${look}`;
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined) continue;
      if (name in node) node[name] = value;
      else node.setAttribute(name, value);
    }
    node.append(...children.flat().filter(Boolean));
    return node;
  }

  const span = (text) => make('span', {}, String(text));

  /* `given`: the answers so far, by name. */
  function box(type, name, value, given, properties) {
    const checked = [given[name]].flat().map(String).includes(String(value));
    return make('input', { type, name, value, checked, ...properties });
  }

  /* Numbers, stars or faces in a row. */
  function scale({ type, values, valueNames, ends, required }, name, given, about) {
    const words = ends ? [ends.least, ends.most] : valueNames ? [valueNames[0], valueNames.at(-1)] : [];
    const cells = values.map((value, index) => {
      const end = words[[0, values.length - 1].indexOf(index)];
      const label = valueNames?.[index] ?? (end ? `${value}, ${end}` : value);
      return make(
        'label.value',
        {},
        box('radio', name, value, given, { required, 'aria-label': label }),
        span(value),
      );
    });
    return [
      make('div.scale', { role: 'radiogroup', 'data-type': type, ...about }, cells),
      make('div.ends', { 'aria-hidden': 'true' }, words.map(span)),
    ];
  }

  function choices({ id, type, options, other, maxLength, required }, given, about, labels) {
    const one = type === 'choice';
    const boxes = options.map(({ value, text }) =>
      make(
        'label.choice',
        {},
        box(one ? 'radio' : 'checkbox', id, value, given, { required: one && required }),
        span(text),
      ),
    );
    const name = `${id}.other`;
    const words = make('input', { name, maxLength, value: given[name] ?? '' });
    return [
      make('div', { role: one ? 'radiogroup' : 'group', ...about }, boxes),
      other && make('label.label', {}, labels.other, words),
    ];
  }

  /* `about`: the attributes that tie it to its question. */
  function fields(question, given, about, labels) {
    const { id, type, values, options, maxLength, required } = question;
    const rare = window.aftercareSurvey[type];
    if (rare) return [make('div', { role: 'group', ...about }, rare(question, given, about, labels))];
    if (values) return scale(question, id, given, about);
    if (options) return choices(question, given, about, labels);
    const text = { name: id, value: given[id] ?? '', maxLength, required, ...about };
    return [make(type === 'long_text' ? 'textarea' : 'input', text)];
  }

  const whenIdle = (work) => {
    if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 4000 });
    else setTimeout(work, 300);
  };

  async function start(root) {
    if (root.dataset.started) return;
    root.dataset.started = 'true';
    if (!(await open(root).catch(() => {}))) nothing(root);
  }

  /* Falsy: nothing to ask. */
  async function open(root) {
    const { aftercareSurvey: address, form, more, kind, visit, locale } = root.dataset;
    /* The pages of a visit are one. */
    const order = visit ? (tried(() => sessionStorage.getItem(visit)) ?? '') : root.dataset.order;
    const response = await fetch(`${address}?${new URLSearchParams({ kind, order, locale })}`);
    const offer = response.ok && (await response.json());
    if (!offer?.survey) return false;
    if (visit) tried(() => sessionStorage.setItem(visit, offer.order.id));
    if (offer.survey.questions.some(({ type }) => RARE.test(type))) await import(more);
    await import(form);
    return window.aftercareSurvey.ask(root, offer);
  }

  /* Out of sight the empty box goes; in sight it stays, since the page would jump. */
  function nothing(root) {
    root.hidden = root.getBoundingClientRect().top > window.innerHeight;
    const body = root.querySelector('.aftercare-survey__body');
    body.replaceChildren(make('p.soft', { dir: 'auto' }, root.dataset.textNone));
    body.removeAttribute('aria-busy');
  }

  window.aftercareSurvey = { ...window.aftercareSurvey, make, fields, scale, box, tried, open };

  const startAll = (scope) => {
    for (const root of scope.querySelectorAll('[data-aftercare-survey]')) whenIdle(() => start(root));
  };
  startAll(document);
  /* The theme editor puts a section in anew after each change. */
  document.addEventListener('shopify:section:load', (event) => startAll(event.target));
})();
