/* The types of question that few surveys have: lines, contact details, a consent, a ranking, files. Loaded where one is
   asked. */
(() => {
  const { make, scale, box } = window.aftercareSurvey;

  function line_rating(question, given, about) {
    return question.lines.map((line, index) => {
      const title = make('p.label', { id: `${about['aria-labelledby']}.${index}` }, line.title);
      const row = scale(question, `${question.id}.${line.id}`, given, { 'aria-labelledby': title.id });
      return make('div', {}, title, row);
    });
  }

  function contact({ id, asks }, given) {
    return asks.map(({ part, label }) => {
      const name = `${id}.${part}`;
      const kind = part === 'phone' ? 'tel' : part;
      const type = kind === 'name' ? 'text' : kind;
      return make(
        'label.label',
        {},
        label,
        make('input', { type, name, value: given[name] ?? '', autocomplete: kind }),
      );
    });
  }

  function consent({ id, required }, given, about, labels) {
    return make('label.choice', {}, box('checkbox', id, true, given, { required }), labels.agree);
  }

  /* Options are tapped in the order of preference, a second tap takes one out again. The order stands in hidden
     inputs, which the form reads like any others. */
  function ranking({ id, options }, given, about, labels) {
    const inputOf = (value) => make('input', { type: 'hidden', name: id, value });
    const list = make('div', {});
    const ranked = () => [...list.querySelectorAll('[type=hidden]')];
    const again = make('button.back', { type: 'button' }, labels.startAgain);

    const buttons = options.map(({ value, text }) => {
      const button = make('button.choice', { type: 'button' });
      button.addEventListener('click', () => {
        const before = ranked().find((input) => input.value === value);
        if (before) before.remove();
        else list.append(inputOf(value));
        changed();
      });
      return { value, text, button };
    });

    function draw() {
      const order = ranked().map(({ value }) => value);
      for (const { value, text, button } of buttons) {
        const rank = order.indexOf(value) + 1;
        button.setAttribute('aria-pressed', String(rank > 0));
        button.replaceChildren(make('span.rank', {}, rank ? `${rank}.` : ''), ` ${text}`);
      }
      again.hidden = order.length === 0;
    }

    function changed() {
      draw();
      list.dispatchEvent(new Event('input', { bubbles: true }));
      list.dispatchEvent(new Event('change', { bubbles: true }));
    }

    again.addEventListener('click', () => {
      for (const input of ranked()) input.remove();
      changed();
      buttons[0].button.focus();
    });

    const taps = buttons.map(({ button }) => button);
    list.append(make('p.soft', {}, labels.ranking), ...taps, again, ...[given[id] ?? []].flat().map(inputOf));
    draw();
    return list;
  }

  /* Files have a script of their own; until it is here there is nothing to press. */
  function files(question, given, about, { files: words }) {
    const place = make('div', {});
    import(document.querySelector('[data-files]').dataset.files)
      .then(() => window.aftercareSurvey.files(place, question, given, words))
      .catch(() => place.append(make('p.soft', { role: 'status' }, words.failed)));
    return place;
  }

  const [image_upload, voice_note] = [files, files];
  Object.assign(window.aftercareSurvey, { line_rating, contact, consent, ranking, image_upload, voice_note });
})();
