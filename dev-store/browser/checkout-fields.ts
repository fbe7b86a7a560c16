import { node, Piece, submitFormOf } from './checkout-piece.ts';

/** Stand-ins for the checkout's fields: each holds one native control, or a list of them, with its label and error. */

const LABELLED = [
  'label',
  'name',
  'error',
  'disabled',
  'required',
  'labelAccessibilityVisibility',
  'accessibilityLabel',
];

abstract class Field extends Piece {
  /** What the extension hears. The native events stay inside. */
  protected tell(): void {
    for (const name of ['input', 'change']) this.dispatchEvent(new Event(name, { bubbles: true }));
  }
  protected labelClass(): string {
    return this.text('labelaccessibilityvisibility') === 'exclusive' ? 'label unseen' : 'label';
  }
  /** Enter in a single-line control sends the form, after what was written there has been told. */
  protected submitOnEnter(control: HTMLElement, before: () => void): void {
    control.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      before();
      submitFormOf(this);
    });
  }
}

/** Marks a control as faulty, and says why. */
function mark(control: HTMLElement, error: string): void {
  control.setAttribute('aria-describedby', 'error');
  if (error === '') control.removeAttribute('aria-invalid');
  else control.setAttribute('aria-invalid', 'true');
}

const errorLine = (error: string) => {
  const line = node('p', { className: 'error', id: 'error' }, error);
  line.setAttribute('role', 'alert');
  return line;
};

class ChoiceList extends Field {
  static override reflect = [...LABELLED, 'multiple', 'variant'];
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
    const changed = () => {
      this.#values = inputs.filter((input) => input.checked).map((input) => input.value);
      this.tell();
    };
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
      input.addEventListener('input', (event) => event.stopPropagation());
      input.addEventListener('change', changed);
      this.submitOnEnter(input, () => undefined);
      mark(input, this.text('error'));
      inputs.push(input);
      return node('label', {}, input, choice.textContent ?? '');
    });
    const list = node(
      'div',
      { className: this.text('variant') === 'inline' ? 'choices inline' : 'choices' },
      ...rows,
    );
    this.fill(
      node(
        'fieldset',
        {},
        node('legend', { className: this.labelClass() }, this.text('label')),
        list,
        errorLine(this.text('error')),
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

class Checkbox extends Field {
  static override reflect = LABELLED;
  #box = node('input', { type: 'checkbox' });
  constructor() {
    super();
    this.#box.addEventListener('input', (event) => event.stopPropagation());
    this.#box.addEventListener('change', () => this.tell());
    this.submitOnEnter(this.#box, () => undefined);
  }
  get checked(): boolean {
    return this.#box.checked;
  }
  set checked(checked: boolean) {
    this.#box.checked = checked;
  }
  draw(): void {
    const had = this.root.activeElement !== null;
    this.#box.disabled = this.flag('disabled');
    this.#box.required = this.flag('required');
    mark(this.#box, this.text('error'));
    this.fill(
      node('label', { className: 'box' }, this.#box, this.text('label')),
      errorLine(this.text('error')),
    );
    if (had) this.#box.focus();
  }
}

const INPUT_TYPES: Record<string, string> = { 's-email-field': 'email', 's-phone-field': 'tel' };

class TextInput extends Field {
  static override reflect = [...LABELLED, 'rows', 'maxLength', 'placeholder', 'autocomplete'];
  #control: HTMLTextAreaElement | HTMLInputElement | null = null;
  /** What the extension knows of. While one types the field is Shopify's: only a value that is another one replaces that. */
  #told = '';
  get value(): string {
    return this.#told;
  }
  set value(value: string) {
    if (value === this.#told) return;
    this.#told = value;
    if (this.#control !== null) this.#control.value = value;
  }
  #tellChange = (): void => {
    const typed = this.#control?.value ?? '';
    if (typed === this.#told) return;
    this.#told = typed;
    this.tell();
  };
  #create(): HTMLTextAreaElement | HTMLInputElement {
    const control =
      this.localName === 's-text-area'
        ? node('textarea')
        : node('input', { type: INPUT_TYPES[this.localName] ?? 'text' });
    control.value = this.#told;
    control.addEventListener('input', (event) => event.stopPropagation());
    control.addEventListener('change', this.#tellChange);
    if (control instanceof HTMLInputElement) this.submitOnEnter(control, this.#tellChange);
    const label = node('span', { className: 'label' });
    this.fill(node('label', {}, label, control), errorLine(''));
    return control;
  }
  draw(): void {
    // The control stays the same element while one types; only what stands around it is drawn again.
    this.#control ??= this.#create();
    const control = this.#control;
    if (control instanceof HTMLTextAreaElement) control.rows = Number(this.text('rows')) || 3;
    const limit = Number(this.text('maxlength'));
    if (limit > 0) control.maxLength = limit;
    control.disabled = this.flag('disabled');
    control.required = this.flag('required');
    control.placeholder = this.text('placeholder');
    control.autocomplete = this.text('autocomplete') as AutoFill;
    const error = this.text('error');
    mark(control, error);
    const label = this.root.querySelector('.label');
    if (label !== null) {
      label.className = this.labelClass();
      label.textContent = this.text('label');
    }
    const line = this.root.querySelector('.error');
    if (line !== null && line.textContent !== error) line.textContent = error;
  }
}

export function defineCheckoutFields(): void {
  Choice.define('s-choice');
  ChoiceList.define('s-choice-list');
  Checkbox.define('s-checkbox');
  for (const name of ['s-text-area', 's-text-field', 's-email-field', 's-phone-field'])
    (class extends TextInput {}).define(name);
}
