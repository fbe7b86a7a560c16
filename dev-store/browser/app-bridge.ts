import { defineElements } from './app-bridge-elements.ts';
import { CHANNEL, type FromApp, type ToApp } from './messages.ts';

/**
 * A stand-in for Shopify's app-bridge.js: the global `shopify`, id tokens on same-origin
 * requests, and the custom elements that @shopify/app-bridge-react renders. What it does not
 * model says so when called.
 */
const script = document.currentScript as HTMLScriptElement | null;
const storeOrigin = new URL(script?.src ?? location.href).origin;
const page = new URL(location.href);
const framed = window.parent !== window;
const nativeFetch = window.fetch.bind(window);
const remembered = (name: string, value: string | null): string => {
  // Navigation inside the app drops these parameters; the tab remembers them.
  if (value !== null) sessionStorage.setItem(`app-bridge-${name}`, value);
  return value ?? sessionStorage.getItem(`app-bridge-${name}`) ?? '';
};
const config = {
  apiKey:
    script?.dataset['apiKey'] ??
    document.querySelector<HTMLMetaElement>('meta[name=shopify-api-key]')?.content ??
    '',
  shop: remembered('shop', page.searchParams.get('shop')),
  host: remembered('host', page.searchParams.get('host')),
  locale: page.searchParams.get('locale') ?? 'en',
};

const send = (message: FromApp): void => {
  if (framed) window.parent.postMessage({ channel: CHANNEL, ...message }, storeOrigin);
};

let cached: { token: string; expiresAt: number } | null = null;
const waiting = new Map<number, (token: string) => void>();
let requests = 0;

async function freshToken(): Promise<string> {
  if (framed) {
    const request = ++requests;
    return new Promise((resolve) => {
      waiting.set(request, resolve);
      send({ type: 'idToken', request });
    });
  }
  const response = await nativeFetch(`${storeOrigin}/control/id-token`);
  return ((await response.json()) as { token: string }).token;
}

async function idToken(): Promise<string> {
  const now = Date.now() / 1000;
  if (cached !== null && cached.expiresAt - 10 > now) return cached.token;
  const token = await freshToken();
  const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
  cached = { token, expiresAt: (JSON.parse(atob(payload)) as { exp: number }).exp };
  return token;
}

/** Same-origin requests carry the id token; one refused as stale is sent again with a new one. */
window.fetch = async (input, init) => {
  const request = new Request(input, init);
  if (new URL(request.url).origin !== location.origin || request.headers.has('Authorization')) {
    return nativeFetch(input, init);
  }
  const attempt = async () => {
    const copy = request.clone();
    copy.headers.set('Authorization', `Bearer ${await idToken()}`);
    copy.headers.set('X-Requested-With', 'XMLHttpRequest');
    return nativeFetch(copy);
  };
  let response = await attempt();
  if (response.status === 401 && response.headers.get('X-Shopify-Retry-Invalid-Session-Request') === '1') {
    cached = null;
    response = await attempt();
  }
  const elsewhere = response.headers.get('X-Shopify-API-Request-Failure-Reauthorize-Url');
  if (elsewhere !== null) send({ type: 'open', url: new URL(elsewhere, location.href).href });
  return response;
};

const nativeOpen = window.open.bind(window);
window.open = (url, target, features) => {
  const address = String(url ?? '');
  if (!address.startsWith('shopify:') && target !== '_top' && target !== '_parent') {
    return nativeOpen(url, target, features);
  }
  if (framed)
    send({
      type: 'open',
      url: address.startsWith('shopify:') ? address : new URL(address, location.href).href,
    });
  else location.assign(address);
  return null;
};

let lastPath = '';
function tellLocation(): void {
  const path = location.pathname + location.search;
  if (path !== lastPath) send({ type: 'location', path });
  lastPath = path;
}
for (const name of ['pushState', 'replaceState'] as const) {
  const native = history[name].bind(history);
  history[name] = (...args: Parameters<History['pushState']>) => {
    native(...args);
    tellLocation();
  };
}
window.addEventListener('popstate', tellLocation);

function goTo(href: string): void {
  const link = [...document.querySelectorAll('ui-nav-menu a, s-app-nav a')].find(
    (a) => a.getAttribute('href') === href,
  );
  // The app's router listens for this event and reads the target's href.
  if (link !== undefined) link.dispatchEvent(new Event('shopify:navigate', { bubbles: true }));
  else location.assign(href);
}

interface ToastOptions {
  isError?: boolean;
  duration?: number;
  action?: string;
  onAction?: () => void;
}
const toastActions = new Map<string, () => void>();

const elements = defineElements(send);
window.addEventListener('message', (event: MessageEvent<ToApp & { channel?: string }>) => {
  if (event.origin !== storeOrigin || event.data?.channel !== CHANNEL) return;
  const message = event.data;
  if (message.type === 'navigate') goTo(message.href);
  if (message.type === 'click') elements.click(message.bar, message.index);
  if (message.type === 'toastAction') {
    toastActions.get(message.id)?.();
    toastActions.delete(message.id);
  }
  if (message.type === 'idToken') {
    waiting.get(message.request)?.(message.token);
    waiting.delete(message.request);
  }
});

const notModelled = (what: string) => async (): Promise<never> => {
  throw new Error(`The dev store's App Bridge does not model shopify.${what}.`);
};
const api = {
  config,
  origin: storeOrigin,
  ready: Promise.resolve(),
  environment: { embedded: framed, mobile: false, pos: false, intent: false },
  setSignals: () => undefined,
  idToken,
  user: async () => ({ accountAccess: 'full', id: 1 }),
  loading: (on = true) => send({ type: 'loading', on }),
  toast: {
    show: (message: string, options: ToastOptions = {}) => {
      const id = crypto.randomUUID();
      if (options.onAction) toastActions.set(id, options.onAction);
      send({
        type: 'toast',
        message,
        isError: options.isError === true,
        durationMs: options.duration ?? 5000,
        action: options.action ? { id, label: options.action } : null,
      });
      return id;
    },
    hide: () => undefined,
  },
  saveBar: elements.saveBar,
  modal: elements.modal,
  app: { extensions: async () => [] },
  scopes: {
    query: notModelled('scopes.query'),
    request: notModelled('scopes.request'),
    revoke: notModelled('scopes.revoke'),
  },
  resourcePicker: notModelled('resourcePicker'),
  picker: notModelled('picker'),
  reviews: {
    request: async () => ({ success: false, code: 'not-modelled', message: 'The dev store has no reviews.' }),
  },
  webVitals: { onReport: async () => undefined },
  support: { registerHandler: async () => undefined },
};
Object.assign(window, { shopify: api });

const reload = page.searchParams.get('shopify-reload');
if (reload !== null) {
  // The bounce page: come back with a token to where the app was asked for.
  const target = new URL(reload, location.href);
  if (target.origin === location.origin) {
    void idToken().then((token) => {
      target.searchParams.set('id_token', token);
      target.searchParams.set('embedded', '1');
      location.replace(target.href);
    });
  }
} else {
  send({ type: 'ready' });
  tellLocation();
}
