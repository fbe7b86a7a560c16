/* Asks the app, once the page is idle, which survey is open. If there is one, survey-form.js goes through it; how
   each type of question looks stands here. Text only ever becomes text nodes. */
(() => {
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
    const { id, type, values, options, lines, asks, maxLength, required } = question;
    const group = (...children) => [make('div', { role: 'group', ...about }, ...children)];
    if (lines) {
      return group(
        lines.map((line, index) => {
          const title = make('p.label', { id: `${about['aria-labelledby']}.${index}` }, line.title);
          const row = scale(question, `${id}.${line.id}`, given, { 'aria-labelledby': title.id });
          return make('div', {}, title, row);
        }),
      );
    }
    if (values) return scale(question, id, given, about);
    if (type === 'ranking')
      return group(
        [given[id] ?? []].flat().map((value) => make('input', { type: 'hidden', name: id, value })),
      );
    if (options) return choices(question, given, about, labels);
    if (type === 'consent')
      return group(make('label.choice', {}, box('checkbox', id, true, given, { required }), labels.agree));
    const text = (name, more) => ({ name, value: given[name] ?? '', ...more });
    if (asks) {
      return group(
        asks.map(({ part, label }) => {
          const kind = part === 'phone' ? 'tel' : part;
          const input = make(
            'input',
            text(`${id}.${part}`, { type: kind === 'name' ? 'text' : kind, autocomplete: kind }),
          );
          return make('label.label', {}, label, input);
        }),
      );
    }
    return [make(type === 'long_text' ? 'textarea' : 'input', text(id, { maxLength, required, ...about }))];
  }

  const whenIdle = (work) => {
    if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 4000 });
    else setTimeout(work, 300);
  };

  async function start(root) {
    if (root.dataset.started) return;
    root.dataset.started = 'true';
    const { aftercareSurvey: address, form, kind, order, locale } = root.dataset;
    try {
      const response = await fetch(`${address}?${new URLSearchParams({ kind, order, locale })}`);
      const offer = response.ok ? await response.json() : {};
      if (!offer.survey) return nothing(root);
      await import(form);
      if (!window.aftercareSurvey.ask(root, offer)) nothing(root);
    } catch {
      nothing(root);
    }
  }

  /* Out of sight the empty box goes; in sight it stays, since the page would jump. */
  function nothing(root) {
    root.hidden = root.getBoundingClientRect().top > window.innerHeight;
    const body = root.querySelector('.aftercare-survey__body');
    body.replaceChildren(make('p.soft', { dir: 'auto' }, root.dataset.textNone));
    body.removeAttribute('aria-busy');
  }

  window.aftercareSurvey = { ...window.aftercareSurvey, make, fields };

  const startAll = (scope) => {
    for (const root of scope.querySelectorAll('[data-aftercare-survey]')) whenIdle(() => start(root));
  };
  startAll(document);
  /* The theme editor puts a section in anew after each change. */
  document.addEventListener('shopify:section:load', (event) => startAll(event.target));
})();
