import { CHANNEL, type BarButton, type FromApp, type ToApp } from './messages.ts';

/** The admin around the app: mirrors the app's menu, title, save bar and toasts, and hands out id tokens. */
interface FrameSettings {
  appOrigin: string;
  /** Path in the admin under which the app lives. */
  base: string;
  /** Path in the app that this stands for. */
  appBase: string;
}
const settings = JSON.parse(document.getElementById('frame-settings')?.textContent ?? '{}') as FrameSettings;
const frame = document.querySelector<HTMLIFrameElement>('iframe#app');
const part = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The admin page has no element #${id}.`);
  return element;
};

function tell(message: ToApp): void {
  frame?.contentWindow?.postMessage({ channel: CHANNEL, ...message }, settings.appOrigin);
}

function showButtons(target: HTMLElement, bar: 'title' | 'saveBar', buttons: BarButton[]): void {
  target.replaceChildren(
    ...buttons.map((button) => {
      const element = document.createElement('button');
      element.type = 'button';
      element.textContent = button.loading ? `${button.label}…` : button.label;
      element.disabled = button.disabled || button.loading;
      if (button.primary) element.className = 'primary';
      element.addEventListener('click', () => tell({ type: 'click', bar, index: button.index }));
      return element;
    }),
  );
}

function showNav(links: { href: string; label: string }[]): void {
  part('app-nav').replaceChildren(
    ...links.map(({ href, label }) => {
      const link = document.createElement('a');
      link.textContent = label;
      link.href = settings.base + href.replace(settings.appBase, '');
      link.dataset['href'] = href;
      link.addEventListener('click', (event) => {
        event.preventDefault();
        tell({ type: 'navigate', href });
      });
      return link;
    }),
  );
  markCurrent();
}

let current = '';
function markCurrent(): void {
  const path = current.split('?')[0] ?? '';
  const links = [...part('app-nav').querySelectorAll<HTMLAnchorElement>('a')];
  const fits = (href: string) => path === href || path.startsWith(`${href}/`);
  const best = links
    .filter((link) => fits((link.dataset['href'] ?? '').split('?')[0] ?? ''))
    .sort((a, b) => (b.dataset['href']?.length ?? 0) - (a.dataset['href']?.length ?? 0))[0];
  for (const link of links) link.classList.toggle('current', link === best);
  // On a phone the menu is a row that scrolls.
  best?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

function toast({ message, isError, durationMs, action }: Extract<FromApp, { type: 'toast' }>): void {
  const element = document.createElement('div');
  element.className = isError ? 'toast error' : 'toast';
  element.setAttribute('role', 'status');
  const text = document.createElement('span');
  text.textContent = message;
  element.append(text);
  if (action !== null) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = action.label;
    button.addEventListener('click', () => {
      element.remove();
      tell({ type: 'toastAction', id: action.id });
    });
    element.append(' ', button);
  }
  part('toasts').append(element);
  setTimeout(() => element.remove(), durationMs);
}

function open(url: string): void {
  const inAdmin = /^shopify:\/?\/?admin(\/.*)?$/.exec(url);
  if (inAdmin !== null) location.assign(`/admin${inAdmin[1] ?? ''}`);
  else if (new URL(url).origin === settings.appOrigin && frame !== null) frame.src = url;
  else location.assign(url);
}

async function answerToken(request: number): Promise<void> {
  const response = await fetch('/control/id-token');
  const { token } = (await response.json()) as { token: string };
  tell({ type: 'idToken', request, token });
}

window.addEventListener('message', (event: MessageEvent<FromApp & { channel?: string }>) => {
  if (
    event.origin !== settings.appOrigin ||
    event.source !== frame?.contentWindow ||
    event.data.channel !== CHANNEL
  )
    return;
  const message = event.data;
  switch (message.type) {
    case 'ready':
      part('save-bar').hidden = true;
      break;
    case 'location': {
      current = message.path;
      const url = new URL(message.path, location.origin);
      for (const name of ['id_token', 'hmac', 'host', 'shop', 'embedded', 'session', 'timestamp', 'locale']) {
        url.searchParams.delete(name);
      }
      const query = url.searchParams.size > 0 ? `?${url.searchParams}` : '';
      history.replaceState(null, '', settings.base + url.pathname.replace(settings.appBase, '') + query);
      markCurrent();
      break;
    }
    case 'nav':
      showNav(message.links);
      break;
    case 'title':
      part('app-title').textContent = message.title;
      showButtons(part('title-buttons'), 'title', message.buttons);
      break;
    case 'saveBar':
      part('save-bar').hidden = message.buttons === null;
      showButtons(part('save-buttons'), 'saveBar', message.buttons ?? []);
      break;
    case 'toast':
      toast(message);
      break;
    case 'loading':
      part('loading').hidden = !message.on;
      break;
    case 'open':
      open(message.url);
      break;
    case 'idToken':
      void answerToken(message.request);
      break;
  }
});
