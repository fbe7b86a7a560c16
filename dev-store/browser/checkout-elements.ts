import { defineCheckoutFields } from './checkout-fields.ts';
import { node, Piece, submitFormOf } from './checkout-piece.ts';

/** Stand-ins for the checkout's `s-*` components that a survey uses; its fields are in checkout-fields.ts. */

class Button extends Piece {
  static override reflect = [
    'variant',
    'tone',
    'type',
    'disabled',
    'loading',
    'href',
    'target',
    'accessibilityLabel',
    'inlineSize',
    'pressed',
  ];
  protected pressable = false;
  constructor() {
    super();
    this.addEventListener('click', (event) => {
      if (this.disabledNow()) event.stopImmediatePropagation();
      // It changes its state by itself, before the extension hears of it.
      else if (this.pressable) this.toggleAttribute('pressed');
      else if (this.text('type') === 'submit') submitFormOf(this);
    });
  }
  draw(): void {
    const label = this.text('accessibilitylabel');
    const had = this.root.activeElement !== null;
    const slot = node('slot');
    // What is disabled leads nowhere.
    const href = this.disabledNow() ? '' : this.text('href');
    const variant = this.text('variant');
    const plain = this.localName === 's-clickable' || variant === 'plain';
    const look = plain ? 'plain' : variant === 'primary' || variant === '' ? 'primary' : '';
    const inner =
      href === ''
        ? node('button', { type: 'button', disabled: this.disabledNow(), className: look }, slot)
        : node('a', { href, className: `b ${look}`, target: this.text('target') || '_blank' }, slot);
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
class Page extends Piece {
  static override reflect = ['heading'];
  draw(): void {
    const title = node('h1', {}, this.text('heading'));
    title.style.cssText = 'font-size:24px;margin:0 0 16px';
    this.fill(title, node('slot'));
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

const ROLES: Record<string, string> = { section: 'region', status: 'status', alert: 'alert' };

/** Layout and text: elements of the page itself, with what assistive technology is told of them. */
class Plain extends HTMLElement {
  static observedAttributes = [
    'accessibilityrole',
    'accessibilitylabel',
    'accessibilityvisibility',
    'minblocksize',
  ];
  attributeChangedCallback(): void {
    const told = (name: string, value: string | null | undefined) =>
      value ? this.setAttribute(name, value) : this.removeAttribute(name);
    told('role', ROLES[this.getAttribute('accessibilityrole') ?? '']);
    told('aria-label', this.getAttribute('accessibilitylabel'));
    told('aria-hidden', this.getAttribute('accessibilityvisibility') === 'hidden' ? 'true' : null);
    this.style.minBlockSize = this.getAttribute('minblocksize') ?? '';
  }
}
class Heading extends HTMLElement {
  connectedCallback(): void {
    this.role = 'heading';
    this.ariaLevel = '3';
  }
}

export function defineCheckoutElements(): void {
  Button.define('s-button');
  PressButton.define('s-press-button');
  Clickable.define('s-clickable');
  Banner.define('s-banner');
  Page.define('s-page');
  Section.define('s-section');
  Spinner.define('s-spinner');
  Skeleton.define('s-skeleton-paragraph');
  Link.define('s-link');
  customElements.define('s-form', Form);
  customElements.define('s-heading', Heading);
  for (const name of ['s-stack', 's-box', 's-grid', 's-text', 's-paragraph'])
    customElements.define(name, class extends Plain {});
  defineCheckoutFields();
}
