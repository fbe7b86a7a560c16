/**
 * Replaces the lists of a ranking, one per place, by buttons that are tapped in order. The lists stay what is sent.
 * Self-contained: its text is what the page runs (survey-script.ts).
 */
export function rankByTapping(question: HTMLElement): void {
  const places = [...question.querySelectorAll('select')];
  const taps = question.querySelector<HTMLElement>('.taps')!;
  const buttons = [...taps.querySelectorAll<HTMLButtonElement>('[aria-pressed]')];
  const again = taps.querySelector<HTMLButtonElement>('.again')!;
  const order = () => places.map(({ value }) => value).filter(Boolean);
  const draw = () => {
    for (const button of buttons) {
      const place = order().indexOf(button.value) + 1;
      button.setAttribute('aria-pressed', String(place > 0));
      button.querySelector('.place')!.textContent = place > 0 ? String(place) : '';
    }
    again.disabled = order().length === 0;
  };
  const rank = (wanted: string[]) => {
    places.forEach((list, at) => (list.value = wanted[at] ?? ''));
    draw();
    question.dispatchEvent(new Event('change', { bubbles: true }));
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const others = order().filter((value) => value !== button.value);
      rank(others.length < order().length ? others : [...others, button.value]);
    });
  }
  again.addEventListener('click', () => {
    rank([]);
    // The button that had the focus can't be pressed now.
    buttons[0]?.focus();
  });
  taps.hidden = false;
  question.querySelector<HTMLElement>('.places')!.hidden = true;
  draw();
}
