/** What the stand-ins of the checkout's `s-*` components have in common: markup in open shadow roots, native controls inside. */

const LOOK = `
:host{font:inherit}*{box-sizing:border-box}button,a.b{font:inherit;display:inline-block;font-weight:550;min-height:44px;padding:8px 18px;border-radius:8px;border:1px solid #1f6feb;background:#fff;color:#1f5fc4;cursor:pointer;text-decoration:none}
button.primary,a.primary{background:#1f5fc4;border-color:#1f5fc4;color:#fff}button.plain,a.plain{border-color:transparent;background:none}
button[aria-pressed]{border-color:#767d86;color:inherit;min-width:44px;padding:8px 12px}:host([inlinesize=fill]) button{width:100%;text-align:start}button[aria-pressed=true]{background:#1f5fc4;border-color:#1f5fc4;color:#fff}
button:disabled{opacity:.5;cursor:default}button:focus-visible,input:focus-visible,textarea:focus-visible,a:focus-visible{outline:3px solid #9cc2ff;outline-offset:1px}
fieldset{border:0;margin:0;padding:0}legend,.label{padding:0;margin:0 0 6px;font-weight:550;display:block}.choices{display:flex;flex-direction:column;gap:4px}
.choices.inline{flex-direction:row;flex-wrap:wrap;gap:8px 16px}.choices label,label.box{display:flex;gap:10px;align-items:center;min-height:44px;min-width:44px}
textarea,input:not([type=radio],[type=checkbox]){font:inherit;width:100%;padding:10px 12px;border:1px solid #c6ccd3;border-radius:8px}.error{color:#b42318;margin:4px 0 0}.error:empty{margin:0}
.banner{border:1px solid #b9d3f5;background:#f0f6ff;border-radius:8px;padding:12px 14px}.banner.critical{border-color:#f3b8b2;background:#fdf0ee}
.banner.success{border-color:#a9d9bf;background:#effaf3}.banner.warning{border-color:#ecd28f;background:#fff8e6}.banner b{display:block}
.spin{width:22px;height:22px;border:3px solid #dbe3ee;border-top-color:#1f5fc4;border-radius:50%;animation:s 1s linear infinite}@keyframes s{to{transform:rotate(1turn)}}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.bone{height:14px;border-radius:6px;background:#e8ebef;margin:8px 0}.bone.short{width:60%}
`;

/** Base: properties in `reflect` are attributes too; any change draws again. */
export abstract class Piece extends HTMLElement {
  static reflect: string[] = [];
  protected readonly root = this.attachShadow({ mode: 'open' });
  protected disabledNow = (): boolean => this.flag('disabled') || this.flag('loading');
  static get observedAttributes(): string[] {
    return this.reflect.map((name) => name.toLowerCase());
  }
  static define(name: string): void {
    for (const property of this.reflect) {
      if (property in this.prototype) continue;
      Object.defineProperty(this.prototype, property, {
        get(this: Piece) {
          return this.getAttribute(property) ?? '';
        },
        set(this: Piece, value: unknown) {
          if (value === null || value === undefined || value === false) this.removeAttribute(property);
          else this.setAttribute(property, value === true ? '' : String(value));
        },
      });
    }
    if (customElements.get(name) === undefined)
      customElements.define(name, this as unknown as CustomElementConstructor);
  }
  connectedCallback(): void {
    this.draw();
  }
  attributeChangedCallback(): void {
    if (this.isConnected) this.draw();
  }
  flag(name: string): boolean {
    return this.hasAttribute(name) && this.getAttribute(name) !== 'false';
  }
  protected text(name: string): string {
    return this.getAttribute(name) ?? '';
  }
  protected fill(...nodes: Node[]): void {
    const style = document.createElement('style');
    style.textContent = LOOK;
    this.root.replaceChildren(style, ...nodes);
  }
  abstract draw(): void;
}

export function node<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** What Enter and the submit button do in a form. */
export function submitFormOf(element: Element): void {
  element.closest('s-form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
}
