import type { BarButton, FromApp } from './messages.ts';

type Send = (message: FromApp) => void;

/** What a button element of the app looks like to the admin. */
function describe(buttons: HTMLElement[]): BarButton[] {
  return buttons.map((button, index) => ({
    index,
    label: button.textContent?.trim() ?? '',
    primary: button.getAttribute('variant') === 'primary',
    tone: button.getAttribute('tone'),
    disabled: button.hasAttribute('disabled'),
    loading: button.hasAttribute('loading') && button.getAttribute('loading') !== 'false',
  }));
}

const buttonsOf = (element: Element): HTMLElement[] => [
  ...element.querySelectorAll<HTMLElement>('button, a'),
];

/** An element that is not shown in the app's page and reports its children to the admin. */
abstract class Reporter extends HTMLElement {
  #observer: MutationObserver | null = null;
  connectedCallback(): void {
    this.style.display = 'none';
    this.#observer = new MutationObserver(() => this.report());
    this.#observer.observe(this, { childList: true, subtree: true, attributes: true, characterData: true });
    queueMicrotask(() => this.report());
  }
  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.gone();
  }
  abstract report(): void;
  abstract gone(): void;
}

/** Defines ui-nav-menu, ui-title-bar, ui-save-bar and ui-modal; `click` presses the app's own button. */
export function defineElements(send: Send) {
  let titleButtons: HTMLElement[] = [];
  let saveButtons: HTMLElement[] = [];

  class NavMenu extends Reporter {
    report(): void {
      const anchors = [...this.querySelectorAll('a')].filter((a) => a.getAttribute('rel') !== 'home');
      send({
        type: 'nav',
        links: anchors.map((a) => ({
          href: a.getAttribute('href') ?? '/',
          label: a.textContent?.trim() ?? '',
        })),
      });
    }
    gone(): void {
      send({ type: 'nav', links: [] });
    }
  }

  class TitleBar extends Reporter {
    report(): void {
      if (this.closest('ui-modal') !== null) return;
      titleButtons = buttonsOf(this);
      send({
        type: 'title',
        title: this.getAttribute('title') ?? document.title,
        buttons: describe(titleButtons),
      });
    }
    gone(): void {
      if (titleButtons.every((button) => !button.isConnected))
        send({ type: 'title', title: '', buttons: [] });
    }
  }

  class SaveBar extends Reporter {
    #shown = false;
    get showing(): boolean {
      return this.#shown;
    }
    report(): void {
      if (!this.#shown) return;
      saveButtons = buttonsOf(this);
      send({ type: 'saveBar', buttons: describe(saveButtons) });
    }
    async show(): Promise<void> {
      if (this.#shown) return;
      this.#shown = true;
      this.report();
      this.dispatchEvent(new Event('show'));
    }
    async hide(): Promise<void> {
      if (!this.#shown) return;
      this.#shown = false;
      send({ type: 'saveBar', buttons: null });
      this.dispatchEvent(new Event('hide'));
    }
    async toggle(): Promise<void> {
      await (this.#shown ? this.hide() : this.show());
    }
    gone(): void {
      void this.hide();
    }
  }

  class Modal extends HTMLElement {
    /** @shopify/app-bridge-react renders the modal's body into this. */
    readonly content = document.createElement('div');
    #dialog: HTMLDialogElement | null = null;
    connectedCallback(): void {
      this.style.display = 'contents';
      for (const child of this.children) (child as HTMLElement).style.display = 'none';
    }
    async show(): Promise<void> {
      if (this.#dialog !== null) return;
      const dialog = document.createElement('dialog');
      dialog.style.cssText =
        'border:0;border-radius:16px;padding:0;width:min(620px,94vw);box-shadow:0 8px 40px rgba(0,0,0,.3);font:14px system-ui,sans-serif';
      const bar = this.querySelector('ui-title-bar');
      const heading = document.createElement('h2');
      heading.textContent = bar?.getAttribute('title') ?? '';
      heading.style.cssText = 'margin:0;padding:16px 20px;font-size:15px;background:#f3f3f3';
      const foot = document.createElement('div');
      foot.style.cssText =
        'display:flex;gap:8px;justify-content:flex-end;padding:12px 20px;border-top:1px solid #e3e3e3';
      for (const source of bar === null ? [] : buttonsOf(bar)) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = source.textContent;
        const dark = source.getAttribute('variant') === 'primary';
        button.style.cssText = `font:inherit;padding:6px 12px;border-radius:8px;border:1px solid #c9c9c9;background:${dark ? '#303030' : '#fff'};color:${dark ? '#fff' : '#303030'}`;
        button.addEventListener('click', () => source.click());
        foot.append(button);
      }
      dialog.append(heading, this.content, foot);
      dialog.setAttribute('aria-label', heading.textContent);
      dialog.addEventListener('close', () => void this.hide());
      document.body.append(dialog);
      this.#dialog = dialog;
      dialog.showModal();
      this.dispatchEvent(new Event('show'));
    }
    async hide(): Promise<void> {
      const dialog = this.#dialog;
      if (dialog === null) return;
      this.#dialog = null;
      dialog.close();
      dialog.remove();
      this.dispatchEvent(new Event('hide'));
    }
    async toggle(): Promise<void> {
      await (this.#dialog === null ? this.show() : this.hide());
    }
    disconnectedCallback(): void {
      void this.hide();
    }
  }

  const define = (name: string, element: CustomElementConstructor) => {
    if (customElements.get(name) === undefined) customElements.define(name, element);
  };
  define('ui-nav-menu', NavMenu);
  define('ui-title-bar', TitleBar);
  define('ui-save-bar', SaveBar);
  define('ui-modal', Modal);
  define('s-app-nav', class extends NavMenu {});

  const byId = <T extends Element>(id: string, type: new (...args: never[]) => T): T => {
    const element = document.getElementById(id);
    if (element instanceof type) return element;
    throw new Error(`There is no element with the id "${id}" to show or hide.`);
  };
  return {
    click(bar: 'title' | 'saveBar', index: number): void {
      (bar === 'title' ? titleButtons : saveButtons)[index]?.click();
    },
    saveBar: {
      show: (id: string) => byId(id, SaveBar).show(),
      hide: (id: string) => byId(id, SaveBar).hide(),
      toggle: (id: string) => byId(id, SaveBar).toggle(),
      /** Resolves when the page may be left; a shown save bar asks first. */
      leaveConfirmation: async () => {
        const open = [...document.querySelectorAll<SaveBar>('ui-save-bar')].some((bar) => bar.showing);
        if (open && !window.confirm('Leave without saving your changes?')) await new Promise(() => undefined);
      },
    },
    modal: {
      show: (id: string) => byId(id, Modal).show(),
      hide: (id: string) => byId(id, Modal).hide(),
      toggle: (id: string) => byId(id, Modal).toggle(),
    },
  };
}
