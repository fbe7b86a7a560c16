import { node, Piece } from './checkout-piece.ts';

/** Stand-ins for the checkout's `s-*` components that a survey uses. */

class Button extends Piece {
  static override reflect = [
    'variant',
    'tone',
    'type',
    'disabled',
    'loading',
    'href',
    'accessibilityLabel',
    'pressed',
  ];
  protected pressable = false;
  constructor() {
    super();
    this.addEventListener('click', (event) => {
      if (this.disabledNow()) event.stopImmediatePropagation();
      else if (this.text('type') === 'submit')
        this.closest('s-form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    });
  }
  draw(): void {
    const label = this.text('accessibilitylabel');
    const had = this.root.activeElement !== null;
    const slot = node('slot');
    const href = this.text('href');
    const inner =
      href === ''
        ? node('button', { type: 'button', disabled: this.disabledNow() }, slot)
        : node('a', { href, className: 'b', target: '_blank' }, slot);
    const plain = this.localName === 's-clickable' || this.text('variant') === 'plain';
    if (href === '')
      inner.className = plain
        ? 'plain'
        : this.text('variant') === 'primary' || this.text('variant') === ''
          ? 'primary'
          : '';
    if (label !== '') inner.setAttribute('aria-label', label);
    if (this.flag('loading')) inner.setAttribute('aria-busy', 'true');
    if (this.pressable) {
      inner.className = '';
      inner.setAttribute('aria-pressed', String(this.flag('pressed')));
    }
    this.fill(inner);
    if (had) inner.focus();
  }
}
class PressButton extends Button {
  protected override pressable = true;
}
class Clickable extends Button {}

class ChoiceList extends Piece {
  static override reflect = [
    'label',
    'name',
    'multiple',
    'variant',
    'error',
    'disabled',
    'labelAccessibilityVisibility',
  ];
  #values: string[] | null = null;
  #observer: MutationObserver | null = null;
  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new MutationObserver(() => this.draw());
    this.#observer.observe(this, { childList: true, subtree: true, characterData: true, attributes: true });
  }
  disconnectedCallback(): void {
    this.#observer?.disconnect();
  }
  get values(): string[] {
    const chosen = [...this.querySelectorAll<Choice>('s-choice')].filter(
      (choice) => choice.flag('selected') || choice.flag('defaultselected'),
    );
    return this.#values ?? chosen.map((choice) => choice.value);
  }
  set values(values: string[]) {
    this.#values = values;
    this.draw();
  }
  draw(): void {
    const focused = (this.root.activeElement as HTMLInputElement | null)?.value;
    const inputs: HTMLInputElement[] = [];
    const rows = [...this.querySelectorAll<Choice>('s-choice')].map((choice) => {
      const input = node('input', {
        type: this.flag('multiple') ? 'checkbox' : 'radio',
        name: 'choice',
        value: choice.value,
        checked: this.values.includes(choice.value),
        disabled: this.flag('disabled') || choice.flag('disabled'),
      });
      const spoken = choice.getAttribute('accessibilitylabel');
      if (spoken) input.setAttribute('aria-label', spoken);
      inputs.push(input);
      return node('label', {}, input, choice.textContent ?? '');
    });
    const changed = () => {
      this.#values = inputs.filter((input) => input.checked).map((input) => input.value);
      for (const name of ['input', 'change']) this.dispatchEvent(new Event(name, { bubbles: true }));
    };
    for (const input of inputs) {
      input.addEventListener('input', (event) => event.stopPropagation());
      input.addEventListener('change', changed);
    }
    const list = node(
      'div',
      { className: this.text('variant') === 'inline' ? 'choices inline' : 'choices' },
      ...rows,
    );
    const error = this.text('error');
    this.fill(
      node(
        'fieldset',
        {},
        node('legend', {}, this.text('label')),
        list,
        ...(error === '' ? [] : [node('p', { className: 'error' }, error)]),
      ),
    );
    inputs.find((input) => input.value === focused)?.focus();
  }
}
class Choice extends Piece {
  static override reflect = ['value', 'selected', 'defaultSelected', 'disabled', 'accessibilityLabel'];
  declare value: string;
  draw(): void {
    // The list draws its choices.
  }
}

class TextInput extends Piece {
  static override reflect = [
    'label',
    'name',
    'rows',
    'maxLength',
    'required',
    'error',
    'disabled',
    'placeholder',
  ];
  #field: HTMLTextAreaElement | HTMLInputElement | null = null;
  #value = '';
  get value(): string {
    return this.#field?.value ?? this.#value;
  }
  set value(value: string) {
    this.#value = value;
    if (this.#field !== null && this.#field.value !== value) this.#field.value = value;
  }
  draw(): void {
    // The field stays the same element while one types; only what stands around it is drawn again.
    const isArea = this.localName === 's-text-area';
    const field =
      this.#field ??
      (isArea
        ? node('textarea')
        : node('input', { type: this.localName === 's-email-field' ? 'email' : 'text' }));
    if (this.#field === null) {
      field.value = this.getAttribute('value') ?? this.#value;
      field.addEventListener('change', () => this.dispatchEvent(new Event('change', { bubbles: true })));
      this.#field = field;
    }
    if (field instanceof HTMLTextAreaElement) field.rows = Number(this.text('rows')) || 3;
    const limit = Number(this.text('maxlength'));
    if (limit > 0) field.maxLength = limit;
    field.disabled = this.flag('disabled');
    field.required = this.flag('required');
    field.placeholder = this.text('placeholder');
    field.setAttribute('aria-label', this.text('label'));
    const error = this.text('error');
    const label = this.root.querySelector('.label') ?? node('span', { className: 'label' });
    label.textContent = this.text('label');
    if (!field.isConnected) this.fill(label, field, node('p', { className: 'error' }));
    const errorLine = this.root.querySelector('.error');
    if (errorLine !== null) errorLine.textContent = error;
  }
}

class Banner extends Piece {
  static override reflect = ['heading', 'tone'];
  draw(): void {
    const box = node(
      'div',
      { className: `banner ${this.text('tone')}` },
      ...(this.text('heading') === '' ? [] : [node('b', {}, this.text('heading'))]),
      node('slot'),
    );
    box.setAttribute('role', this.text('tone') === 'critical' ? 'alert' : 'status');
    this.fill(box);
  }
}
class Section extends Piece {
  static override reflect = ['heading', 'accessibilityLabel'];
  draw(): void {
    const heading = this.text('heading');
    const title = node('h2', {}, heading);
    title.style.cssText = 'font-size:17px;margin:0 0 8px';
    this.fill(...(heading === '' ? [] : [title]), node('slot'));
  }
}
class Spinner extends Piece {
  static override reflect = ['accessibilityLabel', 'size'];
  draw(): void {
    const ring = node('div', { className: 'spin' });
    ring.setAttribute('role', 'status');
    ring.setAttribute('aria-label', this.text('accessibilitylabel') || 'Loading');
    this.fill(ring);
  }
}
class Skeleton extends Piece {
  static override reflect = ['content'];
  draw(): void {
    this.fill(node('div', { className: 'bone' }), node('div', { className: 'bone short' }));
  }
}
class Link extends Piece {
  static override reflect = ['href', 'target', 'accessibilityLabel'];
  draw(): void {
    const link = node('a', { href: this.text('href') || '#' }, node('slot'));
    if (this.text('href') === '') link.addEventListener('click', (event) => event.preventDefault());
    else link.target = this.text('target') || '_blank';
    this.fill(link);
  }
}
class Form extends HTMLElement {}

export function defineCheckoutElements(): void {
  Button.define('s-button');
  PressButton.define('s-press-button');
  Clickable.define('s-clickable');
  Choice.define('s-choice');
  ChoiceList.define('s-choice-list');
  (class extends TextInput {}).define('s-text-area');
  (class extends TextInput {}).define('s-text-field');
  (class extends TextInput {}).define('s-email-field');
  Banner.define('s-banner');
  Section.define('s-section');
  Spinner.define('s-spinner');
  Skeleton.define('s-skeleton-paragraph');
  Link.define('s-link');
  customElements.define('s-form', Form);
}
