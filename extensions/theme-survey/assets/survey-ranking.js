/* Ranking: options are tapped in the order of preference, a second tap takes one out again. The order stands in
   hidden inputs, which the form reads like any others. */
(() => {
  window.aftercareSurvey.rank = (group, { id, options }, labels) => {
    const { make } = window.aftercareSurvey;
    const ranked = () => [...group.querySelectorAll('[type=hidden]')];
    const list = make('div', {});
    const again = make('button.back', { type: 'button' }, labels.startAgain);

    const choose = (value) => {
      const before = ranked().find((input) => input.value === value);
      if (before) before.remove();
      else list.before(make('input', { type: 'hidden', name: id, value }));
      changed();
    };

    const buttons = options.map(({ value, text }) => {
      const button = make('button.choice', { type: 'button' });
      button.addEventListener('click', () => choose(value));
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
      group.dispatchEvent(new Event('input', { bubbles: true }));
      group.dispatchEvent(new Event('change', { bubbles: true }));
    }

    again.addEventListener('click', () => {
      for (const input of ranked()) input.remove();
      changed();
      buttons[0].button.focus();
    });

    list.append(make('p.soft', {}, labels.ranking), ...buttons.map(({ button }) => button), again);
    group.append(list);
    draw();
  };
})();
